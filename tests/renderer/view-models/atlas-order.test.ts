import { describe, expect, it } from 'vitest';
import { cellMoveOf } from '../../../renderer/state/commands.ts';
import { shownOrder } from '../../../renderer/state/atlas.ts';
import { arrangeHeads, headRowsOf, rowsOf, stepHeads } from '../../../renderer/view-models/atlas-order.ts';
import { headReading, NO_NUMBERS } from '../../../renderer/view-models/head-quantity.ts';
import { siteSummary } from '../support.ts';

const FACTS = { tokens: 4, isCausal: true, scored: null };

describe('shownOrder', () => {
  it('keeps an order that needs a number for when there is one', () => {
    expect(shownOrder({ colour: 'pictures', order: 'highest' })).toBe('position');
    expect(shownOrder({ colour: 'pictures', order: 'similar' })).toBe('similar');
    expect(shownOrder({ colour: 'statistic.entropy', order: 'lowest' })).toBe('lowest');
  });
});

describe('arrangeHeads', () => {
  const summary = siteSummary();
  const reading = headReading('statistic.entropy', summary, NO_NUMBERS);

  it('puts heads in layers, in ranks or in groups, each of them once', () => {
    expect(arrangeHeads('position', summary, reading, FACTS)).toEqual({ kind: 'layers', layers: 2, heads: 3 });
    const ranked = arrangeHeads('highest', summary, reading, FACTS);
    expect(ranked).toMatchObject({ kind: 'flow', sections: [{ name: null, heads: [5, 4, 3, 2, 1, 0] }] });
    const similar = arrangeHeads('similar', summary, null, FACTS);
    const heads = similar.kind === 'flow' ? similar.sections.flatMap((section) => section.heads) : [];
    expect([...heads].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('stays in layers while nothing is measured', () => {
    const unknown = headReading('score.induction', summary, NO_NUMBERS);
    expect(arrangeHeads('highest', summary, unknown, FACTS).kind).toBe('layers');
    expect(arrangeHeads('lowest', summary, null, FACTS).kind).toBe('layers');
  });
});

describe('rows', () => {
  it('are layers, or as many as fit, begun anew in each section', () => {
    expect(headRowsOf({ kind: 'layers', layers: 2, heads: 3 }, 99)).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    const sections = [
      { name: null, heads: [7, 3, 5] },
      { name: null, heads: [1] },
    ];
    expect(headRowsOf({ kind: 'flow', heads: 3, sections }, 2)).toEqual([[7, 3], [5], [1]]);
    expect(rowsOf([], 4)).toEqual([]);
  });
});

describe('stepHeads in a flow', () => {
  /** 13 heads in rows of 5: 0–4, 5–9, 10–12. */
  const rows = rowsOf(
    Array.from({ length: 13 }, (_, index) => index),
    5,
  );
  const step = (index: number, key: string): number => stepHeads(rows, index, cellMoveOf(key)!, true);

  it('goes left and right through the rows, as one reads', () => {
    expect([step(0, 'ArrowRight'), step(4, 'ArrowRight'), step(5, 'ArrowLeft')]).toEqual([1, 5, 4]);
    expect([step(0, 'ArrowLeft'), step(12, 'ArrowRight')]).toEqual([0, 12]);
  });

  it('goes up and down in a column; a short row takes its last head', () => {
    expect([step(1, 'ArrowDown'), step(6, 'ArrowUp'), step(7, 'ArrowDown')]).toEqual([6, 1, 12]);
    expect([step(9, 'ArrowDown'), step(12, 'ArrowDown'), step(3, 'ArrowUp')]).toEqual([12, 12, 3]);
  });

  it('reaches the ends of a row and of a column', () => {
    expect([step(7, 'Home'), step(7, 'End'), step(11, 'End')]).toEqual([5, 9, 12]);
    expect([step(12, 'PageUp'), step(1, 'PageDown'), step(4, 'PageDown')]).toEqual([2, 11, 9]);
  });

  it('stays where a head is not among them', () => {
    expect(step(99, 'ArrowDown')).toBe(99);
  });
});

it('stepHeads in layers stops at the ends of a layer', () => {
  const rows = headRowsOf({ kind: 'layers', layers: 3, heads: 4 }, 4);
  const step = (index: number, key: string): number => stepHeads(rows, index, cellMoveOf(key)!, false);
  expect([step(3, 'ArrowRight'), step(4, 'ArrowLeft'), step(5, 'ArrowUp'), step(9, 'ArrowDown')]).toEqual([3, 4, 1, 9]);
  expect([step(6, 'Home'), step(6, 'End'), step(6, 'PageUp'), step(6, 'PageDown')]).toEqual([4, 7, 2, 10]);
});
