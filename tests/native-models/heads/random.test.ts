import { describe, expect, it } from 'vitest';
import { sample, seededRandom } from '../../../native-models/heads/random.ts';

describe('seededRandom', () => {
  it('gives the published numbers of mulberry32 for the seed 0', () => {
    const random = seededRandom(0);
    expect([random(), random(), random()]).toEqual([0.26642920868471265, 0.0003297457005828619, 0.2232720274478197]);
  });

  it('stays in [0, 1), with the mean and the spread of an even distribution', () => {
    const random = seededRandom(7);
    const values = Array.from({ length: 20_000 }, random);
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeCloseTo(0.5, 1.7);
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(variance).toBeCloseTo(1 / 12, 2);
  });
});

describe('sample', () => {
  it('takes different items, and leaves the list as it was', () => {
    const items = Array.from({ length: 50 }, (_, index) => index);
    const taken = sample(items, 20, seededRandom(1));
    expect(new Set(taken).size).toBe(20);
    expect(taken.every((item) => items.includes(item))).toBe(true);
    expect(items).toEqual(Array.from({ length: 50 }, (_, index) => index));
  });

  it('takes each item equally often', () => {
    const random = seededRandom(2);
    const counts = new Array<number>(10).fill(0);
    for (let round = 0; round < 5000; round++)
      for (const item of sample([...counts.keys()], 3, random)) counts[item]!++;
    // 1500 expected each, with a standard deviation of 32.
    expect(Math.min(...counts)).toBeGreaterThan(1350);
    expect(Math.max(...counts)).toBeLessThan(1650);
  });

  it('can take all, and no more', () => {
    expect(sample([1, 2, 3], 3, seededRandom(3)).toSorted()).toEqual([1, 2, 3]);
    expect(() => sample([1, 2, 3], 4, seededRandom(3))).toThrow('invalid count: 4 of 3 items');
  });
});
