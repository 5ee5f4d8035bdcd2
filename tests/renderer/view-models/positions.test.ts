import { describe, expect, it } from 'vitest';
import {
  byDistance,
  dotProducts,
  formulaPicture,
  learnedPicture,
  relativeBucket,
  rotary,
  sinusoidal,
  T5_BUCKETS,
} from '../../../renderer/view-models/positions.ts';

describe('sinusoidal positions', () => {
  it('are those of the paper', () => {
    // NumPy, double precision: sin and cos of 3 / 10000^(2i/6).
    const expected = [0.1411200081, -0.9899924966, 0.1387981011, 0.9903207057, 0.00646325907, 0.9999791129];
    const table = sinusoidal(4, 6);
    expect([...table.subarray(0, 6)]).toEqual([0, 1, 0, 1, 0, 1]);
    expected.forEach((value, dim) => expect(table[3 * 6 + dim]).toBeCloseTo(value, 6));
  });

  it('have dot products that depend on the distance alone, d / 2 at none', () => {
    const { curve } = formulaPicture('sinusoidal', 40, 16);
    expect(curve.mean[0]).toBeCloseTo(8, 5);
    curve.mean.forEach((mean, distance) => {
      expect(curve.most[distance]! - curve.least[distance]!).toBeLessThan(1e-5);
      const sum = Array.from({ length: 8 }, (_, i) => Math.cos(distance / 10000 ** (i / 8))).reduce((a, b) => a + b);
      expect(mean).toBeCloseTo(sum, 5);
    });
  });
});

describe('rotary positions', () => {
  it('leave the product of turned vectors to the distance', () => {
    const dims = 8;
    const [q, k] = [
      [0.3, -1, 2, 0.5, 0.1, 0.7, -0.4, 1.2],
      [1, 0.2, -0.3, 0.8, 0.9, -1.1, 0.6, 0.4],
    ] as const;
    const turned = (vector: readonly number[], place: number): number[] =>
      vector.map((value, at) => {
        const pair = at >> 1;
        const angle = place * 10000 ** ((-2 * pair) / dims);
        const other = vector[at ^ 1]!;
        return value * Math.cos(angle) + (at % 2 === 0 ? -other : other) * Math.sin(angle);
      });
    const product = (m: number, n: number) => {
      const [left, right] = [turned(q, m), turned(k, n)];
      return left.reduce((sum, value, at) => sum + value * right[at]!, 0);
    };
    expect(product(2, 7)).toBeCloseTo(product(11, 16), 9);
    // Of a vector with itself the turn leaves Σ |pair|² cos(m θ).
    const own = turned(q, 5).reduce((sum, value, at) => sum + value * q[at]!, 0);
    const table = rotary(6, dims);
    const kept = [0, 1, 2, 3].reduce(
      (sum, pair) => sum + (q[2 * pair]! ** 2 + q[2 * pair + 1]! ** 2) * table[5 * 4 + pair]!,
      0,
    );
    expect(own).toBeCloseTo(kept, 5);
  });
});

describe('relative positions', () => {
  it('fall into the buckets of T5', () => {
    // transformers 5, T5Attention._relative_position_bucket(bidirectional, 32, 128) of key − query.
    const expected = new Map([
      [0, 0],
      [-1, 1],
      [-7, 7],
      [-8, 8],
      [-12, 9],
      [-20, 10],
      [-40, 12],
      [-100, 15],
      [-400, 15],
      [1, 17],
      [9, 24],
      [300, 31],
    ]);
    for (const [distance, bucket] of expected)
      expect([distance, relativeBucket(distance, T5_BUCKETS)]).toEqual([distance, bucket]);
  });
});

describe('a curve against distance', () => {
  it('has mean, least and most of every pair', () => {
    const matrix = new Float32Array([1, 2, 3, 2, 5, 4, 3, 4, 9]);
    expect(byDistance(matrix, 3)).toEqual({ mean: [5, 3, 3], least: [1, 2, 3], most: [9, 4, 3] });
    expect(learnedPicture(matrix, 3).curve.mean).toEqual([5, 3, 3]);
  });

  it('of a table comes from its dot products', () => {
    expect([...dotProducts(new Float32Array([1, 2, 3, 4]), 2, 2)]).toEqual([5, 11, 11, 25]);
  });
});
