/** The atlas in rank order: which head comes where, and how large its tile is. */
import type { RankOrder } from '../state/atlas.ts';
import { shortNumber, shownIndex } from './format.ts';
import type { HeadReading } from './head-quantity.ts';

/**
 * Heads by value, as flat indices (layer · heads + head). Equal values keep the order of layers and heads, both ways round;
 * what is not a number comes last.
 * @param values [layer, head]
 */
export function rankHeads(values: Float64Array, order: RankOrder): readonly number[] {
  const sign = order === 'highest' ? -1 : 1;
  const key = Float64Array.from(values, (value) => (Number.isNaN(value) ? Infinity : sign * value));
  return Array.from(values, (_, index) => index).sort((a, b) => compare(key[a]!, key[b]!) || a - b);
}

const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0);

/** A number on a tile: `0.943`, `−0.021`, `12.4`; what is very small is `0.000`, without a sign. */
export function tileNumber(value: number): string {
  const size = shortNumber(Math.abs(value));
  return value < 0 && Number(size) !== 0 ? `−${size}` : size;
}

/** A head's place in the model, and its value where the heads have one: `3.5`, `3.5 0.943`. @param heads how many a layer has */
export function headLabel(index: number, heads: number, reading: HeadReading | null): string {
  const place = `${shownIndex(Math.floor(index / heads))}.${shownIndex(index % heads)}`;
  const value = reading?.values[index] ?? NaN;
  return Number.isNaN(value) ? place : `${place} ${tileNumber(value)}`;
}

export interface RankGeometry {
  readonly columns: number;
  /** Width of a tile in px. */
  readonly tile: number;
}

/** Room for `12.11`, `0.943` and `−0.021` in 11 px type. */
const LEAST_TILE = 41;
export const RANK_GAP = 3;

/** As many columns as fit into `width` px, at least one; the tiles share what is left over. */
export function rankGeometry(width: number): RankGeometry {
  const columns = Math.max(1, Math.floor((width + RANK_GAP) / (LEAST_TILE + RANK_GAP)));
  return { columns, tile: Math.max(LEAST_TILE, Math.floor((width + RANK_GAP) / columns) - RANK_GAP) };
}
