/** Pointing at cells: a frame and a tooltip that move through refs, once a frame of the screen, without React. */
import { useEffect, useRef } from 'react';
import type { PointerEvent, ReactElement } from 'react';
import type { Rect } from '../figures/legend.ts';
import { placeIn } from '../components/pointer-place.ts';

export interface CellPointer<C> {
  /** The cell under a point of the figure. */
  readonly find: (x: number, y: number) => C | null;
  /** Its place in the figure. */
  readonly boxOf: (cell: C) => Rect;
  readonly textOf: (cell: C) => string;
  readonly onHover?: (cell: C | null) => void;
  readonly onChoose: (cell: C) => void;
}

export interface PointerParts {
  readonly handlers: {
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onClick: (event: { clientX: number; clientY: number; currentTarget: HTMLElement }) => void;
  };
  readonly overlay: ReactElement;
  /** Looks again at what lies under the pointer, after the figure moved below it. */
  readonly refresh: () => void;
}

/** Room that a tooltip keeps from the cell, in px. */
const TOOLTIP_GAP = 10;

export function useCellPointer<C>(pointer: CellPointer<C>): PointerParts {
  const latest = useRef(pointer);
  const frame = useRef<HTMLDivElement>(null);
  const tooltip = useRef<HTMLDivElement>(null);
  const request = useRef(0);
  const last = useRef<{ clientX: number; clientY: number; element: HTMLElement } | null>(null);
  useEffect(() => {
    latest.current = pointer;
  });
  useEffect(() => () => cancelAnimationFrame(request.current), []);

  const show = (cell: C | null): void => {
    const box = cell === null ? null : latest.current.boxOf(cell);
    if (frame.current !== null) placeFrame(frame.current, box);
    if (tooltip.current !== null) placeTooltip(tooltip.current, box, cell === null ? '' : latest.current.textOf(cell));
    latest.current.onHover?.(cell);
  };
  const cellOf = (place: { clientX: number; clientY: number }, element: HTMLElement): C | null => {
    const { x, y } = placeIn(place, element);
    return latest.current.find(x, y);
  };
  return {
    handlers: {
      onPointerMove: (event) => {
        const { clientX, clientY, currentTarget } = event;
        last.current = { clientX, clientY, element: currentTarget };
        cancelAnimationFrame(request.current);
        request.current = requestAnimationFrame(() => {
          show(cellOf({ clientX, clientY }, currentTarget));
        });
      },
      onPointerLeave: () => {
        last.current = null;
        cancelAnimationFrame(request.current);
        show(null);
      },
      onClick: (event) => {
        const cell = cellOf(event, event.currentTarget);
        if (cell !== null) latest.current.onChoose(cell);
      },
    },
    refresh: () => {
      if (last.current !== null) show(cellOf(last.current, last.current.element));
    },
    overlay: (
      <>
        <div ref={frame} className="pointer-frame" aria-hidden="true" hidden />
        <div ref={tooltip} className="pointer-tooltip" aria-hidden="true" hidden data-testid="tooltip" />
      </>
    ),
  };
}

function placeFrame(element: HTMLElement, box: Rect | null): void {
  element.hidden = box === null;
  if (box === null) return;
  element.style.transform = `translate(${box.x}px, ${box.y}px)`;
  element.style.width = `${Math.max(3, box.width)}px`;
  element.style.height = `${Math.max(3, box.height)}px`;
}

/** Above the cell, or below it near the top; inside the figure sideways. */
function placeTooltip(element: HTMLElement, box: Rect | null, text: string): void {
  element.hidden = box === null;
  if (box === null) return;
  element.textContent = text;
  const width = element.offsetWidth;
  const height = element.offsetHeight;
  const room = element.parentElement?.clientWidth ?? width;
  const x = Math.max(0, Math.min(room - width, box.x + box.width / 2 - width / 2));
  const above = box.y - height - TOOLTIP_GAP;
  const y = above >= 0 ? above : box.y + box.height + TOOLTIP_GAP;
  element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}
