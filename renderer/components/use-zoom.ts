/**
 * Wheel, pinch, drag and keys that zoom and move what an element shows. Nothing of it goes through React's state: the control is
 * moved, and draws in the next frame of the screen.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import { wheelFactor, ZOOM_STEP } from './zoom.ts';
import type { Point, ZoomBounds } from './zoom.ts';
import { ZoomControl } from './zoom-control.ts';
import type { DrawZoom } from './zoom-control.ts';
import { placeIn } from './pointer-place.ts';

export interface ZoomHandlers {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerCancel: (event: PointerEvent<HTMLElement>) => void;
  /** `+`, `−` and `0`; answers whether the key was one of them. */
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => boolean;
}

export interface ZoomParts {
  readonly control: ZoomControl;
  /** Of the element that shows the content, there from the start; the wheel is heard on it. */
  readonly element: RefObject<HTMLDivElement | null>;
  readonly handlers: ZoomHandlers;
  /** Whether the last press moved the content: its click means nothing else. */
  readonly wasDrag: () => boolean;
}

/** A press that goes further than this, in px, moves the content. */
const SLOP = 4;

/** `withCtrl`: what stands in a list that scrolls leaves the plain wheel to it. */
export type WheelUse = 'plain' | 'withCtrl';

/** @param draw a new function draws again: it must be memoised, and so must the bounds */
export function useZoom(bounds: ZoomBounds | null, draw: DrawZoom, wheel: WheelUse = 'plain'): ZoomParts {
  const [control] = useState(() => new ZoomControl());
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    control.setBounds(bounds);
  }, [control, bounds]);
  useLayoutEffect(() => {
    control.setDraw(draw);
    return () => {
      control.setDraw(null);
      control.stop();
    };
  }, [control, draw]);
  useWheel(control, element, wheel);
  const { wasDrag, ...pointers } = usePointers(control);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): boolean => keyZoom(control, event);
  return { control, element, handlers: { ...pointers, onKeyDown }, wasDrag };
}

/** The wheel zooms at the pointer. React's own wheel events cannot keep the page from scrolling. */
function useWheel(control: ZoomControl, element: RefObject<HTMLDivElement | null>, use: WheelUse): void {
  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (use === 'withCtrl' && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      control.zoomBy(wheelFactor(event), placeIn(event, target));
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      target.removeEventListener('wheel', onWheel);
    };
  }, [control, element, use]);
}

interface Press {
  /** Pointers that are down: where they were last, in px of the element. */
  readonly down: Map<number, Point>;
  start: Point;
  isDrag: boolean;
}

type Pointers = Omit<ZoomHandlers, 'onKeyDown'> & { readonly wasDrag: () => boolean };

/** One pointer moves the content, two pinch it. */
function usePointers(control: ZoomControl): Pointers {
  const press = useRef<Press>({ down: new Map(), start: { x: 0, y: 0 }, isDrag: false });
  const onPointerUp = ({ pointerId }: PointerEvent<HTMLElement>): void => {
    press.current.down.delete(pointerId);
  };
  return {
    onPointerDown: (event) => {
      if (event.button !== 0) return;
      const state = press.current;
      if (state.down.size === 0) {
        state.start = placeOf(event);
        state.isDrag = false;
      }
      state.down.set(event.pointerId, placeOf(event));
    },
    onPointerMove: (event) => {
      const state = press.current;
      // A button that was let go outside the window.
      if (event.pointerType === 'mouse' && event.buttons === 0) state.down.clear();
      if (state.down.has(event.pointerId)) movePointer(control, state, event);
    },
    onPointerUp,
    onPointerCancel: onPointerUp,
    wasDrag: () => press.current.isDrag,
  };
}

function movePointer(control: ZoomControl, state: Press, event: PointerEvent<HTMLElement>): void {
  const to = placeOf(event);
  const from = state.down.get(event.pointerId) ?? to;
  if (!state.isDrag && state.down.size === 1 && Math.hypot(to.x - state.start.x, to.y - state.start.y) < SLOP) return;
  if (!state.isDrag) {
    state.isDrag = true;
    // From here on the gesture is the content's, wherever the pointer goes.
    for (const id of state.down.keys()) event.currentTarget.setPointerCapture(id);
  }
  const other = [...state.down].find(([id]) => id !== event.pointerId)?.[1];
  state.down.set(event.pointerId, to);
  if (other === undefined) control.panBy(to.x - from.x, to.y - from.y);
  else control.pinch([from, other], [to, other]);
}

function placeOf(event: PointerEvent<HTMLElement>): Point {
  return placeIn(event, event.currentTarget);
}

function keyZoom(control: ZoomControl, event: KeyboardEvent<HTMLElement>): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  if (event.key === '+' || event.key === '=') control.zoomBy(ZOOM_STEP);
  else if (event.key === '-' || event.key === '_') control.zoomBy(1 / ZOOM_STEP);
  else if (event.key === '0') control.goHome();
  else return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
