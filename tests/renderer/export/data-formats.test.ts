import { expect, it } from 'vitest';
import { DATA_FORMATS } from '../../../renderer/export/data-formats.ts';
import type { FigureData } from '../../../renderer/figures/figure-data.ts';
import { tableData } from '../../../renderer/figures/figure-data.ts';
import { npyStrings, readNpz } from '../../electron/cli/npz-reader.ts';
import { provenance } from './support.ts';

const format = (id: string) => DATA_FORMATS.find((each) => each.id === id)!;
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

const matrix: FigureData = {
  arrays: [
    { name: 'values', data: Float32Array.of(0.1, -Infinity, NaN, 1), dims: [2, 2] },
    { name: 'query', strings: ['sea', '你'] },
  ],
  rows: () => [{ query: 0, key: 0, value: Math.fround(0.1) }],
  rowsFollow: true,
};

it('JSON has the provenance, arrays in the fewest digits that name them, and no rows that follow from them', async () => {
  const value = JSON.parse(text(await format('json').encode(matrix, provenance))) as Record<string, unknown>;
  expect(value).toEqual({
    provenance,
    arrays: { values: { shape: [2, 2], values: [0.1, '-Infinity', 'NaN', 1] }, query: ['sea', '你'] },
  });
});

it('NPZ has every array, and the provenance as text', async () => {
  const arrays = readNpz(await format('npz').encode(matrix, provenance));
  expect([...arrays.keys()]).toEqual(['values', 'query', 'provenance']);
  expect(JSON.parse(npyStrings(arrays.get('provenance')!)[0]!)).toEqual(provenance);
});

it('NPZ of a table has a float64 array a column of numbers, NaN where there is none, and text', async () => {
  const data = tableData(() => [
    { token: 'sea', bits: 1 / 3 },
    { token: 'old', bits: null },
  ]);
  const arrays = readNpz(await format('npz').encode(data, provenance));
  expect(npyStrings(arrays.get('token')!)).toEqual(['sea', 'old']);
  const { header, dims, data: raw } = arrays.get('bits')!;
  expect(header).toContain("'descr': '<f8'");
  expect(dims).toEqual([2]);
  expect([...new Float64Array(raw.buffer)]).toEqual([1 / 3, NaN]);
});

it('CSV has the rows', async () => {
  expect(text(await format('csv').encode(matrix, provenance))).toBe(`query,key,value\r\n0,0,${Math.fround(0.1)}\r\n`);
});
