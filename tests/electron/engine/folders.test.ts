import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Folders, resolveFolder } from '../../../electron/engine/folders.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'headlight-folders-'));
});
afterAll(() => rm(root, { recursive: true }));

describe('the list of folders', () => {
  it('is remembered, in order and without repetition, in a settings folder that need not exist yet', async () => {
    const settings = path.join(root, 'new', 'settings');
    const folders = new Folders(settings);
    for (const folder of ['/b', '/a', '/b']) await folders.add(folder);
    expect(await new Folders(settings).list()).toEqual(['/b', '/a']);
    expect(JSON.parse(await readFile(path.join(settings, 'folders.json'), 'utf8'))).toEqual({ folders: ['/b', '/a'] });
  });

  it.each(['', 'no json', '[]', '{"folders":7}', 'null'])('is empty when its file is damaged: %s', async (content) => {
    await writeFile(path.join(root, 'folders.json'), content);
    expect(await new Folders(root).list()).toEqual([]);
  });

  it('keeps what is right in a file that is partly damaged', async () => {
    await writeFile(path.join(root, 'folders.json'), '{"folders":["/a",7,null,"/b"]}');
    expect(await new Folders(root).list()).toEqual(['/a', '/b']);
  });

  it('works in memory without a settings folder', async () => {
    const folders = new Folders(null);
    await folders.add('/a');
    expect(await folders.list()).toEqual(['/a']);
  });
});

describe('a typed folder', () => {
  it('may have quotes, blanks, a trailing slash or a tilde', async () => {
    await mkdir(path.join(root, 'my model'));
    const folder = path.join(root, 'my model');
    for (const typed of [folder, ` ${folder}/ `, `"${folder}"`, `'${folder}'`, `${folder}/../my model`]) {
      expect(await resolveFolder(typed)).toBe(folder);
    }
    expect(await resolveFolder('~')).toBe(homedir());
  });

  it.each([
    ['models/gpt2', 'folder-not-absolute'],
    ['', 'folder-not-absolute'],
    ['/no/such/folder', 'folder-missing'],
    [process.execPath, 'folder-missing'],
  ])('is refused with a sentence: %s', async (typed, reason) => {
    await expect(resolveFolder(typed)).rejects.toMatchObject({ name: 'ModelError', reason });
  });
});
