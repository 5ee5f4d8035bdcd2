/** The heads in the order chosen: sections of heads that flow in rows, and where the arrow keys go among them. */
import type { SiteSummary } from '../../electron/api/index.ts';
import type { AtlasOrder } from '../state/atlas.ts';
import { isRank } from '../state/atlas.ts';
import type { CellMove } from '../state/commands.ts';
import { headGroups } from './atlas-groups.ts';
import type { GroupName, NamingFacts } from './atlas-groups.ts';
import { rankHeads } from './atlas-rank.ts';
import type { HeadReading } from './head-quantity.ts';

export interface AtlasSection {
  /** null: the heads are in one section, without a heading. */
  readonly name: GroupName | null;
  /** Flat indices (layer · heads + head), in order. */
  readonly heads: readonly number[];
}

/** How the heads stand: in rows of a layer each, or flowing, as many a row as there is room for. */
export type AtlasArrangement =
  | { readonly kind: 'layers'; readonly layers: number; readonly heads: number }
  | { readonly kind: 'flow'; readonly sections: readonly AtlasSection[]; readonly heads: number };

/** @param reading what colours the heads; null: their own weights, or nothing measured yet: then a rank is by position */
export function arrangeHeads(
  order: AtlasOrder,
  summary: SiteSummary,
  reading: HeadReading | null,
  facts: NamingFacts,
): AtlasArrangement {
  const { layers, heads } = summary;
  if (order === 'similar') return { kind: 'flow', sections: headGroups(summary, facts), heads };
  if (!isRank(order) || reading === null || reading.range === null) return { kind: 'layers', layers, heads };
  return { kind: 'flow', sections: [{ name: null, heads: rankHeads(reading.values, order) }], heads };
}

/** The rows that the heads stand in, from the top. @param columns how many heads a row has at most, where they flow */
export function headRowsOf(arrangement: AtlasArrangement, columns: number): readonly (readonly number[])[] {
  const { heads } = arrangement;
  if (arrangement.kind === 'layers') {
    return Array.from({ length: arrangement.layers }, (_, layer) =>
      Array.from({ length: heads }, (__, head) => layer * heads + head),
    );
  }
  return arrangement.sections.flatMap((section) => rowsOf(section.heads, columns));
}

/** Heads in rows of so many; the last may be short. */
export function rowsOf(heads: readonly number[], columns: number): readonly (readonly number[])[] {
  return Array.from({ length: Math.ceil(heads.length / columns) }, (_, row) =>
    heads.slice(row * columns, (row + 1) * columns),
  );
}

/**
 * The head that a key leads to from another. Where heads flow, left and right go on through the rows; up and down stay in their
 * column, or as near to it as a short row goes. Home and End reach the ends of the row, Page Up and Page Down those of the column.
 * @param isFlow false: left and right stop at the ends of the row
 */
export function stepHeads(
  rows: readonly (readonly number[])[],
  index: number,
  { dQuery, dKey }: CellMove,
  isFlow: boolean,
): number {
  const row = rows.findIndex((heads) => heads.includes(index));
  const now = rows[row];
  if (now === undefined) return index;
  const column = now.indexOf(index);
  if (dKey !== 0) {
    const all = isFlow && Number.isFinite(dKey) ? rows.flat() : now;
    return all[clamp(all.indexOf(index) + dKey, all.length)] ?? index;
  }
  // As far as it goes: the last row may be too short to be reached in this column.
  const reached = Number.isFinite(dQuery) ? rows : rows.filter((heads) => heads.length > column);
  const to = reached[clamp(reached.indexOf(now) + dQuery, reached.length)] ?? now;
  return to[clamp(column, to.length)] ?? index;
}

const clamp = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));
