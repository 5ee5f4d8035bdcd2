import { describe, expect, it } from 'vitest';
import { OVERSCAN, rowAt, rowPieces, rowsInView, STEP, WINDOW_ABOVE } from '../../../renderer/components/row-window.ts';
import type { RowRoom } from '../../../renderer/components/row-window.ts';

const room = (change: Partial<RowRoom> = {}): RowRoom => ({
  count: 500,
  rowHeight: 20,
  top: 0,
  height: 400,
  extra: null,
  ...change,
});

describe('rowAt', () => {
  it('counts rows of one height', () => {
    expect([0, 19.9, 20, 399].map((y) => rowAt(y, room()))).toEqual([0, 0, 1, 19]);
  });

  it('counts on behind what is below a row', () => {
    const extra = { below: 3, height: 100 };
    // Rows 0 … 3 end at 80, the extra at 180.
    expect([79, 80, 179, 180, 200].map((y) => rowAt(y, room({ extra })))).toEqual([3, 3, 3, 4, 5]);
  });
});

describe('rowsInView', () => {
  it('has a short list as a whole, and a long one before its rows were measured', () => {
    expect(rowsInView(room({ count: WINDOW_ABOVE }))).toEqual({ from: 0, to: WINDOW_ABOVE });
    expect(rowsInView(room({ rowHeight: 0 }))).toEqual({ from: 0, to: 500 });
  });

  it('covers every row that can be seen, wherever the list is scrolled', () => {
    for (const extra of [null, { below: 40, height: 260 }, { below: 0, height: 10 }]) {
      for (let top = 0; top <= 500 * 20; top += 37) {
        const { from, to } = rowsInView(room({ top, extra }));
        expect(from).toBeLessThanOrEqual(Math.min(499, rowAt(top, room({ extra }))));
        expect(to).toBeGreaterThan(Math.min(499, rowAt(top + 400, room({ extra }))));
        expect(to - from).toBeLessThanOrEqual(400 / 20 + 2 + 2 * (OVERSCAN + STEP));
      }
    }
  });

  it('reaches the last row at the end, and stays a range beyond it', () => {
    expect(rowsInView(room({ top: 500 * 20 - 400 })).to).toBe(500);
    const beyond = rowsInView(room({ top: 1e6 }));
    expect(beyond.to).toBe(500);
    expect(beyond.from).toBeLessThan(beyond.to);
  });

  it('moves in steps, so that scrolling a little changes nothing', () => {
    const at = (top: number) => rowsInView(room({ top }));
    expect(at(2000)).toEqual(at(2001));
    const starts = new Set(Array.from({ length: 400 }, (_, px) => at(2000 + px).from));
    expect(starts.size).toBe(400 / 20 / STEP);
  });
});

describe('rowPieces', () => {
  it('covers each index once, in order', () => {
    const pieces = rowPieces({ from: 100, to: 140 }, 500, [3, 120, 499, -1, 3, 700]);
    expect(pieces).toEqual([
      { kind: 'gap', from: 0, to: 3 },
      { kind: 'rows', from: 3, to: 4 },
      { kind: 'gap', from: 4, to: 100 },
      { kind: 'rows', from: 100, to: 140 },
      { kind: 'gap', from: 140, to: 499 },
      { kind: 'rows', from: 499, to: 500 },
    ]);
  });

  it('has no gap beside a kept neighbour, and none in a list that is whole', () => {
    expect(rowPieces({ from: 4, to: 6 }, 6, [3])).toEqual([
      { kind: 'gap', from: 0, to: 3 },
      { kind: 'rows', from: 3, to: 4 },
      { kind: 'rows', from: 4, to: 6 },
    ]);
    expect(rowPieces({ from: 0, to: 6 }, 6, [2])).toEqual([{ kind: 'rows', from: 0, to: 6 }]);
    expect(rowPieces({ from: 0, to: 0 }, 0, [])).toEqual([]);
  });
});
