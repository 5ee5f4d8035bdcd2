import { describe, expect, it } from 'vitest';
import { littleEndian, npyHeader, writeNpz } from '../../../renderer/export/npz.ts';
import type { NamedArray, NamedStrings } from '../../../renderer/export/npz.ts';
import { npyStrings, readNpy, readNpz } from '../../electron/cli/npz-reader.ts';

type Entry = NamedArray | NamedStrings;

async function* each(arrays: readonly Entry[]): AsyncGenerator<Entry> {
  for (const array of arrays) yield await Promise.resolve(array);
}

async function npz(arrays: readonly Entry[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  await writeNpz(each(arrays), (piece) => {
    pieces.push(piece.slice());
    return Promise.resolve();
  });
  return new Uint8Array(Buffer.concat(pieces));
}

describe('npyHeader(dims)', () => {
  it.each([
    [[3], '(3,)'],
    [[2, 5], '(2, 5)'],
    [[12, 100, 100], '(12, 100, 100)'],
    [[1234567, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], '(1234567, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1)'],
  ])('%j is the tuple %s, and the values begin at a multiple of 64', (dims, tuple) => {
    const { header, dataOffset } = readNpy(npyHeader(dims));
    expect(header).toMatch(/^\{'descr': '<f4', 'fortran_order': False, 'shape': \([\d, ]+\), \} *\n$/);
    expect(header).toContain(`'shape': ${tuple}, `);
    expect(dataOffset % 64).toBe(0);
  });
});

it('littleEndian(values) is the bytes of a view, not of its whole buffer', () => {
  const view = Float32Array.of(9, 1, -Infinity).subarray(1);
  expect([...littleEndian(view)]).toEqual([0, 0, 128, 63, 0, 0, 128, 255]);
});

describe('writeNpz(arrays, write)', () => {
  const arrays: NamedArray[] = [
    { name: 'decoder.0.self.masked', data: Float32Array.of(1, -Infinity, NaN, -0, 1e-40, 3.4e38), dims: [1, 2, 3] },
    { name: 'logits', data: Float32Array.from({ length: 70_000 }, (_, index) => index / 7), dims: [7, 10_000] },
    { name: 'one', data: Float32Array.of(0.1), dims: [1] },
  ];

  it('keeps names, order, shapes and every bit', async () => {
    const read = readNpz(await npz(arrays));
    expect([...read.keys()]).toEqual(arrays.map(({ name }) => name));
    for (const { name, data, dims } of arrays) {
      expect(read.get(name)!.dims).toEqual(dims);
      expect(Buffer.from(read.get(name)!.data.buffer).equals(Buffer.from(data.buffer))).toBe(true);
    }
  });

  it('keeps texts of any length and script, aligned as numbers are', async () => {
    const strings = ['{"kind":"scale"}', '', 'd_head 😀 ‖'];
    const read = readNpz(await npz([{ name: 'short', strings: ['x'] }, ...arrays, { name: 'texts', strings }]));
    expect([...read.keys()]).toEqual(['short', ...arrays.map(({ name }) => name), 'texts']);
    expect(read.get('texts')!.dims).toEqual([3]);
    expect(read.get('texts')!.header).toMatch(/^\{'descr': '<U16', 'fortran_order': False, 'shape': \(3,\), \} *\n$/);
    expect(read.get('texts')!.dataOffset % 64).toBe(0);
    expect(npyStrings(read.get('texts')!)).toEqual(strings);
  });

  it('is the same file every time', async () => {
    expect(Buffer.from(await npz(arrays)).equals(await npz(arrays))).toBe(true);
  });

  it('refuses values that do not fill their shape', async () => {
    await expect(npz([{ name: 'x', data: new Float32Array(5), dims: [2, 3] }])).rejects.toThrow(
      'invalid array x: 5 values for 2 × 3',
    );
  });

  it('refuses more than a ZIP holds, before writing it', async () => {
    const large = {
      name: 'x',
      dims: [2 ** 31],
      data: { length: 2 ** 31, byteLength: 2 ** 33 },
    } as unknown as NamedArray;
    await expect(npz([large])).rejects.toThrow('more than 4 GB');
  });
});
