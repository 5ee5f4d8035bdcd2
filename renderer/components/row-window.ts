/** Which rows of a long list are in the document: those in view, some around them, and a few that must stay. Pure arithmetic. */

/** Lists of at most so many rows are in the document as a whole. */
export const WINDOW_ABOVE = 100;
/** Rows kept ready above and below those in view. */
export const OVERSCAN = 12;
/** Rows that are scrolled past before the window is made anew; less than the overscan. */
export const STEP = 4;

export interface RowRoom {
  readonly count: number;
  /** Of one row, in px. */
  readonly rowHeight: number;
  /** How far the list is scrolled, and how much of it is seen, in px. */
  readonly top: number;
  readonly height: number;
  /** Something extra below one row, as high as this; null: nothing. */
  readonly extra: { readonly below: number; readonly height: number } | null;
}

/** Rows `from` … `to − 1`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

export interface RowPiece extends RowRange {
  /** `gap`: empty room in the place of these rows. */
  readonly kind: 'rows' | 'gap';
}

/** The row at a distance in px from the first one's top; rows that are not there are counted on. */
export function rowAt(y: number, { rowHeight, extra }: Pick<RowRoom, 'rowHeight' | 'extra'>): number {
  const end = extra === null ? Infinity : (extra.below + 1) * rowHeight;
  if (extra === null || y < end) return Math.floor(y / rowHeight);
  return Math.max(extra.below, Math.floor((y - extra.height) / rowHeight));
}

/** The rows in view and around it; all of them in a short list. The window moves in steps of {@link STEP} rows. */
export function rowsInView(room: RowRoom): RowRange {
  const { count, height, rowHeight } = room;
  if (count <= WINDOW_ABOVE || !(rowHeight > 0)) return { from: 0, to: count };
  const top = Math.max(0, room.top);
  const first = Math.floor(rowAt(top, room) / STEP) * STEP;
  const last = Math.ceil((rowAt(top + height, room) + 1) / STEP) * STEP;
  const to = Math.max(Math.min(count, last + OVERSCAN), 1);
  return { from: Math.max(0, Math.min(first - OVERSCAN, to - 1)), to };
}

/** The list as pieces in order: rows that are there, and gaps. @param kept indices that stay, in view or not */
export function rowPieces({ from, to }: RowRange, count: number, kept: readonly number[]): readonly RowPiece[] {
  const outside = kept.filter((index) => index >= 0 && index < count && (index < from || index >= to));
  const ranges: RowRange[] = [...new Set(outside)].map((index) => ({ from: index, to: index + 1 }));
  if (to > from) ranges.push({ from, to });
  ranges.sort((a, b) => a.from - b.from);
  const pieces: RowPiece[] = [];
  let at = 0;
  for (const range of ranges) {
    if (range.from > at) pieces.push({ kind: 'gap', from: at, to: range.from });
    pieces.push({ kind: 'rows', ...range });
    at = range.to;
  }
  if (at < count) pieces.push({ kind: 'gap', from: at, to: count });
  return pieces;
}
