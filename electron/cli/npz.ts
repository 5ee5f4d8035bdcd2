/** NumPy's files: `.npy` (format 1.0) and `.npz` (a ZIP of them, stored), written array by array. */
import { Zip, ZipPassThrough } from 'fflate';

const MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0];
const ALIGNMENT = 64;
/** The format without ZIP64, which this writer keeps to. */
const ZIP_LIMIT = 2 ** 32 - 2 ** 20;
/** The same date in every file, so that the same numbers are the same bytes. */
const MODIFIED = new Date(1980, 0, 1);

export interface NamedArray {
  readonly name: string;
  /** Row-major. */
  readonly data: Float32Array;
  readonly dims: readonly number[];
}

/** The header of an `.npy` file with float32 values in C order: a Python dict, padded so that the data is aligned. */
export function npyHeader(dims: readonly number[]): Uint8Array {
  const shape = dims.length === 1 ? `(${dims[0]},)` : `(${dims.join(', ')})`;
  const dict = `{'descr': '<f4', 'fortran_order': False, 'shape': ${shape}, }`;
  const unpadded = MAGIC.length + 2 + dict.length + 1;
  const padding = (ALIGNMENT - (unpadded % ALIGNMENT)) % ALIGNMENT;
  const text = `${dict}${' '.repeat(padding)}\n`;
  const header = new Uint8Array(MAGIC.length + 2 + text.length);
  header.set(MAGIC);
  new DataView(header.buffer).setUint16(MAGIC.length, text.length, true);
  header.set(new TextEncoder().encode(text), MAGIC.length + 2);
  return header;
}

/** Float32 values as little-endian bytes, whatever the machine's order. */
export function littleEndian(values: Float32Array): Uint8Array {
  const isLittle = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
  if (isLittle) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const bytes = new Uint8Array(values.byteLength);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => view.setFloat32(index * 4, value, true));
  return bytes;
}

/**
 * Writes an `.npz` with the keys in the order given; one array is in memory at a time.
 * @throws RangeError when an array's values do not fill its dims, or the file would pass 4 GB
 */
export async function writeNpz(
  arrays: AsyncIterable<NamedArray>,
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
  for await (const { name, data, dims } of arrays) {
    if (data.length !== dims.reduce((size, dim) => size * dim, 1)) {
      throw new RangeError(`invalid array ${name}: ${data.length} values for ${dims.join(' × ')}`);
    }
    total += data.byteLength;
    if (total > ZIP_LIMIT) {
      throw new RangeError('The values take more than 4 GB, too much for one .npz; choose fewer with --names.');
    }
    const entry = new ZipPassThrough(`${name}.npy`);
    entry.mtime = MODIFIED;
    zip.add(entry);
    entry.push(npyHeader(dims));
    entry.push(littleEndian(data), true);
    await flush();
  }
  zip.end();
  await flush();
}
