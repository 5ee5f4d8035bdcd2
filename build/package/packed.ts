/** A packed app on the disk: where its parts lie, and what electron-builder's `afterPack` checks before it is signed. */
import { readdir } from 'node:fs/promises';
import path from 'node:path';

import { foreignNatives, requiredNatives } from './natives.ts';
import type { Target } from './target.ts';

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
