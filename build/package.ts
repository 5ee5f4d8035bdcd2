/**
 * `npm run package`: installers of this system (or of `--platform` and `--arch`), into build/packages. `--dir` makes the app's folder
 * alone; `--e2e` the flavour that Playwright can steer; `--electron-dist PATH` takes an Electron that is here instead of fetching one.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { packageRoot } from '../electron/host/versions.ts';
import { electronBuild, ensureBuilt, rendererBuild } from '../electron/start/builds.ts';
import { appFolder, makePackages } from './package/package.ts';
import { bytesBelow, megabytes } from './package/sizes.ts';
import { targetOf } from './package/target.ts';

const { values } = parseArgs({
  options: {
    dir: { type: 'boolean', default: false },
    e2e: { type: 'boolean', default: false },
    platform: { type: 'string', default: process.platform },
    arch: { type: 'string', default: process.arch },
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
console.log(`${appFolder(output, target)}: ${megabytes(await bytesBelow(appFolder(output, target)))} installed`);
for (const file of made) console.log(`${file}: ${megabytes(await bytesBelow(file))}`);
