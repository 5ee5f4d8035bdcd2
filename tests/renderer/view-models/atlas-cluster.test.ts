import { describe, expect, it } from 'vitest';
import { clusterTree, cutTree, joinHeights, leavesOf } from '../../../renderer/view-models/atlas-cluster.ts';
import type { ClusterTree } from '../../../renderer/view-models/atlas-cluster.ts';
import { sequence } from '../figures/support.ts';

/** Points on a line, and how far they are apart. */
function onLine(points: readonly number[]): Float64Array {
  return Float64Array.from(points.flatMap((a) => points.map((b) => Math.abs(a - b))));
}

function random(count: number, seed: number): Float64Array {
  const next = sequence(seed);
  const distances = new Float64Array(count * count);
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) distances[a * count + b] = distances[b * count + a] = next();
  }
  return distances;
}

/** The definition, taken literally: the mean of all distances between members of two clusters, each time anew. */
function naiveJoins(distances: Float64Array, count: number): { members: number[]; height: number }[] {
  let clusters = Array.from({ length: count }, (_, leaf) => [leaf]);
  const joins: { members: number[]; height: number }[] = [];
  while (clusters.length > 1) {
    let best: { a: number; b: number; height: number } | null = null;
    for (let a = 0; a < clusters.length; a += 1) {
      for (let b = a + 1; b < clusters.length; b += 1) {
        const all = clusters[a]!.flatMap((x) => clusters[b]!.map((y) => distances[x * count + y]!));
        const height = all.reduce((sum, each) => sum + each, 0) / all.length;
        if (best === null || height < best.height) best = { a, b, height };
      }
    }
    const { a, b, height } = best!;
    const members = [...clusters[a]!, ...clusters[b]!].sort((x, y) => x - y);
    joins.push({ members, height });
    clusters = clusters.filter((_, at) => at !== a && at !== b);
    clusters.push(members);
    clusters.sort((x, y) => x[0]! - y[0]!);
  }
  return joins;
}

function joinsOf(tree: ClusterTree): { members: number[]; height: number }[] {
  if ('leaf' in tree) return [];
  const members = [...leavesOf(tree)].sort((x, y) => x - y);
  return [...joinsOf(tree.left), ...joinsOf(tree.right), { members, height: tree.height }];
}

const byHeight = (a: { height: number }, b: { height: number }): number => a.height - b.height;

describe('clusterTree', () => {
  it.each([2, 3, 7, 12, 25])('joins what the definition joins, at the same heights: %i things', (count) => {
    for (const seed of [1, 2, 3]) {
      const distances = random(count, seed);
      const found = joinsOf(clusterTree(distances, count)).sort(byHeight);
      const expected = naiveJoins(distances, count).sort(byHeight);
      expect(found.map(({ members }) => members)).toEqual(expected.map(({ members }) => members));
      found.forEach(({ height }, at) => expect(height).toBeCloseTo(expected[at]!.height, 12));
    }
  });

  it('finds two groups that are plainly apart', () => {
    const tree = clusterTree(onLine([0, 10, 0.1, 10.1, 0.2]), 5);
    const groups = cutTree(tree, 1).map((group) => [...group].sort((a, b) => a - b));
    expect(groups.sort((a, b) => a[0]! - b[0]!)).toEqual([
      [0, 2, 4],
      [1, 3],
    ]);
  });

  it('puts neighbours side by side: points of a line come out in order, one way or the other', () => {
    const points = [5, 1, 4, 2, 3.1, 9, 8];
    const order = leavesOf(clusterTree(onLine(points), points.length)).map((leaf) => points[leaf]!);
    const sorted = [...points].sort((a, b) => a - b);
    expect(order[0]! < order.at(-1)! ? order : [...order].reverse()).toEqual(sorted);
  });

  it('is the same every time, also where all are alike', () => {
    const alike = new Float64Array(36);
    expect(clusterTree(alike, 6)).toEqual(clusterTree(alike, 6));
    expect([...leavesOf(clusterTree(alike, 6))].sort()).toEqual([0, 1, 2, 3, 4, 5]);
    const distances = random(20, 4);
    expect(clusterTree(distances, 20)).toEqual(clusterTree(Float64Array.from(distances), 20));
  });

  it('takes one thing alone, and leaves its input as it was', () => {
    expect(clusterTree(Float64Array.of(0), 1)).toEqual({ leaf: 0 });
    const distances = random(6, 8);
    const before = Float64Array.from(distances);
    clusterTree(distances, 6);
    expect(distances).toEqual(before);
  });

  it('says what does not fit', () => {
    expect(() => clusterTree(new Float64Array(5), 2)).toThrow('invalid distances: 5 numbers for 2 × 2');
    expect(() => clusterTree(new Float64Array(0), 0)).toThrow('invalid distances');
  });
});

describe('cutTree', () => {
  it('gives one group less with every join that it takes in, and each thing once', () => {
    const tree = clusterTree(random(15, 6), 15);
    const heights = joinHeights(tree);
    heights.forEach((height, at) => {
      const groups = cutTree(tree, height);
      expect(groups).toHaveLength(15 - at - 1);
      expect(groups.flat()).toEqual(leavesOf(tree));
    });
    expect(cutTree(tree, -1)).toHaveLength(15);
  });
});
