/** Filled masks against transformers' fill-mask pipeline, and masked tokens against texts that have the mask. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { fill, runText } from '../../../native-models/index.ts';
import type { Model, Token } from '../../../native-models/index.ts';
import { openFixture } from '../../support/fixtures.ts';
import { REFERENCE } from './reference.ts';

let model: Model;
beforeAll(async () => {
  model = await openFixture('tiny-bert');
});
afterAll(() => model.dispose());

/** The tokens between two places of the text. */
function piecesOf(tokens: readonly Token[], from: number, to: number): readonly number[] {
  return tokens.filter(({ start, end }) => start !== null && start >= from && end! <= to).map(({ index }) => index);
}

it('fills the masks of a text as transformers does', async () => {
  const { text, candidates } = REFERENCE.bert.masks;
  const masks = await fill(await runText(model, { text }), { masked: [], candidates: 10 });
  expect(masks).toHaveLength(2);
  masks.forEach(({ candidates: found, original }, at) => {
    expect(found.map(({ id }) => id)).toEqual(candidates[at]!.map(({ id }) => id));
    found.forEach(({ probability }, rank) => {
      expect(Math.abs(probability - candidates[at]![rank]!.probability)).toBeLessThan(1e-5);
    });
    expect(original).toBeNull();
  });
});

it('masks tokens for the question as if the text had the mask there', async () => {
  const trace = await runText(model, { text: 'The sea was calm.' });
  const sea = trace.tokens.findIndex(({ start }) => start === 4);
  const masked = piecesOf(trace.tokens, 4, 7);
  const [here, ...others] = await fill(trace, { masked, candidates: 300 });
  expect(others).toHaveLength(masked.length - 1);
  const written = await runText(model, { text: `The ${masked.map(() => '[MASK]').join(' ')} was calm.` });
  const [there] = await fill(written, { masked: [], candidates: 300 });
  expect(here!.position).toBe(sea);
  expect(here!.candidates.map(({ id }) => id)).toEqual(there!.candidates.map(({ id }) => id));
  here!.candidates.forEach(({ probability }, at) => {
    expect(probability).toBeCloseTo(there!.candidates[at]!.probability, 6);
  });
  const rank = here!.candidates.findIndex(({ id }) => id === trace.data.ids[sea]);
  expect(here!.original).toMatchObject({ id: trace.data.ids[sea], rank });
  expect(here!.original!.probability).toBeCloseTo(here!.candidates[rank]!.probability, 9);
  const sum = here!.candidates.reduce((bits, { probability: p }) => bits - p * Math.log2(p), 0);
  expect(here!.entropyBits).toBeCloseTo(sum, 5);
});

it('keeps what was changed in the run', async () => {
  const interventions = [{ kind: 'pattern', site: { layer: 0 }, pattern: 'first' }] as const;
  const text = { text: 'The sea was calm.' };
  const changed = await runText(model, text, { interventions });
  const masked = piecesOf(changed.tokens, 4, 7);
  const written = `The ${masked.map(() => '[MASK]').join(' ')} was calm.`;
  const [here] = await fill(changed, { masked, candidates: 1 });
  const [there] = await fill(await runText(model, { text: written }, { interventions }), { masked: [], candidates: 1 });
  expect(here!.entropyBits).toBeCloseTo(there!.entropyBits, 5);
  const [before] = await fill(await runText(model, text), { masked, candidates: 1 });
  expect(here!.entropyBits).not.toBeCloseTo(before!.entropyBits, 4);
});

it('has nothing to fill in a text without masks, and no tokens beyond its end', async () => {
  const trace = await runText(model, { text: 'The sea.' });
  expect(await fill(trace, { masked: [], candidates: 3 })).toEqual([]);
  await expect(fill(trace, { masked: [99], candidates: 3 })).rejects.toMatchObject({ reason: 'token-missing' });
});

it('needs a model that fills masks', async () => {
  const causal = await openFixture('tiny-gpt2');
  const trace = await runText(causal, { text: 'The sea.' });
  await expect(fill(trace, { masked: [1], candidates: 3 })).rejects.toMatchObject({ reason: 'no-masked-head' });
  await causal.dispose();
});

it('says how a candidate is written in the mask’s place', async () => {
  const masks = await fill(await runText(model, { text: 'The [MASK] was [MASK].' }), { masked: [], candidates: 200 });
  const inserts = new Map(masks[1]!.candidates.map(({ id, insert }) => [id, insert]));
  expect(inserts.get(model.tokenizer.pieceId('the')!)).toBe(' the');
  expect(inserts.get(model.tokenizer.pieceId('.')!)).toBe('.');
  const [goesOn] = masks[1]!.candidates.filter(({ id }) => model.tokenizer.pieceId(`##${inserts.get(id)}`) === id);
  expect(goesOn!.insert).toMatch(/^\S+$/u);
});
