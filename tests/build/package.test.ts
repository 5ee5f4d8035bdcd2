/**
 * Packages made here, with stand-ins for Electron (tests/build/stand-in.ts) where its binary cannot be had: their layout, and what
 * Linux's holds, taken out and run by plain Node. What a stand-in cannot show is that Electron itself starts; the release workflow
 * runs tests/electron/electron.e2e.ts on the real packages.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import asar from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { build as viteBuild, createBuilder } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { foreignNatives, isMachineCode, requiredNatives, runtimeFolder } from '../../build/package/natives.ts';
import { makePackages } from '../../build/package/package.ts';
import { appFolder, executableOf, filesBelow, resourcesFolder } from '../../build/package/packed.ts';
import { bytesBelow, megabytes } from '../../build/package/sizes.ts';
import { TARGETS, type Target, type TargetArch } from '../../build/package/target.ts';
import { licenceList } from '../../electron/api/licences.ts';
import type { RunResult, Slice } from '../../electron/api/trace.ts';
import { spawnNodeEngine } from '../../electron/engine/spawn-node.ts';
import { packageRoot } from '../../electron/host/versions.ts';
import { Supervisor } from '../../electron/host/supervisor.ts';
import { electronBundles } from '../../electron/vite.config.ts';
import { openPage } from '../electron/support/page.ts';
import { makeNodeModules } from './package/made-tree.ts';
import { makeElectron } from './stand-in.ts';

const root = packageRoot();
const version = (
  JSON.parse(await readFile(path.join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string }
).version;
/** What is packed whole and run. */
const own: Target = { platform: 'linux', arch: process.arch as TargetArch };

let folder: string;
let bundles: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-package-'));
  bundles = path.join(folder, 'bundles');
  const builder = await createBuilder({ configFile: false, ...electronBundles(bundles) });
  await builder.buildApp();
  await viteBuild({
    configFile: path.join(root, 'renderer', 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: path.join(bundles, 'renderer') },
  });
  await makeNodeModules(path.join(folder, 'all'), path.join(root, 'node_modules'));
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Packs for `target`; returns the app's folder. */
async function pack(target: Target, nodeModules: string, flavour: 'release' | 'e2e' = 'release'): Promise<string> {
  const electronDist = path.join(folder, `electron-${target.platform}-${target.arch}-${flavour}`);
  await makeElectron(electronDist, target.platform, version);
  const output = path.join(folder, flavour);
  await makePackages({ root, target, flavour, output, bundles, nodeModules, electronDist, env: {} }, true);
  return appFolder(output, target);
}

/** How a fuse that is on stands in the executable: the digit 1. */
const ON = 49;

async function fusesOf(executable: string): Promise<Record<string, boolean>> {
  const wire = await getCurrentFuseWire(executable);
  const names = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  return Object.fromEntries(
    names.map((name) => [name, Number(wire[FuseV1Options[name as keyof typeof FuseV1Options]]) === ON]),
  );
}

/** What each fuse is set to after packing. */
const FUSES = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
};

