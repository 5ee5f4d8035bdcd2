/**
 * `npm run icons`: draws the app's icons from the two SVG files in build/icons. `icon-small.svg` has fewer and thicker parts, for
 * places up to 48 pixels wide. The results are kept in the repository, so that packaging needs no drawing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';

import { packageRoot } from '../electron/host/versions.ts';
import { icnsFile, icoFile, type Picture } from './icons/containers.ts';

/** The largest width, in pixels, at which the small drawing is the clearer one. */
const SMALL = 48;
const LINUX = [16, 24, 32, 48, 64, 128, 256, 512];
const ICO = [16, 24, 32, 48, 64, 128, 256];
const ICNS = [32, 64, 128, 256, 512, 1024];

const root = packageRoot();
const folder = path.join(root, 'build', 'icons');
const drawings = { large: read('icon.svg'), small: read('icon-small.svg') };

function read(name: string): string {
  return readFileSync(path.join(folder, name), 'utf8');
}

function picture(size: number): Picture {
  const svg = size <= SMALL ? drawings.small : drawings.large;
  const png = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng();
  return { size, png: new Uint8Array(png) };
}

mkdirSync(path.join(folder, 'linux'), { recursive: true });
for (const size of LINUX) writeFileSync(path.join(folder, 'linux', `${size}x${size}.png`), picture(size).png);
writeFileSync(path.join(folder, '512.png'), picture(512).png);
writeFileSync(path.join(folder, 'icon.ico'), icoFile(ICO.map(picture)));
writeFileSync(path.join(folder, 'icon.icns'), icnsFile(ICNS.map(picture)));
writeFileSync(path.join(root, 'renderer', 'icon.svg'), drawings.small);
