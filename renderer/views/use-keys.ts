/** The keys that work everywhere in the window. */
import { useEffect } from 'react';
import { commandOf } from '../state/commands.ts';
import type { Command } from '../state/commands.ts';
import { useServices } from './context.tsx';
import { performCommand } from './perform.ts';
import { spaceIsFree } from './use-play.ts';

/** Elements with a use of their own for letters and arrows. */
const OWN_KEYS =
  'input, textarea, select, [contenteditable], [role=grid], [role=toolbar], [role=application], [role=listbox], [role=menu], [role=dialog], [data-own-keys]';

export function useKeys(): void {
  const services = useServices();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const command = event.defaultPrevented ? null : commandOf(event);
      if (command === null || keepsKey(event, command)) return;
      event.preventDefault();
      performCommand(services, command);
    };
    document.addEventListener('keydown', onKey);
    return () => {
      document.removeEventListener('keydown', onKey);
    };
  }, [services]);
}

/** True where a key belongs to the element that has the focus, or to an open dialog or menu. */
function keepsKey(event: KeyboardEvent, command: Command): boolean {
  if (document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null) return true;
  // With Ctrl or Cmd held nothing is typed.
  if (command.kind === 'palette' || command.kind === 'settings') return false;
  const target = event.target instanceof Element ? event.target : null;
  if (target === null) return false;
  // A slider or a box to tick has nothing typed in it that could be undone.
  const undoes = command.kind === 'undo' || command.kind === 'redo';
  if (undoes && target.matches('input[type=range], input[type=checkbox]')) return false;
  const typing = target.closest('input, textarea, select, [contenteditable]') !== null;
  if (typing) return true;
  if (command.kind === 'play') return !spaceIsFree(target);
  const arrows = command.kind === 'head' || command.kind === 'layer';
  return arrows && target.closest(OWN_KEYS) !== null;
}
