import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { licencesOf } from '../../../build/licences/list.ts';
import { shippedPackages, webAddress } from '../../../build/licences/packages.ts';
import { licenceList } from '../../../electron/api/licences.ts';
import { packageRoot } from '../../../electron/host/versions.ts';
import { writeFiles } from '../stand-in.ts';

const root = packageRoot();
const { parts, texts } = licencesOf(root);
const named = (name: string) => parts.find((part) => part.name === name) ?? expect.unreachable(`no ${name}`);

/** SPDX names that the app may hold: each lets it be given away with its licence beside it. */
const ACCEPTED = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Unlicense', 'CC0-1.0']);
/** Copyleft by the file, and fonts: given away unchanged. */
const UNCHANGED = new Set(['MPL-2.0', 'OFL-1.1']);

describe('the licences of what is shipped', () => {
  it('have the form of the contract, and each text once', () => {
    expect(licenceList.parse({ parts, texts })).toEqual({ parts, texts });
    expect(new Set(texts).size).toBe(texts.length);
    for (const { text } of parts) if (text !== null) expect(texts[text]?.length ?? 0).toBeGreaterThan(100);
  });

  it('are known for every part, and let it be shipped', () => {
    const names = parts.flatMap(({ name, licence }) => {
      const words = licence.replace(/[()]/gu, '').split(/ AND /u);
      const isFine = (word: string) => word.split(' OR ').some((one) => ACCEPTED.has(one) || UNCHANGED.has(one));
      return words.every(isFine) ? [] : [`${name}: ${licence}`];
    });
    expect(names).toEqual([]);
  });

  it('cover every dependency of package.json, the fonts, both models, and Electron', async () => {
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(parts.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies)));
    expect(named('@fontsource-variable/inter')).toMatchObject({ kind: 'font', licence: 'OFL-1.1' });
    expect(named('headlight-gpt')).toMatchObject({ kind: 'model', licence: 'CC0-1.0' });
    expect(named('onnxruntime-node')).toMatchObject({ kind: 'package', licence: 'MIT' });
    expect(named('Electron').note).toContain('LICENSES.chromium.html');
    expect(named('Headlight').text).not.toBeNull();
  });

  it('say so where a package names a licence and brings no text', () => {
    const without = parts.filter(({ text, kind }) => text === null && kind !== 'model');
    for (const part of without) expect(part.note, part.name).toBe('The package names its licence and brings no text.');
  });
});

describe('the packages that are shipped', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'headlight-licences-'));
    const manifest = (name: string, more: object = {}) => JSON.stringify({ name, version: '1.0.0', ...more });
    const fonts = ['@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'];
    await writeFiles(folder, {
      'package.json': manifest('app', { dependencies: { a: '1' } }),
      'node_modules/a/package.json': manifest('a', { license: 'MIT', dependencies: { b: '2' } }),
      'node_modules/a/node_modules/b/package.json': JSON.stringify({ name: 'b', version: '2.0.0', license: 'ISC' }),
      'node_modules/b/package.json': manifest('b', { license: 'GPL-3.0' }),
      ...Object.fromEntries(fonts.map((name) => [`node_modules/${name}/package.json`, manifest(name)])),
    });
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are found where Node finds them, and no others', () => {
    const found = shippedPackages(folder).filter(({ name }) => !name.startsWith('@'));
    expect(found.map(({ name, version, licence }) => [name, version, licence])).toEqual([
      ['a', '1.0.0', 'MIT'],
      ['b', '2.0.0', 'ISC'],
    ]);
  });

  it('must be installed', async () => {
    await writeFiles(folder, { 'other/package.json': JSON.stringify({ name: 'other', dependencies: { none: '1' } }) });
    expect(() => shippedPackages(path.join(folder, 'other'))).toThrow('none, which other needs, is not installed');
  });

  it('must name a licence', async () => {
    await writeFiles(folder, { LICENSE: 'MIT', 'native-models/bundled/README.md': '' });
    expect(() => licencesOf(folder)).toThrow(/^These parts of the app name no licence: @fontsource-variable\/inter, /u);
  });
});

describe('the address of a package', () => {
  it.each([
    ['git+https://github.com/d3/d3.git', 'https://github.com/d3/d3'],
    ['github:a/b', 'https://github.com/a/b'],
    ['a/b', 'https://github.com/a/b'],
    ['git://github.com/a/b.git', 'https://github.com/a/b'],
    ['ssh://git@github.com/a/b.git', 'https://github.com/a/b'],
    ['https://react.dev/', 'https://react.dev/'],
    ['nowhere', null],
    [undefined, null],
  ])('%s is %s', (given, expected) => {
    expect(webAddress(given)).toBe(expected);
  });
});
