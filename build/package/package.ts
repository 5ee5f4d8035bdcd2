/** Makes the packages of one system with electron-builder. */
import path from 'node:path';
import { Arch, build, Platform } from 'electron-builder';

import { configuration, type PackageOptions } from './configuration.ts';
import { checkInstalled } from './natives.ts';

const BUILDERS = { darwin: Platform.MAC, linux: Platform.LINUX, win32: Platform.WINDOWS } as const;

/**
 * Packs the app that was built into build/out.
 * @param isFolder true for the app's folder alone, without installers
 * @returns the files that were made; none for a folder
 * @throws Error of electron-builder, or naming machine code that is missing or too much
 */
export async function makePackages(options: PackageOptions, isFolder: boolean): Promise<string[]> {
  const { root, target, nodeModules = path.join(root, 'node_modules') } = options;
  checkInstalled(nodeModules, target);
  const config = configuration(options);
  const targets = BUILDERS[target.platform].createTarget(isFolder ? ['dir'] : null, Arch[target.arch]);
  return build({ projectDir: root, targets, config, publish: 'never' });
}
