/** Dragging over cells chooses a region of queries and keys; Shift and arrows extend it from the selected cell. */
import { useRef } from 'react';
import type { PointerEvent } from 'react';
import type { CellMove } from '../state/commands.ts';
import { spanOf } from '../state/lens.ts';
import type { Lens } from '../state/lens.ts';
import { panelTokens } from '../view-models/matrix-panels.ts';
import type { MatrixPanel } from '../view-models/matrix-panels.ts';
import { useApp, useSession } from './context.tsx';
import type { BrushParts } from './figure-surface.tsx';
import { placeIn } from '../components/pointer-place.ts';

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** A press that goes further than this, in px, chooses more than its cell. */
const SLOP = 4;

export interface MatrixBrush {
  readonly gestures: BrushParts;
  readonly extend: (from: Cell, move: CellMove) => void;
}

/**
 * @param cellAt the cell under a point of the figure
 * @param isMoved whether the figure is enlarged, so that a drag moves it and Shift is needed to choose
 */
export function useMatrixBrush(
  panel: MatrixPanel,
  cellAt: (x: number, y: number) => Cell | null,
  isMoved: () => boolean,
): MatrixBrush {
  const session = useSession();
  const brush = useApp((state) => state.lens.brush);
  const press = useRef<{ from: Cell; x: number; y: number; isDrag: boolean } | null>(null);
  const wasDrag = useRef(false);
  const choose = (from: Cell, to: Cell): void => {
    const queries = spanOf(panelTokens(panel, from.row), panelTokens(panel, to.row));
    const keys = spanOf(panelTokens(panel, from.column), panelTokens(panel, to.column));
    session.setLens({ brush: { queries, keys } });
  };
  const placeOf = (event: PointerEvent<HTMLElement>): [number, number] => {
    const { x, y } = placeIn(event, event.currentTarget);
    return [x, y];
  };
  return {
    gestures: {
      onPointerDown: (event) => {
        wasDrag.current = false;
        if (event.button !== 0 || event.pointerType === 'touch' || (isMoved() && !event.shiftKey)) return false;
        const [x, y] = placeOf(event);
        const from = cellAt(x, y);
        if (from !== null) press.current = { from, x, y, isDrag: false };
        return from !== null;
      },
      onPointerMove: (event) => {
        const state = press.current;
        if (state === null) return false;
        const [x, y] = placeOf(event);
        if (!state.isDrag && Math.hypot(x - state.x, y - state.y) < SLOP) return true;
        if (!state.isDrag) event.currentTarget.setPointerCapture(event.pointerId);
        state.isDrag = true;
        wasDrag.current = true;
        const to = cellAt(x, y);
        if (to !== null) choose(state.from, to);
        return true;
      },
      onPointerUp: () => {
        const isOurs = press.current !== null;
        press.current = null;
        return isOurs;
      },
      wasDrag: () => wasDrag.current,
    },
    extend: (from, { dQuery, dKey }) => {
      choose(from, extended(panel, from, brush, { dQuery, dKey }));
    },
  };
}

/** The corner of the region across from the selected cell, one step on. */
function extended(panel: MatrixPanel, from: Cell, brush: Lens['brush'], { dQuery, dKey }: CellMove): Cell {
  const rowOf = (token: number): number => {
    for (let row = 0; row < panel.rows; row += 1) if (panelTokens(panel, row).last >= token) return row;
    return panel.rows - 1;
  };
  const far = (at: number, span: Lens['groups'][number] | undefined): number => {
    if (span === undefined) return at;
    const [first, last] = [rowOf(span.first), rowOf(span.last)];
    return first === at ? last : last === at ? first : at;
  };
  const inside = (at: number, count: number): number => Math.max(0, Math.min(count - 1, at));
  return {
    row: inside(far(from.row, brush?.queries) + dQuery, panel.rows),
    column: inside(far(from.column, brush?.keys) + dKey, panel.columns),
  };
}
