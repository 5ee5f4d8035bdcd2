/** Attention between pieces as attention between words. */
import type { Units } from './units.ts';

/**
 * A pattern between tokens as one between units: the weight to a unit is the sum over its tokens, the weight from it the mean over
 * its tokens, so that rows still sum to 1 (Clark et al. 2019, “What Does BERT Look At?”, section 4.1).
 *
 * @param pattern [tokens, tokens], row-major, query × key
 * @returns [units, units]; the same array where every unit is one token
 * @throws RangeError `invalid pattern: …` when its size is not that of the units' tokens
 */
export function mergePattern(pattern: Float32Array, units: Units): Float32Array {
  const { count, first, last, unitOf, merged } = units;
  const tokens = unitOf.length;
  if (pattern.length !== tokens * tokens) {
    throw new RangeError(`invalid pattern: ${pattern.length} weights for ${tokens} × ${tokens} tokens`);
  }
  if (!merged) return pattern;
  const result = new Float32Array(count * count);
  const sums = new Float64Array(count);
  for (let unit = 0; unit < count; unit += 1) {
    sums.fill(0);
    const [from, to] = [first[unit]!, last[unit]!];
    for (let query = from; query <= to; query += 1) {
      const start = query * tokens;
      for (let key = 0; key < tokens; key += 1) sums[unitOf[key]!]! += pattern[start + key]!;
    }
    const queries = to - from + 1;
    for (let key = 0; key < count; key += 1) result[unit * count + key] = sums[key]! / queries;
  }
  return result;
}
