/** The nearest neighbours of points by Euclidean distance: exact, among all. */
import type { Steps } from './steps.ts';
import type { Points } from './types.ts';

export interface Nearest {
  readonly k: number;
  /** [count, k], nearest first, of equal ones the lower point; never the point itself. */
  readonly indices: Int32Array;
  /** [count, k] */
  readonly distances: Float64Array;
}

/** With more neighbours than this, all points are sorted. */
const MOST_LISTED = 256;
/** Points whose neighbours are looked for together, and points that they are compared to at a time. */
const QUERIES = 32;
const TILE = 512;

/** @param k at most the other points */
export function* nearestNeighbours(points: Points, k: number): Steps<Nearest> {
  const { count } = points;
  const indices = new Int32Array(count * k);
  const distances = new Float64Array(count * k);
  for (let first = 0; first < count; first += QUERIES) {
    const last = Math.min(count, first + QUERIES);
    const found = k > MOST_LISTED ? yield* sorted(points, first, last, k) : yield* listed(points, first, last, k);
    found.forEach((near, at) => {
      indices.set(near.points, (first + at) * k);
      distances.set(near.squared.map(Math.sqrt), (first + at) * k);
    });
  }
  return { k, indices, distances };
}

interface Near {
  readonly points: Int32Array;
  readonly squared: Float64Array;
}

/** A few neighbours: points that are too far away are soon given up. A tile of points is compared to all queries while it is cached. */
function* listed(points: Points, first: number, last: number, k: number): Steps<readonly Near[]> {
  const { count } = points;
  const lists = Array.from({ length: last - first }, () => new NearestList(k));
  for (let start = 0; start < count; start += TILE) {
    const end = Math.min(count, start + TILE);
    lists.forEach((list, at) => addTile(points, first + at, [start, end], list));
    yield (first + ((last - first) * end) / count) / count;
  }
  return lists;
}

function addTile(points: Points, from: number, [start, end]: readonly [number, number], list: NearestList): void {
  for (let to = start; to < end; to += 1) {
    const squared = squaredWithin(points, from, to, list.limit);
    if (squared < list.limit && to !== from) list.add(to, squared);
  }
}

/** Many neighbours. */
function* sorted(points: Points, first: number, last: number, k: number): Steps<readonly Near[]> {
  const found: Near[] = [];
  for (let from = first; from < last; from += 1) {
    const squared = squaredDistances(points, from);
    const others = Int32Array.from(squared.keys()).filter((to) => to !== from);
    const order = others.sort((a, b) => squared[a]! - squared[b]! || a - b).subarray(0, k);
    found.push({ points: order, squared: Float64Array.from(order, (to) => squared[to]!) });
    yield from / points.count;
  }
  return found;
}

/** ‖x_from − x_to‖², or any number from `limit` up where it is not below it. */
function squaredWithin({ data, dims }: Points, from: number, to: number, limit: number): number {
  let a = from * dims;
  let b = to * dims;
  const end = a + dims;
  let sum = 0;
  // Eight dimensions written out: a loop over them takes nearly twice as long.
  for (; a + 8 <= end; a += 8, b += 8) {
    const d0 = data[a]! - data[b]!;
    const d1 = data[a + 1]! - data[b + 1]!;
    const d2 = data[a + 2]! - data[b + 2]!;
    const d3 = data[a + 3]! - data[b + 3]!;
    const d4 = data[a + 4]! - data[b + 4]!;
    const d5 = data[a + 5]! - data[b + 5]!;
    const d6 = data[a + 6]! - data[b + 6]!;
    const d7 = data[a + 7]! - data[b + 7]!;
    sum += d0 * d0 + d1 * d1 + (d2 * d2 + d3 * d3) + (d4 * d4 + d5 * d5 + (d6 * d6 + d7 * d7));
    if (sum >= limit) return sum;
  }
  for (; a < end; a += 1, b += 1) {
    const difference = data[a]! - data[b]!;
    sum += difference * difference;
  }
  return sum;
}

/** ‖x_from − x_to‖² to every point: [count]. */
export function squaredDistances(points: Points, from: number): Float64Array {
  const squared = new Float64Array(points.count);
  for (let to = 0; to < points.count; to += 1) squared[to] = squaredWithin(points, from, to, Infinity);
  return squared;
}

/** The k smallest of what is added, in order; of equal ones the one that came first. */
export class NearestList {
  readonly points: Int32Array;
  readonly squared: Float64Array;
  readonly #k: number;

  constructor(k: number) {
    this.#k = k;
    this.points = new Int32Array(k);
    this.squared = new Float64Array(k).fill(Infinity);
  }

  /** Only a squared distance below it gets into the list. */
  get limit(): number {
    return this.squared[this.#k - 1]!;
  }

  add(point: number, squared: number): void {
    let at = this.#k - 1;
    while (at > 0 && this.squared[at - 1]! > squared) {
      this.squared[at] = this.squared[at - 1]!;
      this.points[at] = this.points[at - 1]!;
      at -= 1;
    }
    this.squared[at] = squared;
    this.points[at] = point;
  }
}
