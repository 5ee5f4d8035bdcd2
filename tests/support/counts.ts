/** What the test runners counted, out of the JSON reports that they write. */

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** @param report what `vitest --reporter=json` wrote */
export function vitestCounts(report: unknown): Counts {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, success } = report as Record<string, unknown>;
  const failed = numberOf(numFailedTests);
  return {
    passed: numberOf(numPassedTests),
    // A file that cannot be loaded has no failed test of its own.
    failed: success === false ? Math.max(failed, 1) : failed,
    skipped: numberOf(numPendingTests) + numberOf(numTodoTests),
  };
}

/** @param report what Playwright's JSON reporter wrote; errors outside tests count as one failure */
export function playwrightCounts(report: unknown): Counts {
  const { stats, errors } = report as { stats: Record<string, unknown>; errors?: readonly unknown[] };
  const failed = numberOf(stats['unexpected']);
  return {
    passed: numberOf(stats['expected']) + numberOf(stats['flaky']),
    failed: (errors?.length ?? 0) > 0 ? Math.max(failed, 1) : failed,
    skipped: numberOf(stats['skipped']),
  };
}

function numberOf(value: unknown): number {
  if (typeof value === 'number') return value;
  if (value === undefined) return 0;
  throw new Error(`invalid count: ${JSON.stringify(value)}`);
}
