/** The atlas in rank order: which head comes where, how large its tile is, and where the arrow keys go. */
import type { CellMove } from '../state/commands.ts';
import { shortNumber } from './format.ts';

/** `position`: layers × heads; else by the quantity that colours the heads. */
export const ATLAS_ORDERS = ['position', 'highest', 'lowest'] as const;
export type AtlasOrder = (typeof ATLAS_ORDERS)[number];

/**
 * Heads by value, as flat indices (layer · heads + head). Equal values keep the order of layers and heads, both ways round;
 * what is not a number comes last.
 * @param values [layer, head]
 */
export function rankHeads(values: Float64Array, order: Exclude<AtlasOrder, 'position'>): readonly number[] {
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

/**
 * The rank that a key leads to: left and right go on through the rows, up and down stay in their column (the last row may be
 * short), Home and End reach the ends of the row, Page Up and Page Down those of the column.
 */
export function stepRank(rank: number, { dQuery, dKey }: CellMove, columns: number, count: number): number {
  const start = rank - (rank % columns);
  if (dKey === -Infinity) return start;
  if (dKey === Infinity) return Math.min(start + columns, count) - 1;
  if (dKey !== 0) return Math.max(0, Math.min(count - 1, rank + dKey));
  const column = rank % columns;
  if (dQuery === -Infinity) return column;
  if (dQuery === Infinity) return column + columns * Math.floor((count - 1 - column) / columns);
  const to = rank + dQuery * columns;
  if (to < 0) return rank;
  return to < count ? to : start + columns < count ? count - 1 : rank;
}