// Windows makes no links and runs no shell of Linux's package, and a Mac would sign the stand-in; both pack the real thing on release.
describe.skipIf(process.platform !== 'linux')('the package of this Linux', () => {
  let app: string;
  let archive: string;
  let resources: string;
  beforeAll(async () => {
    app = await pack(own, path.join(root, 'node_modules'));
    resources = resourcesFolder(app, own);
    archive = path.join(resources, 'app.asar');
  }, 120_000);

  const inArchive = (): string[] =>
    asar.listPackage(archive, { isPack: false }).map((file) => file.slice(1).split(path.sep).join('/'));

  it('has the bundles and the packages outside them in its archive, and no sources', () => {
    const files = inArchive();
    expect(files).toEqual(
      expect.arrayContaining([
        'package.json',
        'build/out/main/main.js',
        'build/out/preload/preload.cjs',
        'build/out/engine/process.js',
        'build/out/cli/main.js',
        'build/out/renderer/index.html',
        'build/out/renderer/licences.json',
        'node_modules/onnxruntime-node/dist/index.js',
        'node_modules/tokenizers/index.js',
      ]),
    );
    const top = new Set(
      files.map((file) => file.split('/').slice(0, 2).join('/')).filter((file) => file.includes('/')),
    );
    expect([...top].sort()).toEqual([
      'build/out',
      'node_modules/@expo-google-fonts',
      'node_modules/@resvg',
      'node_modules/onnxruntime-common',
      'node_modules/onnxruntime-node',
      'node_modules/tokenizers',
    ]);
    expect(files.filter((file) => /\.(?:map|tsx?|py)$/u.test(file))).toEqual([]);
  });

  it('names its start in a package.json without scripts or development', () => {
    const manifest = JSON.parse(asar.extractFile(archive, 'package.json').toString('utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: 'headlight', main: 'build/out/main/main.js', type: 'module' });
    expect(manifest).not.toHaveProperty('devDependencies');
  });

  it('has this system’s machine code outside the archive, whole, and no other system’s', async () => {
    const unpacked = await filesBelow(path.join(resources, 'app.asar.unpacked', 'node_modules'));
    expect(unpacked).toEqual(expect.arrayContaining(requiredNatives(own)));
    expect(unpacked).toContain(`${runtimeFolder(own)}/libonnxruntime.so.1`);
    expect(foreignNatives(unpacked, own)).toEqual([]);
    const code = inArchive().filter(isMachineCode);
    expect(code.map((file) => file.replace('node_modules/', '')).sort()).toEqual(unpacked.filter(isMachineCode));
  });

  it('has models, licences and icon beside the archive, Electron’s licences, and two languages', async () => {
    expect((await readdir(resources)).sort()).toEqual([
      'LICENSE',
      'app.asar',
      'app.asar.unpacked',
      'icon.png',
      'licences.json',
      'models',
    ]);
    const source = path.join(root, 'native-models', 'bundled');
    for (const file of await filesBelow(source)) {
      const packed = await readFile(path.join(resources, 'models', file));
      expect(packed.equals(await readFile(path.join(source, file))), file).toBe(true);
    }
    licenceList.parse(JSON.parse(await readFile(path.join(resources, 'licences.json'), 'utf8')));
    expect(await readdir(app)).toEqual(
      expect.arrayContaining(['headlight', 'LICENSE.electron.txt', 'LICENSES.chromium.html']),
    );
    expect((await readdir(path.join(app, 'locales'))).sort()).toEqual(['en-US.pak', 'nl.pak']);
  });

  it('has its fuses set; the tested flavour differs in one', async () => {
    expect(await fusesOf(path.join(app, 'headlight'))).toEqual(FUSES);
    const tested = await pack(own, path.join(root, 'node_modules'), 'e2e');
    expect(await fusesOf(path.join(tested, 'headlight'))).toEqual({ ...FUSES, EnableNodeCliInspectArguments: true });
  });

  it('leaves Electron 330 MB of the 450 MB that an installed app may have', async () => {
    const bytes = await bytesBelow(resources);
    console.log(`Resources of the package: ${megabytes(bytes)} (archive ${megabytes(await bytesBelow(archive))})`);
    expect(bytes).toBeGreaterThan(60e6);
    expect(bytes).toBeLessThan(120e6);
  });

  describe('taken out', () => {
    const extracted = () => path.join(folder, 'extracted');
    const env = (): NodeJS.ProcessEnv => ({
      PATH: process.env['PATH'],
      HOME: path.join(folder, 'home'),
      HEADLIGHT_BUNDLED_MODELS: path.join(resources, 'models'),
    });
    const cli = () => path.join(extracted(), 'build', 'out', 'cli', 'main.js');
    beforeAll(() => {
      asar.extractAll(archive, extracted());
    });

    it('has an engine that runs a sentence', async () => {
      const script = path.join(extracted(), 'build', 'out', 'engine', 'process.js');
      const before = process.env['HEADLIGHT_BUNDLED_MODELS'];
      process.env['HEADLIGHT_BUNDLED_MODELS'] = env()['HEADLIGHT_BUNDLED_MODELS'];
      const supervisor = new Supervisor({ spawn: () => spawnNodeEngine([], script) });
      try {
        const request = { model: 'headlight-gpt', device: 'cpu', input: { text: 'The cat sat' }, interventions: [] };
        const result = await supervisor.request('text.run', { ...request, lane: 'l', candidates: 1 }, 'test');
        expect(result).toMatchObject({ tokens: [{ text: 'The' }, { text: 'cat' }, { text: 'sat' }] });
      } finally {
        await supervisor.stop();
        if (before === undefined) delete process.env['HEADLIGHT_BUNDLED_MODELS'];
      }
    });

    it('has a command line that makes a figure, as SVG and as PNG with the fonts inside', async () => {
      const words = [
        'figure',
        '--model',
        'headlight-bert',
        '--text',
        'The sea was calm.',
        '--layer',
        '2',
        '--head',
        '1',
      ];
      for (const name of ['head.svg', 'head.png']) {
        const args = [cli(), ...words, '--out', path.join(folder, name)];
        const ran = spawnSync(process.execPath, args, { env: env(), cwd: folder, encoding: 'utf8' });
        expect(ran).toMatchObject({ status: 0, stderr: '' });
      }
      const svg = await readFile(path.join(folder, 'head.svg'), 'utf8');
      expect(svg).toMatch(/^<\?xml|^<svg/u);
      expect(svg).toContain('>calm<');
      const png = await readFile(path.join(folder, 'head.png'));
      expect([...png.subarray(1, 4)]).toEqual([...Buffer.from('PNG')]);
      expect(png.length).toBeGreaterThan(10_000);
    });

    it('has a server: the page is there, a sentence runs, and its figure’s numbers come back', async () => {
      const child = spawn(process.execPath, [cli(), 'serve'], {
        env: env(),
        cwd: folder,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      try {
        const url = new URL(
          await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve)),
        );
        const token = url.searchParams.get('token') ?? '';
        const fetched = (file: string) => fetch(`${url.origin}/${file}?token=${token}`);
        const html = await (await fetched('index.html')).text();
        const script = /src="\.\/(assets\/[^"]+\.js)"/u.exec(html)?.[1] ?? expect.unreachable('the page has no script');
        expect((await fetched(script)).status).toBe(200);
        expect(await (await fetched('licences.json')).json()).toHaveProperty('parts');
        const page = await openPage({ port: Number(url.port), token, url: url.href, close: async () => undefined });
        const run = { model: 'headlight-gpt', device: 'cpu', input: { text: 'The king of' }, lane: 'main' };
        const { traceId, tokens } = (await page.request('text.run', run)) as RunResult;
        expect(tokens.map(({ text }) => text)).toEqual(['The', 'king', 'of']);
        const name = 'decoder.2.self.pattern';
        const slice = (await page.request('trace.slice', { traceId, name, head: 1 })) as Slice;
        const row = new Float32Array(slice.data).slice(6, 9);
        expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
        page.close();
      } finally {
        child.kill('SIGTERM');
        await new Promise((resolve) => child.once('exit', resolve));
      }
    });
  });
});

