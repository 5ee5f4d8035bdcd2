/** Keys and values of a text so far, layer by layer, laid out as the network reads them. */
import { floats } from '../trace/feeds.ts';
import type { Feeds, Fetched } from '../session/runtime.ts';
import type { StackInfo } from '../types.ts';

/**
 * Room is taken in blocks of so many tokens, at least one. How much there is depends on the tokens alone, so that a text gives the
 * same bits whichever way it came about: the places that are not taken are hidden, but they are part of every product.
 */
const BLOCK = 64;

const roomFor = (tokens: number): number => Math.max(1, Math.ceil(tokens / BLOCK)) * BLOCK;

/** What some tokens add: f32 [heads, tokens, d_head], by the network's name of the value, `decoder.3.self.k`. */
export interface TokenRows {
  readonly count: number;
  readonly values: ReadonlyMap<string, Float32Array>;
}

export class KvCache {
  readonly #stack: StackInfo;
  /** By name: f32 [heads, room, d_head]. */
  #values = new Map<string, Float32Array>();
  #tokens = 0;

  constructor(stack: StackInfo) {
    this.#stack = stack;
    for (const name of this.#names()) this.#values.set(name, new Float32Array(this.#sizeOf(roomFor(0))));
  }

  /** Tokens that are in it. */
  get tokens(): number {
    return this.#tokens;
  }

  /** Room for tokens, taken or not. */
  get room(): number {
    return roomFor(this.#tokens);
  }

  add({ count, values }: TokenRows): void {
    const { heads, dHead } = this.#stack;
    for (const name of this.#values.keys()) {
      if (values.get(name)?.length !== count * heads * dHead) throw new Error(`invalid rows of ${name}`);
    }
    const first = this.#tokens;
    this.#resize(first + count);
    for (const [name, kept] of this.#values) {
      const rows = values.get(name)!;
      for (let head = 0; head < heads; head++) {
        const from = rows.subarray(head * count * dHead, (head + 1) * count * dHead);
        kept.set(from, (head * this.room + first) * dHead);
      }
    }
  }

  /** Forgets all but the first `tokens`. */
  truncate(tokens: number): void {
    if (tokens > this.#tokens) throw new Error(`invalid length: ${tokens} of ${this.#tokens} tokens`);
    this.#resize(tokens);
  }

  /** The inputs of the network, `decoder.3.self.past.k` and so on, each [1, heads, room, d_head]. */
  feeds(): Feeds {
    const { heads, dHead } = this.#stack;
    const dims = [1, heads, this.room, dHead];
    return Object.fromEntries(
      [...this.#values].map(([name, data]) => {
        const cut = name.lastIndexOf('.');
        return [`${name.slice(0, cut)}.past${name.slice(cut)}`, floats(data, dims)];
      }),
    );
  }

  #resize(tokens: number): void {
    const [before, after] = [this.room, roomFor(tokens)];
    const stay = Math.min(this.#tokens, tokens);
    this.#tokens = tokens;
    if (before === after) return;
    const { heads, dHead } = this.#stack;
    for (const [name, old] of this.#values) {
      const grown = new Float32Array(this.#sizeOf(after));
      for (let head = 0; head < heads; head++) {
        const rows = old.subarray(head * before * dHead, (head * before + stay) * dHead);
        grown.set(rows, head * after * dHead);
      }
      this.#values.set(name, grown);
    }
  }

  #sizeOf(room: number): number {
    return this.#stack.heads * room * this.#stack.dHead;
  }

  *#names(): Generator<string> {
    for (let layer = 0; layer < this.#stack.layers; layer++) {
      for (const part of ['k', 'v']) yield `${this.#stack.name}.${layer}.self.${part}`;
    }
  }
}

/** The mask of new tokens after those of a cache: f32 [1, 1, count, room + count], −∞ at free places and at tokens to come. */
export function maskAfter({ tokens, room }: Pick<KvCache, 'tokens' | 'room'>, count: number): Fetched {
  const columns = room + count;
  const data = new Float32Array(count * columns);
  for (let row = 0; row < count; row++) {
    data.fill(-Infinity, row * columns + tokens, row * columns + room);
    data.fill(-Infinity, row * columns + room + row + 1, (row + 1) * columns);
  }
  return { data, dims: [1, 1, count, columns] };
}
