import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openModel, runText, slice, traceNames } from '../../../native-models/index.ts';
import { npyStrings, readNpz } from './npz-reader.ts';
import { cli, temporaryFolder, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();
const text = 'The keeper lit the lamp.';

async function trace(model: string, ...words: string[]) {
  const out = path.join(temporaryFolder(), 'trace.npz');
  const result = await cli('trace', '--model', model, '--text', text, '--out', out, ...words);
  expect(result).toMatchObject({ code: 0, err: '' });
  expect(result.out).toContain(out);
  return readNpz(new Uint8Array(readFileSync(out)));
}

describe('headlight trace', () => {
  it.each([TINY_GPT2, TINY_BERT])('writes every traced value under its name, bit for bit: %s', async (folder) => {
    const arrays = await trace(folder);
    const model = await openModel(folder, { device: 'cpu' });
    const run = await runText(model, { text });
    const names = traceNames(model).map(({ name }) => name);
    expect([...arrays.keys()]).toEqual(names);
    for (const name of names) {
      const { data, dims } = await slice(run, name);
      expect(arrays.get(name)!.dims, name).toEqual(dims);
      expect(Buffer.from(arrays.get(name)!.data.buffer).equals(Buffer.from(data.buffer)), name).toBe(true);
    }
    await model.dispose();
  });

  it('writes what --names matches', async () => {
    const arrays = await trace(TINY_GPT2, '--names', 'decoder.*.self.masked,logits');
    expect([...arrays.keys()]).toEqual([
      'decoder.0.self.masked',
      'decoder.1.self.masked',
      'decoder.2.self.masked',
      'logits',
    ]);
    const { dims, data } = arrays.get('decoder.1.self.masked')!;
    expect(dims).toEqual([4, dims[1], dims[1]]);
    expect(data[1]).toBe(-Infinity);
    expect(data[0]).toSatisfy(Number.isFinite);
  });

  it('writes the values of a what-if, and the interventions in their order', async () => {
    const names = ['--names', 'decoder.1.self.scaled,decoder.1.self.context,logits'];
    const plain = await trace(TINY_GPT2, ...names);
    const arrays = await trace(TINY_GPT2, ...names, '--scale', 'decoder.1.self:0=1', '--ablate', 'decoder.1.self:2,3');
    expect([...arrays.keys()]).toEqual([...plain.keys(), 'interventions']);
    const interventions = npyStrings(arrays.get('interventions')!).map((text) => JSON.parse(text) as unknown);
    expect(interventions).toEqual([
      { kind: 'scale', site: { stack: 'decoder', layer: 1, head: 0 }, factor: 1 },
      { kind: 'head', site: { stack: 'decoder', layer: 1, head: 2 }, factor: 0 },
      { kind: 'head', site: { stack: 'decoder', layer: 1, head: 3 }, factor: 0 },
    ]);
    const [scaled, context] = ['scaled', 'context'].map((name) => arrays.get(`decoder.1.self.${name}`)!.data);
    const before = plain.get('decoder.1.self.scaled')!.data;
    expect(scaled![0]! / before[0]!).toBeCloseTo(Math.sqrt(8), 4);
    expect(scaled!.slice(-1)).toEqual(before.slice(-1));
    const half = context!.length / 2;
    expect([context!.subarray(0, half), context!.subarray(half)].map((part) => part.some((x) => x !== 0))).toEqual([
      true,
      false,
    ]);
    expect(arrays.get('logits')!.data).not.toEqual(plain.get('logits')!.data);
  });

  it.each([
    [['--names', 'encoder.*'], /no traced value of this model matches "encoder\.\*"/],
    [['--ablate', 'decoder.9.self'], /There is no decoder, layer 9 in this model; it has decoder \(layers 0…2/],
    [['--unmask', '2:99'], /There is no key 99; the text has tokens 0…/],
    [['--out', 'trace.zip'], /ends in \.npz; "trace.zip" does not/],
    [['--out', '/no/such/folder/trace.npz'], /there is no folder .*no.such.folder/],
  ])('%j is refused and leaves no file', async (words, message) => {
    const folder = temporaryFolder();
    const base = words[0] === '--out' ? [] : ['--out', path.join(folder, 'trace.npz')];
    const { code, out, err } = await cli('trace', '--model', TINY_GPT2, '--text', text, ...base, ...words);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves no file when the text is too long', async () => {
    const folder = temporaryFolder();
    const file = path.join(folder, 'trace.npz');
    const { code } = await cli('trace', '--model', TINY_GPT2, '--text', 'lamp '.repeat(99), '--out', file);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual([]);
  });
});
