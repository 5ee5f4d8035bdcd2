import { describe, expect, it } from 'vitest';
import { headDistance, headDistances, headRows, nearestHeads } from '../../../renderer/view-models/atlas-similar.ts';
import { headGroups } from '../../../renderer/view-models/atlas-groups.ts';
import type { SiteSummary } from '../../../electron/api/index.ts';
import { sequence } from '../figures/support.ts';
import { siteSummary } from '../support.ts';

/** A summary whose pictures are of these weights: [head][query][key]. */
function pictured(weights: readonly (readonly (readonly number[])[])[]): SiteSummary {
  const grid = weights[0]!.length;
  const bytes = weights.flat(2).map((weight) => Math.round(255 * Math.sqrt(weight)));
  const statistics = new Float32Array(weights.length * 6);
  const pictures = Uint8Array.from(bytes).buffer;
  return siteSummary({ layers: 1, heads: weights.length, grid, pictures, statistics: statistics.buffer });
}

/** The Hellinger distance as it is defined, from the bytes: mean over the rows. */
function naive(summary: SiteSummary, a: number, b: number): number {
  const { grid } = summary;
  const rowOf = (head: number, row: number): number[] => {
    const bytes = new Uint8Array(summary.pictures, (head * grid + row) * grid, grid);
    const weights = Array.from(bytes, (byte) => (byte / 255) ** 2);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  };
  let sum = 0;
  for (let row = 0; row < grid; row += 1) {
    const [p, q] = [rowOf(a, row), rowOf(b, row)];
    const squares = p.reduce((total, value, at) => total + (Math.sqrt(value) - Math.sqrt(q[at]!)) ** 2, 0);
    sum += Math.sqrt(squares / 2);
  }
  return sum / grid;
}

function randomPictures(heads: number, grid: number, seed: number): SiteSummary {
  const next = sequence(seed);
  return pictured(
    Array.from({ length: heads }, () =>
      Array.from({ length: grid }, () => Array.from({ length: grid }, () => next() ** 3)),
    ),
  );
}

const diagonal = [
  [1, 0, 0],
  [0, 1, 0],
  [0, 0, 1],
];
const first = [
  [1, 0, 0],
  [1, 0, 0],
  [1, 0, 0],
];

describe('headDistance', () => {
  it('is 0 for the same picture, and 1 where rows have nothing in common', () => {
    const rows = headRows(pictured([diagonal, diagonal, first]));
    expect(headDistance(rows, 0, 1)).toBe(0);
    // The first row is the same, the two others have nothing in common.
    expect(headDistance(rows, 0, 2)).toBeCloseTo(2 / 3, 12);
  });

  it('does not depend on how large the weights of a row are, only on how they are shared out', () => {
    const faint = diagonal.map((row) => row.map((weight) => weight * 0.25));
    const rows = headRows(pictured([diagonal, faint]));
    expect(headDistance(rows, 0, 1)).toBeCloseTo(0, 12);
  });

  it('is the mean over the rows of √(½ Σ (√p − √q)²)', () => {
    const summary = randomPictures(6, 7, 3);
    const rows = headRows(summary);
    for (let a = 0; a < 6; a += 1) {
      for (let b = 0; b < 6; b += 1) expect(headDistance(rows, a, b)).toBeCloseTo(naive(summary, a, b), 3);
    }
  });

  it('a row without any weight differs wholly from one with some, and not from another empty one', () => {
    const empty = diagonal.map((row) => row.map(() => 0));
    const rows = headRows(pictured([empty, empty, diagonal]));
    expect(headDistance(rows, 0, 2)).toBe(1);
    expect(headDistance(rows, 2, 0)).toBe(1);
  });
});

describe('headDistances', () => {
  it('is symmetric, 0 on the diagonal, within 0…1, and keeps the triangle inequality', () => {
    const count = 12;
    const distances = headDistances(headRows(randomPictures(count, 8, 5)));
    const of = (a: number, b: number): number => distances[a * count + b]!;
    for (let a = 0; a < count; a += 1) {
      expect(of(a, a)).toBe(0);
      for (let b = 0; b < count; b += 1) {
        expect(of(a, b)).toBe(of(b, a));
        expect(of(a, b) >= 0 && of(a, b) <= 1).toBe(true);
        for (let c = 0; c < count; c += 1) expect(of(a, c)).toBeLessThanOrEqual(of(a, b) + of(b, c) + 1e-9);
      }
    }
  });

  it('and groups of 144 heads with the largest pictures take well under 300 ms', () => {
    const summary = { ...randomPictures(144, 32, 7), layers: 12, heads: 12 };
    const start = performance.now();
    const groups = headGroups(summary, { tokens: 512, isCausal: true, scored: null });
    const took = performance.now() - start;
    expect(groups.flatMap(({ heads }) => heads)).toHaveLength(144);
    expect(took).toBeLessThan(300);
  });
});

describe('nearestHeads', () => {
  it('lists the others by distance, equal ones in the order of the model', () => {
    const rows = headRows(pictured([diagonal, first, diagonal, diagonal, first]));
    expect(nearestHeads(rows, 2, 3).map(({ index }) => index)).toEqual([0, 3, 1]);
    expect(nearestHeads(rows, 2, 10)).toHaveLength(4);
    expect(nearestHeads(headRows(pictured([diagonal])), 0, 5)).toEqual([]);
  });
});
