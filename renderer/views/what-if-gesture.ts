/** A slider that moves is one step to undo: its first move makes a new list, the next ones take the place of that. */
import { useRef } from 'react';
import type { WhatIf } from '../state/what-if.ts';
import { useServices } from './context.tsx';

export interface Gesture<S> {
  /**
   * Edits the list of changes.
   * @param fresh what a new gesture starts from; `change` gets that of the gesture's first move
   */
  readonly edit: (fresh: () => S, change: (list: WhatIf, start: S, merge: boolean) => WhatIf) => void;
  /** The pointer is up, or the focus has left. */
  readonly end: () => void;
}

/** A gesture goes on until `end`, or until anything else edits the list. */
export function useGesture<S = null>(): Gesture<S> {
  const { store, session } = useServices();
  const last = useRef<{ readonly list: WhatIf; readonly start: S } | null>(null);
  return {
    edit: (fresh, change) => {
      const before = last.current;
      const merge = before !== null && before.list === store.getState().whatIf.list;
      const start = merge ? before.start : fresh();
      session.changes.edit((list) => change(list, start, merge));
      last.current = { list: store.getState().whatIf.list, start };
    },
    end: () => {
      last.current = null;
    },
  };
}
