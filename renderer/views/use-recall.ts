/** Earlier sentences by the arrow keys, as in a terminal: up with the caret at the very beginning, down with it at the very end. */
import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useServices } from './context.tsx';

/** @returns handles a key press; true when it was one of these */
export function useRecall(): (event: KeyboardEvent<HTMLTextAreaElement>) => boolean {
  const { history, session, store } = useServices();
  /** How far back; −1 for what was being typed, which `draft` keeps. */
  const place = useRef({ at: -1, draft: '', shown: '' });
  return (event) => {
    const by = step(event);
    if (by === 0) return false;
    const { text } = store.getState();
    if (text !== place.current.shown) place.current = { at: -1, draft: text, shown: text };
    const { at, draft } = place.current;
    const texts = history.store.getState().texts.filter((kept) => kept.text !== draft);
    const next = at + by;
    if (next < -1 || next >= texts.length) return false;
    const wanted = texts[next] ?? { text: draft, pair: store.getState().pair };
    event.preventDefault();
    place.current = { at: next, draft, shown: wanted.text };
    session.setInput(wanted.text, wanted.pair);
    const area = event.currentTarget;
    requestAnimationFrame(() => {
      const caret = by > 0 ? 0 : area.value.length;
      area.setSelectionRange(caret, caret);
    });
    return true;
  };
}

function step({ key, altKey, ctrlKey, metaKey, shiftKey, currentTarget }: KeyboardEvent<HTMLTextAreaElement>): number {
  const { selectionStart, selectionEnd, value, readOnly } = currentTarget;
  if (altKey || ctrlKey || metaKey || shiftKey || readOnly || selectionStart !== selectionEnd) return 0;
  if (key === 'ArrowUp' && selectionStart === 0) return 1;
  return key === 'ArrowDown' && selectionStart === value.length ? -1 : 0;
}
