import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSafetensorsHeader } from '../../../native-models/checkpoint/safetensors.ts';
import { modelErrorOf, safetensorsBytes, temporaryFolder, tinyHeader } from './support.ts';

/** Writes bytes as a file and reads its header. */
function readBytes(bytes: Uint8Array): ReturnType<typeof readSafetensorsHeader> {
  const path = join(temporaryFolder(), 'x.safetensors');
  writeFileSync(path, bytes);
  return readSafetensorsHeader(path, 'x.safetensors');
}

const readHeader = (header: unknown, dataLength: number, headerLength?: bigint) =>
  readBytes(safetensorsBytes(header, dataLength, headerLength));

describe('readSafetensorsHeader', () => {
  it('gives dtype, shape and absolute byte ranges of every tensor', async () => {
    const { header, dataLength } = tinyHeader({
      'a.weight': { dtype: 'F32', shape: [2, 3] },
      'a.bias': { dtype: 'BF16', shape: [3] },
      scalar: { dtype: 'F16', shape: [] },
      none: { dtype: 'F32', shape: [0, 7] },
    });
    const text = JSON.stringify({ __metadata__: { format: 'pt' }, ...header });
    const { tensors, byteLength } = await readHeader(text, dataLength);
    const start = 8 + text.length;
    expect(byteLength).toBe(start + 32);
    expect([...tensors.values()]).toEqual([
      { name: 'a.weight', dtype: 'F32', shape: [2, 3], file: 'x.safetensors', offset: start, length: 24 },
      { name: 'a.bias', dtype: 'BF16', shape: [3], file: 'x.safetensors', offset: start + 24, length: 6 },
      { name: 'scalar', dtype: 'F16', shape: [], file: 'x.safetensors', offset: start + 30, length: 2 },
      { name: 'none', dtype: 'F32', shape: [0, 7], file: 'x.safetensors', offset: start + 32, length: 0 },
    ]);
  });

  it('reads a file that the safetensors library wrote, and its bytes are where it says', async () => {
    const path = 'tests/fixtures/tiny-gpt2/model.safetensors';
    const { tensors, byteLength } = await readSafetensorsHeader(path, 'model.safetensors');
    const bytes = readFileSync(path);
    expect(byteLength).toBe(bytes.length);
    const norm = tensors.get('transformer.ln_f.weight');
    expect(norm).toMatchObject({ dtype: 'F32', shape: [32] });
    const values = Array.from({ length: 32 }, (_, at) => bytes.readFloatLE((norm?.offset ?? 0) + 4 * at));
    expect(values.every((value) => Number.isFinite(value) && Math.abs(value) < 10)).toBe(true);
    expect(values.some((value) => value !== 0)).toBe(true);
  });

  it.each([
    ['BOOL', 8],
    ['U8', 8],
    ['I8', 8],
    ['F4', 4],
    ['F6_E2M3', 6],
    ['F8_E5M2', 8],
    ['F8_E4M3', 8],
    ['F8_E8M0', 8],
    ['I16', 16],
    ['U16', 16],
    ['F16', 16],
    ['BF16', 16],
    ['I32', 32],
    ['U32', 32],
    ['F32', 32],
    ['I64', 64],
    ['U64', 64],
    ['F64', 64],
    ['C64', 64],
  ])('knows the dtype %s of %d bits', async (dtype, bits) => {
    const { tensors } = await readHeader({ x: { dtype, shape: [4], data_offsets: [0, bits / 2] } }, bits / 2);
    expect(tensors.get('x')).toMatchObject({ dtype, length: bits / 2 });
  });

  it('reads only the header of a large file', async () => {
    const path = join(temporaryFolder(), 'sparse.safetensors');
    // No Buffer could hold 64 GiB; Windows would set the room aside.
    const gigabytes = (process.platform === 'win32' ? 1 : 64) * 1024 ** 3;
    writeFileSync(
      path,
      safetensorsBytes({ x: { dtype: 'F32', shape: [gigabytes / 4], data_offsets: [0, gigabytes] } }, 0),
    );
    const file = await open(path, 'r+');
    const { size } = await file.stat();
    await file.truncate(size + gigabytes);
    await file.close();
    const { tensors } = await readSafetensorsHeader(path, 'sparse.safetensors');
    expect(tensors.get('x')?.length).toBe(gigabytes);
  });
});

