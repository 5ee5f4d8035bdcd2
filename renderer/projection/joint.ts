/**
 * Queries and keys of one head in one space, after AttentionViz (Yeh et al. 2023, section 5.1.1): two changes that leave every softmax
 * as it is bring near what attends.
 */
import { ProjectionError } from './types.ts';
import type { Points } from './types.ts';

export interface JointInput {
  /** [queries, d_head] and [keys, d_head] of one head. */
  readonly queries: Points;
  readonly keys: Points;
  /** Whether a query may attend to a key: of the same sentence, and not hidden by the mask. By default every key. */
  readonly sees?: (query: number, key: number) => boolean;
}

/** The two changes: k becomes (k + shift) ÷ c, and q becomes q·c. */
export interface JointAdjustment {
  /** [d_head] */
  readonly shift: Float64Array;
  readonly c: number;
}

export interface JointPoints extends JointAdjustment {
  /** [queries + keys, d_head], adjusted; the queries come first. */
  readonly points: Points;
  readonly queries: number;
  readonly keys: number;
  /**
   * Pearson's correlation of the distance of a query and a key with its score q·k (less the mean score of the query, of which softmax
   * sees nothing), over pairs that see each other: as the vectors are, and adjusted. −1: near is what attends. Null without variation.
   */
  readonly correlation: { readonly before: number | null; readonly after: number | null };
  /** The largest difference of a softmax weight, before and after, over all queries. */
  readonly softmaxChange: number;
}

/** Pairs of which c is chosen, at most: evenly out of all. */
const MOST_PAIRS = 50_000;
/** c is looked for from 1/32 to 32 times the value at which queries and keys have the same spread, on so many steps, then between. */
const WIDEST = 5;
const GRID = 80;
const REFINEMENTS = 40;

/**
 * Shift: the softmax over keys does not change when one vector is added to all of them, because q·(k + s) = q·k + q·s; s is such that
 * the centroids of queries and keys meet. Scale: (c·q)·(k ÷ c) = q·k; c is the one whose distances follow the scores best: the strongest
 * negative correlation. The paper chooses c by the correlation of distance and dot product too; its weights for near pairs are left out.
 * @throws ProjectionError `too-few-points` without a query or a key that it sees, `invalid-setting` for different dimensions
 */
export function jointPoints({ queries, keys, sees = () => true }: JointInput): JointPoints {
  if (queries.dims !== keys.dims) {
    throw new ProjectionError('invalid-setting', `invalid keys: ${keys.dims} dimensions; queries: ${queries.dims}`);
  }
  const pairs = pairsOf(queries, keys, sees);
  if (pairs.score.length === 0) {
    throw new ProjectionError('too-few-points', 'There is no query with a key that it may attend to.');
  }
  const c = chosenScale(pairs);
  const [middle, keyMiddle] = [centroid(queries), centroid(keys)];
  const shift = middle.map((value, at) => c * c * value - keyMiddle[at]!);
  const adjustment = { shift, c };
  const raw = pairs.raw.map(Math.sqrt);
  return {
    ...adjustment,
    points: adjusted(queries, keys, adjustment),
    queries: queries.count,
    keys: keys.count,
    correlation: { before: correlation(raw, pairs.score), after: correlationAt(pairs, c) },
    softmaxChange: softmaxChange({ queries, keys, sees }, adjustment),
  };
}

/** Queries and keys, new ones too, with an adjustment that was found before: [queries + keys, d_head]. */
export function adjusted(queries: Points, keys: Points, { shift, c }: JointAdjustment): Points {
  const { dims } = queries;
  const data = new Float32Array((queries.count + keys.count) * dims);
  queries.data.forEach((value, at) => (data[at] = value * c));
  keys.data.forEach((value, at) => (data[queries.data.length + at] = (value + shift[at % dims]!) / c));
  return { data, count: queries.count + keys.count, dims };
}

interface Pairs {
  /** q·k less the mean of the query's. */
  readonly score: Float64Array;
  /** ‖q − k‖² as they are. */
  readonly raw: Float64Array;
  /** Of the vectors less their centroids: ‖q‖², ‖k‖², q·k. */
  readonly query: Float64Array;
  readonly key: Float64Array;
  readonly product: Float64Array;
}

