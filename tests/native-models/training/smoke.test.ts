/**
 * The training scripts end to end on text made on the spot, and their models in our loader. smoke_test.py checks what happens in
 * Python (the loss falls, a stopped run resumes, transformers loads what was saved); here its folders meet Headlight.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openModel, runText, slice } from '../../../native-models/index.ts';
import { root } from '../../support/processes.ts';
import { findTrainingPython } from '../../support/training-python.ts';

const found = findTrainingPython();
const why = 'reason' in found ? ` (skipped: ${found.reason})` : '';

interface Expected {
  readonly text: string;
  readonly ids: readonly number[];
  /** By transformers, [token][vocabulary]. */
  readonly logits: readonly (readonly number[])[];
}

describe.skipIf('reason' in found)(`the training scripts${why}`, () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'headlight-smoke-'));
  let printed = '';

  beforeAll(async () => {
    if ('reason' in found) throw new Error(found.reason);
    const script = path.join(root, 'native-models/training/smoke_test.py');
    const options = { maxBuffer: 64 * 2 ** 20 };
    ({ stdout: printed } = await promisify(execFile)(found.python, [script, '--keep', folder], options));
  }, 600_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(['headlight-gpt', 'headlight-bert'])('%s: the loss falls', (name) => {
    const losses = new RegExp(`^${name}: loss ([\\d.]+) -> ([\\d.]+), resumed, saved and loaded$`, 'mu').exec(printed);
    expect(Number(losses?.[2])).toBeLessThan(Number(losses?.[1]));
  });

  it.each(['headlight-gpt', 'headlight-bert'])('%s: our loader gives transformers’ logits', async (name) => {
    const model = await openModel(path.join(folder, name), { device: 'cpu' });
    const expected = JSON.parse(readFileSync(path.join(folder, name, 'expected.json'), 'utf8')) as Expected;
    const trace = await runText(model, { text: expected.text });
    expect(trace.tokens.map(({ id }) => id)).toEqual(expected.ids);
    const { data, dims } = await slice(trace, 'logits');
    expect(dims).toEqual([expected.ids.length, expected.logits[0]!.length]);
    const largest = Math.max(...expected.logits.flat().map((value, at) => Math.abs(value - data[at]!)));
    expect(largest).toBeLessThan(1e-4);
    await model.dispose();
  });
});
