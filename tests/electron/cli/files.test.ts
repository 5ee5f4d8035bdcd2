import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { outputPath, userFolder, writeInPieces } from '../../../electron/cli/files.ts';
import { fullAfter } from '../../support/full-disk.ts';
import { temporaryFolder } from './support.ts';

describe('outputPath(typed, extensions)', () => {
  const folder = temporaryFolder();
  mkdirSync(path.join(folder, 'folder.svg'));

  it('takes its extensions in any case', async () => {
    expect(await outputPath(path.join(folder, 'a.SVG'), ['svg', 'png'])).toBe(path.join(folder, 'a.SVG'));
  });

  it.each([
    ['f.gif', '--out takes a file that ends in .svg or .png; "f.gif" does not.'],
    ['svg', '--out takes a file that ends in .svg or .png; "svg" does not.'],
    ['', '--out takes a file that ends in .svg or .png; "" does not.'],
    [path.join(folder, 'missing', 'f.svg'), `--out: there is no folder ${path.join(folder, 'missing')}.`],
    [path.join(folder, 'folder.svg'), `--out: ${path.join(folder, 'folder.svg')} is a folder.`],
  ])('%j is refused', async (typed, message) => {
    await expect(outputPath(typed, ['svg', 'png'])).rejects.toThrow(message);
  });
});

it('userFolder() is where the user stood when npm runs the command, else the current folder', () => {
  expect(userFolder({ npm_lifecycle_event: 'headlight', INIT_CWD: '/home/ada' })).toBe('/home/ada');
  expect(userFolder({ npm_lifecycle_event: 'test', INIT_CWD: '/home/ada' })).toBe(process.cwd());
  expect(userFolder({})).toBe(process.cwd());
});

describe('writeInPieces(file, produce)', () => {
  it('gives the file its name when it is whole', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.npz');
    await writeInPieces(file, async (write) => {
      await write(Uint8Array.of(1, 2));
      expect(readdirSync(folder)).not.toContain('a.npz');
      await write(Uint8Array.of(3));
    });
    expect([...readFileSync(file)]).toEqual([1, 2, 3]);
    expect(readdirSync(folder)).toEqual(['a.npz']);
  });

  it('leaves the old file and nothing else when the work fails', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.npz');
    writeFileSync(file, 'old');
    const failing = writeInPieces(file, async (write) => {
      await write(Uint8Array.of(1));
      throw new Error('the run failed');
    });
    await expect(failing).rejects.toThrow('the run failed');
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.npz']);
  });

  it('leaves the old file and nothing else when the disk is full', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'a.npz');
    writeFileSync(file, 'old');
    await fullAfter(1500);
    const failing = writeInPieces(file, async (write) => {
      for (let piece = 0; piece < 3; piece++) await write(new Uint8Array(1000));
    });
    await expect(failing).rejects.toThrow(`The file ${file} could not be written: ENOSPC: no space left on device`);
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.npz']);
  });

  it('names the file that it cannot write', async () => {
    const file = path.join(temporaryFolder(), 'missing', 'a.npz');
    await expect(writeInPieces(file, () => Promise.resolve())).rejects.toThrow(`The file ${file} could not be written`);
  });
});
