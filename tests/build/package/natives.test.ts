import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { checkInstalled, foreignNatives, isMachineCode, requiredNatives } from '../../../build/package/natives.ts';
import { checkNatives, filesBelow, resourcesFolder } from '../../../build/package/packed.ts';
import { TARGETS, targetOf } from '../../../build/package/target.ts';
import { packageRoot } from '../../../electron/host/versions.ts';
import { writeFiles } from '../stand-in.ts';
import { makeNodeModules } from './made-tree.ts';

const installed = path.join(packageRoot(), 'node_modules');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-natives-'));
  await makeNodeModules(path.join(folder, 'all'), installed);
});
afterAll(() => rm(folder, { recursive: true }));

describe.each(TARGETS)('machine code for $platform $arch', (target) => {
  const unpacked = path.join('app.asar.unpacked', 'node_modules');

  it('is in the packages that are installed, under the names that are expected', () => {
    expect(() => {
      checkInstalled(path.join(folder, 'all'), target);
    }).not.toThrow();
  });

  it('passes when it is alone, fails when a file is missing or another system’s is there', async () => {
    const all = await filesBelow(path.join(folder, 'all'));
    const foreign = foreignNatives(all, target);
    const own = all.filter((file) => !foreign.includes(file));
    expect(own).toEqual(expect.arrayContaining(requiredNatives(target)));
    // Nine of resvg's and ONNX Runtime's other systems at least, and the other tokenizers.
    expect(foreign.length).toBeGreaterThan(20);

    const resources = resourcesFolder(path.join(folder, `${target.platform}-${target.arch}`), target);
    const write = (files: readonly string[]) =>
      writeFiles(path.join(resources, unpacked), Object.fromEntries(files.map((file) => [file, ''])));
    await write(own);
    await expect(checkNatives(resources, target)).resolves.toBeUndefined();

    await write(foreign.slice(0, 1));
    await expect(checkNatives(resources, target)).rejects.toThrow(
      `${foreign[0] ?? ''} is not for ${target.platform} ${target.arch}`,
    );
    await rm(path.join(resources, unpacked, requiredNatives(target)[0] ?? ''));
    await expect(checkNatives(resources, target)).rejects.toThrow(/onnxruntime_binding\.node is missing/u);
  });
});

it('says what to install where another system’s package is missing', async () => {
  await writeFiles(path.join(folder, 'some'), { 'tokenizers/tokenizers.win32-arm64-msvc.node': '' });
  expect(() => {
    checkInstalled(path.join(folder, 'some'), { platform: 'win32', arch: 'arm64' });
  }).toThrow(/npm install --no-save --os win32 --cpu arm64 @resvg\/resvg-js-win32-arm64-msvc$/u);
});

it('is told from other files by its name', () => {
  const names = [
    'a.node',
    'a.dll',
    'a.dylib',
    'a.so',
    'liba.so.1',
    'liba.so.1.2.3',
    'a.js',
    'so.txt',
    'node',
    'a.sort',
  ];
  expect(names.filter(isMachineCode)).toEqual(names.slice(0, 6));
});

it('knows the systems there are packages for', () => {
  expect(targetOf('linux', 'arm64')).toEqual({ platform: 'linux', arch: 'arm64' });
  expect(() => targetOf('darwin', 'x64')).toThrow('invalid target: darwin x64; there are packages for darwin arm64,');
});
