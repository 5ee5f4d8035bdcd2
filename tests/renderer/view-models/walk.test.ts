import { describe, expect, it } from 'vitest';
import type { WalkRow } from '../../../renderer/view-models/walk.ts';
import {
  deviation,
  dimensionProducts,
  norm,
  sameValues,
  shownRows,
  softmaxEntropy,
  sumOf,
  walkNumbers,
  weighted,
} from '../../../renderer/view-models/walk.ts';
import { matrix } from '../support.ts';

/** Two queries, three keys, d_head 4: query 0 does not see key 2. */
const scores = matrix('scores', 2, 3, [2, 4, 9, 6, -2, 8]);
const scaled = matrix('scaled', 2, 3, [1, 2, 4.5, 3, -1, 4]);
const masked = matrix('masked', 2, 3, [1, 2, -Infinity, 3, -1, 4]);
const parts = [Math.exp(-1), 1];
const pattern = matrix('pattern', 2, 3, [parts[0]! / (1 + parts[0]!), 1 / (1 + parts[0]!), 0, 0.267, 0.005, 0.728]);
const valueNorm = matrix('valueNorm', 2, 3, [10, 20, 30, 0.5, 2, 4]);
const matrices = { scores, scaled, masked, pattern, valueNorm };

describe('walkNumbers', () => {
  it('has every key of the query, hidden ones with weight 0', () => {
    const numbers = walkNumbers(matrices, 0, 1)!;
    expect(numbers.rows.map(({ score }) => score)).toEqual([2, 4, 9]);
    expect(numbers.rows.map(({ visible }) => visible)).toEqual([true, true, false]);
    expect(numbers.visible).toBe(2);
    expect(numbers.maximum).toBe(2);
    expect(numbers.rows.map(({ shifted }) => shifted)).toEqual([-1, 0, -Infinity]);
    expect(numbers.sum).toBeCloseTo(1 + Math.exp(-1), 12);
    for (const { exponential, weight } of numbers.rows) expect(exponential / numbers.sum).toBeCloseTo(weight, 6);
  });

  it('tells spread and entropy of the visible keys before and after the division', () => {
    const { spread, entropy } = walkNumbers(matrices, 0, 1)!;
    expect(spread).toEqual({ scores: 1, scaled: 0.5 });
    const of = (p: number): number => -p * Math.log(p) - (1 - p) * Math.log(1 - p);
    expect(entropy.scores).toBeCloseTo(of(1 / (1 + Math.exp(2))), 12);
    expect(entropy.scaled).toBeCloseTo(of(1 / (1 + Math.exp(1))), 12);
    expect(entropy.scaled).toBeGreaterThan(entropy.scores);
  });

  it('multiplies the weight by the norm of the head’s own value', () => {
    const [first] = walkNumbers(matrices, 1, 1)!.rows;
    expect(first!.contribution).toBeCloseTo(0.267 * 0.5, 6);
    expect(walkNumbers({ ...matrices, valueNorm: null }, 1, 1)!.rows[0]!.contribution).toBeNull();
  });

  it('is null outside the matrices', () => {
    expect(walkNumbers(matrices, 2, 0)).toBeNull();
    expect(walkNumbers(matrices, -1, 0)).toBeNull();
  });
});

it('deviation and softmaxEntropy know their ends', () => {
  expect(deviation([3])).toBe(0);
  expect(deviation([2, 4, 4, 4, 5, 5, 7, 9])).toBe(2);
  expect(softmaxEntropy([7, 7, 7, 7])).toBeCloseTo(Math.log(4), 12);
  expect(softmaxEntropy([1000, 0])).toBeCloseTo(0, 12);
});

describe('shownRows', () => {
  const rows = Array.from({ length: 100 }, (_, key): WalkRow => ({
    key,
    score: key % 7,
    scaled: 0,
    masked: 0,
    visible: true,
    shifted: 0,
    exponential: 1,
    weight: ((key * 37) % 100) / 4950,
    contribution: null,
  }));
  const byWeight = (row: WalkRow): number => row.weight;

  it('lists the first 40 by weight, in the order of the text', () => {
    const shown = shownRows(rows, 'place', byWeight, 40, null);
    expect(shown).toHaveLength(40);
    expect(shown.map(({ key }) => key)).toEqual(shown.map(({ key }) => key).sort((a, b) => a - b));
    const least = Math.min(...shown.map(byWeight));
    const rest = rows.filter((row) => !shown.includes(row));
    expect(Math.max(...rest.map(byWeight))).toBeLessThanOrEqual(least);
  });

  it('keeps the selected key however small its weight', () => {
    expect(shownRows(rows, 'place', byWeight, 40, null).some(({ key }) => key === 0)).toBe(false);
    const shown = shownRows(rows, 'place', byWeight, 40, 0);
    expect(shown).toHaveLength(40);
    expect(shown[0]!.key).toBe(0);
  });

  it('sorts by size, and lists all when there is no limit', () => {
    const shown = shownRows(rows, 'size', (row) => row.score, Infinity, null);
    expect(shown).toHaveLength(100);
    expect(shown[0]!.score).toBe(6);
    expect(shown.at(-1)!.score).toBe(0);
  });
});

describe('dimensionProducts', () => {
  const q = Float32Array.of(1, -2, 3, 0.5);
  const k = Float32Array.of(4, 5, -6, 2);

  it('sums to the score', () => {
    const { items, sum, agrees } = dimensionProducts(q, k, -23, 'place');
    expect(items.map(({ value }) => value)).toEqual([4, -10, -18, 1]);
    expect(sum).toBe(-23);
    expect(agrees).toBe(true);
    expect(dimensionProducts(q, k, -22, 'place').agrees).toBe(false);
  });

  it('keeps dimension, q and k with each product when sorted', () => {
    const { items } = dimensionProducts(q, k, -23, 'size');
    expect(items.map(({ dimension }) => dimension)).toEqual([0, 3, 1, 2]);
    for (const { dimension, q: left, k: right } of items) expect([left, right]).toEqual([q[dimension], k[dimension]]);
  });
});

it('weighted values add up to what sumOf says', () => {
  const parts = [weighted(Float32Array.of(2, 4), 0.25), weighted(Float32Array.of(8, -4), 0.75)];
  expect([...sumOf(parts)]).toEqual([6.5, -2]);
  expect(sumOf([])).toHaveLength(0);
  expect(norm(Float32Array.of(3, -4))).toBe(5);
  expect(sameValues(matrix('a', 1, 2, [1, 2]), matrix('b', 1, 2, [1, 2]))).toBe(true);
  expect(sameValues(matrix('a', 1, 2, [1, 2]), matrix('b', 1, 2, [1, 3]))).toBe(false);
});
