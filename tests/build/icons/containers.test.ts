import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

import { icnsFile, icoFile } from '../../../build/icons/containers.ts';
import { packageRoot } from '../../../electron/host/versions.ts';

const folder = path.join(packageRoot(), 'build', 'icons');
const PNG = '\u0089PNG\r\n\u001a\n';
/** The width in a PNG's header: big-endian, after the signature and the chunk's length and name. */
const widthOf = (png: Buffer): number => (png.toString('latin1', 0, 8) === PNG ? png.readUInt32BE(16) : NaN);

/** The pictures of an .ico, read by its directory: the width that it says and the picture's own. */
function readIco(file: Buffer): [number, number][] {
  expect([file.readUInt16LE(0), file.readUInt16LE(2)]).toEqual([0, 1]);
  return Array.from({ length: file.readUInt16LE(4) }, (_picture, index) => {
    const entry = 6 + 16 * index;
    const start = file.readUInt32LE(entry + 12);
    const png = file.subarray(start, start + file.readUInt32LE(entry + 8));
    return [file[entry] === 0 ? 256 : (file[entry] ?? NaN), widthOf(png)];
  });
}

/** The pictures of an .icns by type. */
function readIcns(file: Buffer): Record<string, number> {
  expect(file.toString('latin1', 0, 4)).toBe('icns');
  expect(file.readUInt32BE(4)).toBe(file.length);
  const found: Record<string, number> = {};
  for (let at = 8; at < file.length; at += file.readUInt32BE(at + 4)) {
    found[file.toString('latin1', at, at + 4)] = widthOf(file.subarray(at + 8, at + file.readUInt32BE(at + 4)));
  }
  return found;
}

describe('the app’s icons', () => {
  it('stand in Windows’ file at every size that Windows shows', () => {
    const sizes = [16, 24, 32, 48, 64, 128, 256];
    expect(readIco(readFileSync(path.join(folder, 'icon.ico')))).toEqual(sizes.map((size) => [size, size]));
  });

  it('stand in macOS’ file, for usual and dense screens', () => {
    const types = { ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 };
    expect(readIcns(readFileSync(path.join(folder, 'icon.icns')))).toEqual(types);
  });

  it('stand beside each other for Linux, named by their width', () => {
    for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
      expect(widthOf(readFileSync(path.join(folder, 'linux', `${size}x${size}.png`)))).toBe(size);
    }
  });

  it('are one drawing in the app and in the browser’s tab', () => {
    const small = readFileSync(path.join(folder, 'icon-small.svg'), 'utf8');
    expect(readFileSync(path.join(packageRoot(), 'renderer', 'icon.svg'), 'utf8')).toBe(small);
  });
});

describe('a container', () => {
  it('refuses a size that it cannot hold', () => {
    const png = new Uint8Array(8);
    expect(() => icoFile([{ size: 512, png }])).toThrow('invalid icon size: 512 (an .ico holds up to 256 pixels)');
    expect(() => icnsFile([{ size: 48, png }])).toThrow('invalid icon size: 48 (an .icns holds 32, 64,');
  });
});
