/**
 * The safetensors container: 8 bytes little-endian header length, a JSON header, then the tensors' bytes without gaps.
 * Only the header is read; every number in it is checked against the file before anyone uses it.
 */
import { ModelError } from '../errors.ts';
import { dtypeBits } from './dtypes.ts';
import { readBytes, withFile } from './files.ts';
import { describeJson, isJsonObject, parseJsonObject, quote } from './json.ts';

/** One stored tensor: `length` bytes from byte `offset` of `file` (a base name), row-major in `shape`. */
export interface TensorEntry {
  readonly name: string;
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

/** The longest header the format allows, in bytes. */
export const MAX_HEADER_BYTES = 100_000_000;
const LENGTH_BYTES = 8;

export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** Size of the whole file in bytes. */
  readonly byteLength: number;
}

/**
 * Reads and checks the header of one safetensors file.
 *
 * @param path where to read
 * @param file the name to put in each TensorEntry
 * @throws ModelError 'bad-model' naming the file, the tensor, the field and what was expected
 */
export async function readSafetensorsHeader(path: string, file: string): Promise<SafetensorsHeader> {
  return withFile(path, async (handle, size) => {
    if (size < LENGTH_BYTES) {
      throw bad('header-truncated', path, `has ${size} bytes; a safetensors file begins with an 8-byte header length`);
    }
    const prefix = await readBytes(handle, path, 0, LENGTH_BYTES);
    const headerLength = checkedHeaderLength(prefix, path, size);
    const header = await readBytes(handle, path, LENGTH_BYTES, headerLength);
    return { tensors: parseHeader(header, path, file, size), byteLength: size };
  });
}

function checkedHeaderLength(prefix: Uint8Array, path: string, size: number): number {
  const length = new DataView(prefix.buffer, prefix.byteOffset, LENGTH_BYTES).getBigUint64(0, true);
  const room = BigInt(size - LENGTH_BYTES);
  if (length > room) {
    const fact = `says its header has ${length} bytes, but only ${room} bytes follow; it is cut off or not safetensors`;
    throw bad('header-length', path, fact);
  }
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw bad('header-length', path, `says its header has ${length} bytes; expected at most ${MAX_HEADER_BYTES}`);
  }
  if (length < 2n) throw bad('header-length', path, `says its header has ${length} bytes; expected at least 2`);
  return Number(length);
}

function parseHeader(header: Uint8Array, path: string, file: string, size: number): Map<string, TensorEntry> {
  const json = parseJsonObject(header, `The header of ${path}`);
  const dataStart = LENGTH_BYTES + header.length;
  const tensors = new Map<string, TensorEntry>();
  for (const [name, value] of Object.entries(json)) {
    if (name === '__metadata__') checkMetadata(value, path);
    else tensors.set(name, parseTensor(name, value, { path, file, dataStart, size }));
  }
  checkLayout(tensors, path, dataStart, size);
  return tensors;
}

function checkMetadata(value: unknown, path: string): void {
  if (isJsonObject(value) && Object.values(value).every((entry) => typeof entry === 'string')) return;
  throw bad('header-metadata', path, 'has a __metadata__ that is not an object of strings');
}

interface Place {
  readonly path: string;
  readonly file: string;
  readonly dataStart: number;
  readonly size: number;
}

function parseTensor(name: string, value: unknown, place: Place): TensorEntry {
  const fail = (reason: string, fact: string): ModelError =>
    bad(reason, place.path, `: tensor ${quote(name)} ${fact}`, name);
  if (!isJsonObject(value)) throw fail('tensor-entry', `is ${describeJson(value)}; expected an object`);
  const { dtype, shape, data_offsets: offsets } = value;
  const bits = typeof dtype === 'string' ? dtypeBits(dtype) : null;
  if (typeof dtype !== 'string' || bits === null) {
    throw fail('tensor-dtype', `has the dtype ${describeJson(dtype)}; expected one of safetensors' dtypes such as F32`);
  }
  if (!isCounts(shape)) throw fail('tensor-shape', 'has a shape that is not a list of whole numbers from 0 on');
  if (!isCounts(offsets) || offsets.length !== 2) {
    throw fail('tensor-offsets', 'has data_offsets that are not two whole numbers from 0 on');
  }
  const [begin = 0, end = 0] = offsets;
  const room = place.size - place.dataStart;
  if (begin > end || end > room) {
    throw fail('tensor-offsets', `lies at bytes ${begin} to ${end}; expected a range inside 0 to ${room}`);
  }
  const length = byteLength(shape, bits);
  if (length !== end - begin) {
    const expected = length === null ? 'more bytes than a file can have' : `${length} bytes`;
    throw fail('tensor-length', `has ${end - begin} bytes, but ${dtype} ${shapeText(shape)} takes ${expected}`);
  }
  return { name, dtype, shape, file: place.file, offset: place.dataStart + begin, length };
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && entry >= 0);
}

/** Bytes of a tensor, or null when that is no safe integer or no whole number of bytes. */
function byteLength(shape: readonly number[], bits: number): number | null {
  if (shape.includes(0)) return 0;
  let total = bits;
  for (const axis of shape) {
    total *= axis;
    if (!Number.isSafeInteger(total)) return null;
  }
  return total % 8 === 0 ? total / 8 : null;
}

/** The tensors must fill the data area from its first byte to its last: no overlap, no gap. */
function checkLayout(tensors: ReadonlyMap<string, TensorEntry>, path: string, dataStart: number, size: number): void {
  const inOrder = [...tensors.values()].sort((a, b) => a.offset - b.offset || a.length - b.length);
  let end = dataStart;
  for (const { name, offset, length } of inOrder) {
    if (offset !== end) {
      const how = offset < end ? 'overlaps the tensor before it' : `leaves a gap of ${offset - end} bytes before it`;
      throw bad('tensor-layout', path, `: tensor ${quote(name)} ${how}; expected tensors one after the other`, name);
    }
    end += length;
  }
  if (end !== size) {
    throw bad('tensor-layout', path, `has ${size - end} bytes after its last tensor; expected none`);
  }
}

function shapeText(shape: readonly number[]): string {
  return shape.length > 16 ? `with ${shape.length} axes` : `[${shape.join(', ')}]`;
}

function bad(reason: string, path: string, fact: string, tensor?: string): ModelError {
  const joint = fact.startsWith(':') ? '' : ' ';
  return new ModelError('bad-model', reason, `${path}${joint}${fact}.`, {
    file: path,
    ...(tensor === undefined ? {} : { tensor: quote(tensor) }),
  });
}
