import { describe, expect, it } from 'vitest';
import { flowAxis } from '../../../renderer/figures/token-flow-axis.ts';
import type { FlowLinesInput } from '../../../renderer/figures/token-flow-input.ts';
import { bundleLines, flowCells, tokenLines } from '../../../renderer/figures/token-flow-lines.ts';
import { flowInput } from './flow-support.ts';

/** Every cell with its weight, chosen as one would by hand. */
function byHand({ sets, rows, columns, threshold, topK, direction }: FlowLinesInput, set: number): number[] {
  const { matrix, sign } = sets[set]!;
  const chosen = new Set<number>();
  const groups = direction === 'from' ? rows : columns;
  for (let group = 0; group < groups; group += 1) {
    const cells = [...matrix.keys()].filter(
      (cell) => (direction === 'from' ? Math.floor(cell / columns) : cell % columns) === group,
    );
    const above = cells.filter((cell) => sign * matrix[cell]! > 0 && sign * matrix[cell]! >= Math.fround(threshold));
    const ranked = above.sort((a, b) => sign * (matrix[b]! - matrix[a]!) || a - b);
    for (const cell of ranked.slice(0, topK ?? Infinity)) chosen.add(cell);
  }
  return [...chosen].sort((a, b) => a - b);
}

describe('which weights have lines', () => {
  const cases = [
    { threshold: 0, topK: null },
    { threshold: 0.05, topK: null },
    { threshold: 0.05, topK: 3 },
    { threshold: 0, topK: 1 },
    { threshold: 0.9, topK: 5 },
  ].flatMap((filter) => (['from', 'to'] as const).map((direction) => ({ ...filter, direction })));

  it.each(cases)('$direction, from $threshold, at most $topK: the same as by hand', (filter) => {
    const input = flowInput(13, 11, 3, filter);
    const { cells, total } = flowCells(input);
    cells.forEach((list, set) => expect([...list]).toEqual(byHand(input, set)));
    expect(total).toBeCloseTo(3 * 13, 4);
  });

  it('of equal weights takes the first, and draws a weight that is the threshold itself', () => {
    const matrix = Float32Array.of(0.25, 0.25, 0.25, 0.25, 0.02, 0.98, 0, 0);
    const set = { label: 'a', matrix, sign: 1, style: 0 } as const;
    const input = { sets: [set], rows: 2, columns: 4, threshold: 0.02, direction: 'from' as const };
    expect([...flowCells({ ...input, topK: 2 }).cells[0]!]).toEqual([0, 1, 4, 5]);
    expect([...flowCells({ ...input, topK: null, threshold: 0 }).cells[0]!]).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('takes the side of a difference that the set is for, and what is no number for none', () => {
    const matrix = Float32Array.of(0.5, -0.5, 0.01, -0.3, NaN, -Infinity);
    const of = (sign: 1 | -1) => ({ label: 'a', matrix, sign, style: sign > 0 ? 'more' : 'less' }) as const;
    const { cells, total } = flowCells({
      ...{ sets: [of(1), of(-1)], rows: 2, columns: 3, threshold: 0.02, topK: null, direction: 'from' },
    });
    expect(cells.map((list) => [...list])).toEqual([[0], [1, 3]]);
    expect(total).toBeCloseTo(0.5 + 0.01 + 0.5 + 0.3, 6);
  });

  it.each([
    [{ threshold: 1.5 }, 'invalid threshold: 1.5; expected 0 to 1'],
    [{ topK: 0 }, 'invalid topK: 0; expected a whole number from 1'],
    [{ rows: 4 }, 'invalid matrix: 9 values of layer 0 · head 2 for 4 × 3 tokens'],
  ])('refuses %o', (changes, message) => {
    expect(() => flowCells(flowInput(3, 3, 1, changes))).toThrow(message);
  });
});

describe('lines of tokens that share a bundle', () => {
  const place = { top: 0, height: 120 };

  it('hold the same weight in all, each the sum of its weights, however close the tokens are', () => {
    const input = flowInput(160, 160, 2, { threshold: 0.004 });
    const chosen = flowCells(input);
    const axis = flowAxis(160, place, { first: 40, last: 59 });
    const lines = bundleLines(input, chosen, { rows: axis, keys: axis, most: 1e6 });
    expect(axis.starts.length - 1).toBeLessThan(160);
    const naive = new Map<string, number>();
    chosen.cells.forEach((list, set) =>
      list.forEach((cell) => {
        const key = [set, axis.bundleOf[Math.floor(cell / 160)], axis.bundleOf[cell % 160]].join();
        naive.set(key, (naive.get(key) ?? 0) + input.sets[set]!.matrix[cell]!);
      }),
    );
    expect(lines.count).toBe(naive.size);
    expect(lines.found).toBe(naive.size);
    for (let line = 0; line < lines.count; line += 1) {
      const bundle = lines.from[line]!;
      const sum = naive.get([lines.set[line], bundle, lines.to[line]].join())!;
      expect(lines.sum[line]).toBeCloseTo(sum, 5);
      expect(lines.strength[line]).toBeCloseTo(sum / (axis.starts[bundle + 1]! - axis.starts[bundle]!), 5);
    }
  });

  it('are the weights themselves where every token has room', () => {
    const input = flowInput(9, 9, 2, { threshold: 0.03 });
    const chosen = flowCells(input);
    const axis = flowAxis(9, place, null);
    const lines = bundleLines(input, chosen, { rows: axis, keys: axis });
    expect(lines.count).toBe(chosen.cells[0]!.length + chosen.cells[1]!.length);
    for (let line = 0; line < lines.count; line += 1) {
      const weight = input.sets[lines.set[line]!]!.matrix[lines.from[line]! * 9 + lines.to[line]!]!;
      expect(lines.sum[line]).toBe(weight);
      expect(lines.strength[line]).toBe(weight);
    }
  });

  it('come weakest first; beyond the limit the strongest stay, and it is known how many there were', () => {
    const input = flowInput(60, 60, 3, { threshold: 0 });
    const axis = flowAxis(60, { top: 0, height: 600 }, null);
    const axes = { rows: axis, keys: axis };
    const all = bundleLines(input, flowCells(input), { ...axes, most: 1e6 });
    const some = bundleLines(input, flowCells(input), { ...axes, most: 100 });
    expect([...all.strength]).toEqual([...all.strength].sort((a, b) => a - b));
    expect(some.count).toBe(100);
    expect(some.found).toBe(all.count);
    expect([...some.strength]).toEqual([...all.strength.slice(-100)]);
  });
});

describe('the lines of one token', () => {
  it.each(['from', 'to'] as const)('%s: those chosen of its row or column, weakest first', (direction) => {
    const input = flowInput(12, 12, 2, { threshold: 0.04, topK: 4 });
    const chosen = flowCells(input);
    for (let token = 0; token < 12; token += 1) {
      const expected = chosen.cells.flatMap((list, set) =>
        [...list]
          .filter((cell) => (direction === 'from' ? Math.floor(cell / 12) : cell % 12) === token)
          .map((cell) => ({
            ...{ set, row: Math.floor(cell / 12), column: cell % 12 },
            weight: input.sets[set]!.matrix[cell]!,
          })),
      );
      const found = tokenLines(input, chosen, direction, token);
      const key = (line: (typeof found)[number]) => `${line.set} ${line.row} ${line.column} ${line.weight}`;
      expect(found.map(key).sort()).toEqual(expected.map(key).sort());
      expect(found.map(({ weight }) => weight)).toEqual(found.map(({ weight }) => weight).sort((a, b) => a - b));
    }
  });
});
