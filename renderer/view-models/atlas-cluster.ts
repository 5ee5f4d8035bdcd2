/** Clusters of things by their distances: average linkage, with leaves in an order that puts neighbours side by side. */

/** A binary tree: a leaf, or two trees that were joined at a height. */
export type ClusterTree =
  { readonly leaf: number } | { readonly left: ClusterTree; readonly right: ClusterTree; readonly height: number };

interface Cluster {
  readonly tree: ClusterTree;
  /** Its leaves, in order. */
  readonly leaves: readonly number[];
}

/**
 * Joins the two nearest clusters until one is left; the distance of two clusters is the mean of those between their members
 * (unweighted average linkage, UPGMA: Sokal & Michener 1958). Of equally near pairs the first in the order of the input is joined.
 * Of the four ways to lay two joined clusters end to end, the one with the nearest ends is taken (Gruvaeus & Wainer 1972).
 * @param distances f64 [count, count], symmetric, 0 on the diagonal
 * @throws RangeError when there are not count × count distances, or no count
 */
export function clusterTree(distances: Float64Array, count: number): ClusterTree {
  if (count < 1 || distances.length !== count * count) {
    throw new RangeError(`invalid distances: ${distances.length} numbers for ${count} × ${count}`);
  }
  const between = Float64Array.from(distances);
  const clusters: (Cluster | null)[] = Array.from({ length: count }, (_, leaf) => ({ tree: { leaf }, leaves: [leaf] }));
  for (let joins = 1; joins < count; joins += 1) {
    const [a, b] = nearestPair(between, clusters, count);
    const [one, two] = [clusters[a]!, clusters[b]!];
    clusters[a] = join(one, two, between[a * count + b]!, (x, y) => distances[x * count + y]!);
    clusters[b] = null;
    const [many, more] = [one.leaves.length, two.leaves.length];
    for (let other = 0; other < count; other += 1) {
      const mean = (many * between[a * count + other]! + more * between[b * count + other]!) / (many + more);
      between[a * count + other] = mean;
      between[other * count + a] = mean;
    }
  }
  return clusters[0]!.tree;
}

/** The first of the nearest pairs of clusters that are still there. */
function nearestPair(between: Float64Array, clusters: readonly (Cluster | null)[], count: number): [number, number] {
  let best: [number, number] = [0, 0];
  let least = Infinity;
  for (let a = 0; a < count; a += 1) {
    if (clusters[a] === null) continue;
    for (let b = a + 1; b < count; b += 1) {
      const distance = between[a * count + b]!;
      if (distance >= least || clusters[b] === null) continue;
      least = distance;
      best = [a, b];
    }
  }
  return best;
}

function join(one: Cluster, two: Cluster, height: number, distance: (a: number, b: number) => number): Cluster {
  const flips = [
    [one, two],
    [flipped(one), two],
    [one, flipped(two)],
    [flipped(one), flipped(two)],
  ] as const;
  const seam = ([left, right]: (typeof flips)[number]): number => distance(left.leaves.at(-1)!, right.leaves[0]!);
  const [left, right] = flips.reduce((best, each) => (seam(each) < seam(best) ? each : best));
  return { tree: { left: left.tree, right: right.tree, height }, leaves: [...left.leaves, ...right.leaves] };
}

function flipped({ tree, leaves }: Cluster): Cluster {
  return { tree: flippedTree(tree), leaves: leaves.toReversed() };
}

function flippedTree(tree: ClusterTree): ClusterTree {
  if ('leaf' in tree) return tree;
  return { left: flippedTree(tree.right), right: flippedTree(tree.left), height: tree.height };
}

/** The leaves from left to right. */
export function leavesOf(tree: ClusterTree): readonly number[] {
  return 'leaf' in tree ? [tree.leaf] : [...leavesOf(tree.left), ...leavesOf(tree.right)];
}

/** The largest clusters whose members were all joined at or below a height, from left to right. */
export function cutTree(tree: ClusterTree, height: number): readonly (readonly number[])[] {
  if ('leaf' in tree || tree.height <= height) return [leavesOf(tree)];
  return [...cutTree(tree.left, height), ...cutTree(tree.right, height)];
}

/** The heights of all joins, from the lowest; with average linkage a join is never lower than those in it. */
export function joinHeights(tree: ClusterTree): readonly number[] {
  if ('leaf' in tree) return [];
  return [...joinHeights(tree.left), ...joinHeights(tree.right), tree.height].sort((a, b) => a - b);
}
