/** The exact numbers of one (query, key) cell: from q·k to the weight, each as the engine computed it. */
import type { Matrix } from '../state/slices.ts';

export interface CellMatrices {
  readonly scores: Matrix;
  readonly scaled: Matrix;
  readonly masked: Matrix;
  readonly pattern: Matrix;
}

export interface CellNumbers {
  readonly query: number;
  readonly key: number;
  /** q·k. */
  readonly score: number;
  /** q·k ÷ √d_head. */
  readonly scaled: number;
  /** Scaled score with the mask applied; −∞ where the key is hidden from the query. */
  readonly masked: number;
  readonly visible: boolean;
  /** The largest masked score of the row; subtracted before exp, as softmax does. */
  readonly rowMaximum: number;
  /** e^(masked − rowMaximum). */
  readonly numerator: number;
  /** Σ over the row's keys of e^(masked − rowMaximum). */
  readonly denominator: number;
  /** The engine's own softmax weight. */
  readonly weight: number;
}

/** Whether a row of a [rows, columns] value is here: of some, only a part was asked for. */
export function hasRow({ rows, dims }: Matrix, index: number): boolean {
  const first = rows?.first ?? 0;
  return index >= first && index < first + (dims[0] ?? 0);
}

/** The row that is wanted, or the one that is here in its place, where only a part was asked for. */
export function shownRow(matrix: Matrix, wanted: number): number {
  return matrix.rows === null || hasRow(matrix, wanted) ? wanted : matrix.rows.first;
}

/** Reads one number of a [rows, columns] matrix; NaN outside it. */
export function at(matrix: Matrix, row: number, column: number): number {
  const columns = matrix.dims[1] ?? 0;
  if (column >= columns || !hasRow(matrix, row)) return NaN;
  return matrix.data[(row - (matrix.rows?.first ?? 0)) * columns + column] ?? NaN;
}

/** One row of a [rows, columns] matrix, without copying; empty where it is not here. */
export function row(matrix: Matrix, index: number): Float32Array {
  if (!hasRow(matrix, index)) return new Float32Array();
  const columns = matrix.dims[1] ?? 0;
  const place = index - (matrix.rows?.first ?? 0);
  return matrix.data.subarray(place * columns, (place + 1) * columns);
}

/** All numbers of a cell; null when the cell is not in the matrices: another text's selection, or another row than is here. */
export function cellNumbers(matrices: CellMatrices, query: number, key: number): CellNumbers | null {
  const columns = matrices.pattern.dims[1] ?? 0;
  if (key < 0 || key >= columns || !hasRow(matrices.pattern, query)) return null;
  const values = row(matrices.masked, query);
  const rowMaximum = values.reduce((largest, value) => Math.max(largest, value), -Infinity);
  const masked = at(matrices.masked, query, key);
  return {
    query,
    key,
    score: at(matrices.scores, query, key),
    scaled: at(matrices.scaled, query, key),
    masked,
    visible: masked !== -Infinity,
    rowMaximum,
    numerator: Math.exp(masked - rowMaximum),
    denominator: values.reduce((sum, value) => sum + Math.exp(value - rowMaximum), 0),
    weight: at(matrices.pattern, query, key),
  };
}

/** The key with the largest weight of a pattern row: what the query looks at most. */
export function strongestKey(pattern: Matrix, query: number): number {
  let best = 0;
  row(pattern, query).forEach((weight, key, all) => {
    if (weight > (all[best] ?? -Infinity)) best = key;
  });
  return best;
}

/** q ⊙ k: the products whose sum is the score. */
export function products(q: Float32Array, k: Float32Array): Float32Array {
  return q.map((value, index) => value * (k[index] ?? NaN));
}

/** The largest magnitude in a vector; 0 when it is empty. */
export function reach(values: Float32Array): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
