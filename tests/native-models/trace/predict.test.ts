import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { predict, runText, slice } from '../../../native-models/index.ts';
import type { Model } from '../../../native-models/index.ts';
import { topCandidates } from '../../../native-models/trace/predict.ts';
import { goldenCases, openFixture } from '../../support/fixtures.ts';

describe('topCandidates', () => {
  it('lists the largest logits with their softmax over all of them', () => {
    const found = topCandidates(Float32Array.of(0, Math.log(3), -Infinity, Math.log(2)), 2, String);
    expect(found.map(({ id }) => id)).toEqual([1, 3]);
    expect(found[0]!.probability).toBeCloseTo(3 / 6, 6);
    expect(found[1]!.probability).toBeCloseTo(2 / 6, 6);
  });

  it('gives ties to the smaller id and no more candidates than there are', () => {
    expect(topCandidates(Float32Array.of(1, 1, 1), 2, String).map(({ id }) => id)).toEqual([0, 1]);
    expect(topCandidates(Float32Array.of(1, 2), 10, String)).toHaveLength(2);
    expect(topCandidates(Float32Array.of(1, 2), 0, String)).toHaveLength(0);
  });

  it('survives logits whose exponentials overflow', () => {
    expect(topCandidates(Float32Array.of(1000, 999), 1, String)[0]!.probability).toBeCloseTo(1 / (1 + Math.exp(-1)), 6);
  });
});

describe('predict', () => {
  const models: Partial<Record<'tiny-gpt2' | 'tiny-bert' | 'tiny-bert-cls', Model>> = {};
  beforeAll(async () => {
    for (const name of ['tiny-gpt2', 'tiny-bert', 'tiny-bert-cls'] as const) models[name] = await openFixture(name);
  });
  afterAll(async () => {
    await Promise.all(Object.values(models).map((model) => model.dispose()));
  });

  it('continues after the last token of a decoder', async () => {
    const trace = await runText(models['tiny-gpt2']!, goldenCases('tiny-gpt2')[0]!.input);
    const [prediction] = await predict(trace, { candidates: 3 });
    const logits = await slice(trace, 'logits');
    const vocabulary = logits.dims[1]!;
    const last = Array.from(logits.data.slice(-vocabulary));
    expect(prediction).toMatchObject({ kind: 'next-token', position: trace.tokens.length - 1 });
    expect(prediction!.candidates[0]!.id).toBe(last.indexOf(Math.max(...last)));
  });

  it('fills every mask token of an encoder, and none where there is none', async () => {
    const model = models['tiny-bert']!;
    const masked = await predict(await runText(model, { text: 'The [MASK] and the [MASK].' }), { candidates: 2 });
    expect(masked.map(({ position }) => position)).toEqual([2, 5]);
    expect(await predict(await runText(model, { text: 'The sea.' }), { candidates: 2 })).toEqual([]);
  });

  it('names the classes of a classifier', async () => {
    const [prediction] = await predict(await runText(models['tiny-bert-cls']!, { text: 'The sea.' }), {
      candidates: 9,
    });
    const labels = models['tiny-bert-cls']!.labels;
    expect(prediction!.candidates.map(({ text }) => text).sort()).toEqual([...labels].sort());
    expect(prediction!.candidates.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
  });

  it('refuses a position that is not there', async () => {
    const trace = await runText(models['tiny-gpt2']!, { text: 'The sea' });
    await expect(predict(trace, { position: 99, candidates: 1 })).rejects.toThrow('There is no token 99');
  });
});
