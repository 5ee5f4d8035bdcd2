/** Random numbers that a seed fixes, the same on every machine. */

/** Mulberry32: a function that gives numbers from 0 up to but not 1. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A standard normal number (Box and Muller 1958). */
export function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** `count` different numbers of 0 … below − 1, rising; all of them where there are no more. */
export function sampleIndices(below: number, count: number, random: () => number): Int32Array {
  const all = Int32Array.from({ length: below }, (_, at) => at);
  if (count >= below) return all;
  for (let at = 0; at < count; at += 1) {
    const other = at + Math.floor(random() * (below - at));
    const kept = all[at]!;
    all[at] = all[other]!;
    all[other] = kept;
  }
  return all.slice(0, count).sort();
}
