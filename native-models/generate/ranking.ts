/** Tokens by their logits, as many as are asked for: the most probable few of a large vocabulary need no sort of all. */

/** Ids below this fit beside the 32 bits of a logit in a number that is exact. */
const ID_LIMIT = 2 ** 21;

/** Where so large a part is asked for, all are sorted. */
const WHOLE = 1 / 8;

export class Ranking {
  /** A number an id, smaller for a larger logit and then for a smaller id. */
  readonly #keys: Float64Array;
  /** So many of `#keys` are the smallest, in order. */
  #sorted = 0;

  /** @param logits f32 [vocabulary], without NaN */
  constructor(logits: Float32Array) {
    this.#keys = keysOf(logits);
  }

  /** Ids of the `count` largest logits, largest first, the smaller id where two are equal; at most all. */
  first(count: number): Uint32Array {
    const wanted = Math.min(count, this.#keys.length);
    this.#sort(wanted);
    const ids = new Uint32Array(wanted);
    for (let rank = 0; rank < wanted; rank++) ids[rank] = this.#keys[rank]! % ID_LIMIT;
    return ids;
  }

  #sort(count: number): void {
    if (count <= this.#sorted) return;
    const rest = this.#keys.subarray(this.#sorted);
    if (count >= this.#keys.length * WHOLE) {
      rest.sort();
      this.#sorted = this.#keys.length;
    } else {
      const more = count - this.#sorted;
      bringForward(rest, more);
      rest.subarray(0, more).sort();
      this.#sorted = count;
    }
  }
}

/** The bits of a float and the id as one number, which is sorted without a comparison function. */
function keysOf(logits: Float32Array): Float64Array {
  if (logits.length > ID_LIMIT) throw new Error(`invalid vocabulary: ${logits.length} entries (at most ${ID_LIMIT})`);
  const float = new Float32Array(1);
  const bits = new Int32Array(float.buffer);
  const keys = new Float64Array(logits.length);
  for (let id = 0; id < keys.length; id++) {
    // −0 becomes 0: they are equal.
    float[0] = logits[id]! + 0;
    const signed = bits[0]!;
    // Positive floats grow with their bits, negative ones fall.
    const descending = signed >= 0 ? 0x7fffffff - signed : 0x7fffffff + (signed & 0x7fffffff);
    keys[id] = descending * ID_LIMIT + id;
  }
  return keys;
}

/** Moves the `count` smallest of different numbers to the front, in any order (quickselect, Hoare 1961). */
function bringForward(keys: Float64Array, count: number): void {
  let [low, high] = [0, keys.length - 1];
  while (low < high) {
    const pivot = keys[(low + high) >> 1]!;
    let [left, right] = [low, high];
    while (left <= right) {
      while (keys[left]! < pivot) left++;
      while (keys[right]! > pivot) right--;
      if (left > right) break;
      const key = keys[left]!;
      keys[left++] = keys[right]!;
      keys[right--] = key;
    }
    if (count - 1 <= right) high = right;
    else if (count - 1 >= left) low = left;
    else return;
  }
}
