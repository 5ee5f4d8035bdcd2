/** The heads of DistilBERT and RoBERTa at every layer, at masks and at each token, against transformers (make_encoder_fixtures.py). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fill, finish, lensLayer, predict, runText, slice, startSurprise } from '../../../native-models/index.ts';
import type { Model } from '../../../native-models/index.ts';
import { assertClose } from '../../support/close.ts';
import { fixtures, goldenCases, openFixture } from '../../support/fixtures.ts';
import { readNpz } from '../../support/npz.ts';

interface Facts {
  readonly masks: { text: string; candidates: readonly (readonly { id: number; probability: number }[])[] };
  readonly bits: readonly (number | null)[];
}
const FACTS = JSON.parse(readFileSync(path.join(fixtures, 'encoders.json'), 'utf8')) as Record<
  'tiny-distilbert' | 'tiny-roberta',
  Facts
>;

describe.each(['tiny-distilbert', 'tiny-roberta'] as const)('%s', (name) => {
  const reference = readNpz(path.join(fixtures, `${name}.lens.npz`));
  const { input, ids } = goldenCases(name).find((each) => each.name === 'single')!;
  let model: Model;
  beforeAll(async () => {
    model = await openFixture(name);
  });
  afterAll(() => model.dispose());

  it.each([-1, 0, 1, 2])('layer %d: log-probabilities of the whole vocabulary', async (layer) => {
    const { logProbabilities } = await lensLayer(await runText(model, input), layer);
    const expected = reference.get(`lens.${layer < 0 ? 'embedding' : layer}`)!.data as Float32Array;
    assertClose(logProbabilities, expected, { atol: 1e-5, rtol: 1e-5 });
  });

  it('the last layer is what the model itself predicts', async () => {
    const trace = await runText(model, input);
    const { logits } = await lensLayer(trace, 2);
    assertClose(logits, (await slice(trace, 'logits')).data, { atol: 1e-6, rtol: 1e-6 });
  });

  it('fills the masks of a text as transformers does, and predicts there by itself', async () => {
    const { text, candidates } = FACTS[name].masks;
    const trace = await runText(model, { text });
    const masks = await fill(trace, { masked: [], candidates: 10 });
    const predicted = await predict(trace, { candidates: 10 });
    expect(masks).toHaveLength(2);
    expect(predicted.map(({ position }) => position)).toEqual(masks.map(({ position }) => position));
    masks.forEach((mask, at) => {
      expect(mask.candidates.map(({ id }) => id)).toEqual(candidates[at]!.map(({ id }) => id));
      expect(predicted[at]!.candidates.map(({ id }) => id)).toEqual(candidates[at]!.map(({ id }) => id));
      mask.candidates.forEach(({ probability }, rank) => {
        expect(probability).toBeCloseTo(candidates[at]![rank]!.probability, 5);
      });
    });
  });

  it('the bits of every token, itself masked', async () => {
    const { tokens } = await finish(startSurprise(await runText(model, input)));
    const { bits } = FACTS[name];
    expect(bits).toHaveLength(ids.length);
    tokens.forEach(({ bits: found }, at) => {
      if (bits[at] === null) expect(found).toBeNull();
      else expect(Math.abs(found! - bits[at]!)).toBeLessThan(1e-4 * Math.max(1, bits[at]!));
    });
  });
});

it('writes candidates of a byte-level vocabulary with the space that they begin with', async () => {
  const model = await openFixture('tiny-roberta');
  const trace = await runText(model, { text: 'The <mask>.' });
  const [mask] = await fill(trace, { masked: [], candidates: 300 });
  const inserts = new Map(mask!.candidates.map(({ id, insert }) => [id, insert]));
  expect(inserts.get(model.tokenizer.pieceId('Ġlamp') ?? model.tokenizer.pieceId('Ġit')!)).toMatch(/^ \w+$/u);
  expect(inserts.get(model.tokenizer.pieceId('.')!)).toBe('.');
  await model.dispose();
});
