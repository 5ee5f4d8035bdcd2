/** The pointer over cells of heads: moving tells which head it is on, a click selects it; with Ctrl, Cmd or Shift it chooses several. */
import { useMemo } from 'react';
import type { MouseEvent, PointerEvent } from 'react';
import { isSameHead } from '../state/selection.ts';
import type { HeadPlace } from '../state/selection.ts';
import { useApp, useSession } from './context.tsx';

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
      if (to === null) return;
      if (choosesSeveral(event)) session.toggleHead(to);
      else session.select(to);
    },
  };
}

/** Whether a click chooses a head beside the others. */
export function choosesSeveral(press: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }): boolean {
  return press.ctrlKey || press.metaKey || press.shiftKey;
}

/** The head whose cell an event happened on. */
export function headOf(target: EventTarget): HeadPlace | null {
  const cell = target instanceof Element ? target.closest<HTMLElement>('.atlas-cell') : null;
  const { layer, head } = cell?.dataset ?? {};
  return layer === undefined || head === undefined ? null : { layer: Number(layer), head: Number(head) };
}

/** How a head is chosen: `on` the selected one, `also` beside it. */
export type HeadMark = 'on' | 'also' | null;

/** How every head is chosen. */
export function useHeadMarks(): (head: HeadPlace) => HeadMark {
  const layer = useApp((state) => state.selection.layer);
  const head = useApp((state) => state.selection.head);
  const others = useApp((state) => state.selection.others);
  return useMemo(
    () => (place) => {
      if (isSameHead(place, { layer, head })) return 'on';
      return others.some((other) => isSameHead(other, place)) ? 'also' : null;
    },
    [layer, head, others],
  );
}
