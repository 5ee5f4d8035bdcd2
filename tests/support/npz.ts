/** Reads NumPy .npz files of float32 and integer arrays, for fixtures and for checking what the CLI writes. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';

export interface NpyArray {
  readonly dims: readonly number[];
  readonly data: Float32Array | Int32Array | BigInt64Array;
}

export function readNpz(file: string): ReadonlyMap<string, NpyArray> {
  const entries = Object.entries(unzipSync(readFileSync(file)));
  return new Map(entries.map(([name, bytes]) => [name.replace(/\.npy$/u, ''), parseNpy(bytes)]));
}

const TYPES: Readonly<Record<string, (buffer: ArrayBuffer) => NpyArray['data']>> = {
  '<f4': (buffer) => new Float32Array(buffer),
  '<i4': (buffer) => new Int32Array(buffer),
  '<i8': (buffer) => new BigInt64Array(buffer),
};

function parseNpy(bytes: Uint8Array): NpyArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== 0x934e554d) throw new Error('invalid npy: wrong magic number');
  const major = bytes[6];
  const [length, start] = major === 1 ? [view.getUint16(8, true), 10] : [view.getUint32(8, true), 12];
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const type = /'descr': '([^']+)'/u.exec(header)?.[1] ?? '';
  const shape = /'shape': \(([^)]*)\)/u.exec(header)?.[1] ?? '';
  if (/'fortran_order': True/u.test(header)) throw new Error('invalid npy: fortran order');
  const make = TYPES[type];
  if (make === undefined) throw new Error(`invalid npy: type ${type}`);
  const dims = shape
    .split(',')
    .filter((part) => part.trim() !== '')
    .map(Number);
  return { dims, data: make(bytes.slice(start + length).buffer) };
}
