import { expect, it } from 'vitest';
import { playwrightCounts, vitestCounts } from './counts.ts';

it('vitestCounts adds up tests, and counts a file that does not load as a failure', () => {
  const report = { numPassedTests: 5, numFailedTests: 2, numPendingTests: 1, numTodoTests: 1, success: false };
  expect(vitestCounts(report)).toEqual({ passed: 5, failed: 2, skipped: 2 });
  expect(vitestCounts({ numPassedTests: 5, numFailedTests: 0, success: false })).toMatchObject({
    passed: 5,
    failed: 1,
  });
  expect(vitestCounts({ numPassedTests: 5, numFailedTests: 0, success: true })).toMatchObject({ failed: 0 });
});

it('playwrightCounts adds up its stats, and counts errors outside tests', () => {
  const stats = { expected: 3, unexpected: 1, flaky: 1, skipped: 2 };
  expect(playwrightCounts({ stats, errors: [] })).toEqual({ passed: 4, failed: 1, skipped: 2 });
  expect(playwrightCounts({ stats: { expected: 0 }, errors: [{}] })).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
