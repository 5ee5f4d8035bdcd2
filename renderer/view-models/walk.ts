/** The numbers of one query's row, from the scores to the weights and what they bring: what the walk shows key by key. */
import type { Matrix } from '../state/slices.ts';
import { at, hasRow, row } from './inspector.ts';

export interface WalkMatrices {
  /** [query, key] of one head, each. */
  readonly scores: Matrix;
  readonly scaled: Matrix;
  readonly masked: Matrix;
  readonly pattern: Matrix;
  /** ‖v_j·W_O‖ of every head, [head, token]; null where the engine does not give it. */
  readonly valueNorm?: Matrix | null;
}

/** One key of the query's row. */
export interface WalkRow {
  readonly key: number;
  /** q·k. */
  readonly score: number;
  /** q·k ÷ √d_head. */
  readonly scaled: number;
  /** −∞ where the mask hides the key. */
  readonly masked: number;
  readonly visible: boolean;
  /** masked − the row's maximum: 0 for the largest, −∞ for a hidden key. */
  readonly shifted: number;
  /** e^shifted. */
  readonly exponential: number;
  /** The engine's own softmax weight. */
  readonly weight: number;
  /** ‖α_j·v_j·W_O‖ = α_j·‖v_j·W_O‖ (Kobayashi et al. 2020, eq. 5); null where ‖v_j·W_O‖ is not available. */
  readonly contribution: number | null;
}

export interface WalkNumbers {
  readonly query: number;
  /** Every key, in the order of the text. */
  readonly rows: readonly WalkRow[];
  readonly visible: number;
  /** The largest masked score; softmax subtracts it before exp. */
  readonly maximum: number;
  /** Σ of the exponentials. */
  readonly sum: number;
  /** Standard deviation of the visible keys' scores, before and after the division by √d_head. */
  readonly spread: { readonly scores: number; readonly scaled: number };
  /** Entropy in nats of softmax over the visible keys, of the scores as they are and after the division. */
  readonly entropy: { readonly scores: number; readonly scaled: number };
}

/** All numbers of a query's row; null when the query lies outside the matrices (another text's selection). */
export function walkNumbers(matrices: WalkMatrices, query: number, head: number): WalkNumbers | null {
  const columns = matrices.pattern.dims[1] ?? 0;
  if (!hasRow(matrices.pattern, query)) return null;
  const maximum = row(matrices.masked, query).reduce((most, value) => Math.max(most, value), -Infinity);
  const list = Array.from({ length: columns }, (_, key): WalkRow => {
    const masked = at(matrices.masked, query, key);
    const shifted = masked - maximum;
    const weight = at(matrices.pattern, query, key);
    const norm = matrices.valueNorm ? at(matrices.valueNorm, head, key) : null;
    return {
      key,
      score: at(matrices.scores, query, key),
      scaled: at(matrices.scaled, query, key),
      masked,
      visible: masked !== -Infinity,
      shifted,
      exponential: Math.exp(shifted),
      weight,
      contribution: norm === null ? null : weight * norm,
    };
  });
  const seen = list.filter(({ visible }) => visible);
  const scores = seen.map(({ score }) => score);
  const scaled = seen.map((item) => item.scaled);
  return {
    query,
    rows: list,
    visible: seen.length,
    maximum,
    sum: list.reduce((sum, { exponential }) => sum + exponential, 0),
    spread: { scores: deviation(scores), scaled: deviation(scaled) },
    entropy: { scores: softmaxEntropy(scores), scaled: softmaxEntropy(scaled) },
  };
}

/** Standard deviation of a population; 0 for a single number, NaN for none. */
export function deviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** −Σ p·ln p of p = softmax(values), in nats: 0 when one takes all, ln n when all are alike. */
export function softmaxEntropy(values: readonly number[]): number {
  const maximum = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const parts = values.map((value) => Math.exp(value - maximum));
  const sum = parts.reduce((total, part) => total + part, 0);
  const weighted = values.reduce((total, value, index) => total + parts[index]! * (value - maximum), 0);
  return Math.log(sum) - weighted / sum;
}

export type KeyOrder = 'place' | 'size';

/** At most so many keys are drawn at first. */
export const KEY_LIMIT = 40;

/**
 * The rows to draw: the `limit` with the largest weights (every one when `limit` is Infinity), in the order of the text or by
 * `sizeOf`, largest first. `keep` is always among them.
 */
export function shownRows(
  rows: readonly WalkRow[],
  order: KeyOrder,
  sizeOf: (row: WalkRow) => number,
  limit: number,
  keep: number | null,
): readonly WalkRow[] {
  let chosen = rows;
  if (rows.length > limit) {
    const rank = (item: WalkRow): number => (item.key === keep ? Infinity : item.weight);
    chosen = [...rows].sort((a, b) => rank(b) - rank(a)).slice(0, limit);
  }
  const inPlace = [...chosen].sort((a, b) => a.key - b.key);
  return order === 'place' ? inPlace : inPlace.sort((a, b) => sizeOf(b) - sizeOf(a));
}

/** A dimension and the product of q and k in it. */
export interface Product {
  readonly dimension: number;
  readonly q: number;
  readonly k: number;
  readonly value: number;
}

export interface Products {
  readonly items: readonly Product[];
  /** Σ of the products in float64. */
  readonly sum: number;
  /** Whether the sum is the engine's score to the precision of float32 and the device. */
  readonly agrees: boolean;
}

/** Largest difference between sum and score, as a share of Σ|q_d·k_d|. */
const TOLERANCE = 1e-3;

/** q ⊙ k with the sum that is the score; `size`: from the largest to the most negative product. */
export function dimensionProducts(q: Float32Array, k: Float32Array, score: number, order: KeyOrder): Products {
  const items = Array.from(q, (value, dimension): Product => {
    const other = k[dimension] ?? NaN;
    return { dimension, q: value, k: other, value: value * other };
  });
  const sum = items.reduce((total, { value }) => total + value, 0);
  const size = items.reduce((total, { value }) => total + Math.abs(value), 0);
  if (order === 'size') items.sort((a, b) => b.value - a.value);
  return { items, sum, agrees: Math.abs(sum - score) <= TOLERANCE * size + 1e-6 };
}

/** α·v for one key, [d_head]. */
export function weighted(vector: Float32Array, weight: number): Float32Array {
  return vector.map((value) => value * weight);
}

/** Σ of vectors of one length, in float32 as they are drawn. */
export function sumOf(vectors: readonly Float32Array[]): Float32Array {
  const [first] = vectors;
  if (first === undefined) return new Float32Array();
  return Float32Array.from(first, (_, index) => vectors.reduce((sum, vector) => sum + (vector[index] ?? NaN), 0));
}

/** Euclidean length. */
export function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
}

/** True where two matrices hold the same numbers: nothing happened between them. */
export function sameValues(a: Matrix, b: Matrix): boolean {
  return a.data.length === b.data.length && a.data.every((value, index) => value === b.data[index]);
}
