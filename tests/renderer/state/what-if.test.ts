import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../electron/api/index.ts';
import {
  addChange,
  clearChanges,
  interventionsOf,
  moveChange,
  NOTHING_CHANGED,
  redo,
  removeChange,
  renameChange,
  replaceChange,
  switchChange,
  toggleMask,
  undo,
} from '../../../renderer/state/what-if.ts';
import type { WhatIf } from '../../../renderer/state/what-if.ts';

const knockOut = (head: number): Intervention => ({ kind: 'head', site: { layer: 0, head }, factor: 0 });
const three = [knockOut(0), knockOut(1), knockOut(2)].reduce<WhatIf>(addChange, NOTHING_CHANGED);
const heads = (state: WhatIf) => interventionsOf(state).map(({ site }) => site.head);
const ids = (state: WhatIf) => state.changes.map(({ id }) => id);

describe('the list', () => {
  it('gives the engine what is on, in order', () => {
    expect(heads(three)).toEqual([0, 1, 2]);
    expect(heads(switchChange(three, 2, false))).toEqual([0, 2]);
    expect(heads(removeChange(three, 1))).toEqual([1, 2]);
    expect(heads(replaceChange(three, 3, knockOut(7)))).toEqual([0, 1, 7]);
    expect(heads(clearChanges(three))).toEqual([]);
  });

  it.each([
    [1, 1, [2, 1, 3]],
    [1, 9, [2, 3, 1]],
    [3, -1, [1, 3, 2]],
    [3, -9, [3, 1, 2]],
    [1, -1, [1, 2, 3]],
    [99, 1, [1, 2, 3]],
  ])('moves entry %i by %i', (id, by, expected) => {
    expect(ids(moveChange(three, id, by))).toEqual(expected);
  });

  it('names an entry, and describes it again when the name is emptied', () => {
    const named = renameChange(three, 2, '  the copier ');
    expect(named.changes[1]?.name).toBe('the copier');
    expect(renameChange(named, 2, ' ').changes[1]?.name).toBeNull();
  });

  it('never gives an id twice, whatever was removed or undone', () => {
    const again = addChange(undo(removeChange(three, 3)), knockOut(5));
    expect(new Set(ids(again)).size).toBe(4);
  });
});

describe('undo and redo', () => {
  it('walk back to nothing and forth to the last list', () => {
    let state = moveChange(switchChange(three, 1, false), 3, -2);
    const last = state.changes;
    const seen: (readonly (number | undefined)[])[] = [];
    while (state.past.length > 0) {
      state = undo(state);
      seen.push(heads(state));
    }
    expect(seen).toEqual([[1, 2], [0, 1, 2], [0, 1], [0], []]);
    expect(undo(state)).toBe(state);
    while (state.future.length > 0) state = redo(state);
    expect(state.changes).toEqual(last);
    expect(redo(state)).toBe(state);
  });

  it('a new change drops what could be redone', () => {
    expect(addChange(undo(three), knockOut(9)).future).toEqual([]);
  });

  it('a slider that moves is one step', () => {
    let state = three;
    for (const head of [3, 4, 5]) state = replaceChange(state, 1, knockOut(head), head > 3);
    expect(heads(state)).toEqual([5, 1, 2]);
    expect(heads(undo(state))).toEqual([0, 1, 2]);
  });

  it('a step that changes nothing is no step', () => {
    expect(moveChange(three, 1, -1)).toBe(three);
    expect(clearChanges(NOTHING_CHANGED)).toBe(NOTHING_CHANGED);
  });
});

describe('toggleMask', () => {
  const head = { stack: 'decoder', layer: 0, head: 1 } as const;
  const layer = { stack: 'decoder', layer: 0 } as const;
  const edit = (site: typeof head | typeof layer, visible: boolean) =>
    ({ kind: 'mask', site, query: 2, key: 1, visible }) as const;
  const edits = (state: WhatIf) =>
    state.changes.map(({ intervention }) => intervention.kind === 'mask' && intervention.visible);

  it('adds an edit, and takes it back when the cell is to be as it was', () => {
    const hidden = toggleMask(NOTHING_CHANGED, edit(head, false), true);
    expect(edits(hidden)).toEqual([false]);
    expect(edits(toggleMask(hidden, edit(head, true), true))).toEqual([]);
    expect(edits(undo(toggleMask(hidden, edit(head, true), true)))).toEqual([false]);
  });

  it('adds one where taking back would not be enough', () => {
    const both = toggleMask(toggleMask(NOTHING_CHANGED, edit(head, false), true), edit(layer, false), true);
    expect(edits(toggleMask(both, edit(head, true), true))).toEqual([false, false, true]);
    const shown = toggleMask(NOTHING_CHANGED, edit(head, true), false);
    expect(edits(toggleMask(shown, edit(layer, false), false))).toEqual([true, false]);
    const twice = addChange(toggleMask(NOTHING_CHANGED, edit(head, false), true), edit(head, false));
    expect(edits(toggleMask(twice, edit(head, true), true))).toEqual([false, false, true]);
  });
});
