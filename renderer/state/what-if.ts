/** What the user changes in the computation: a list that is applied in order, with its past. Pure functions; nothing is lost. */
import type { Intervention } from '../../electron/api/index.ts';

/** One entry of the list; the engine gets the interventions of those that are on. */
export interface Change {
  /** Its own in this window, so that a list item keeps its identity when it moves. */
  readonly id: number;
  readonly intervention: Intervention;
  /** Given by the user; null: described by what it does. */
  readonly name: string | null;
  readonly on: boolean;
}

export interface WhatIf {
  readonly changes: readonly Change[];
  /** Earlier lists, the latest last; and those that were undone, the next to redo last. */
  readonly past: readonly (readonly Change[])[];
  readonly future: readonly (readonly Change[])[];
  readonly nextId: number;
}

export const NOTHING_CHANGED: WhatIf = { changes: [], past: [], future: [], nextId: 1 };

/** How many steps can be undone. */
const LIMIT = 100;

/** What the engine is to apply, in order. */
export function interventionsOf({ changes }: WhatIf): readonly Intervention[] {
  return changes.filter(({ on }) => on).map(({ intervention }) => intervention);
}

/** Adds changes at the end, as one step to undo. */
export function addChanges(state: WhatIf, interventions: readonly Intervention[]): WhatIf {
  if (interventions.length === 0) return state;
  const added = interventions.map((intervention, at): Change => {
    return { id: state.nextId + at, intervention, name: null, on: true };
  });
  return { ...edited(state, [...state.changes, ...added]), nextId: state.nextId + added.length };
}

export function addChange(state: WhatIf, intervention: Intervention): WhatIf {
  return addChanges(state, [intervention]);
}

type MaskEdit = Extract<Intervention, { kind: 'mask' }>;

/**
 * Makes a key visible or hidden: takes back the last edit of that cell at the same site where that is enough, else adds one.
 * @param asTrained whether the model's own mask lets the query see the key
 */
export function toggleMask(state: WhatIf, edit: MaskEdit, asTrained: boolean): WhatIf {
  const edits = state.changes.flatMap(({ id, intervention, on }) => {
    const isOfCell = intervention.kind === 'mask' && intervention.query === edit.query && intervention.key === edit.key;
    return on && isOfCell ? [{ id, edit: intervention }] : [];
  });
  const last = edits.at(-1);
  const without = edits.at(-2)?.edit.visible ?? asTrained;
  const isSame = JSON.stringify(last?.edit.site) === JSON.stringify(edit.site);
  return last !== undefined && isSame && without === edit.visible
    ? removeChange(state, last.id)
    : addChange(state, edit);
}

/** Another intervention in the place of one, e.g. while its slider moves; `merge` keeps the past as it is. */
export function replaceChange(state: WhatIf, id: number, intervention: Intervention, merge = false): WhatIf {
  const changes = state.changes.map((change) => (change.id === id ? { ...change, intervention } : change));
  return merge ? { ...state, changes, future: [] } : edited(state, changes);
}

export function removeChange(state: WhatIf, id: number): WhatIf {
  return edited(
    state,
    state.changes.filter((change) => change.id !== id),
  );
}

export function switchChange(state: WhatIf, id: number, on: boolean): WhatIf {
  return edited(
    state,
    state.changes.map((change) => (change.id === id ? { ...change, on } : change)),
  );
}

/** An empty name brings the description back. */
export function renameChange(state: WhatIf, id: number, name: string): WhatIf {
  const given = name.trim() === '' ? null : name.trim();
  return edited(
    state,
    state.changes.map((change) => (change.id === id ? { ...change, name: given } : change)),
  );
}

/** Moves an entry `by` places; the ends stay where they are. */
export function moveChange(state: WhatIf, id: number, by: number): WhatIf {
  const from = state.changes.findIndex((change) => change.id === id);
  const moved = state.changes[from];
  if (moved === undefined) return state;
  const to = Math.max(0, Math.min(state.changes.length - 1, from + by));
  const others = state.changes.filter((change) => change !== moved);
  return to === from ? state : edited(state, [...others.slice(0, to), moved, ...others.slice(to)]);
}

export function clearChanges(state: WhatIf): WhatIf {
  return state.changes.length === 0 ? state : edited(state, []);
}

export function undo(state: WhatIf): WhatIf {
  const before = state.past.at(-1);
  if (before === undefined) return state;
  return { ...state, changes: before, past: state.past.slice(0, -1), future: [...state.future, state.changes] };
}

export function redo(state: WhatIf): WhatIf {
  const after = state.future.at(-1);
  if (after === undefined) return state;
  return { ...state, changes: after, past: [...state.past, state.changes], future: state.future.slice(0, -1) };
}

function edited(state: WhatIf, changes: readonly Change[]): WhatIf {
  return { ...state, changes, past: [...state.past, state.changes].slice(-LIMIT), future: [] };
}
