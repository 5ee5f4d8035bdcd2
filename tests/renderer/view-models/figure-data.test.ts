import { expect, it } from 'vitest';
import { columnArrays } from '../../../renderer/figures/figure-data.ts';
import { figureData } from '../../../renderer/view-models/figure-data.ts';
import { heatmapInput } from '../figures/support.ts';

it('a matrix is an array with its labels, and a row a cell with the same numbers', () => {
  const input = heatmapInput(2, 3);
  const { arrays, rows } = figureData({ kind: 'heatmap', input });
  expect(arrays[0]).toMatchObject({ name: 'values', dims: [2, 3], data: input.matrix });
  const cells = rows();
  expect(cells).toHaveLength(6);
  expect(cells.map(({ value }) => value)).toEqual([...input.matrix]);
  expect(cells[5]).toMatchObject({ [input.rowTitle]: 1, [input.columnTitle]: 2 });
});

it('panels keep their numbers apart', () => {
  const panel = { kind: 'heatmap', input: heatmapInput(2, 2, { title: 'Changed' }) } as const;
  const text = { title: '', subtitle: '' };
  const { arrays, rows } = figureData({ kind: 'panels', text, theme: 'light', isAcross: true, panels: [panel, panel] });
  expect(arrays.map(({ name }) => name).slice(0, 4)).toEqual(expect.arrayContaining(['0.values']));
  expect(arrays.map(({ name }) => name)).toContain('1.values');
  expect(rows()).toHaveLength(8);
  expect(rows()[0]).toMatchObject({ panel: 'Changed' });
});

it('a picture of a head has weights, to the precision that it says', () => {
  const pictures = Uint8Array.of(0, 255, 128, 64);
  const input = { pictures, layers: 1, heads: 1, grid: 2 } as never;
  const { arrays, facts } = figureData({ kind: 'atlas', input });
  expect(arrays[0]).toMatchObject({ dims: [1, 1, 2, 2] });
  expect((arrays[0] as { data: Float32Array }).data[1]).toBe(1);
  expect(facts).toEqual({ precision: 'round(255·√weight)' });
});

it('columns of numbers are float64, NaN where there is none, and others text', () => {
  const arrays = columnArrays([
    { a: 1 / 3, b: 'x' },
    { a: null, b: null },
  ]);
  expect(arrays).toEqual([
    { name: 'a', data: Float64Array.of(1 / 3, NaN), dims: [2] },
    { name: 'b', strings: ['x', ''] },
  ]);
});
