/** The graphs of each family: their names, and what a checkpoint that does not fit is told. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../native-models/checkpoint/checkpoint.ts';
import { WeightSource } from '../../../native-models/checkpoint/weight-source.ts';
import { compile } from '../../../native-models/families/compile.ts';
import { families } from '../../../native-models/families/index.ts';
import { openModel, runText, slice } from '../../../native-models/index.ts';
import { openPlain } from '../../../native-models/model.ts';
import { traceNamesOf } from '../../../native-models/trace/names.ts';
import { summaryNames } from '../../../native-models/trace/summary.ts';
import { assertClose } from '../../support/close.ts';
import { fixtures, goldenCases, openFixture, TINY } from '../../support/fixtures.ts';

async function compiled(folder: string) {
  const checkpoint = await openCheckpoint(folder);
  const family = families.get(checkpoint.config.modelType)!;
  const weights = new WeightSource(checkpoint, family);
  const architecture = family.architecture(checkpoint.config, (key) => weights.has(key));
  return { architecture, graphs: compile(family, checkpoint.config, architecture, weights), unused: weights.unused() };
}

/** A copy of a fixture with its config changed. */
function altered(name: (typeof TINY)[number], changes: Record<string, unknown>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'headlight-altered-'));
  cpSync(path.join(fixtures, name), folder, { recursive: true });
  const file = path.join(folder, 'config.json');
  const config = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify({ ...config, ...changes }));
  return folder;
}

describe.each(TINY)('%s', (name) => {
  it('emits exactly the names of the table', async () => {
    const { architecture, graphs } = await compiled(path.join(fixtures, name));
    const table = traceNamesOf(architecture);
    const all = [graphs.body, ...graphs.derived, ...(graphs.head === null ? [] : [graphs.head])];
    const outputs = all.flatMap((graph) => graph.outputs.map((output) => output.name));
    const fromGraphs = table.filter(({ origin }) => origin !== 'stage').map((entry) => entry.name);
    // What a masked head multiplies with its table; no name of its own, as other heads multiply the final states.
    const features = architecture.head === 'masked-token' ? ['features'] : [];
    expect(outputs.sort()).toEqual([...fromGraphs, ...features, ...summaryNames(architecture.stacks)].sort());
  });

  it('makes derived values from what a run keeps, and a run makes none of them', async () => {
    const { architecture, graphs } = await compiled(path.join(fixtures, name));
    const table = traceNamesOf(architecture);
    const namesOf = (origin: string) => table.filter((entry) => entry.origin === origin).map((entry) => entry.name);
    const controls = graphs.body.inputs.map((port) => port.name).filter((input) => input.includes('.self.'));
    const known = new Set([...namesOf('run'), ...controls]);
    const [kinds, body] = [graphs.derived, new Set(graphs.body.outputs.map((output) => output.name))];
    expect(kinds.flatMap(({ outputs }) => outputs.map((output) => output.name)).sort()).toEqual(
      namesOf('derived').sort(),
    );
    for (const { inputs } of kinds) for (const input of inputs) expect(known, input.name).toContain(input.name);
    for (const derived of namesOf('derived')) expect(body).not.toContain(derived);
    expect(graphs.body.nodes.some(({ opType }) => opType === 'ReduceL2')).toBe(false);
  });

  it('keeps every weight in its file, and uses every weight', async () => {
    const { graphs, unused } = await compiled(path.join(fixtures, name));
    for (const { content } of graphs.body.initializers) {
      if ('data' in content) expect(content.data.length).toBeLessThanOrEqual(64);
      else expect(content.file).toBe('model.safetensors');
    }
    expect(unused.filter((key) => !key.startsWith('cls.seq_relationship'))).toEqual([]);
  });

  it('gives the same result without tracing', async () => {
    const golden = goldenCases(name).find(({ typeIds }) => typeIds.every((id) => id === 0)) ?? goldenCases(name)[0]!;
    const model = await openFixture(name);
    const trace = await runText(model, golden.input);
    const plain = await openPlain(path.join(fixtures, name), 'cpu');
    const all = await slice(trace, model.head === 'none' ? 'encoder.final' : 'logits');
    const row = all.dims.at(-1)!;
    const actual = await plain.run(golden.ids);
    // The plain network predicts from the last row and knows one segment only; a classifier reads the first.
    if (golden.typeIds.every((id) => id === 0) && model.head !== 'classification') {
      assertClose(actual.slice(-row), all.data.slice(-row), { atol: 1e-5, rtol: 1e-4 });
    } else {
      expect(actual).toHaveLength(row);
    }
    await plain.dispose();
    await model.dispose();
  });
});

describe('a checkpoint that does not fit', () => {
  it.each([
    ['tiny-gpt2', { n_head: 5 }, /"n_embd" is 32, which 5 heads \("n_head"\) do not divide evenly/u],
    ['tiny-gpt2', { n_layer: 4 }, /has no weight "h\.3\.ln_1\.weight"; expected one of shape \[32\]/u],
    ['tiny-gpt2', { n_embd: 64 }, /the config expects \[\d+, 64\]/u],
    ['tiny-gpt2', { n_layer: 1e9 }, /has no weight "h\.3/u],
    [
      'tiny-gpt2',
      { activation_function: 'swiglu' },
      /"activation_function" is the string "swiglu"; expected one of gelu_new/u,
    ],
    ['tiny-gpt2', { scale_attn_by_inverse_layer_idx: true }, /Headlight computes one scale for all layers only/u],
    ['tiny-gpt2', { vocab_size: 'many' }, /"vocab_size" is .*; expected a whole number/u],
    [
      'tiny-gpt2',
      { model_type: 'mamba' },
      /"mamba" is not a family that Headlight computes; expected one of bert, distilbert, gpt2, roberta/u,
    ],
    ['tiny-bert', { position_embedding_type: 'relative_key' }, /Headlight computes absolute positions only/u],
    ['tiny-bert', { intermediate_size: 65 }, /intermediate\.dense\.weight.* the config expects \[65, 32\]/u],
    ['tiny-bert-cls', { id2label: { 0: 'only' } }, /classifier\.weight/u],
  ] as const)('%s with %j is refused with its reason', async (name, changes, message) => {
    await expect(openModel(altered(name, changes), { device: 'cpu' })).rejects.toThrow(message);
  });

  it('lists stored weights that nothing uses', async () => {
    const model = await openModel(altered('tiny-gpt2', { n_layer: 2 }), { device: 'cpu' });
    expect(model.unusedWeights.length).toBeGreaterThan(10);
    expect(model.unusedWeights.every((key) => key.includes('h.2.'))).toBe(true);
    await model.dispose();
  });
});
