/** Several heads' patterns as one. */
import type { Combination } from '../../state/lens.ts';

/** What is done with so many patterns: one alone is shown as it is. */
export function appliedCombination(combine: Combination, count: number): Combination {
  return count < 2 ? 'each' : combine;
}

/**
 * Combines patterns of one shape, cell by cell. `difference` is the first minus the second; with more than two, the first minus the
 * mean of the others. It is signed, and its rows sum to 0; those of `mean` sum to 1, those of `max` to 1 or more.
 *
 * @returns one array, or those given for `each` and for a single one
 * @throws RangeError `invalid patterns: …` when they differ in size
 */
export function combinePatterns(patterns: readonly Float32Array[], combine: Combination): readonly Float32Array[] {
  const [first, ...others] = patterns;
  const applied = appliedCombination(combine, patterns.length);
  if (first === undefined || applied === 'each') return patterns;
  if (others.some(({ length }) => length !== first.length)) {
    throw new RangeError(`invalid patterns: ${patterns.map(({ length }) => length).join(', ')} weights`);
  }
  if (applied === 'max') return [largest(first, others)];
  if (applied === 'mean') return [mean(patterns)];
  const rest = mean(others);
  return [first.map((weight, at) => weight - rest[at]!)];
}

function largest(first: Float32Array, others: readonly Float32Array[]): Float32Array {
  const result = first.slice();
  for (const pattern of others) {
    for (let at = 0; at < result.length; at += 1) result[at] = Math.max(result[at]!, pattern[at]!);
  }
  return result;
}

/** In double precision, so that the mean of equal patterns is that pattern. */
function mean(patterns: readonly Float32Array[]): Float32Array {
  const [only] = patterns;
  if (only === undefined || patterns.length === 1) return only ?? new Float32Array();
  const sums = new Float64Array(only.length);
  for (const pattern of patterns) {
    for (let at = 0; at < sums.length; at += 1) sums[at]! += pattern[at]!;
  }
  return Float32Array.from(sums, (sum) => sum / patterns.length);
}
