/** A packed app on the disk: where its parts lie, and what electron-builder's `afterPack` checks before it is signed. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { foreignNatives, requiredNatives } from './natives.ts';
import type { Target } from './target.ts';

/** The folder that `--dir` makes in `output`, and that installers are made from; electron-builder's name for it. */
export function appFolder(output: string, { platform, arch }: Target): string {
  const system = { darwin: 'mac', linux: 'linux', win32: 'win' }[platform];
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  return path.join(output, `${system}${suffix}${platform === 'darwin' ? '' : '-unpacked'}`);
}

/** The program in the app's folder. */
export function executableOf(output: string, target: Target): string {
  const names = { darwin: 'Headlight.app/Contents/MacOS/Headlight', linux: 'headlight', win32: 'Headlight.exe' };
  return path.join(appFolder(output, target), ...names[target.platform].split('/'));
}

/** Where a packed app keeps its resources. */
export function resourcesFolder(appFolder: string, { platform }: Target, productName = 'Headlight'): string {
  return platform === 'darwin'
    ? path.join(appFolder, `${productName}.app`, 'Contents', 'Resources')
    : path.join(appFolder, 'resources');
}

/**
 * Checks that the machine code in the package is that of `target`, all of it and no other: a library that is not there shows as a
 * window without a model, one too many as a download that is twice as large.
 * @throws Error naming each file
 */
export async function checkNatives(resources: string, target: Target): Promise<void> {
  const files = await filesBelow(path.join(resources, 'app.asar.unpacked', 'node_modules'));
  const problems = [
    ...requiredNatives(target)
      .filter((file) => !files.includes(file))
      .map((file) => `${file} is missing`),
    ...foreignNatives(files, target).map((file) => `${file} is not for ${target.platform} ${target.arch}`),
  ];
  if (problems.length > 0) throw new Error(`The package is not right: ${problems.join('; ')}.`);
}

/** All files below a folder, as sorted paths with `/`; none when the folder is not there. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}
