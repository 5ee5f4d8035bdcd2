/** Reads .npz files back from their bytes, without the library that wrote them. */
import { crc32 } from 'node:zlib';

export interface NpyArray {
  readonly dims: readonly number[];
  readonly data: Float32Array;
  readonly header: string;
  /** Offset of the values within the .npy. */
  readonly dataOffset: number;
}

export function readNpy(bytes: Uint8Array): NpyArray {
  const magic = Buffer.from(bytes.subarray(0, 8)).toString('latin1');
  if (magic !== '\x93NUMPY\x01\x00') throw new Error(`magic ${JSON.stringify(magic)}`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  const header = Buffer.from(bytes.subarray(10, 10 + length)).toString('latin1');
  const shape = /'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '';
  const dims = shape
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map(Number);
  const data = new Float32Array(bytes.slice(10 + length).buffer);
  return { dims, data, header, dataOffset: 10 + length };
}

/** The texts of an array of NumPy's fixed-width Unicode. */
export function npyStrings({ header, data, dims }: NpyArray): string[] {
  const width = Number(/'descr': '<U(\d+)'/.exec(header)?.[1]);
  const points = new Uint32Array(data.buffer);
  if (points.length !== width * (dims[0] ?? 0)) throw new Error(`${points.length} code points for ${header}`);
  const rows = Array.from({ length: dims[0] ?? 0 }, (_, row) => points.slice(row * width, (row + 1) * width));
  return rows.map((row) => String.fromCodePoint(...row).replace(/\0+$/, ''));
}

/** Walks the ZIP's central directory, and checks every entry's name, size and checksum against its own header. */
export function readNpz(bytes: Uint8Array): Map<string, NpyArray> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22;
  if (view.getUint32(end, true) !== 0x06054b50) throw new Error('no end of central directory');
  const arrays = new Map<string, NpyArray>();
  let entry = view.getUint32(end + 16, true);
  for (let index = 0; index < view.getUint16(end + 10, true); index += 1) {
    if (view.getUint32(entry, true) !== 0x02014b50) throw new Error('no central entry');
    const [crc, size] = [view.getUint32(entry + 16, true), view.getUint32(entry + 24, true)];
    if (view.getUint16(entry + 10, true) !== 0) throw new Error('not stored');
    const nameLength = view.getUint16(entry + 28, true);
    const name = Buffer.from(bytes.subarray(entry + 46, entry + 46 + nameLength)).toString('utf8');
    const local = view.getUint32(entry + 42, true);
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    const content = bytes.subarray(start, start + size);
    if (crc32(content) !== crc) throw new Error(`checksum of ${name}`);
    arrays.set(name.replace(/\.npy$/, ''), readNpy(content));
    entry += 46 + nameLength + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
  }
  return arrays;
}
