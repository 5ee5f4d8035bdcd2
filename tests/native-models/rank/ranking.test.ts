/** The ranking of heads by a prediction, against one run a head with that head knocked out. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { finish, predict, rankHeads, runText, slice, startHeadRanking } from '../../../native-models/index.ts';
import type { Intervention, Model, RankedHead, TextInput, Trace } from '../../../native-models/index.ts';
import { HeadRanking } from '../../../native-models/rank/ranking.ts';
import { openFixture } from '../../support/fixtures.ts';

const TEXTS = {
  'tiny-gpt2': { text: 'The sea was calm.' },
  'tiny-bert': { text: 'The [MASK] was [MASK].', pair: 'A sea.' },
  'tiny-bert-cls': { text: 'The sea was calm.' },
} as const satisfies Record<string, TextInput>;

/** One of every kind. */
const CHANGED: readonly Intervention[] = [
  { kind: 'scale', site: { layer: 1, head: 0 }, factor: 1 },
  { kind: 'head', site: { layer: 0, head: 2 }, factor: -1.5 },
  { kind: 'mask', site: { layer: 2 }, query: 3, key: 1, visible: false },
  { kind: 'pattern', site: { layer: 1, head: 3 }, pattern: 'previous' },
];

describe.each(['tiny-gpt2', 'tiny-bert', 'tiny-bert-cls'] as const)('%s', (name) => {
  let model: Model;
  const run = (...interventions: Intervention[]) => runText(model, TEXTS[name], { interventions });

  beforeAll(async () => {
    model = await openFixture(name);
  });
  afterAll(() => model.dispose());

  it.each([
    ['as it is', []],
    ['with everything changed', CHANGED],
  ])('ranks every head of the model %s as a run without it says', async (_what, base) => {
    const trace = await run(...base);
    const ranked = await rankHeads(trace);
    expect(ranked.map(({ stack, layer, head }) => [stack, layer, head])).toEqual(
      Array.from({ length: 12 }, (_, at) => [model.stacks[0]!.name, Math.floor(at / 4), at % 4]),
    );
    const row = await defaultRow(trace);
    const id = (await predict(trace, { candidates: 1 }))[0]!.candidates[0]!.id;
    await check(ranked, trace, row, id, base);
    expect(new Set(ranked.map(({ klNats }) => klNats)).size).toBe(12);
  });

  it('follows another candidate and another position where they are asked for', async () => {
    const trace = await run();
    const position = name === 'tiny-bert-cls' ? 0 : 1;
    await check(await rankHeads(trace, { position, candidate: 2 }), trace, position, 2, []);
  });

  it('gives the same a head at a time, with other texts in between', async () => {
    const trace = await run(...CHANGED);
    const [position] = [await defaultRow(trace)];
    const prediction = { kind: model.head, position, candidate: null, nameOf: String };
    const ranking = new HeadRanking(trace.data, prediction, 1);
    const fractions: number[] = [];
    let heads: readonly RankedHead[] | null = null;
    while (heads === null) {
      (await runText(model, { text: 'A cat.' })).dispose();
      heads = await ranking.step();
      fractions.push(ranking.fraction);
    }
    expect(fractions).toEqual(Array.from({ length: 12 }, (_, at) => (at + 1) / 12));
    expect(await ranking.step()).toEqual(heads);
    const together = await rankHeads(trace);
    heads.forEach((head, at) => {
      for (const key of ['deltaProbability', 'deltaLogit', 'klNats'] as const) {
        expect(head[key]).toBeCloseTo(together[at]![key], 5);
      }
    });
  });

  it('says what it follows, once it has begun', async () => {
    const trace = await run();
    const ranking = startHeadRanking(trace);
    expect([ranking.candidate, ranking.fraction]).toEqual([null, 0]);
    await finish(ranking);
    const [prediction] = await predict(trace, { candidates: 1 });
    expect(ranking.position).toBe(prediction!.position);
    expect(ranking.candidate).toMatchObject({
      id: prediction!.candidates[0]!.id,
      text: prediction!.candidates[0]!.text,
    });
    expect(ranking.candidate!.probability).toBeCloseTo(prediction!.candidates[0]!.probability, 6);
  });

  it('a head that is knocked out already changes nothing', async () => {
    const trace = await run({ kind: 'head', site: { layer: 1, head: 1 }, factor: 0 });
    const { deltaProbability, deltaLogit, klNats } = (await rankHeads(trace))[5]!;
    expect(Math.abs(deltaProbability)).toBeLessThan(1e-6);
    expect(Math.abs(deltaLogit)).toBeLessThan(1e-5);
    expect(klNats).toBeLessThan(1e-9);
  });

  it('refuses a position and a candidate that are not there', async () => {
    const trace = await run();
    await expect(rankHeads(trace, { candidate: 10_000 })).rejects.toMatchObject({
      code: 'bad-request',
      reason: 'candidate-missing',
    });
    if (name === 'tiny-bert-cls') return;
    await expect(rankHeads(trace, { position: 99 })).rejects.toThrow('There is no token 99');
  });

  /** Each head against a run of its own, in the order of the definitions: after minus before, and Σ p·ln(p/q). */
  async function check(
    ranked: readonly RankedHead[],
    trace: Trace,
    row: number,
    id: number,
    base: readonly Intervention[],
  ): Promise<void> {
    const before = await logitsOf(trace, row);
    const p = softmax(before);
    expect(ranked.some(({ klNats }) => klNats > 1e-5)).toBe(true);
    for (const { layer, head, deltaProbability, deltaLogit, klNats } of ranked) {
      const after = await logitsOf(await run(...base, { kind: 'head', site: { layer, head }, factor: 0 }), row);
      const q = softmax(after);
      const kl = p.reduce((sum, value, at) => sum + value * Math.log(value / q[at]!), 0);
      expect(deltaProbability, `${layer}.${head} probability`).toBeCloseTo(q[id]! - p[id]!, 6);
      expect(deltaLogit, `${layer}.${head} logit`).toBeCloseTo(after[id]! - before[id]!, 4);
      expect(klNats, `${layer}.${head} KL`).toBeCloseTo(kl, 5);
    }
  }
});

it('a masked-token model needs a mask or a position', async () => {
  const model = await openFixture('tiny-bert');
  const trace = await runText(model, { text: 'The sea.' });
  await expect(rankHeads(trace)).rejects.toMatchObject({ code: 'bad-request', reason: 'no-mask' });
  expect(await rankHeads(trace, { position: 1 })).toHaveLength(12);
  await model.dispose();
});

async function defaultRow(trace: Trace): Promise<number> {
  const [prediction] = await predict(trace, { candidates: 1 });
  return Math.max(0, prediction!.position);
}

async function logitsOf(trace: Trace, row: number): Promise<readonly number[]> {
  const { data, dims } = await slice(trace, 'logits');
  const size = dims.at(-1)!;
  const first = dims.length === 1 ? 0 : row * size;
  return Array.from(data.subarray(first, first + size));
}

function softmax(logits: readonly number[]): readonly number[] {
  const powers = logits.map((logit) => Math.exp(logit));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}
