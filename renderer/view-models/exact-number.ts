/** Numbers of cells as they are read: exact, or marked as rounded while the exact ones are on their way. */
import type { Matrix } from '../state/slices.ts';
import { formatNumber } from './format.ts';
import { at, hasRow } from './inspector.ts';

export interface ReadNumber {
  readonly value: number;
  /** False: it was rounded to half precision on its way, to about three digits. */
  readonly exact: boolean;
}

/**
 * One number of a [query, key] matrix.
 * @param row the exact row behind a matrix that is only good for a picture; null while it is on its way
 */
export function readNumber(matrix: Matrix, row: Matrix | null, query: number, key: number): ReadNumber {
  const source = !matrix.exact && row !== null && hasRow(row, query) ? row : matrix;
  const value = at(source, query, key);
  // Half precision has an infinity of its own.
  return { value, exact: source.exact || value === -Infinity };
}

/** Significant digits of a half. */
const ROUNDED_DIGITS = 3;

/** `0.1234`; of a rounded number `≈ 0.123`. */
export function readText({ value, exact }: ReadNumber): string {
  return exact ? formatNumber(value) : `≈ ${formatNumber(value, ROUNDED_DIGITS)}`;
}
