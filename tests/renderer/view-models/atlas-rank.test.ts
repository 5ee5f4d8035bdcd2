import { describe, expect, it } from 'vitest';
import { RANK_GAP, rankGeometry, rankHeads, tileNumber } from '../../../renderer/view-models/atlas-rank.ts';

describe('rankHeads', () => {
  it('puts the highest or the lowest first', () => {
    const values = Float64Array.of(0.2, 0.9, 0, 0.5);
    expect(rankHeads(values, 'highest')).toEqual([1, 3, 0, 2]);
    expect(rankHeads(values, 'lowest')).toEqual([2, 0, 3, 1]);
  });

  it('keeps the order of layers and heads among equals, both ways round', () => {
    const values = Float64Array.of(1, 0, 1, 0, 1, 0);
    expect(rankHeads(values, 'highest')).toEqual([0, 2, 4, 1, 3, 5]);
    expect(rankHeads(values, 'lowest')).toEqual([1, 3, 5, 0, 2, 4]);
  });

  it('puts what is not a number last, both ways round, and has every head once', () => {
    const values = Float64Array.of(NaN, 0.1, NaN, 0.2, -3);
    expect(rankHeads(values, 'highest')).toEqual([3, 1, 4, 0, 2]);
    expect(rankHeads(values, 'lowest')).toEqual([4, 1, 3, 0, 2]);
  });

  it('is stable for very many heads', () => {
    const values = Float64Array.from({ length: 384 }, (_, index) => (index * 7) % 5);
    const ranking = rankHeads(values, 'highest');
    expect([...ranking].sort((a, b) => a - b)).toEqual(Array.from(values, (_, index) => index));
    ranking.slice(1).forEach((index, rank) => {
      const before = ranking[rank]!;
      expect(values[before]! > values[index]! || (values[before] === values[index] && before < index)).toBe(true);
    });
  });
});

describe('rankGeometry', () => {
  it.each([30, 41, 84, 85, 208, 243, 308, 700])('fills a width of %i px and never goes beyond it', (width) => {
    const { columns, tile } = rankGeometry(width);
    const used = columns * (tile + RANK_GAP) - RANK_GAP;
    expect(tile).toBeGreaterThanOrEqual(41);
    if (width >= 41) expect(used).toBeLessThanOrEqual(width);
    expect(used + columns).toBeGreaterThan(width);
    // One more column would not fit.
    expect((columns + 1) * (41 + RANK_GAP) - RANK_GAP).toBeGreaterThan(width);
  });

  it('has one column before the room was measured', () => {
    expect(rankGeometry(0).columns).toBe(1);
  });
});

it('tileNumber keeps five digits’ room, with a sign where something is left below 0', () => {
  expect([0.9434, -0.0213, -1.234, -12.34, 130, 0, -0.0001].map(tileNumber)).toEqual([
    '0.943',
    '−0.021',
    '−1.23',
    '−12.3',
    '130',
    '0.000',
    '0.000',
  ]);
  expect(tileNumber(NaN)).toBe('NaN');
});
