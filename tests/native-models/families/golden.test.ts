/**
 * Every traced value of every family against Hugging Face transformers (eager attention, float32): tiny random checkpoints, and the
 * real BERT all-MiniLM-L6-v2. The reference values are made by tests/fixtures/make_fixtures.py.
 */
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openModel, runText, tokenize, traceNames } from '../../../native-models/index.ts';
import type { Model } from '../../../native-models/index.ts';
import { compareFixture, goldenCases, openFixture, TINY } from '../../support/fixtures.ts';
import { findMinilm } from '../../support/minilm.ts';
import { findWebgpuEnvironment } from '../../support/webgpu-env.ts';

const TOLERANCE = { atol: 1e-5, rtol: 1e-4 };
const opened: Model[] = [];

afterAll(async () => {
  await Promise.all(opened.map((model) => model.dispose()));
});

describe.each(TINY)('%s on the CPU', (name) => {
  it('reproduces every traced value', async () => {
    const model = await openFixture(name);
    opened.push(model);
    const cases = goldenCases(name);
    const { compared, wrong } = await compareFixture(model, cases, TOLERANCE);
    expect(wrong).toEqual([]);
    // transformers hands out `pooled` where there is no head (a classifier's logits depend on it), and knows no derived values:
    // layers/head-writing.test.ts computes them from the reference.
    const names = traceNames(model).filter(({ name: traced }) => {
      const isPooledUnderHead = traced === 'pooled' && model.head !== 'none';
      return !isPooledUnderHead && model.source.names.get(traced)?.origin !== 'derived';
    });
    expect(compared).toBe(names.length * cases.length);
    for (const entry of names) expect(cases[0]?.values.has(entry.name), entry.name).toBe(true);
  });

  it('tokenizes as transformers does', async () => {
    const model = await openFixture(name);
    opened.push(model);
    for (const golden of goldenCases(name)) {
      const { ids, typeIds } = await tokenize(model, golden.input);
      expect(ids).toEqual(golden.ids);
      expect(typeIds).toEqual(golden.typeIds);
    }
  });
});

const minilm = findMinilm();

describe('all-MiniLM-L6-v2, a real BERT', () => {
  it.skipIf('reason' in minilm)(
    `reproduces the reference on an English and a Dutch sentence${'reason' in minilm ? ` (skipped: ${minilm.reason})` : ''}`,
    async () => {
      const model = await openModel('folder' in minilm ? minilm.folder : '', { device: 'cpu' });
      opened.push(model);
      const cases = goldenCases('minilm');
      const { compared, wrong } = await compareFixture(model, cases, TOLERANCE);
      expect(wrong).toEqual([]);
      expect(compared).toBeGreaterThan(60);
      for (const golden of cases) {
        expect((await runText(model, golden.input)).data.ids).toEqual(golden.ids);
      }
    },
  );
});

const webgpu = findWebgpuEnvironment();

describe('WebGPU', () => {
  it.skipIf('reason' in webgpu)(
    `reproduces the tiny checkpoints within 1e-3${'reason' in webgpu ? ` (skipped: ${webgpu.reason})` : ''}`,
    { timeout: 240_000 },
    () => {
      // A process of its own: the driver's variables must be set before onnxruntime-node is loaded.
      const script = path.resolve(import.meta.dirname, '../../support/webgpu-golden.ts');
      const child = spawnSync(process.execPath, ['--import', 'tsx', script], {
        env: { ...process.env, ...('env' in webgpu ? webgpu.env : {}) },
        encoding: 'utf8',
        timeout: 230_000,
      });
      const last = child.stdout.trim().split('\n').at(-1) ?? '';
      expect(last, child.stderr).toMatch(/^\{/u);
      const result = JSON.parse(last) as { device: string; compared: number; wrong: string[] };
      expect(result.wrong).toEqual([]);
      expect(result.device).toBe('webgpu');
      expect(result.compared).toBeGreaterThan(100);
    },
  );
});
