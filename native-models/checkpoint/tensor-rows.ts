/** Rows of a weight, read from its file without the rest. */
import { open } from 'node:fs/promises';
import path from 'node:path';
import type { TensorEntry } from './safetensors.ts';

type StoredRows = Pick<TensorEntry, 'file' | 'dtype' | 'shape' | 'offset'>;

/**
 * Rows `first` … `first + count - 1` of a tensor [rows] or [rows, columns] as float32 [count, columns].
 * @param folder the real path of the folder with the files
 * @throws Error where the file ends before the last of them
 */
export async function readRows(
  folder: string,
  tensor: StoredRows,
  first: number,
  count: number,
): Promise<Float32Array> {
  const { file, dtype, shape, offset } = tensor;
  const columns = shape[1] ?? 1;
  const rowBytes = columns * (dtype === 'F32' ? 4 : 2);
  const bytes = Buffer.alloc(count * rowBytes);
  const handle = await open(path.join(folder, file), 'r');
  try {
    const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset + first * rowBytes);
    if (bytesRead !== bytes.length) throw new Error(`${file} ends before row ${first + count - 1} of a weight`);
  } finally {
    await handle.close();
  }
  return decode(bytes, dtype);
}

function decode(bytes: Buffer, dtype: string): Float32Array {
  if (dtype === 'F32') return Float32Array.from({ length: bytes.length / 4 }, (_, at) => bytes.readFloatLE(at * 4));
  const read = dtype === 'BF16' ? fromBfloat16 : fromFloat16;
  return Float32Array.from({ length: bytes.length / 2 }, (_, at) => read(bytes.readUInt16LE(at * 2)));
}

const BITS = new Uint32Array(1);
const FLOAT = new Float32Array(BITS.buffer);

/** The upper half of a float32. */
function fromBfloat16(half: number): number {
  BITS[0] = half * 2 ** 16;
  return FLOAT[0] ?? NaN;
}

/** IEEE 754 binary16: sign, 5 bits of exponent, 10 of fraction. */
function fromFloat16(half: number): number {
  const sign = half & 0x8000 ? -1 : 1;
  const exponent = (half >> 10) & 0x1f;
  const fraction = half & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
