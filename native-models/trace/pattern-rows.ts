/** Rows of a pattern that an intervention puts in the place of softmax's output. */
import { ModelError } from '../errors.ts';
import type { PatternRow } from './interventions.ts';

/** A replaced row and what masks after it did to it. */
export interface ReplacedRow {
  /** f32 [tokens], sum 1. */
  readonly weights: Float32Array;
  /** Keys hidden since the row was replaced. */
  readonly hidden: Set<number>;
}

const ROW_SUM_TOLERANCE = 1e-3;

/** Row `query` of the pattern that attends to the token before (the first token to itself), or to the first token. */
export function pointedRow(pattern: 'previous' | 'first', query: number, tokens: number): Float32Array {
  const weights = new Float32Array(tokens);
  weights[pattern === 'first' ? 0 : Math.max(0, query - 1)] = 1;
  return weights;
}

/** The same weight on every visible key. */
export function uniformRow(tokens: number, sees: (key: number) => boolean): Float32Array {
  const visible = Float32Array.from({ length: tokens }, (_, key) => (sees(key) ? 1 : 0));
  return normalised(visible);
}

/** A row as the user drew it, with the sum made exactly 1. @throws ModelError `bad-request` */
export function drawnRow({ query, weights }: PatternRow, tokens: number): Float32Array {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const valid = weights.length === tokens && weights.every((weight) => weight >= 0 && weight <= 1 + ROW_SUM_TOLERANCE);
  if (valid && Math.abs(sum - 1) <= ROW_SUM_TOLERANCE) return normalised(weights);
  throw new ModelError(
    'bad-request',
    'pattern-row',
    `The pattern row of query ${query} has ${weights.length} weights with sum ${sum}; expected ${tokens} weights of 0…1 with sum 1.`,
    { query, weights: weights.length, sum, tokens },
  );
}

/** The row without its hidden keys, normalised again; null when they had all the weight. */
export function withoutHidden({ weights, hidden }: ReplacedRow): Float32Array | null {
  if (hidden.size === 0) return weights;
  const left = weights.map((weight, key) => (hidden.has(key) ? 0 : weight));
  return left.some((weight) => weight > 0) ? normalised(left) : null;
}

function normalised(weights: ArrayLike<number>): Float32Array {
  const values = Array.from(weights);
  const sum = values.reduce((total, weight) => total + weight, 0);
  return Float32Array.from(values, (weight) => weight / sum);
}
