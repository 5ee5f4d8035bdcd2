import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distribution, runText, slice } from '../../../native-models/index.ts';
import type { Distribution, Model, Trace } from '../../../native-models/index.ts';
import { assertClose } from '../../support/close.ts';
import { openFixture } from '../../support/fixtures.ts';
import { goldenGeneration } from './support.ts';

const CLOSE = { atol: 1e-5, rtol: 0 };
const models = new Map<string, Model>();
beforeAll(async () => {
  for (const name of ['tiny-gpt2', 'tiny-bert', 'tiny-bert-cls'] as const) models.set(name, await openFixture(name));
});
afterAll(async () => {
  for (const model of models.values()) await model.dispose();
});
const run = (name: string, text: string): Promise<Trace> => runText(models.get(name)!, { text });

/** By id, from a distribution that lists its whole vocabulary. */
function byId({ vocabulary, candidates }: Distribution, part: 'probability' | 'tempered' | 'sampled' | 'logit') {
  const values = new Float64Array(vocabulary).fill(NaN);
  for (const candidate of candidates) values[candidate.id] = candidate[part];
  return values;
}

for (const name of ['tiny-gpt2', 'tiny-bert'] as const) {
  const golden = goldenGeneration(name);
  describe.each(golden.prompts)(`${name}, $name: as transformers' logits processors`, (prompt) => {
    it.each(Object.entries(golden.cases))('%s %j', async (key, filters) => {
      const trace = await run(name, prompt.text);
      expect(trace.data.ids).toEqual(prompt.ids);
      const { position } = prompt;
      const found = await distribution(trace, { position, filters, candidates: 1000 });
      assertClose(byId(found, 'sampled'), golden.array(`${prompt.name}/${key}/sampled`), CLOSE, 'sampled');
      expect(found).toMatchObject({ position, kept: prompt.kept[key], filters });
      const logits = golden.array(`${prompt.name}/logits`);
      const row = Array.from(logits).slice(position * found.vocabulary, (position + 1) * found.vocabulary);
      assertClose(byId(found, 'logit'), row, { atol: 1e-4, rtol: 1e-5 }, 'logits');
      assertClose(byId(found, 'probability'), golden.array(`${prompt.name}/plain/sampled`), CLOSE, 'probability');
    });
  });
}

