import { describe, expect, it } from 'vitest';
import type { Frame } from '../../../renderer/state/frames.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import {
  belongTogether,
  differenceOf,
  panelGrid,
  partFrames,
  RUN_PARTS,
  sharedValues,
  valuesAt,
} from '../../../renderer/view-models/run-compare.ts';
import { asTrained, matrix, openedModel, runResult, tokensOf } from '../support.ts';

const tokens = tokensOf('a', 'b');
const frameOf = (traceId: string, values: readonly number[], head = 0): Frame => ({
  ...asTrained,
  run: runResult(traceId, tokens),
  model: openedModel(),
  selection: FIRST_SELECTION,
  matrices: [{ ...matrix('decoder.0.self.masked', 2, 2, values), head }],
});
const original = frameOf('t', [1, -Infinity, 3, 4]);
const changed = frameOf('c', [2, -Infinity, -Infinity, 1]);

describe('differenceOf', () => {
  it('subtracts; hidden in both stays hidden, hidden in one has no number', () => {
    const { data } = differenceOf(original.matrices[0]!, changed.matrices[0]!);
    expect([...data]).toEqual([1, -Infinity, NaN, -3]);
    const back = differenceOf(changed.matrices[0]!, original.matrices[0]!);
    expect([...back.data]).toEqual([-1, -Infinity, NaN, 3]);
  });
});

describe('partFrames', () => {
  it('gives the parts that are wanted, with both runs', () => {
    const parts = partFrames(original, changed, RUN_PARTS);
    expect(parts.map(({ part }) => part)).toEqual(['original', 'changed', 'difference']);
    expect(parts.map(({ frame }) => [...frame.matrices[0]!.data][0])).toEqual([1, 2, 1]);
    expect(parts.every(({ pair }) => pair?.[0] === original && pair[1] === changed)).toBe(true);
  });

  it('shows the original alone while the changed run is missing or of another place', () => {
    expect(partFrames(original, null, ['changed'])).toEqual([{ part: 'original', frame: original, pair: null }]);
    const elsewhere = frameOf('c', [1, 2, 3, 4], 1);
    expect(belongTogether(original, elsewhere)).toBe(false);
    expect(partFrames(original, elsewhere, RUN_PARTS)).toHaveLength(1);
    const other = { ...changed, selection: { ...FIRST_SELECTION, station: 'scores' as const } };
    expect(belongTogether(original, other)).toBe(false);
  });
});

describe('sharedValues', () => {
  it('has the numbers of both runs for their pictures, and its own for the difference', () => {
    const [first, second, third] = partFrames(original, changed, RUN_PARTS);
    const both = [1, -Infinity, 3, 4, 2, -Infinity, -Infinity, 1];
    expect([...sharedValues(first!)]).toEqual(both);
    expect([...sharedValues(second!)]).toEqual(both);
    expect([...sharedValues(third!)]).toEqual([1, -Infinity, NaN, -3]);
    expect([...sharedValues({ part: 'original', frame: original, pair: null })]).toEqual([1, -Infinity, 3, 4]);
  });
});

it('valuesAt reads a cell of both runs', () => {
  expect(valuesAt([original, changed], 0, 2)).toEqual({ before: '3.000', after: '−∞' });
});

describe('panelGrid', () => {
  it('puts squares side by side in a wide room and below each other in a tall one', () => {
    expect(panelGrid(3, { width: 900, height: 300 }, 'square')).toEqual({ columns: 3, rows: 1 });
    expect(panelGrid(3, { width: 300, height: 900 }, 'square')).toEqual({ columns: 1, rows: 3 });
    expect(panelGrid(3, { width: 770, height: 500 }, 'square')).toEqual({ columns: 3, rows: 1 });
    expect(panelGrid(3, { width: 600, height: 800 }, 'square')).toEqual({ columns: 2, rows: 2 });
  });

  it('stacks what is wide', () => {
    expect(panelGrid(3, { width: 900, height: 400 }, 'wide')).toEqual({ columns: 1, rows: 3 });
  });
});
