import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { filtersOf, safeFileName, saveFile } from '../../../electron/main/save-file.ts';
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
