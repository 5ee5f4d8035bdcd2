/** Looking along a vector: the pointer or the arrow keys choose a dimension, whose number is then said exactly. */
import { useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';

export interface DimensionCursor {
  /** The dimension looked at; null while none is. */
  readonly index: number | null;
  /** For the element that has the dimensions side by side over its whole width. */
  readonly handlers: {
    readonly role: 'slider';
    readonly tabIndex: 0;
    readonly 'aria-valuemin': 0;
    readonly 'aria-valuemax': number;
    readonly 'aria-valuenow': number;
    readonly 'data-own-keys': true;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerLeave: () => void;
    readonly onFocus: () => void;
    readonly onBlur: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
}

export function useDimension(count: number): DimensionCursor {
  const [pointed, setPointed] = useState<number | null>(null);
  const [kept, setKept] = useState(0);
  const [focused, setFocused] = useState(false);
  const clamp = (value: number): number => Math.max(0, Math.min(count - 1, value));
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const goals: Record<string, number> = { ArrowLeft: kept - 1, ArrowRight: kept + 1, Home: 0, End: count - 1 };
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    setPointed(null);
    setKept(clamp(goal));
  };
  return {
    index: pointed ?? (focused ? clamp(kept) : null),
    handlers: {
      role: 'slider',
      tabIndex: 0,
      'aria-valuemin': 0,
      'aria-valuemax': Math.max(0, count - 1),
      'aria-valuenow': clamp(pointed ?? kept),
      'data-own-keys': true,
      onPointerMove: (event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        setPointed(clamp(Math.floor(((event.clientX - left) / width) * count)));
      },
      onPointerLeave: () => setPointed(null),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
      onKeyDown,
    },
  };
}
