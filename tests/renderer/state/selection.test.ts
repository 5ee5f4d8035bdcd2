import { describe, expect, it } from 'vitest';
import {
  cellMoved,
  FIRST_SELECTION,
  fitToModel,
  fitToTokens,
  lastWord,
  stepHead,
  stepLayer,
  summaryOf,
} from '../../../renderer/state/selection.ts';
import { openedModel, siteSummary, tokensOf } from '../support.ts';

const [stack] = openedModel().stacks;
const at = (layer: number, head: number) => ({ ...FIRST_SELECTION, layer, head });
const placeOf = ({ layer, head }: { layer: number; head: number }) => [layer, head];

describe('steps', () => {
  it('stepHead goes along a layer, on into the next, and stops at both ends', () => {
    expect(placeOf(stepHead(at(0, 1), stack!, 1))).toEqual([0, 2]);
    expect(placeOf(stepHead(at(0, 2), stack!, 1))).toEqual([1, 0]);
    expect(placeOf(stepHead(at(1, 2), stack!, 1))).toEqual([1, 2]);
    expect(placeOf(stepHead(at(0, 0), stack!, -1))).toEqual([0, 0]);
  });

  it('stepLayer keeps the head and stops at both ends', () => {
    expect(placeOf(stepLayer(at(0, 2), stack!, 1))).toEqual([1, 2]);
    expect(placeOf(stepLayer(at(1, 2), stack!, 1))).toEqual([1, 2]);
    expect(placeOf(stepLayer(at(0, 2), stack!, -1))).toEqual([0, 2]);
  });

  it('cellMoved stays inside the matrix, also for Home and End', () => {
    const [cell, size] = [
      { row: 2, column: 1 },
      { rows: 4, columns: 5 },
    ];
    expect(cellMoved(cell, { dQuery: 1, dKey: -1 }, size)).toEqual({ row: 3, column: 0 });
    expect(cellMoved(cell, { dQuery: Infinity, dKey: Infinity }, size)).toEqual({ row: 3, column: 4 });
    expect(cellMoved(cell, { dQuery: -Infinity, dKey: -Infinity }, size)).toEqual({ row: 0, column: 0 });
  });
});

describe('fitToModel', () => {
  it('clamps layer and head and falls back to the stack that exists', () => {
    const { stacks } = openedModel();
    expect(fitToModel({ ...at(9, 9), stack: 'encoder' }, stacks)).toMatchObject({
      stack: 'decoder',
      layer: 1,
      head: 2,
    });
    expect(fitToModel(at(9, 9), [])).toMatchObject({ layer: 9, head: 9 });
  });
});

describe('fitToTokens', () => {
  it('selects the last word of a first text', () => {
    const tokens = tokensOf('[CLS]', 'it', 'was', '.', '[SEP]');
    expect(fitToTokens(FIRST_SELECTION, [], tokens)).toMatchObject({ query: 2, key: null, position: null });
  });

  it('keeps query and key while their tokens stay', () => {
    const before = tokensOf('a', 'b', 'c');
    const selection = { ...FIRST_SELECTION, query: 1, key: 0, position: 2 };
    expect(fitToTokens(selection, before, tokensOf('a', 'b', 'd'))).toMatchObject({ query: 1, key: 0, position: null });
    expect(fitToTokens(selection, before, tokensOf('x', 'b', 'c'))).toMatchObject({ query: 1, key: null, position: 2 });
    expect(fitToTokens(selection, before, tokensOf('a'))).toMatchObject({ query: 0, key: null });
  });

  it('lastWord falls back to punctuation, then to what there is', () => {
    expect(lastWord(tokensOf('[CLS]', '.', '[SEP]'))).toBe(1);
    expect(lastWord(tokensOf('[CLS]', '[SEP]'))).toBe(1);
    expect(lastWord([])).toBe(0);
  });
});

it('summaryOf finds the summary of the selected stack and site', () => {
  const [decoder, encoder] = [siteSummary(), siteSummary({ stack: 'encoder' })];
  expect(summaryOf([encoder, decoder], FIRST_SELECTION)).toBe(decoder);
  expect(summaryOf([encoder], FIRST_SELECTION)).toBeNull();
});
