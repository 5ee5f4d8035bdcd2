import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { distribution, openPlain, runEncoding, slice, startGeneration } from '../../../native-models/index.ts';
import type { Choosing, Encoding, Generation, Model } from '../../../native-models/index.ts';
import { drawAt } from '../../../native-models/generate/draw.ts';
import { assertClose } from '../../support/close.ts';
import { fixtures, openFixture } from '../../support/fixtures.ts';
import { goldenGeneration, goodness } from './support.ts';

const GREEDY: Choosing = { mode: 'greedy', seed: 0, temperature: 1, topK: null, topP: 1 };
const SAMPLE: Choosing = { mode: 'sample', seed: 7, temperature: 1.2, topK: 60, topP: 0.95 };
const TEXT = 'The keeper lit the lamp';

let gpt: Model;
let bert: Model;
beforeAll(async () => {
  [gpt, bert] = [await openFixture('tiny-gpt2'), await openFixture('tiny-bert')];
});
afterAll(async () => {
  await gpt.dispose();
  await bert.dispose();
});

const idsOf = ({ state }: Generation) => [...state.prompt, ...state.path].map(({ id }) => id);
async function generated(count: number, choosing: Choosing, text = TEXT): Promise<Generation> {
  const generation = await startGeneration(gpt, text);
  for (let made = 0; made < count; made++) await generation.step(choosing);
  return generation;
}
/** The logits of every place, by the distribution that the generation gives. */
async function logitsAt(generation: Generation, position: number): Promise<Float64Array> {
  const { candidates, vocabulary } = await generation.distribution(position, { candidates: 1000 });
  const logits = new Float64Array(vocabulary);
  for (const { id, logit } of candidates) logits[id] = logit;
  return logits;
}
const encodingOf = (ids: readonly number[]): Encoding => ({
  ids,
  typeIds: ids.map(() => 0),
  tokens: ids.map((id, index) => ({
    ...{ index, id, piece: '', text: '', startsWord: false, special: false, part: 0, start: null, end: null },
  })),
});

