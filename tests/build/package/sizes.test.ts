import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { bytesBelow, megabytes, sizeProblems } from '../../../build/package/sizes.ts';
import { writeFiles } from '../stand-in.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-sizes-'));
  await writeFiles(folder, { a: new Uint8Array(1000), 'b/c/d': new Uint8Array(500) });
});
afterAll(() => rm(folder, { recursive: true }));

it('counts all files below a folder, and nothing where there is nothing', async () => {
  expect(await bytesBelow(folder)).toBe(1500);
  expect(await bytesBelow(path.join(folder, 'a'))).toBe(1000);
  expect(await bytesBelow(path.join(folder, 'none'))).toBe(0);
});

// Windows lets only administrators make links.
it.skipIf(process.platform === 'win32')('follows no links', async () => {
  await symlink(folder, path.join(folder, 'b', 'again'));
  expect(await bytesBelow(folder)).toBeLessThan(1500 + 1000);
});

it('says which size is beyond its limit', () => {
  expect(sizeProblems({ installed: 450e6, installers: { 'a.dmg': 200e6 } })).toEqual([]);
  expect(sizeProblems({ installed: 450.2e6, installers: { 'a.dmg': 199e6, 'b.exe': 201e6 } })).toEqual([
    'The installed app has 450.2 MB; at most 450.0 MB are meant.',
    'b.exe has 201.0 MB; at most 200.0 MB are meant.',
  ]);
  expect(megabytes(84_512_345)).toBe('84.5 MB');
});
