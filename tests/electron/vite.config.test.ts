/** The bundles that Electron starts, as far as they can be tried without Electron. */
import { readFile, readdir, rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBuilder } from 'vite';

import { spawnNodeEngine } from '../../electron/engine/spawn-node.ts';
import { Supervisor } from '../../electron/host/supervisor.ts';
import { packageRoot } from '../../electron/host/versions.ts';
import { electronBundles } from '../../electron/vite.config.ts';

/** Inside the repository, where the bundles find the packages that stay outside them. */
const output = path.join(packageRoot(), 'build', 'cache', `bundles-${process.pid}`);

beforeAll(async () => {
  const builder = await createBuilder({ configFile: false, ...electronBundles(output) });
  await builder.buildApp();
});
afterAll(() => rm(output, { recursive: true, force: true }));

async function importsOf(file: string): Promise<string[]> {
  const code = (await readFile(path.join(output, file), 'utf8')).replaceAll(/^\s*\/?\*.*$/gmu, '');
  const found = code.matchAll(/^import (?:.*? from )?"([^"]+)"|\b(?:require|import)\("([^"]+)"\)/gmu);
  return [...new Set([...found].map(([, statically, called]) => statically ?? called ?? ''))];
}

describe('the bundles', () => {
  it('are one file each', async () => {
    const files = await Promise.all(
      ['main', 'engine', 'preload', 'cli'].map((name) => readdir(path.join(output, name))),
    );
    expect(files.map((names) => names.filter((name) => !name.endsWith('.map')))).toEqual([
      ['main.js'],
      ['process.js'],
      ['preload.cjs'],
      ['main.js'],
    ]);
  });

  it('need nothing at run time but Electron, Node and the native packages', async () => {
    expect(await importsOf('preload/preload.cjs')).toEqual(['electron']);
    const packages = async (file: string) => (await importsOf(file)).filter((name) => !isBuiltin(name)).sort();
    expect(await packages('main/main.js')).toEqual(['electron']);
    expect(await packages('engine/process.js')).toEqual(['onnxruntime-node', 'tokenizers']);
    expect(await packages('cli/main.js')).toEqual(['@resvg/resvg-js', 'onnxruntime-node', 'tokenizers']);
  });

  it('hold an engine that runs a bundled model', async () => {
    process.env['HEADLIGHT_BUNDLED_MODELS'] = path.join(packageRoot(), 'native-models', 'bundled');
    const script = path.join(output, 'engine', 'process.js');
    const supervisor = new Supervisor({ spawn: () => spawnNodeEngine([], script) });
    try {
      const request = { model: 'headlight-gpt', device: 'cpu', input: { text: 'The cat' }, interventions: [] };
      const result = await supervisor.request('text.run', { ...request, lane: 'l', candidates: 1 }, 'test');
      expect(result).toMatchObject({ device: 'cpu', tokens: [{ text: 'The' }, { text: 'cat' }] });
    } finally {
      await supervisor.stop();
      delete process.env['HEADLIGHT_BUNDLED_MODELS'];
    }
  });
});
