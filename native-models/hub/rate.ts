/** How fast a download goes and how long it will take, from the last seconds of it. */

export interface Rate {
  /** Bytes per second; null before it can be said. */
  readonly bytesPerSecond: number | null;
  /** Seconds until the end at this rate; null before it can be said. */
  readonly secondsLeft: number | null;
}

const WINDOW = 5_000;
/** Before this much time a rate says nothing. */
const LEAST = 500;

export class RateMeter {
  #points: { readonly at: number; readonly bytes: number }[] = [];

  /** @param bytes here now, @param total in all, @param now in milliseconds */
  measure(bytes: number, total: number, now = performance.now()): Rate {
    const last = this.#points.at(-1);
    // Begun anew: what was before says nothing about now.
    if (last !== undefined && bytes < last.bytes) this.#points = [];
    this.#points.push({ at: now, bytes });
    while (this.#points.length > 2 && now - (this.#points[1]?.at ?? now) > WINDOW) this.#points.shift();
    const [first] = this.#points;
    if (first === undefined || now - first.at < LEAST) return { bytesPerSecond: null, secondsLeft: null };
    const bytesPerSecond = ((bytes - first.bytes) / (now - first.at)) * 1000;
    const secondsLeft = bytesPerSecond > 0 ? Math.max(0, total - bytes) / bytesPerSecond : null;
    return { bytesPerSecond, secondsLeft };
  }
}