describe('Generation.step', () => {
  const golden = goldenGeneration('tiny-gpt2');
  it.each(golden.prompts)(
    'greedy writes what transformers generates, to the longest text: $name',
    async ({ name, text }) => {
      const generation = await startGeneration(gpt, text);
      while ((await generation.step(GREEDY)) !== null);
      expect(idsOf(generation)).toEqual(Array.from(golden.array(`${name}/greedy`)));
      expect(generation.state.stopped).toBe('longest-text');
      expect(generation.length).toBe(64);
      expect(await generation.step(GREEDY)).toBeNull();
      expect(generation.length).toBe(64);
    },
  );

  it.each([
    ['greedy', GREEDY],
    ['drawn', SAMPLE],
  ])('with the cache is as without it, token for token and logits within 1e-4: %s', async (_, choosing) => {
    const generation = await generated(40, choosing);
    const ids = idsOf(generation);
    const given = generation.state.prompt.length;
    const plain = await openPlain(`${fixtures}/tiny-gpt2`, 'cpu');
    for (let position = given; position < ids.length; position++) {
      const logits = await plain.run(ids.slice(0, position));
      assertClose(await logitsAt(generation, position), logits, { atol: 1e-4, rtol: 1e-4 }, `logits at ${position}`);
      if (choosing.mode === 'greedy') expect(logits.indexOf(Math.max(...logits))).toBe(ids[position]);
    }
    await plain.dispose();
    const trace = await runEncoding(gpt, encodingOf(ids));
    const last = await distribution(trace, { candidates: 300 });
    assertClose(
      (await generation.distribution(ids.length, { candidates: 300 })).candidates.map(({ probability }) => probability),
      last.candidates.map(({ probability }) => probability),
      { atol: 1e-5, rtol: 0 },
    );
  });

  it('says of every token how it was chosen', async () => {
    const generation = await generated(12, SAMPLE);
    const { path, prompt } = generation.state;
    const { seed: _seed, mode: _mode, ...filters } = SAMPLE;
    for (const [at, token] of path.entries()) {
      expect(token).toMatchObject({
        node: at,
        parent: at === 0 ? null : at - 1,
        position: prompt.length + at,
        by: 'sample',
      });
      expect(token.drawn).toBe(drawAt(SAMPLE.seed, at));
      const place = await generation.distribution(token.position, { filters, candidates: 300 });
      const chosen = place.candidates[token.rank]!;
      expect(chosen.id).toBe(token.id);
      expect([token.probability, token.sampled]).toEqual([chosen.probability, chosen.sampled]);
      const before = place.candidates.slice(0, token.rank).reduce((sum, { sampled }) => sum + sampled, 0);
      expect(token.drawn).toBeGreaterThanOrEqual(before - 1e-12);
      expect(token.drawn).toBeLessThan(before + chosen.sampled + 1e-12);
    }
    const [first] = (await generated(1, GREEDY)).state.path;
    expect(first).toMatchObject({ by: 'greedy', rank: 0, drawn: null, sampled: null });
  });

  it('draws the same text with the same seed, another with another one', async () => {
    const ids = async (choosing: Choosing) => idsOf(await generated(15, choosing));
    expect(await ids(SAMPLE)).toEqual(await ids(SAMPLE));
    expect(await ids({ ...SAMPLE, seed: 8 })).not.toEqual(await ids(SAMPLE));
    expect(await ids({ ...SAMPLE, topK: 1 })).toEqual(await ids(GREEDY));
  });

  it('draws first tokens of 1,000 seeds as the probabilities say (χ² at 1 %)', async () => {
    const generation = await startGeneration(gpt, TEXT);
    const counts = new Float64Array(300);
    for (let seed = 0; seed < 1000; seed++) {
      const token = await generation.step({ ...GREEDY, mode: 'sample', seed });
      counts[token!.id]! += 1;
      generation.back();
    }
    const place = await generation.distribution(generation.length, { candidates: 300 });
    const shares = new Float64Array(300);
    for (const { id, sampled } of place.candidates) shares[id] = sampled;
    expect(goodness(counts, shares)).toBeGreaterThan(0.01);
    const other = await generation.distribution(generation.length, {
      candidates: 300,
      filters: { temperature: 1.5, topK: null, topP: 1 },
    });
    for (const { id, sampled } of other.candidates) shares[id] = sampled;
    expect(goodness(counts, shares)).toBeLessThan(1e-4);
  });

  it('stops at the end-of-text token, which is no part of the text', async () => {
    const generation = await startGeneration(gpt, TEXT);
    await generation.step(GREEDY);
    const text = generation.state.text;
    await generation.branch(generation.length, 299);
    expect(generation.state).toMatchObject({ stopped: 'end-of-text', text });
    expect(await generation.step(GREEDY)).toBeNull();
    generation.back();
    expect(generation.state.stopped).toBeNull();
    expect(await generation.step(GREEDY)).not.toBeNull();
  });

  it('gives the text as its pieces say, characters of several pieces whole', async () => {
    const generation = await generated(0, GREEDY, 'The sea');
    const { ids } = await gpt.tokenizer.encode({ text: ' lamp 😀é.' });
    for (const id of ids) await generation.branch(generation.length, id);
    expect(generation.state.text).toBe('The sea lamp 😀é.');
  });
});

