import { expect, it } from 'vitest';
import { createAppStore } from '../../../renderer/state/app-state.ts';
import type { AppState } from '../../../renderer/state/app-state.ts';
import { computesWithMatrices, LONG_TEXT, pictureOf, rowBehind, rowOf } from '../../../renderer/state/exact.ts';
import { matrix, runResult, tokensOf } from '../support.ts';

const runOf = (tokens: number) => runResult('t', tokensOf(...Array<string>(tokens).fill('a')));

it('a long text has its matrices as pictures, and exact rows behind them', () => {
  const request = { name: 'decoder.0.self.pattern', head: 3 };
  expect(pictureOf(request, runOf(LONG_TEXT))).toEqual(request);
  expect(pictureOf(request, runOf(LONG_TEXT + 1))).toEqual({ ...request, format: 'f16' });
  expect(rowOf({ ...request }, 5)).toEqual({ ...request, rows: { first: 5, count: 1 } });
  const shown = { ...matrix(request.name, 1, 1, [1]), head: 3 };
  expect(rowBehind(shown, 5)).toBeNull();
  expect(rowBehind({ ...shown, exact: false }, 5)).toEqual({ ...request, rows: { first: 5, count: 1 } });
});

it('numbers have to be exact where runs are subtracted, tokens merged or hidden, or heads combined', () => {
  const state = createAppStore().getState();
  const { lens, selection, whatIf, changed } = state;
  const withView = (view: AppState['whatIf']['view']): AppState => ({
    ...state,
    whatIf: { ...whatIf, view },
    changed: { ...changed, status: 'done' },
  });
  const others = [{ layer: 0, head: 1 }];
  const several: AppState = { ...state, selection: { ...selection, others } };
  const mean = { ...lens, combine: 'mean' } as const;
  expect(
    [state, withView('original'), withView('changed'), several, { ...state, lens: mean }].map(computesWithMatrices),
  ).toEqual([false, false, false, false, false]);
  const words: AppState = { ...state, lens: { ...lens, unit: 'words' } };
  expect(
    [withView('difference'), withView('both'), words, { ...state, lens: { ...lens, hideFirst: true } }].map(
      computesWithMatrices,
    ),
  ).toEqual([true, true, true, true]);
  expect(computesWithMatrices({ ...several, lens: mean })).toBe(true);
  expect(computesWithMatrices({ ...words, selection: { ...selection, station: 'scores' } })).toBe(false);
});
