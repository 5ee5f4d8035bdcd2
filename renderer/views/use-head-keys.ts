/** The keys of cells of heads: arrows go from head to head, Shift and Enter chooses several. */
import type { KeyboardEvent } from 'react';
import { cellMoveOf } from '../state/commands.ts';
import type { HeadPlace } from '../state/selection.ts';
import { stepHeads } from '../view-models/atlas-order.ts';
import { useServices } from './context.tsx';
import { choosesSeveral, headOf } from './use-head-pointer.ts';

export interface HeadKeys {
  /** Flat indices (layer · heads + head) as they stand. */
  readonly rows: readonly (readonly number[])[];
  /** Whether left and right go on through the rows. */
  readonly isFlow: boolean;
  /** How many heads a layer has. */
  readonly heads: number;
  /** After a key went to another head. */
  readonly onMove?: (head: HeadPlace) => void;
}

/**
 * Arrows select the head that they go to; with Shift, Ctrl or Cmd they only go there. Answers whether the key was one of these.
 * Cells are `.atlas-cell` with `data-layer` and `data-head`.
 */
export function useHeadKeys({ rows, isFlow, heads, onMove }: HeadKeys): (event: KeyboardEvent<HTMLElement>) => boolean {
  const { session, store } = useServices();
  return (event) => {
    if (event.altKey) return false;
    const from = headOf(event.target) ?? store.getState().selection;
    if (choosesByKey(event)) session.toggleHead(from);
    else {
      const move = cellMoveOf(event.key);
      if (move === null) return false;
      const index = stepHeads(rows, from.layer * heads + from.head, move, isFlow);
      const to = { layer: Math.floor(index / heads), head: index % heads };
      if (!choosesSeveral(event)) session.select(to);
      const place = `[data-layer="${to.layer}"][data-head="${to.head}"]`;
      event.currentTarget.querySelector<HTMLElement>(place)?.focus({ preventScroll: true });
      onMove?.(to);
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
}

/** Whether a key chooses the head that has the focus beside the others. */
function choosesByKey(press: KeyboardEvent): boolean {
  return (press.key === 'Enter' || press.key === ' ') && choosesSeveral(press);
}
