import { describe, expect, it } from 'vitest';
import {
  at,
  cellNumbers,
  hasRow,
  products,
  reach,
  row,
  shownRow,
  strongestKey,
} from '../../../renderer/view-models/inspector.ts';
import { matrix } from '../support.ts';

// A causal head with d_head 4: scaled = scores ÷ 2, masked above the diagonal, pattern = softmax by hand.
const scores = matrix('scores', 2, 2, [2, 9, 4, 6]);
const scaled = matrix('scaled', 2, 2, [1, 4.5, 2, 3]);
const masked = matrix('masked', 2, 2, [1, -Infinity, 2, 3]);
const pattern = matrix('pattern', 2, 2, [1, 0, 1 / (1 + Math.E), Math.E / (1 + Math.E)]);
const matrices = { scores, scaled, masked, pattern };

describe('cellNumbers', () => {
  it('gives every step from the score to the weight', () => {
    const numbers = cellNumbers(matrices, 1, 0)!;
    expect(numbers).toMatchObject({ score: 4, scaled: 2, masked: 2, visible: true, rowMaximum: 3 });
    expect(numbers.numerator).toBeCloseTo(Math.exp(-1), 12);
    expect(numbers.denominator).toBeCloseTo(1 + Math.exp(-1), 12);
    expect(numbers.numerator / numbers.denominator).toBeCloseTo(numbers.weight, 6);
  });

  it('says that a key is hidden; its exponential is 0', () => {
    expect(cellNumbers(matrices, 0, 1)).toMatchObject({
      score: 9,
      scaled: 4.5,
      masked: -Infinity,
      visible: false,
      numerator: 0,
      denominator: 1,
      weight: 0,
    });
  });

  it('does not overflow for large scores', () => {
    const large = matrix('masked', 1, 2, [500, 499]);
    const numbers = cellNumbers({ scores: large, scaled: large, masked: large, pattern: large }, 0, 1)!;
    expect(numbers.numerator / numbers.denominator).toBeCloseTo(1 / (1 + Math.E), 12);
  });

  it('is null outside the matrix', () => {
    expect(cellNumbers(matrices, 2, 0)).toBeNull();
    expect(cellNumbers(matrices, 0, -1)).toBeNull();
  });
});

it('reads rows and cells in row-major order, and NaN outside', () => {
  const m = matrix('m', 2, 3, [1, 2, 3, 4, 5, 6]);
  expect([...row(m, 1)]).toEqual([4, 5, 6]);
  expect([at(m, 0, 2), at(m, 1, 0), at(m, 0, 3), at(m, 2, 0)]).toEqual([3, 4, NaN, NaN]);
});

it('reads the rows of a part, which says where it is from', () => {
  const part = { ...matrix('m', 1, 3, [4, 5, 6]), rows: { first: 7, count: 1 } };
  expect([hasRow(part, 7), hasRow(part, 0), hasRow(part, 8)]).toEqual([true, false, false]);
  expect([[...row(part, 7)], [...row(part, 0)], at(part, 7, 2), at(part, 0, 2)]).toEqual([[4, 5, 6], [], 6, NaN]);
  expect([shownRow(part, 7), shownRow(part, 2), shownRow(scores, 1), shownRow(scores, 9)]).toEqual([7, 7, 1, 9]);
  const cells = { scores: part, scaled: part, masked: part, pattern: part };
  expect(cellNumbers(cells, 7, 0)).toMatchObject({ query: 7, score: 4, rowMaximum: 6 });
  expect(cellNumbers(cells, 6, 0)).toBeNull();
});

it('strongestKey is the first of the largest weights', () => {
  expect(strongestKey(matrix('p', 2, 3, [0.2, 0.4, 0.4, 1, 0, 0]), 0)).toBe(1);
  expect(strongestKey(matrix('p', 2, 3, [0.2, 0.4, 0.4, 1, 0, 0]), 1)).toBe(0);
});

it('products sum to the score; reach is the largest magnitude', () => {
  const product = products(Float32Array.of(1, -2, 3), Float32Array.of(4, 5, 6));
  expect([...product]).toEqual([4, -10, 18]);
  expect(product.reduce((sum, value) => sum + value, 0)).toBe(12);
  expect(reach(product)).toBe(18);
  expect(reach(new Float32Array())).toBe(0);
});
