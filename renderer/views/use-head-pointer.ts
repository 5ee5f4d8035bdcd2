/** The pointer over cells of heads: moving tells which head it is on, a click selects it. */
import type { MouseEvent, PointerEvent } from 'react';
import { useSession } from './context.tsx';
import type { HeadPlace } from './atlas-grid.tsx';

export interface HeadPointer {
  readonly onPointerMove: (event: PointerEvent) => void;
  readonly onPointerLeave: () => void;
  readonly onClick: (event: MouseEvent) => void;
}

/** @param onPoint the head under the pointer, or null */
export function useHeadPointer(onPoint: (head: HeadPlace | null) => void): HeadPointer {
  const session = useSession();
  return {
    onPointerMove: (event) => onPoint(headOf(event.target)),
    onPointerLeave: () => onPoint(null),
    onClick: (event) => {
      const to = headOf(event.target);
      if (to !== null) session.select(to);
    },
  };
}

/** The head whose cell an event happened on. */
function headOf(target: EventTarget): HeadPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('.atlas-cell') : null;
  const { layer, head } = cell?.dataset ?? {};
  return layer === undefined || head === undefined ? null : { layer: Number(layer), head: Number(head) };
}
