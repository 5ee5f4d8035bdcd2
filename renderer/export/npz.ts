/** NumPy's files: `.npy` (format 1.0) and `.npz` (a ZIP of them, stored), written array by array. */
import { Zip, ZipPassThrough } from 'fflate';
import type { DataArray, DataStrings } from '../figures/figure-data.ts';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
const ALIGNMENT = 64;
/** The format without ZIP64, which this writer keeps to. */
export const NPZ_LIMIT = 2 ** 32 - 2 ** 20;
/** The same date in every file, so that the same numbers are the same bytes. */
const MODIFIED = new Date(1980, 0, 1);

export type NamedArray = DataArray;
/** A list of texts, as NumPy's fixed-width Unicode: an array [strings] that loads without pickle. */
export type NamedStrings = DataStrings;

/**
 * The header of an `.npy` file with values in C order: a Python dict, padded so that the data is aligned.
 * @param type NumPy's name of the values' type, little-endian float32 by default
 */
export function npyHeader(dims: readonly number[], type = '<f4'): Uint8Array {
  const shape = dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`;
  const dict = `{'descr': '${type}', 'fortran_order': False, 'shape': ${shape}, }`;
  const unpadded = MAGIC.length + 2 + dict.length + 1;
  const padding = (ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT;
  const text = `${dict}${' '.repeat(padding)}\n`;
  const header = new Uint8Array(MAGIC.length + 2 + text.length);
  header.set(MAGIC);
  new DataView(header.buffer).setUint16(MAGIC.length, text.length, true);
  header.set(new TextEncoder().encode(text), MAGIC.length + 2);
  return header;
}

/** Values as little-endian bytes, whatever the machine's order. */
export function littleEndian(values: Float32Array | Float64Array): Uint8Array {
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  if (isLittle) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    if (values instanceof Float64Array) view.setFloat64(index * 8, value, true);
    else view.setFloat32(index * 4, value, true);
  });
  return bytes;
}

interface Npy {
  readonly header: Uint8Array;
  readonly byteLength: number;
  /** The values, made when they are written. */
  readonly bytes: () => Uint8Array;
}

/** Strings as NumPy keeps them: UTF-32, little-endian, each filled up with zeros to the longest. */
function stringsNpy(strings: readonly string[]): Npy {
  const points = strings.map((text) => Array.from(text, (character) => character.codePointAt(0) ?? 0));
  const width = Math.max(1, ...points.map(({ length }) => length));
  const data = new Uint8Array(strings.length * width * 4);
  const view = new DataView(data.buffer);
  points.forEach((row, at) => {
    row.forEach((point, column) => view.setUint32((at * width + column) * 4, point, true));
  });
  return { header: npyHeader([strings.length], `<U${width}`), byteLength: data.byteLength, bytes: () => data };
}

function floatsNpy({ name, data, dims }: NamedArray): Npy {
  if (data.length !== dims.reduce((size, dim) => size * dim, 1)) {
    throw new RangeError(`invalid array ${name}: ${data.length} values for ${dims.join(' × ')}`);
  }
  const type = data instanceof Float64Array ? '<f8' : '<f4';
  return { header: npyHeader(dims, type), byteLength: data.byteLength, bytes: () => littleEndian(data) };
}

/**
 * Writes an `.npz` with the keys in the order given; one array is in memory at a time.
 * @throws RangeError when an array's values do not fill its dims, or the file would pass 4 GB
 */
export async function writeNpz(
  arrays: AsyncIterable<NamedArray | NamedStrings>,
  write: (piece: Uint8Array) => Promise<void>,
): Promise<void> {
  const pieces: Uint8Array[] = [];
  let failure: Error | null = null;
  const zip = new Zip((error, piece) => {
    if (error) failure = error;
    else pieces.push(piece);
  });
  const flush = async () => {
    if (failure) throw failure;
    for (const piece of pieces.splice(0)) await write(piece);
  };
  let total = 0;
  for await (const array of arrays) {
    const { header, byteLength, bytes } = 'strings' in array ? stringsNpy(array.strings) : floatsNpy(array);
    total += byteLength;
    if (total > NPZ_LIMIT) {
      throw new RangeError('The values take more than 4 GB, too much for one .npz; choose fewer with --names.');
    }
    const entry = new ZipPassThrough(`${array.name}.npy`);
    entry.mtime = MODIFIED;
    zip.add(entry);
    entry.push(header);
    entry.push(bytes(), true);
    await flush();
  }
  zip.end();
  await flush();
}
