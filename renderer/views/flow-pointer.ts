/** Pointing at a token or a line of the head view: it stands out and says its numbers, once a frame of the screen, without React. */
import { useEffect, useRef } from 'react';
import type { MouseEvent, PointerEvent, RefObject } from 'react';
import { flowTargetAt } from '../figures/token-flow-hit.ts';
import type { FlowTarget } from '../figures/token-flow-hit.ts';
import type { FlowLayout } from '../figures/token-flow-layout.ts';
import { placeIn } from '../components/pointer-place.ts';

export interface FlowPointing {
  /** Makes the lines of a target stand out; null: those of the selected token. */
  readonly show: (target: FlowTarget | null) => void;
  readonly textOf: (target: FlowTarget) => string;
  readonly onHover: (target: FlowTarget | null) => void;
  readonly onChoose: (target: FlowTarget) => void;
}

interface PointerHandlers {
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: () => void;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
}

/** Follows the pointer once a frame of the screen. */
export function useFlowPointer(
  tooltip: RefObject<HTMLElement | null>,
  layout: FlowLayout,
  pointing: FlowPointing,
): PointerHandlers {
  const request = useRef(0);
  const last = useRef<FlowTarget | null>(null);
  const latest = useRef({ layout, pointing });
  useEffect(() => {
    latest.current = { layout, pointing };
  });
  useEffect(() => {
    // Another figure is drawn now, without a pointer.
    last.current = null;
    return () => cancelAnimationFrame(request.current);
  }, [layout]);

  const show = (target: FlowTarget | null, x: number, y: number): void => {
    const { pointing: now } = latest.current;
    const box = tooltip.current;
    if (!isSame(target, last.current)) {
      last.current = target;
      now.show(target);
      now.onHover(target);
      if (box !== null) say(box, target === null ? '' : now.textOf(target));
    }
    if (box !== null) placeTooltip(box, target === null ? null : { x, y });
  };
  return {
    onPointerMove: ({ clientX, clientY, currentTarget }) => {
      cancelAnimationFrame(request.current);
      request.current = requestAnimationFrame(() => {
        const { x, y } = placeIn({ clientX, clientY }, currentTarget);
        show(flowTargetAt(latest.current.layout, x, y), x, y);
      });
    },
    onPointerLeave: () => {
      cancelAnimationFrame(request.current);
      show(null, 0, 0);
    },
    onClick: ({ clientX, clientY, currentTarget }) => {
      const { x, y } = placeIn({ clientX, clientY }, currentTarget);
      const target = flowTargetAt(latest.current.layout, x, y);
      if (target !== null) latest.current.pointing.onChoose(target);
    },
  };
}

function isSame(a: FlowTarget | null, b: FlowTarget | null): boolean {
  if (a === null || b === null) return a === b;
  if (a.kind === 'line' || b.kind === 'line')
    return a.kind === b.kind && 'line' in a && 'line' in b && a.line === b.line;
  return a.kind === b.kind && a.token === b.token;
}

function say(box: HTMLElement, text: string): void {
  box.textContent = text;
}

/** Room that the tooltip keeps from the pointer, in px. */
const GAP = 16;

/** Below the pointer, or above it near the bottom; inside the figure sideways. */
function placeTooltip(box: HTMLElement, at: { readonly x: number; readonly y: number } | null): void {
  box.hidden = at === null;
  if (at === null) return;
  const { offsetWidth, offsetHeight, parentElement } = box;
  const room = {
    width: parentElement?.clientWidth ?? offsetWidth,
    height: parentElement?.clientHeight ?? offsetHeight,
  };
  const x = Math.max(0, Math.min(room.width - offsetWidth, at.x - offsetWidth / 2));
  const below = at.y + GAP;
  const y = below + offsetHeight <= room.height ? below : Math.max(0, at.y - GAP - offsetHeight);
  box.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}
