/** Surprise against transformers' losses and masked predictions. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finish, runText, startSurprise, startTextSurprise } from '../../../native-models/index.ts';
import type { Model, Surprise, SurpriseOptions, TextInput } from '../../../native-models/index.ts';
import { openFixture } from '../../support/fixtures.ts';
import { REFERENCE } from './reference.ts';

function expectBits(found: Surprise, expected: readonly (number | null)[]): void {
  expect(found.tokens.map(({ index }) => index)).toEqual(expected.map((_, index) => index));
  found.tokens.forEach(({ bits, probability, rank }, at) => {
    const wanted = expected[at] ?? null;
    if (wanted === null) {
      expect([at, bits, probability, rank]).toEqual([at, null, null, null]);
      return;
    }
    expect(Math.abs(bits! - wanted)).toBeLessThanOrEqual(1e-5 * Math.max(1, wanted));
    expect(probability).toBeCloseTo(2 ** -wanted, 5);
    expect(rank).toBeGreaterThanOrEqual(0);
  });
  const scored = expected.filter((each) => each !== null);
  const sum = scored.reduce((all, each) => all + each, 0);
  expect(found.scored).toBe(scored.length);
  expect(found.bits / sum).toBeCloseTo(1, 5);
  expect(found.bitsPerToken).toBeCloseTo(found.bits / scored.length, 9);
  expect(found.bitsPerByte).toBeCloseTo(found.bits / found.bytes, 9);
}

const ofText = async (model: Model, text: string, options: SurpriseOptions = {}) =>
  finish((await startTextSurprise(model, text, options)).work);

const ofRun = async (model: Model, input: TextInput, options: SurpriseOptions = {}) =>
  finish(startSurprise(await runText(model, input), options));

describe('a model that predicts what comes next', () => {
  let model: Model;
  beforeAll(async () => {
    model = await openFixture('tiny-gpt2');
  });
  afterAll(() => model.dispose());

  it.each(['plain', 'unicode'] as const)('%s: the bits of every token but the first', async (name) => {
    const { text, loss, bits } = REFERENCE.gpt2[name];
    for (const found of [await ofRun(model, { text }), await ofText(model, text)]) {
      expectBits(found, bits);
      expect(found.kind).toBe('next-token');
      expect(found.bitsPerToken! * Math.LN2).toBeCloseTo(loss, 4);
      expect([found.start, found.offersStart?.text]).toEqual([null, '<|endoftext|>']);
      const first = name === 'plain' ? 'The' : 'C';
      expect(found.bytes).toBe(Buffer.byteLength(text.slice(first.length)));
    }
  });

  it.each(['plain', 'unicode'] as const)('%s: with the start token, all of them', async (name) => {
    const { text, started } = REFERENCE.gpt2[name];
    for (const found of [await ofRun(model, { text }, { start: true }), await ofText(model, text, { start: true })]) {
      expectBits(found, started.bits);
      expect(found.bitsPerToken! * Math.LN2).toBeCloseTo(started.loss, 4);
      expect(found.start).toEqual({ id: 299, text: '<|endoftext|>' });
      expect(found.bytes).toBe(Buffer.byteLength(text));
    }
  });

  it('reads a text that is too long for it in windows, and scores each token once', async () => {
    const { text, bits, stride } = REFERENCE.gpt2.long;
    const { work, tokens } = await startTextSurprise(model, text, { stride });
    expect(tokens).toHaveLength(bits.length);
    const fractions: number[] = [];
    let found: Surprise | null = null;
    for (; found === null; found = await work.step()) fractions.push(work.fraction);
    expectBits(found, bits);
    const windows = (step: number) => 1 + Math.ceil((bits.length - 64) / step);
    expect(found.windows).toEqual({ count: windows(stride), longest: 64, stride });
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
    expect(fractions.length).toBeGreaterThan(4);
    expect((await ofText(model, text)).windows).toEqual({ count: windows(32), longest: 64, stride: 32 });
  });

  it('scores nothing where nothing is predicted', async () => {
    const found = await ofText(model, 'a');
    expect(found).toMatchObject({ scored: 0, bits: 0, bitsPerToken: null, bitsPerByte: null });
  });

  it('follows what was changed in the run, to which no start token can be added', async () => {
    const { text } = REFERENCE.gpt2.plain;
    const interventions = [{ kind: 'head', site: { layer: 1, head: 0 }, factor: 0 }] as const;
    const trace = await runText(model, { text }, { interventions });
    const found = await finish(startSurprise(trace));
    expect(found.bits).not.toBeCloseTo((await ofText(model, text)).bits, 3);
    expect(() => startSurprise(trace, { start: true })).toThrow('undo the changes');
  });

  it.each([0, 64, 1.5, -1])('refuses a stride of %d', async (stride) => {
    await expect(startTextSurprise(model, 'The sea.', { stride })).rejects.toMatchObject({
      reason: 'surprise-stride',
    });
  });
});

describe('a model that fills masks', () => {
  let model: Model;
  beforeAll(async () => {
    model = await openFixture('tiny-bert');
  });
  afterAll(() => model.dispose());

  it.each(['single', 'pair'] as const)('%s: the bits of every token, itself masked', async (name) => {
    const { text, pair, bits } = REFERENCE.bert[name];
    const found = await ofRun(model, { text, pair: pair ?? undefined });
    expect(found.kind).toBe('masked-token');
    expectBits(found, bits);
    if (pair === null) {
      expectBits(await ofText(model, text), bits);
      expect(found.bytes).toBe(Buffer.byteLength(text));
    }
  });

  it('scores each token of a long text in the window where the cut is further away', async () => {
    const { text, bits, stride } = REFERENCE.bert.long;
    const found = await ofText(model, text, { stride });
    expectBits(found, bits);
    expect(found.windows).toMatchObject({ longest: 62, stride });
  });

  it('leaves out a mask of the text, whose token nobody knows, and its bytes', async () => {
    const text = 'The [MASK] was calm.';
    const found = await ofRun(model, { text });
    const { tokens } = await runText(model, { text });
    const mask = tokens.findIndex((token) => token.text === '[MASK]');
    expect(found.tokens[mask]!.bits).toBeNull();
    expect(found.bytes).toBe(text.length - '[MASK]'.length);
    expect(found.scored).toBe(tokens.length - 3);
  });

  it('has no start token', async () => {
    await expect(startTextSurprise(model, 'The sea.', { start: true })).rejects.toMatchObject({
      reason: 'surprise-no-start',
    });
  });
});

it('needs a head that predicts tokens', async () => {
  const model = await openFixture('tiny-bert-cls');
  await expect(startTextSurprise(model, 'The sea.')).rejects.toMatchObject({ reason: 'no-vocabulary' });
  await model.dispose();
});
