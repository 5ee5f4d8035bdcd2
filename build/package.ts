/**
 * `npm run package`: installers of this system (or of `--platform` and `--arch`), into build/packages. `--dir` makes the app's folder
 * alone; `--e2e` the flavour that Playwright can steer; `--electron-dist PATH` takes an Electron that is here instead of fetching one;
 * `--require-sizes` fails where a package is larger than it is meant to be.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { packageRoot } from '../electron/host/versions.ts';
import { electronBuild, ensureBuilt, rendererBuild } from '../electron/start/builds.ts';
import { makePackages } from './package/package.ts';
import { appFolder } from './package/packed.ts';
import { bytesBelow, megabytes, sizeProblems } from './package/sizes.ts';
import { targetOf } from './package/target.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    e2e: { type: 'boolean', default: false },
    platform: { type: 'string', default: process.platform },
    arch: { type: 'string', default: process.arch },
    'require-sizes': { type: 'boolean', default: false },
    output: { type: 'string' },
    'electron-dist': { type: 'string' },
  },
});

const root = packageRoot();
const target = targetOf(values.platform, values.arch);
const flavour = values.e2e ? 'e2e' : 'release';
const output = path.resolve(values.output ?? path.join(root, 'build', 'packages', flavour));
const electronDist = values['electron-dist'];

ensureBuilt(root, rendererBuild, console.log);
ensureBuilt(root, electronBuild, console.log);
rmSync(appFolder(output, target), { recursive: true, force: true });
const made = await makePackages(
  {
    root,
    target,
    flavour,
    output,
    env: process.env,
    ...(electronDist === undefined ? {} : { electronDist: path.resolve(electronDist) }),
  },
  values.dir,
);
const installed = await bytesBelow(appFolder(output, target));
// electron-builder lists what only an updater would read, too.
const packages = made.filter((file) => /\.(?:dmg|zip|exe|AppImage|deb)$/u.test(file));
const sizes = await Promise.all(packages.map(async (file) => [path.basename(file), await bytesBelow(file)] as const));
console.log(`${appFolder(output, target)}: ${megabytes(installed)} installed`);
for (const [name, bytes] of sizes) console.log(`${path.join(output, name)}: ${megabytes(bytes)}`);
for (const problem of sizeProblems({ installed, installers: Object.fromEntries(sizes) })) {
  console.error(problem);
  if (values['require-sizes']) process.exitCode = 1;
}
