import { describe, expect, it } from 'vitest';
import { nearestNeighbours } from '../../../renderer/projection/nearest.ts';
import { preservationOf } from '../../../renderer/projection/preservation.ts';
import { finishSteps } from '../../../renderer/projection/steps.ts';
import { randomPoints, reference } from './support.ts';

const line = (...places: number[]) => ({ data: Float32Array.from(places), count: places.length, dims: 1 });

describe('preservation', () => {
  it.each([5, 10])("k = %i: trustworthiness is scikit-learn's", (k) => {
    const found = preservationOf(reference('trust/points'), reference('trust/projected'), { k });
    expect(found.trustworthiness).toBeCloseTo(reference('trust/scores').data[k / 5 - 1]!, 6);
    expect(found.sampled).toBe(60);
  });

  it('is 1 for the same points, and the share that is kept by hand', () => {
    expect(preservationOf(line(0, 1, 3, 7), line(0, 1, 3, 7), { k: 1 }).score).toBe(1);
    // Nearest were 1, 0, 1, 2; they are 2, 3, 0, 1.
    expect(preservationOf(line(0, 1, 3, 7), line(0, 10, 1, 11), { k: 1 }).score).toBe(0);
    // Nearest are 1, 0, 3, 2: the first two are kept.
    expect(preservationOf(line(0, 1, 3, 7), line(0, 1, 9, 10), { k: 1 }).score).toBe(0.75);
  });

  it('refuses k beyond the other points', () => {
    expect(() => preservationOf(line(0, 1), line(0, 1), { k: 2 })).toThrow('invalid k: 2');
  });
});

describe('nearest neighbours', () => {
  it.each([
    [700, 13, 7],
    [600, 9, 300],
  ])('%i points, %i dimensions, k = %i: as all distances sorted, ties by index', (count, dims, k) => {
    // Whole numbers: many distances are equal.
    const points = { ...randomPoints(count, dims) };
    const data = points.data.map(Math.round);
    const { indices } = finishSteps(nearestNeighbours({ ...points, data }, k));
    for (let from = 0; from < count; from += 37) {
      const squared = Array.from({ length: count }, (_, to) => {
        let sum = 0;
        for (let at = 0; at < dims; at += 1) sum += (data[from * dims + at]! - data[to * dims + at]!) ** 2;
        return sum;
      });
      const others = [...squared.keys()].filter((to) => to !== from);
      const sorted = others.sort((a, b) => squared[a]! - squared[b]! || a - b).slice(0, k);
      expect([...indices.subarray(from * k, (from + 1) * k)]).toEqual(sorted);
    }
  });
});
