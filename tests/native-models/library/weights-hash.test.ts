import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { listModels, weightsHash } from '../../../native-models/index.ts';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it('is the SHA-256 of the weights file, and another one when the file changes', async () => {
  const bundled = (await listModels()).find(({ id }) => id === 'headlight-bert')!;
  const folder = await mkdtemp(path.join(tmpdir(), 'headlight-weights-'));
  await cp(bundled.folder, folder, { recursive: true, dereference: true });
  const file = path.join(folder, 'model.safetensors');
  const bytes = await readFile(file);
  expect(await weightsHash(folder)).toBe(sha256(bytes));
  bytes[bytes.length - 1] = bytes[bytes.length - 1]! ^ 1;
  await writeFile(file, bytes);
  // A clock of whole seconds would call both files the same.
  await utimes(file, new Date(2030, 0, 1), new Date(2030, 0, 1));
  expect(await weightsHash(folder)).toBe(sha256(bytes));
});

it('says what a folder lacks', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'headlight-weights-'));
  await expect(weightsHash(folder)).rejects.toMatchObject({ code: 'bad-model' });
});