describe('readSafetensorsHeader refuses', () => {
  const f32 = (shape: readonly number[], begin: number, end: number) => ({
    dtype: 'F32',
    shape,
    data_offsets: [begin, end],
  });

  const headers: readonly [what: string, header: unknown, dataLength: number, reason: string, words: RegExp][] = [
    ['a header that is not JSON', '{"x":', 0, 'json-unreadable', /not valid JSON/u],
    ['a header that is a list', '[]', 0, 'json-unreadable', /must be a JSON object, but it is a list/u],
    ['a header with a name twice', '{"x":{},"x":{}}', 0, 'json-duplicate-key', /gives the key "x" twice/u],
    ['a name that is twice the same once unescaped', '{"x":{},"\\u0078":{}}', 0, 'json-duplicate-key', /"x" twice/u],
    ['a field given twice', '{"x":{"dtype":"F32","dtype":"F16"}}', 0, 'json-duplicate-key', /"dtype" twice/u],
    ['metadata that are not strings', { __metadata__: { a: 1 } }, 0, 'header-metadata', /__metadata__/u],
    ['a tensor that is a number', { x: 4 }, 0, 'tensor-entry', /tensor "x" is 4; expected an object/u],
    ['an unknown dtype', { x: { ...f32([1], 0, 4), dtype: 'F31' } }, 4, 'tensor-dtype', /the string "F31"/u],
    ['a missing dtype', { x: { shape: [1], data_offsets: [0, 4] } }, 4, 'tensor-dtype', /the dtype nothing/u],
    ['a negative axis', { x: f32([-1], 0, 4) }, 4, 'tensor-shape', /shape/u],
    ['a fractional axis', { x: f32([1.5], 0, 6) }, 6, 'tensor-shape', /shape/u],
    ['an axis over 2^53', { x: f32([2 ** 60], 0, 4) }, 4, 'tensor-shape', /shape/u],
    ['a shape that is text', { x: { ...f32([], 0, 4), shape: '4' } }, 4, 'tensor-shape', /shape/u],
    ['one offset', { x: { ...f32([1], 0, 4), data_offsets: [0] } }, 4, 'tensor-offsets', /data_offsets/u],
    ['offsets in reverse', { x: f32([1], 4, 0) }, 4, 'tensor-offsets', /bytes 4 to 0/u],
    ['offsets over the end', { x: f32([2], 0, 8) }, 4, 'tensor-offsets', /inside 0 to 4/u],
    ['a shape that does not fill its bytes', { x: f32([3], 0, 8) }, 8, 'tensor-length', /takes 12 bytes/u],
    ['a shape product over 2^53', { x: f32([2 ** 30, 2 ** 30], 0, 4) }, 4, 'tensor-length', /more bytes than/u],
    ['half a byte', { x: { dtype: 'F4', shape: [3], data_offsets: [0, 1] } }, 1, 'tensor-length', /F4/u],
    ['an overlap', { x: f32([2], 0, 8), y: f32([2], 4, 12) }, 12, 'tensor-layout', /tensor "y" overlaps/u],
    ['a gap', { x: f32([1], 0, 4), y: f32([1], 8, 12) }, 12, 'tensor-layout', /gap of 4 bytes/u],
    ['data before the first tensor', { x: f32([1], 4, 8) }, 8, 'tensor-layout', /gap of 4 bytes/u],
    ['data after the last tensor', { x: f32([1], 0, 4) }, 9, 'tensor-layout', /5 bytes after its last tensor/u],
  ];
  it.each(headers)('%s', async (_, header, dataLength, reason, words) => {
    const error = await modelErrorOf(() => readHeader(header, dataLength));
    expect(error).toMatchObject({ code: 'bad-model', reason });
    expect(error.message).toMatch(words);
    expect(error.message).toContain('x.safetensors');
    expect(error.message).toMatch(/\.$/u);
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'header-truncated', /has 0 bytes/u],
    ['seven bytes', Buffer.alloc(7), 'header-truncated', /has 7 bytes/u],
    ['a header longer than the file', safetensorsBytes('{}', 0, 3n), 'header-length', /3 bytes, but only 2 bytes/u],
    ['a header of 2^64 - 1 bytes', safetensorsBytes('{}', 0, 2n ** 64n - 1n), 'header-length', /18446744073709551615/u],
    ['no header', Buffer.alloc(8), 'header-length', /0 bytes; expected at least 2/u],
    ['a header that is not UTF-8', safetensorsBytes('{}', 0).fill(0xff, 8), 'json-unreadable', /not valid JSON/u],
  ])('%s', async (_, bytes, reason, words) => {
    const error = await modelErrorOf(() => readBytes(bytes));
    expect(error).toMatchObject({ code: 'bad-model', reason });
    expect(error.message).toMatch(words);
  });

  it('a header over 100 MB, without reading it', async () => {
    const path = join(temporaryFolder(), 'x.safetensors');
    writeFileSync(path, safetensorsBytes('', 0, 100_000_001n));
    const file = await open(path, 'r+');
    await file.truncate(200_000_000);
    await file.close();
    const error = await modelErrorOf(() => readSafetensorsHeader(path, 'x.safetensors'));
    expect(error.reason).toBe('header-length');
    expect(error.message).toMatch(/expected at most 100000000/u);
  });

  it('a header nested a hundred thousand deep', async () => {
    const error = await modelErrorOf(() => readHeader(`{"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 0));
    expect(error.code).toBe('bad-model');
  });

  it('what is not a file: a folder, nothing, a pipe nobody writes to', async () => {
    const folder = temporaryFolder();
    for (const path of [folder, join(folder, 'missing')]) {
      const error = await modelErrorOf(() => readSafetensorsHeader(path, 'x'));
      expect(error.reason).toBe('file-unreadable');
      expect(error.message).toContain(path);
    }
    if (process.platform === 'win32') return;
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const error = await modelErrorOf(() => readSafetensorsHeader(join(folder, 'pipe'), 'x'));
    expect(error.message).toMatch(/is not a file/u);
  });

  it('a name of a megabyte with a message of one line', async () => {
    const error = await modelErrorOf(() => readHeader({ ['x\n'.repeat(500_000)]: 1 }, 0));
    expect(error.message.length).toBeLessThan(500);
    expect(error.message).not.toContain('\n');
  });
});
