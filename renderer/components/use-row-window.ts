/** A long list in a scrolling box, with only a window of its rows in the document. Short lists are there as a whole. */
import { useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { FocusEvent, RefObject } from 'react';
import { rowPieces, rowsInView, WINDOW_ABOVE } from './row-window.ts';
import type { RowPiece } from './row-window.ts';
import { useSize } from './use-size.ts';

export interface RowWindowOptions {
  /** What each row is, in the order of the list; a row's element says it as `data-row`, on what takes the focus if it can. */
  readonly ids: readonly number[];
  /** Ids of rows that stay in the document wherever the list is scrolled: what Tab goes to. */
  readonly keep?: readonly (number | null | undefined)[];
  /** The row with something extra below it, an element `[data-extra]`; it stays, too. */
  readonly extraBelow?: number | null;
}

export interface RowWindow {
  /** The scrolling box. */
  readonly room: RefObject<HTMLDivElement | null>;
  readonly onScroll: () => void;
  readonly onFocus: (event: FocusEvent) => void;
  readonly onBlur: () => void;
  /** Rows and gaps, in order. */
  readonly pieces: readonly RowPiece[];
  /** False where every row is in the document, and the browser counts them itself. */
  readonly isWindowed: boolean;
  /** Height of a gap in px. */
  readonly gapHeight: (piece: RowPiece) => number;
  /** Brings a row into view and focuses it. */
  readonly focusRow: (index: number) => void;
}

/** Before the first row was measured, in px. */
const LIKELY_ROW = 25;
/** Scrolling is followed in steps of this many px, less than the rows kept ready, so that most of it draws nothing anew. */
const GRAIN = 100;
const grained = (px: number): number => Math.floor(px / GRAIN) * GRAIN;

export function useRowWindow({ ids, keep = [], extraBelow = null }: RowWindowOptions): RowWindow {
  const room = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  const size = useSize(room);
  const [top, setTop] = useState(0);
  const [heights, setHeights] = useState({ row: LIKELY_ROW, extra: 0 });
  const [focused, setFocused] = useState<number | null>(null);
  const isWindowed = ids.length > WINDOW_ABOVE;
  const indices = useMemo(() => new Map(ids.map((id, index) => [id, index])), [ids]);
  const indexOf = (id: number | null | undefined): number => indices.get(id ?? NaN) ?? -1;
  const below = indexOf(extraBelow);
  const range = rowsInView({
    count: ids.length,
    rowHeight: heights.row,
    top,
    height: size?.height ?? 0,
    extra: below < 0 ? null : { below, height: heights.extra },
  });
  const kept = [...keep, focused, extraBelow].map(indexOf);

  useLayoutEffect(() => {
    const box = room.current;
    if (box === null || !isWindowed) return;
    const row = box.querySelector('[data-row]')?.closest('tr')?.getBoundingClientRect().height ?? 0;
    const extra = box.querySelector('[data-extra]')?.getBoundingClientRect().height ?? 0;
    const same = Math.abs(row - heights.row) < 0.01 && Math.abs(extra - heights.extra) < 0.5;
    if (!same && row > 0) setHeights({ row, extra });
    setTop(grained(box.scrollTop));
  }, [isWindowed, heights, top, ids, extraBelow]);

  useLayoutEffect(() => {
    const id = wanted.current;
    wanted.current = null;
    if (id !== null) room.current?.querySelector<HTMLElement>(`[data-row="${id}"]`)?.focus();
  }, [focused]);

  const onScroll = useCallback(() => {
    if (isWindowed && room.current !== null) setTop(grained(room.current.scrollTop));
  }, [isWindowed]);
  return {
    room,
    onScroll,
    onFocus: ({ target }) => {
      const id = (target as HTMLElement).dataset['row'];
      setFocused(id === undefined ? null : Number(id));
    },
    onBlur: () => setFocused(null),
    pieces: rowPieces(range, ids.length, kept),
    isWindowed,
    gapHeight: ({ from, to }) => (to - from) * heights.row,
    focusRow: (index) => {
      const id = ids[Math.max(0, Math.min(ids.length - 1, index))];
      if (id === undefined || id === focused) return;
      wanted.current = id;
      // The row is in the document after this, and gets the focus then.
      setFocused(id);
    },
  };
}
