/** Which part of a long text is readable in the head view: it follows the selected token, the wheel and the buttons. */
import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import type { FlowFocus } from '../figures/token-flow-input.ts';
import type { FlowLayout } from '../figures/token-flow-layout.ts';

export interface FocusControl {
  readonly focus: FlowFocus | null;
  /** Makes a place of the text, in tokens, the middle of the readable part. */
  readonly centreOn: (token: number) => void;
  /** So many tokens are readable; null: as many as there is room for; Infinity: the whole text, however small. */
  readonly resize: (tokens: number | null) => void;
  readonly isWhole: boolean;
}

interface Place {
  readonly centre: number;
  readonly tokens: number | null;
  /** The selected row that the centre is known to suit. */
  readonly row: number | null;
}

/**
 * @param row of the selected token
 * @param count of all
 */
export function useFlowFocus(
  row: number | null,
  count: number,
): FocusControl & { readonly suit: (layout: FlowLayout) => void } {
  const [place, setPlace] = useState<Place>({ centre: row ?? 0, tokens: null, row });
  const isWhole = place.tokens === Infinity;
  const centre = Math.max(0, Math.min(count - 1, place.centre));
  return {
    focus: isWhole ? null : { centre, tokens: place.tokens },
    isWhole,
    centreOn: (token) => setPlace((now) => ({ ...now, centre: token })),
    resize: (tokens) => setPlace((now) => ({ ...now, tokens: tokens !== null && tokens >= count ? Infinity : tokens })),
    // While rendering: a token selected outside the readable part becomes its centre.
    suit: ({ rowAxis }) => {
      if (row === place.row) return;
      const { focus } = rowAxis;
      const isInside = row === null || focus === null || (row >= focus.first && row <= focus.last);
      setPlace({ ...place, row, centre: isInside ? place.centre : row });
    },
  };
}

/** The wheel moves the readable part, with Ctrl (or by pinching) it makes it longer or shorter; where all is readable it scrolls. */
export function useFlowWheel(layout: FlowLayout, control: FocusControl): RefObject<HTMLDivElement | null> {
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef({ layout, control });
  useEffect(() => {
    latest.current = { layout, control };
  });
  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    let pending = 0;
    let request = 0;
    const onWheel = (event: WheelEvent): void => {
      const { focus } = latest.current.layout.rowAxis;
      if (focus === null) return;
      event.preventDefault();
      const tokens = focus.last - focus.first + 1;
      if (event.ctrlKey) {
        latest.current.control.resize(Math.max(4, Math.round(tokens * 2 ** (event.deltaY / 300))));
        return;
      }
      pending += (event.deltaY / 100) * Math.max(1, tokens / 10);
      cancelAnimationFrame(request);
      request = requestAnimationFrame(() => {
        const now = latest.current;
        const shown = now.layout.rowAxis.focus;
        // From where it stands: near an end of the text that is not around its centre.
        if (shown !== null) now.control.centreOn(Math.floor((shown.first + shown.last + 1) / 2) + pending);
        pending = 0;
      });
    };
    // React's own listener is passive: it could not keep the page from scrolling.
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      cancelAnimationFrame(request);
      target.removeEventListener('wheel', onWheel);
    };
  }, []);
  return element;
}
