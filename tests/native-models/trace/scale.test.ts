/** Logits on their scale: against transformers' pipeline, and against the formulas of each scale worked out by hand. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { comparePredictions, predict, rankHeads, runText } from '../../../native-models/index.ts';
import type { CandidateChange } from '../../../native-models/index.ts';
import { topCandidates } from '../../../native-models/trace/predict.ts';
import { scoreDivergence, scoresOf } from '../../../native-models/trace/scale.ts';
import { fixtures, goldenCases, openFixture } from '../../support/fixtures.ts';

const [P, Q] = [Float32Array.of(1, -2, 0.5), Float32Array.of(0, 3, 0.5)];
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe('scoresOf', () => {
  it('softmax sums to 1, labels that exclude none other do not, a value is itself', () => {
    const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
    expect(sum(scoresOf(P, 'softmax').of)).toBeCloseTo(1, 12);
    expect([...scoresOf(P, 'sigmoid').of]).toEqual([...P].map(sigmoid));
    expect([...scoresOf(P, 'value').of]).toEqual([...P]);
  });

  it.each(['softmax', 'sigmoid', 'value'] as const)('%s refuses logits that overflowed', (scale) => {
    expect(() => scoresOf(Float32Array.of(1, NaN), scale)).toThrow('not finite');
  });
});

describe('scoreDivergence', () => {
  it('of labels there or not is the sum of each one’s', () => {
    const own = (p: number, q: number) => p * Math.log(p / q) + (1 - p) * Math.log((1 - p) / (1 - q));
    const expected = [...P].reduce((sum, logit, id) => sum + own(sigmoid(logit), sigmoid(Q[id]!)), 0);
    expect(scoreDivergence(scoresOf(P, 'sigmoid'), scoresOf(Q, 'sigmoid'))).toBeCloseTo(expected, 10);
  });

  it('of values is half the squares of their differences', () => {
    expect(scoreDivergence(scoresOf(P, 'value'), scoresOf(Q, 'value'))).toBeCloseTo((1 + 25 + 0) / 2, 10);
  });

  it.each(['softmax', 'sigmoid', 'value'] as const)('%s of a prediction from itself is 0', (scale) => {
    expect(scoreDivergence(scoresOf(P, scale), scoresOf(P, scale))).toBe(0);
    expect(scoreDivergence(scoresOf(P, scale), scoresOf(Q, scale))).toBeGreaterThan(0);
  });

  it('stays finite where a sigmoid is 1 in double precision', () => {
    const [far, near] = [Float32Array.of(80), Float32Array.of(-80)].map((logits) => scoresOf(logits, 'sigmoid'));
    expect(scoreDivergence(far!, near!)).toBeCloseTo(80, 6);
  });
});

it('candidates come largest logit first on every scale', () => {
  for (const scale of ['softmax', 'sigmoid', 'value'] as const) {
    const found = topCandidates(P, 3, String, scale);
    expect(found.map(({ id }) => id)).toEqual([0, 2, 1]);
    const scores = scoresOf(P, scale).of;
    for (const { id, probability } of found) expect(probability).toBeCloseTo(scores[id]!, 6);
  }
});

it('several labels at once get the scores of transformers’ pipeline', async () => {
  const facts = JSON.parse(readFileSync(path.join(fixtures, 'encoders.json'), 'utf8')) as Record<
    'tiny-distilbert-cls',
    { scores: readonly number[] }
  >;
  const model = await openFixture('tiny-distilbert-cls');
  expect([model.head, model.scale, model.labels]).toEqual([
    'classification',
    'sigmoid',
    ['sea', 'light', 'bread', 'storm'],
  ]);
  const trace = await runText(model, goldenCases('tiny-distilbert-cls')[0]!.input);
  const [found] = await predict(trace, { candidates: 10 });
  expect(found!.position).toBe(-1);
  for (const { id, probability, text } of found!.candidates) {
    expect(probability).toBeCloseTo(facts['tiny-distilbert-cls'].scores[id]!, 5);
    expect(text).toBe(model.labels[id]);
  }
  await model.dispose();
});

it('one label without a problem type is a value, whose change is its own unit', async () => {
  const model = await openFixture('tiny-roberta-cls');
  expect([model.head, model.scale, model.labels]).toEqual(['classification', 'value', ['similarity']]);
  const golden = goldenCases('tiny-roberta-cls')[0]!;
  const before = await runText(model, golden.input);
  const after = await runText(model, golden.input, {
    interventions: [{ kind: 'head', site: { layer: 0, head: 1 }, factor: 0 }],
  });
  const [was] = (await predict(before, { candidates: 5 }))[0]!.candidates;
  expect(was!.probability).toBe(was!.logit);
  const [change] = await comparePredictions(before, after, { candidates: 5 });
  const [{ before: from, after: to, delta }] = change!.candidates as [CandidateChange];
  expect(from).toBeCloseTo(was!.logit, 5);
  expect(delta).toBeCloseTo(to - from, 9);
  expect(change!.klNats).toBeCloseTo(delta ** 2 / 2, 9);
  const ranked = await rankHeads(before);
  expect(ranked[1]).toMatchObject({
    deltaProbability: expect.closeTo(delta, 4),
    klNats: expect.closeTo(change!.klNats, 4),
  });
  await model.dispose();
});

describe('a model with a label for every token', () => {
  it.each(['tiny-bert-tok', 'tiny-distilbert-tok', 'tiny-roberta-tok'] as const)(
    '%s: those of the text, each with the softmax of its reference logits',
    async (name) => {
      const model = await openFixture(name);
      const golden = goldenCases(name)[0]!;
      const trace = await runText(model, golden.input);
      const found = await predict(trace, { candidates: 9 });
      const typed = trace.tokens.filter(({ start }) => start !== null).map(({ index }) => index);
      expect(found.map(({ position }) => position)).toEqual(typed);
      const logits = golden.values.get('logits')!.data as Float32Array;
      for (const { kind, position, candidates } of found) {
        const scores = scoresOf(logits.slice(position * 5, position * 5 + 5), 'softmax').of;
        expect(kind).toBe('token-classification');
        expect(candidates).toHaveLength(5);
        expect(candidates.map(({ id }) => model.labels[id])).toEqual(candidates.map(({ text }) => text));
        for (const { id, probability } of candidates) expect(probability).toBeCloseTo(scores[id]!, 5);
      }
      const [special] = await predict(trace, { position: 0, candidates: 5 });
      expect(special!.position).toBe(0);
      await model.dispose();
    },
  );
});
