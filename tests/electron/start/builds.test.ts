import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isStale, type Build } from '../../../electron/start/builds.ts';
import { fetchElectron, findElectron } from '../../../electron/start/electron-binary.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'headlight-start-'));
});
afterEach(() => rm(root, { recursive: true }));

async function put(file: string, seconds: number, content = ''): Promise<void> {
  const full = path.join(root, file);
  await mkdir(path.dirname(full), { recursive: true });
  await writeFile(full, content);
  await utimes(full, seconds, seconds);
}

async function age(place: string, seconds: number): Promise<void> {
  await utimes(path.join(root, place), seconds, seconds);
}

describe('a build', () => {
  const build: Build = { name: 'x', config: 'x', sources: ['src', 'lock.json'], product: 'out/index.html' };

  beforeEach(async () => {
    await put('src/deep/a.ts', 100);
    await put('src/bundled/weights', 900);
    await put('lock.json', 100);
    for (const folder of ['src/deep', 'src']) await age(folder, 100);
  });

  it('is needed where there is none', () => {
    expect(isStale(root, build)).toBe(true);
  });

  it('is not needed where the product is newer than every source', async () => {
    await put('out/index.html', 200);
    expect(isStale(root, build)).toBe(false);
  });

  it.each([
    ['a changed file', () => age('src/deep/a.ts', 300)],
    ['a deleted file, seen by its folder', () => age('src/deep', 300)],
    ['other dependencies', () => age('lock.json', 300)],
  ])('is needed after %s', async (_what, change) => {
    await put('out/index.html', 200);
    await change();
    expect(isStale(root, build)).toBe(true);
  });
});

describe('Electron’s binary', () => {
  const packageFile = (file: string): string => `node_modules/electron/${file}`;
  const say = (): void => undefined;

  it('is found where the package says it is, and only if it is there', async () => {
    expect(findElectron(root, {})).toBeNull();
    await put(packageFile('path.txt'), 1, 'electron-x');
    expect(findElectron(root, {})).toBeNull();
    await put(packageFile('dist/electron-x'), 1);
    expect(findElectron(root, {})).toBe(path.join(root, packageFile('dist/electron-x')));
    await put('elsewhere/electron-x', 1);
    const override = { ELECTRON_OVERRIDE_DIST_PATH: path.join(root, 'elsewhere') };
    expect(findElectron(root, override)).toBe(path.join(root, 'elsewhere', 'electron-x'));
  });

  it('is fetched by the package’s installer', async () => {
    const installer = `
      const fs = require('fs');
      fs.mkdirSync(__dirname + '/dist');
      fs.writeFileSync(__dirname + '/dist/electron-x', '');
      fs.writeFileSync(__dirname + '/path.txt', 'electron-x');`;
    await put(packageFile('install.js'), 1, installer);
    const file = path.join(root, packageFile('dist/electron-x'));
    expect(await fetchElectron(root, { again: false, say })).toEqual({ electron: file });
  });

  it('that cannot be fetched is tried once, and again only on request', async () => {
    const installer = `
      require('fs').appendFileSync(__dirname + '/tries', '.');
      console.error('\\nRequestError: getaddrinfo ENOTFOUND github.com\\n    at x.js:1');
      process.exit(1);`;
    await put(packageFile('install.js'), 1, installer);
    const first = await fetchElectron(root, { again: false, say });
    expect(first).toEqual({
      problem: 'its binary could not be fetched (RequestError: getaddrinfo ENOTFOUND github.com)',
    });
    const second = await fetchElectron(root, { again: false, say });
    expect(second).toEqual({
      problem: 'its binary could not be fetched earlier (npm start -- --electron tries again)',
    });
    expect(await fetchElectron(root, { again: true, say })).toEqual(first);
  });
});