describe.skipIf(process.platform !== 'linux')(
  'a package for another system, packed here with files of its names',
  () => {
    it.each(TARGETS)('$platform $arch', async (target) => {
      const app = await pack({ ...target }, path.join(folder, 'all'), 'e2e');
      const resources = resourcesFolder(app, target);
      const unpacked = await filesBelow(path.join(resources, 'app.asar.unpacked', 'node_modules'));
      expect(foreignNatives(unpacked, target)).toEqual([]);
      expect(unpacked).toEqual(expect.arrayContaining(requiredNatives(target)));
      const libraries = { darwin: 'libonnxruntime.1.dylib', linux: 'libonnxruntime.so.1', win32: 'onnxruntime.dll' };
      expect(unpacked).toContain(`${runtimeFolder(target)}/${libraries[target.platform]}`);
      expect(unpacked.filter((file) => file.includes('1.30.0'))).toEqual([]);
      await expectMarked(app, target);
      expect(existsSync(executableOf(path.join(folder, 'e2e'), target))).toBe(true);
    });
  },
);

/** What the system sees of the app: its name, its icon, the hash of its archive. */
async function expectMarked(app: string, { platform }: Target): Promise<void> {
  if (platform === 'linux') return;
  if (platform === 'darwin') {
    const contents = path.join(app, 'Headlight.app', 'Contents');
    const plist = await readFile(path.join(contents, 'Info.plist'), 'utf8');
    for (const part of ['org.headlight.app', '<string>headlight</string>', 'ElectronAsarIntegrity'])
      expect(plist).toContain(part);
    expect(await fusesOf(path.join(app, 'Headlight.app'))).toMatchObject({ RunAsNode: false });
    return;
  }
  const program = await readFile(path.join(app, 'Headlight.exe'));
  const { entries } = NtExecutableResource.from(NtExecutable.from(program, { ignoreCert: true }));
  expect(Resource.IconGroupEntry.fromEntries(entries)[0]?.icons.map(({ width }) => width)).toContain(32);
  const [info] = Resource.VersionInfo.fromEntries(entries);
  expect(info?.getStringValues(info.getAvailableLanguages()[0] ?? { lang: 0, codepage: 0 })).toMatchObject({
    ProductName: 'Headlight',
  });
  expect(entries.some(({ type }) => type === 'INTEGRITY')).toBe(true);
}
