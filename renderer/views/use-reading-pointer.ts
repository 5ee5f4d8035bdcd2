/** Pointing at a token of the reading view shows its weights, once a frame of the screen; clicking selects it. */
import { useEffect, useRef } from 'react';
import type { PointerEvent, RefObject } from 'react';
import type { Lens } from '../state/lens.ts';
import { tokensOf } from '../view-models/lens/apply.ts';
import type { Lensed } from '../view-models/lens/apply.ts';
import { useServices } from './context.tsx';
import type { ReadingHandle } from './reading-block.tsx';

interface Pointed {
  /** Which of the texts. */
  readonly at: number;
  readonly row: number;
}

interface ReadingPointer {
  readonly shown: Lensed;
  /** The row of the selected token. */
  readonly row: number | null;
  readonly direction: Lens['direction'];
  readonly handles: RefObject<Map<number, ReadingHandle>>;
}

interface PointerHandlers {
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerLeave: () => void;
  readonly onClick: (event: { readonly target: EventTarget }) => void;
}

/** The inspector follows when the pointer rests for so many milliseconds: its formulas take longer than the colours of a long text. */
const REST_MS = 80;

export function useReadingPointer({ shown, row, direction, handles }: ReadingPointer): PointerHandlers {
  const { session, hover } = useServices();
  const request = useRef(0);
  const rest = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const last = useRef<Pointed | null>(null);
  useEffect(() => {
    // What is shown is another thing now; its text was painted without a pointer.
    last.current = null;
    return () => {
      cancelAnimationFrame(request.current);
      clearTimeout(rest.current);
      hover.set(null);
    };
  }, [shown, row, direction, hover]);

  const show = (pointed: Pointed | null): void => {
    if (pointed?.row === last.current?.row && pointed?.at === last.current?.at) return;
    last.current = pointed;
    const cell = pointed === null || row === null ? null : cellOf(shown, row, pointed.row, direction);
    clearTimeout(rest.current);
    rest.current = setTimeout(() => {
      hover.set(cell);
    }, REST_MS);
    paintInTurn(handles.current, pointed, row, request);
  };
  const soon = (pointed: Pointed | null): void => {
    cancelAnimationFrame(request.current);
    request.current = requestAnimationFrame(() => {
      show(pointed);
    });
  };
  return {
    onPointerMove: ({ target }) => {
      const pointed = pointedAt(target);
      // Between two words the last one stays pointed at.
      if (pointed !== null || !isInText(target)) soon(pointed);
    },
    onPointerLeave: () => {
      soon(null);
    },
    onClick: ({ target }) => {
      const pointed = pointedAt(target);
      if (pointed !== null) session.select({ query: tokensOf(shown, pointed.row).first });
    },
  };
}

/** The text that is pointed at first; the others a frame each, so that none is late. */
function paintInTurn(
  handles: ReadonlyMap<number, ReadingHandle>,
  pointed: Pointed | null,
  row: number | null,
  request: RefObject<number>,
): void {
  const first = pointed?.at ?? 0;
  const order = [...handles.keys()].sort((a, b) => Number(b === first) - Number(a === first) || a - b);
  const step = (at: number): void => {
    handles.get(order[at] ?? -1)?.show(pointed?.row ?? row, pointed?.row ?? null);
    if (at + 1 < order.length) request.current = requestAnimationFrame(() => step(at + 1));
  };
  step(0);
}

/** The cell of the selected and the pointed token; none where a row is not one token, which has no traced value. */
function cellOf(
  shown: Lensed,
  row: number,
  pointed: number,
  direction: Lens['direction'],
): { readonly query: number; readonly key: number } | null {
  const [from, to] = [tokensOf(shown, row), tokensOf(shown, pointed)];
  if (from.first !== from.last || to.first !== to.last) return null;
  return direction === 'from' ? { query: from.first, key: to.first } : { query: to.first, key: from.first };
}

function pointedAt(target: EventTarget): Pointed | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
  if (element === null) return null;
  return { at: Number(element.dataset['at']), row: Number(element.dataset['row']) };
}

function isInText(target: EventTarget): boolean {
  return target instanceof Element && target.closest('.reading-text') !== null;
}
