/**
 * Every kind of intervention, and lists of them in order, against Hugging Face transformers with its eager attention changed by hand
 * (tests/fixtures/make_intervention_fixtures.py), in every traced value; and that they leave no trace behind.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runText, slice, summary, traceNames } from '../../../native-models/index.ts';
import type { Intervention, Model, Trace } from '../../../native-models/index.ts';
import { difference } from '../../support/close.ts';
import { fixtures, openFixture } from '../../support/fixtures.ts';
import { readNpz } from '../../support/npz.ts';

/** The reference is exact (float64); values reach 30, where float32 steps by 2e-6 and a sum of 32 products may miss by several steps. */
const TOLERANCE = { atol: 1e-5, rtol: 1e-5 };

/** Inner products of what heads write: held in layers/head-writing.test.ts and, by the flows made of them, against NumPy in flow/. */
const GRAMS = /\.(valueGram|mixGram)$/;

interface StoredCases {
  readonly text: string;
  readonly ids: readonly number[];
  /** Every value that the reference computed. */
  readonly names: readonly string[];
  readonly cases: Readonly<Record<string, readonly Intervention[]>>;
}

function storedCases(name: string): StoredCases {
  return JSON.parse(readFileSync(path.join(fixtures, `${name}.interventions.json`), 'utf8')) as StoredCases;
}

describe.each(['tiny-gpt2', 'tiny-bert'] as const)('%s', (name) => {
  const { text, ids, names: computed, cases } = storedCases(name);
  const reference = readNpz(path.join(fixtures, `${name}.interventions.npz`));
  let model: Model;
  let names: readonly string[];
  let untouched: Trace;

  beforeAll(async () => {
    model = await openFixture(name);
    names = traceNames(model).map((entry) => entry.name);
    untouched = await runText(model, { text });
  });

  afterAll(async () => {
    await model.dispose();
  });

  it('has the tokens and the traced values of the reference', () => {
    expect(untouched.data.ids).toEqual(ids);
    expect(names.filter((each) => !GRAMS.test(each)).sort()).toEqual([...computed].sort());
  });

  it.each(Object.entries(cases))('%s: every value as PyTorch computes it', async (key, interventions) => {
    const trace = await runText(model, { text }, { interventions });
    const wrong: string[] = [];
    let changed = 0;
    for (const value of names.filter((each) => !GRAMS.test(each))) {
      const { data } = await slice(trace, value);
      const expected = reference.get(`${key}/${value}`);
      if (expected !== undefined) changed += 1;
      // A value that is not in the file stays exactly as it is in the untouched model.
      const reason =
        expected === undefined
          ? difference(data, (await slice(untouched, value)).data, { atol: 0, rtol: 0 })
          : difference(data, expected.data as Float32Array, TOLERANCE);
      if (reason !== null) wrong.push(`${value}: ${reason}`);
    }
    expect(wrong).toEqual([]);
    expect(changed).toBe([...reference.keys()].filter((array) => array.startsWith(`${key}/`)).length);
    expect(changed).toBeGreaterThan(10);
  });

  it('taking all of them back gives the same bits as before', async () => {
    const before = await bits(untouched, names);
    for (const interventions of Object.values(cases)) (await runText(model, { text }, { interventions })).dispose();
    const after = await bits(await runText(model, { text }, { interventions: [] }), names);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [value, bytes] of after) expect(bytes.equals(before.get(value) ?? Buffer.of()), value).toBe(true);
  });
});

/** The bytes of every traced value and of the summary. */
async function bits(trace: Trace, names: readonly string[]): Promise<Map<string, Buffer>> {
  const found = new Map<string, Buffer>();
  for (const name of names) found.set(name, Buffer.from((await slice(trace, name)).data.buffer));
  for (const { stack, pictures, statistics } of summary(trace)) {
    found.set(`${stack} pictures`, Buffer.from(pictures));
    found.set(`${stack} statistics`, Buffer.from(statistics.slice().buffer));
  }
  return found;
}
