/** Tiny checkpoints written to a folder of the test's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { ModelError } from '../../../native-models/errors.ts';

export interface TinyTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Bytes of one element. */
  readonly size?: number;
}

/** A fresh folder, removed when the test ends. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'headlight-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

/** The header record of tensors laid one after the other, and the length of their data in bytes. */
export function tinyHeader(tensors: Readonly<Record<string, TinyTensor>>): {
  header: Record<string, unknown>;
  dataLength: number;
} {
  let at = 0;
  const header: Record<string, unknown> = {};
  for (const [name, { dtype, shape, size = ELEMENT_BYTES[dtype] ?? 1 }] of Object.entries(tensors)) {
    const length = shape.reduce((product, axis) => product * axis, size);
    header[name] = { dtype, shape, data_offsets: [at, at + length] };
    at += length;
  }
  return { header, dataLength: at };
}

const ELEMENT_BYTES: Readonly<Partial<Record<string, number>>> = {
  F32: 4,
  I64: 8,
  F64: 8,
  F16: 2,
  BF16: 2,
  I8: 1,
  BOOL: 1,
};

/** The bytes of a safetensors file from a header (a record, or its text as it is), with `dataLength` zero bytes of data. */
export function safetensorsBytes(header: unknown, dataLength: number, headerLength?: bigint): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header), 'utf8');
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64LE(headerLength ?? BigInt(text.length));
  return Buffer.concat([prefix, text, Buffer.alloc(dataLength)]);
}

export function writeTinyWeights(path: string, tensors: Readonly<Record<string, TinyTensor>>): void {
  const { header, dataLength } = tinyHeader(tensors);
  writeFileSync(path, safetensorsBytes(header, dataLength));
}

export function writeJson(path: string, value: unknown): void {
  writeFileSync(path, JSON.stringify(value));
}

/** The ModelError that `run` fails with; a test error when it fails with anything else or not at all. */
export async function modelErrorOf(run: () => unknown): Promise<ModelError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ModelError) return error;
    throw new Error(`expected a ModelError, got ${String(error)}`, { cause: error });
  }
  throw new Error('expected a ModelError, but it succeeded');
}
