/** Random choices that are the same on every machine. */

/** Numbers in [0, 1) from a 32-bit seed: the mulberry32 generator. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` different items in random order, every choice equally likely: the first steps of a Fisher–Yates shuffle. */
export function sample<T>(items: readonly T[], count: number, random: () => number): T[] {
  if (count > items.length) throw new RangeError(`invalid count: ${count} of ${items.length} items`);
  const shuffled = [...items];
  for (let at = 0; at < count; at++) {
    const from = at + Math.floor(random() * (shuffled.length - at));
    [shuffled[at], shuffled[from]] = [shuffled[from]!, shuffled[at]!];
  }
  return shuffled.slice(0, count);
}
