import { describe, expect, it } from 'vitest';
import {
  barOf,
  barReach,
  contributionReach,
  NUMBER_COLUMNS,
  sortValue,
} from '../../../renderer/view-models/walk-columns.ts';
import { walkNumbers } from '../../../renderer/view-models/walk.ts';
import { matrix } from '../support.ts';

const numbers = walkNumbers(
  {
    scores: matrix('scores', 1, 3, [8, -4, 16]),
    scaled: matrix('scaled', 1, 3, [2, -1, 4]),
    masked: matrix('masked', 1, 3, [2, -1, -Infinity]),
    pattern: matrix('pattern', 1, 3, [0.75, 0.25, 0]),
    valueNorm: matrix('valueNorm', 1, 3, [1, 8, 3]),
  },
  0,
  0,
)!;
const [first, second, hidden] = numbers.rows;

describe('bars', () => {
  it('divide before the eyes: scaled scores keep the scale of the scores', () => {
    expect(barReach('scores', numbers)).toBe(16);
    expect(barReach('scaled', numbers)).toBe(16);
    expect(barReach('masked', numbers)).toBe(2);
    expect(barOf('scores', first!, 16)).toEqual({ left: 50, width: 25, side: 'above' });
    expect(barOf('scaled', first!, 16)).toEqual({ left: 50, width: 6.25, side: 'above' });
    expect(barOf('scores', second!, 16)).toEqual({ left: 37.5, width: 12.5, side: 'below' });
  });

  it('are weights from 0 to 1 after softmax, and of no width for a hidden key', () => {
    expect(barOf('pattern', first!, 1)).toEqual({ left: 0, width: 75, side: 'weight' });
    expect(barOf('masked', hidden!, 2).width).toBe(0);
    expect(barOf('pattern', hidden!, 1).width).toBe(0);
  });

  it('show contributions up to the largest', () => {
    expect(contributionReach(numbers)).toBe(2);
    expect(sortValue('context', second!)).toBe(2);
    expect(sortValue('context', first!)).toBe(0.75);
    expect(sortValue('pattern', second!)).toBe(0.25);
  });
});

it('columns hold the station’s own numbers', () => {
  const read = (station: keyof typeof NUMBER_COLUMNS) => NUMBER_COLUMNS[station].map(({ value }) => value(second!));
  expect(read('scores')).toEqual([-4]);
  expect(read('scaled')).toEqual([-4, -1]);
  expect(read('masked')).toEqual([-1]);
  expect(read('pattern')).toEqual([-3, Math.exp(-3), 0.25]);
  expect(read('context')).toEqual([0.25, 2]);
});