describe('stepping back and branching', () => {
  it('back and on again gives the same text and the same bits', async () => {
    const generation = await generated(20, SAMPLE);
    const straight = generation.state;
    const logits = await logitsAt(generation, generation.length);
    generation.back(13);
    expect(generation.state.path).toEqual(straight.path.slice(0, 7));
    expect(generation.length).toBe(straight.prompt.length + 7);
    for (let made = 0; made < 13; made++) await generation.step(SAMPLE);
    expect(generation.state.path).toEqual(straight.path);
    expect(generation.state.nodes).toHaveLength(20);
    expect(await logitsAt(generation, generation.length)).toEqual(logits);
    generation.back(1000);
    expect(generation.state.path).toEqual([]);
  });

  it('a branch is the text as if its token had been chosen at once', async () => {
    const generation = await generated(20, GREEDY);
    const { path, prompt } = generation.state;
    const position = prompt.length + 5;
    const second = (await generation.distribution(position, { candidates: 2 })).candidates[1]!;
    const token = await generation.branch(position, second.id);
    expect(token).toMatchObject({ position, id: second.id, rank: 1, by: 'chosen', parent: path[4]!.node });
    for (let made = 0; made < 30; made++) await generation.step(GREEDY);
    const direct = await generated(5, GREEDY);
    await direct.branch(position, second.id);
    for (let made = 0; made < 30; made++) await direct.step(GREEDY);
    expect(idsOf(generation)).toEqual(idsOf(direct));
    expect(await logitsAt(generation, generation.length)).toEqual(await logitsAt(direct, direct.length));
    expect(generation.state.nodes).toHaveLength(20 + 31);
  });

  it('goes to any branch and back, with the same bits, and to the end of what was made there', async () => {
    const generation = await generated(12, GREEDY);
    const first = generation.state.path;
    const logits = await logitsAt(generation, generation.length);
    await generation.branch(first[4]!.position, 40);
    await generation.step(GREEDY);
    const second = generation.state.path;
    generation.select(first[6]!.node);
    expect(generation.state.path).toEqual(first);
    expect(await logitsAt(generation, generation.length)).toEqual(logits);
    generation.select(second.at(-1)!.node);
    expect(generation.state.path).toEqual(second);
    generation.select(first[2]!.node);
    expect(generation.state.path).toEqual(second);
  });

  it('choosing a token that a branch has already leads into that branch', async () => {
    const generation = await generated(6, GREEDY);
    const { path } = generation.state;
    generation.back(3);
    await generation.branch(path[3]!.position, path[3]!.id);
    expect(generation.state.nodes).toHaveLength(6);
    expect(generation.state.path[3]).toEqual({ ...path[3], by: 'chosen' });
  });

  it('refuses places and tokens that are not there, and changes nothing then', async () => {
    const generation = await generated(3, GREEDY);
    const { state } = generation;
    const first = state.prompt.length;
    for (const position of [0, first - 1, first + 4, 0.5]) {
      await expect(generation.branch(position, 5)).rejects.toMatchObject({ reason: 'place-missing' });
    }
    await expect(generation.branch(first, 300)).rejects.toMatchObject({ reason: 'candidate-missing' });
    expect(() => generation.select(3)).toThrow('There is no generated token number 3');
    await expect(generation.distribution(first - 1, {})).rejects.toMatchObject({ reason: 'place-missing' });
    await expect(generation.step({ ...SAMPLE, temperature: 0 })).rejects.toMatchObject({
      reason: 'filter-temperature',
    });
    await expect(generation.step({ ...SAMPLE, seed: -1 })).rejects.toThrow('The seed is -1; expected a whole number');
    expect(generation.state).toEqual(state);
  });
});

describe('Generation.attention', () => {
  it('is the pattern that a run of the whole text has', async () => {
    const generation = await generated(30, SAMPLE);
    const ids = idsOf(generation);
    const trace = await runEncoding(gpt, encodingOf(ids));
    for (const [layer, head, position] of [
      [0, 0, 0],
      [1, 3, 20],
      [2, 1, ids.length - 1],
    ] as const) {
      const row = await generation.attention(position, layer, head);
      const rows = { first: position, count: 1 };
      const seen = async (name: string) =>
        (await slice(trace, `decoder.${layer}.self.${name}`, head, rows)).data.slice(0, position + 1);
      expect(row.weights).toHaveLength(position + 1);
      assertClose(row.weights, await seen('pattern'), { atol: 1e-5, rtol: 1e-4 }, 'weights');
      assertClose(row.scores, await seen('scores'), { atol: 1e-4, rtol: 1e-4 }, 'scores');
      expect(row.weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    }
    for (const [position, layer, head] of [
      [ids.length, 0, 0],
      [0, 3, 0],
      [0, 0, 4],
    ] as const) {
      await expect(generation.attention(position, layer, head)).rejects.toMatchObject({ code: 'bad-request' });
    }
  });
});

describe('startGeneration', () => {
  it('refuses a model that fills masks, and says which model can', async () => {
    await expect(startGeneration(bert, 'the lamp.')).rejects.toMatchObject({
      code: 'bad-request',
      reason: 'no-next-token',
      message: expect.stringMatching(/tiny-bert does not predict what comes next.*headlight-gpt/u) as string,
    });
  });

  it('refuses an empty text and one that is too long; takes one that leaves no room', async () => {
    await expect(startGeneration(gpt, '')).rejects.toMatchObject({ code: 'bad-text', reason: 'text-empty' });
    await expect(startGeneration(gpt, 'a '.repeat(100))).rejects.toMatchObject({ reason: 'text-too-long' });
    const full = await startGeneration(gpt, 'a'.repeat(64));
    expect(full.state).toMatchObject({ stopped: 'longest-text', path: [] });
    expect(await full.step(GREEDY)).toBeNull();
    await expect(full.branch(64, 5)).rejects.toMatchObject({ reason: 'generation-at-end' });
  });
});
