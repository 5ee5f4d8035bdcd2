/** Comparing arrays of floats: equal infinities are equal, NaN equals nothing, and a failure shows where and how much. */

export interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
}

/** The worst element beyond |actual − expected| ≤ atol + rtol·|expected|, as a sentence; null when all are within. */
export function difference(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  { atol, rtol }: Tolerance,
): string | null {
  if (actual.length !== expected.length) return `${actual.length} elements, expected ${expected.length}`;
  let worst = 0;
  let at = -1;
  for (let index = 0; index < expected.length; index++) {
    const [a, e] = [actual[index] ?? NaN, expected[index] ?? NaN];
    if (a === e) continue;
    const excess = Math.abs(a - e) / (atol + rtol * Math.abs(e));
    if (!(excess <= Math.max(1, worst))) [worst, at] = [Number.isNaN(excess) ? Infinity : excess, index];
  }
  return at < 0
    ? null
    : `element ${at} is ${actual[at]}, expected ${expected[at]} (${worst.toFixed(2)}× the tolerance)`;
}

/** @throws Error with the worst element and the beginnings of both arrays */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: Tolerance,
  what = 'array',
): void {
  const found = difference(actual, expected, tolerance);
  if (found === null) return;
  const head = (array: ArrayLike<number>) => Array.from(array).slice(0, 8).join(', ');
  throw new Error(`${what}: ${found}\n  actual   ${head(actual)} …\n  expected ${head(expected)} …`);
}
