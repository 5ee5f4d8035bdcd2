import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { filtersOf, safeFileName, saveFile } from '../../../electron/main/save-file.ts';
import { fullAfter } from '../../support/full-disk.ts';
import { failureOf } from '../support/failure-of.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-save-'));
});
afterAll(() => rm(folder, { recursive: true }));

it('writes the bytes', async () => {
  const file = path.join(folder, 'figure.png');
  await saveFile(file, new Uint8Array([137, 80, 78, 71]).buffer);
  expect([...(await readFile(file))]).toEqual([137, 80, 78, 71]);
});

it('leaves the old file and nothing beside it where the disk is full', async () => {
  const own = await mkdtemp(path.join(folder, 'full-'));
  const file = path.join(own, 'figure.svg');
  await writeFile(file, 'old');
  await fullAfter(100);
  expect(await failureOf(saveFile(file, new ArrayBuffer(1000)))).toMatchObject({
    reason: 'save-failed',
    message: `${file} could not be written: the disk is full.`,
  });
  expect(await readFile(file, 'utf8')).toBe('old');
  expect(await readdir(own)).toEqual(['figure.svg']);
});

it('says in words why it could not', async () => {
  const missing = path.join(folder, 'none', 'a.png');
  expect(await failureOf(saveFile(missing, new ArrayBuffer(1)))).toMatchObject({
    code: 'bad-request',
    reason: 'save-failed',
    message: `${missing} could not be written: its folder does not exist.`,
  });
  await mkdir(path.join(folder, 'a-folder'));
  const occupied = await failureOf(saveFile(path.join(folder, 'a-folder'), new ArrayBuffer(1)));
  expect(occupied.reason).toBe('save-failed');
});

it.each([
  ['figure.svg', 'figure.svg'],
  ['../../etc/passwd', '-..-etc-passwd'],
  ['C:\\a|b?.png', 'C--a-b-.png'],
  ['Ġthe “cat”.svg', 'Ġthe “cat”.svg'],
  ['...', 'headlight'],
  ['', 'headlight'],
  ['a'.repeat(500), 'a'.repeat(120)],
])('suggests a name that every system takes: %j', (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});

it('filters by the type it knows', () => {
  expect(filtersOf('image/svg+xml')).toEqual([{ name: 'SVG', extensions: ['svg'] }]);
  expect(filtersOf('application/x-unknown')).toEqual([]);
});
