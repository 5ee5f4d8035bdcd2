import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { writeAtomically } from '../../../electron/host/atomic-write.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-write-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('writes a new file and replaces an old one, leaving nothing beside it', async () => {
  const file = path.join(folder, 'figure.svg');
  await writeAtomically(file, 'first');
  await writeAtomically(file, new Uint8Array([0, 255]));
  expect([...(await readFile(file))]).toEqual([0, 255]);
  expect(await readdir(folder)).toEqual(['figure.svg']);
});

it('leaves the old file and no leftovers where it cannot replace it', async () => {
  const occupied = path.join(folder, 'figure.svg');
  await mkdir(occupied);
  await writeFile(path.join(occupied, 'old'), 'old');
  await expect(writeAtomically(occupied, 'new')).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['figure.svg']);
  expect(await readFile(path.join(occupied, 'old'), 'utf8')).toBe('old');
});

it('fails where the folder is not there', async () => {
  await expect(writeAtomically(path.join(folder, 'none', 'a.svg'), 'x')).rejects.toMatchObject({ code: 'ENOENT' });
});
