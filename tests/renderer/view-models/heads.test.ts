import { expect, it } from 'vitest';
import { STATISTIC_ORDER, statisticOf, tellingHead } from '../../../renderer/view-models/heads.ts';
import { siteSummary } from '../support.ts';

it('reads a statistic by its name and place, whatever the order of the summary', () => {
  const summary = siteSummary();
  expect(statisticOf(summary, 1, 2, 'previous')).toBeCloseTo(5.3, 6);
  expect(statisticOf({ ...summary, order: [...summary.order].reverse() }, 1, 2, 'previous')).toBeCloseTo(5.2, 6);
  expect(statisticOf({ ...summary, order: ['entropy'] }, 0, 0, 'self')).toBeNaN();
});

it('tellingHead prefers a focused head that does not merely look at the first token or separators', () => {
  const heads = [
    [2, 0, 0.1, 0, 0, 0.1], // spread out
    [0.1, 0, 0.95, 0, 0, 0], // on the first token
    [0.1, 0, 0, 0, 0, 0.95], // on separators
    [0.4, 0, 0.1, 0.8, 0, 0.1], // on the token before
    [1, 0, 0, 0, 0, 0],
    [1.5, 0, 0, 0, 0, 0],
  ];
  const summary = siteSummary({ statistics: Float32Array.from(heads.flat()).buffer, order: [...STATISTIC_ORDER] });
  expect(tellingHead(summary, 8)).toEqual({ layer: 1, head: 0 });
});