function pairsOf(queries: Points, keys: Points, sees: (query: number, key: number) => boolean): Pairs {
  const chosen = chosenPairs(queries.count, keys.count, sees);
  const [middle, keyMiddle] = [centroid(queries), centroid(keys)];
  const size = chosen.length;
  const empty = () => new Float64Array(size);
  const pairs = { score: empty(), raw: empty(), query: empty(), key: empty(), product: empty() };
  chosen.forEach(([query, key], at) => {
    for (let axis = 0; axis < queries.dims; axis += 1) {
      const [q, k] = [queries.data[query * queries.dims + axis]!, keys.data[key * keys.dims + axis]!];
      const [a, b] = [q - middle[axis]!, k - keyMiddle[axis]!];
      pairs.score[at]! += q * k;
      pairs.raw[at]! += (q - k) ** 2;
      pairs.query[at]! += a * a;
      pairs.key[at]! += b * b;
      pairs.product[at]! += a * b;
    }
  });
  const sums = new Map<number, { sum: number; count: number }>();
  chosen.forEach(([query], at) => {
    const entry = sums.get(query) ?? { sum: 0, count: 0 };
    sums.set(query, { sum: entry.sum + pairs.score[at]!, count: entry.count + 1 });
  });
  chosen.forEach(([query], at) => {
    const { sum, count } = sums.get(query)!;
    pairs.score[at]! -= sum / count;
  });
  return pairs;
}

/** Pairs that see each other; where they are too many, every so manyth query with all its keys. */
export function chosenPairs(
  queries: number,
  keys: number,
  sees: (query: number, key: number) => boolean,
): readonly (readonly [number, number])[] {
  const step = Math.max(1, Math.ceil((queries * keys) / MOST_PAIRS));
  const chosen: (readonly [number, number])[] = [];
  for (let query = 0; query < queries; query += step) {
    for (let key = 0; key < keys; key += 1) if (sees(query, key)) chosen.push([query, key]);
  }
  return chosen;
}

/** The scale of the strongest negative correlation: the best of a grid, then by golden sections around it. */
function chosenScale(pairs: Pairs): number {
  const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
  const even = (sum(pairs.key) / sum(pairs.query)) ** 0.25;
  const base = Number.isFinite(even) && even > 0 ? even : 1;
  const scaleAt = (exponent: number) => base * 2 ** exponent;
  const costAt = (exponent: number) => correlationAt(pairs, scaleAt(exponent)) ?? 0;
  const step = (2 * WIDEST) / GRID;
  const exponents = Array.from({ length: GRID + 1 }, (_, at) => at * step - WIDEST);
  const costs = exponents.map(costAt);
  const least = Math.min(...costs);
  if (!(least < 0)) return base;
  const best = exponents[costs.indexOf(least)]!;
  return scaleAt(goldenSection(costAt, best - step, best + step));
}

function goldenSection(cost: (at: number) => number, from: number, to: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2;
  let [low, high] = [from, to];
  for (let turn = 0; turn < REFINEMENTS; turn += 1) {
    const [a, b] = [high - ratio * (high - low), low + ratio * (high - low)];
    if (cost(a) < cost(b)) high = b;
    else low = a;
  }
  return (low + high) / 2;
}

/** With the centroids together, ‖c·q − k ÷ c‖² = c²‖q‖² + ‖k‖² ÷ c² − 2 q·k of the vectors less their centroids. */
function correlationAt({ query, key, product, score }: Pairs, c: number): number | null {
  const distance = query.map((value, at) => {
    return Math.sqrt(Math.max(0, c * c * value + key[at]! / (c * c) - 2 * product[at]!));
  });
  return correlation(distance, score);
}

/** Pearson's; null where either does not vary. */
export function correlation(a: Float64Array, b: Float64Array): number | null {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at += 1) {
    const [x, y] = [a[at]! - meanA, b[at]! - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : null;
}

export function centroid({ data, count, dims }: Points): Float64Array {
  const middle = new Float64Array(dims);
  data.forEach((value, at) => (middle[at % dims]! += value / count));
  return middle;
}

export function softmaxChange({ queries, keys, sees }: Required<JointInput>, { shift, c }: JointAdjustment): number {
  const { dims } = queries;
  let largest = 0;
  for (let query = 0; query < queries.count; query += 1) {
    const [before, after]: [number[], number[]] = [[], []];
    for (let key = 0; key < keys.count; key += 1) {
      if (!sees(query, key)) continue;
      let [old, made] = [0, 0];
      for (let axis = 0; axis < dims; axis += 1) {
        const [q, k] = [queries.data[query * dims + axis]!, keys.data[key * dims + axis]!];
        old += q * k;
        made += q * c * ((k + shift[axis]!) / c);
      }
      before.push(old / Math.sqrt(dims));
      after.push(made / Math.sqrt(dims));
    }
    const [old, made] = [softmax(before), softmax(after)];
    old.forEach((weight, at) => (largest = Math.max(largest, Math.abs(weight - made[at]!))));
  }
  return largest;
}

function softmax(scores: readonly number[]): readonly number[] {
  const top = scores.reduce((most, score) => Math.max(most, score), -Infinity);
  const weights = scores.map((score) => Math.exp(score - top));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  return weights.map((weight) => weight / sum);
}