describe('distribution(trace)', () => {
  it('is of the whole vocabulary, whatever is listed of it', async () => {
    const trace = await run('tiny-gpt2', 'The keeper lit');
    const all = await distribution(trace, { candidates: 300, filters: { temperature: 1.3, topK: 20, topP: 0.8 } });
    const few = await distribution(trace, { candidates: 3, filters: { temperature: 1.3, topK: 20, topP: 0.8 } });
    const facts = ({ kept, keptByTopK, keptMass, entropy }: Distribution) => ({ kept, keptByTopK, keptMass, entropy });
    expect(facts(few)).toEqual(facts(all));
    expect(few.candidates).toEqual(all.candidates.slice(0, 3));
    expect(all.listedMass.probability).toBeCloseTo(1, 9);
    expect(all.listedMass.sampled).toBeCloseTo(1, 9);
    const [first, second, third] = few.candidates;
    const listed = first!.probability + second!.probability + third!.probability;
    expect(few.listedMass.probability).toBeCloseTo(listed, 12);
    expect(listed).toBeLessThan(0.9);
    const kept = all.candidates.filter(({ sampled }) => sampled > 0);
    expect(kept).toHaveLength(all.kept);
    expect(kept.reduce((sum, { tempered }) => sum + tempered, 0)).toBeCloseTo(all.keptMass, 9);
    const bits = (values: readonly number[]) => -values.reduce((sum, p) => sum + (p > 0 ? p * Math.log2(p) : 0), 0);
    expect(all.entropy.model).toBeCloseTo(bits(all.candidates.map(({ probability }) => probability)), 6);
    expect(all.entropy.sampled).toBeCloseTo(bits(all.candidates.map(({ sampled }) => sampled)), 6);
  });

  it('finds any typed text: as a word, written on, and as the vocabulary stores it', async () => {
    const trace = await run('tiny-gpt2', 'The keeper lit');
    const { tokenizer } = models.get('tiny-gpt2')!;
    const all = await distribution(trace, { candidates: 300 });
    const { named } = await distribution(trace, { named: 'the' });
    expect(named.map(({ reading }) => reading)).toContain('word');
    for (const { reading, pieces, token } of named) {
      const typed = reading === 'word' ? ' the' : 'the';
      expect(tokenizer.decode(pieces.map(({ id }) => id))).toBe(typed);
      expect(token).toEqual(all.candidates[token.rank]);
      expect(token.id).toBe(pieces[0]!.id);
    }
    const stored = await distribution(trace, { named: 'Ġthe' });
    expect(stored.named[0]).toMatchObject({ reading: 'piece', token: { id: tokenizer.pieceId('Ġthe') } });
    const special = await distribution(trace, { named: '<|endoftext|>' });
    expect(special.named.some(({ token }) => token.id === 299)).toBe(true);
  });

  it("finds BERT's inner pieces by their stored name", async () => {
    const trace = await run('tiny-bert', 'the [MASK] lit the lamp.');
    const { tokenizer } = models.get('tiny-bert')!;
    const inner = Array.from({ length: 200 }, (_, id) => id).find(
      (id) => tokenizer.pieceId(`##${tokenizer.pieceText(id)}`) === id,
    );
    const typed = `##${tokenizer.pieceText(inner!)}`;
    const { named, position } = await distribution(trace, { named: typed });
    expect(position).toBe(2);
    expect(named[0]).toMatchObject({ reading: 'piece', pieces: [{ id: inner }] });
  });

  it.each(['tiny-gpt2', 'tiny-bert'])('%s: takes a logit apart into features · row + bias', async (name) => {
    const trace = await run(name, 'The keeper [MASK] lit');
    const position = 3;
    for (const product of [0, 7, 150]) {
      const found = await distribution(trace, { position, product, candidates: 300 });
      const { features, row, bias, tied } = found.product!;
      const sum = row.reduce((total, value, at) => total + value * features[at]!, bias);
      expect(sum).toBeCloseTo(found.candidates.find(({ id }) => id === product)!.logit, 4);
      expect(tied).toBe(true);
    }
    if (name !== 'tiny-gpt2') return;
    const final = await slice(trace, 'decoder.final', undefined, { first: position, count: 1 });
    const { product } = await distribution(trace, { position, product: 5 });
    expect(product!.features).toEqual(final.data);
    const token = await slice(trace, 'embedding.token');
    const { product: first } = await distribution(trace, { position, product: trace.data.ids[0]! });
    expect(first!.row).toEqual(token.data.slice(0, first!.row.length));
  });

  it('has what was changed in the run', async () => {
    const interventions = [{ kind: 'head', site: { layer: 1 }, factor: 0 }] as const;
    const changed = await runText(models.get('tiny-gpt2')!, { text: 'The keeper lit' }, { interventions });
    const [before, after] = [await run('tiny-gpt2', 'The keeper lit'), changed];
    const top = async (trace: Trace) => (await distribution(trace, { candidates: 1 })).candidates[0]!.probability;
    expect(Math.abs((await top(before)) - (await top(after)))).toBeGreaterThan(1e-3);
  });

  it('says in a sentence what it cannot do', async () => {
    const trace = await run('tiny-gpt2', 'The keeper lit');
    const refused = (options: Parameters<typeof distribution>[1]) => distribution(trace, options);
    await expect(refused({ position: 99 })).rejects.toThrow('There is no token 99');
    await expect(refused({ product: 300 })).rejects.toThrow('There is no candidate 300');
    await expect(refused({ named: '' })).rejects.toMatchObject({ code: 'bad-text', reason: 'token-empty' });
    await expect(refused({ named: 'x'.repeat(201) })).rejects.toMatchObject({ reason: 'token-too-long' });
    await expect(refused({ named: '\uD800' })).rejects.toMatchObject({ reason: 'lone-surrogate' });
    await expect(distribution(await run('tiny-bert', 'the lamp.'))).rejects.toMatchObject({ reason: 'no-mask' });
    const classes = await run('tiny-bert-cls', 'the lamp.');
    await expect(distribution(classes)).rejects.toMatchObject({ code: 'bad-request', reason: 'no-vocabulary' });
  });
});
