/** The scores of whole models, against a recomputation that reads the definitions literally. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HEAD_SCORES as API_SCORES } from '../../../electron/api/heads.ts';
import { HeadScoring } from '../../../native-models/heads/score.ts';
import {
  finish,
  HEAD_SCORE_DEFINITIONS,
  HEAD_SCORES,
  openModel,
  runEncoding,
  runText,
  scoreHeads,
  slice,
  startHeadScoring,
  testSequences,
} from '../../../native-models/index.ts';
import type { Encoding, HeadScore, Model, ScoredHead, TestSequence } from '../../../native-models/index.ts';
import { openFixture } from '../../support/fixtures.ts';
import { findMinilm } from '../../support/minilm.ts';

describe('definitions', () => {
  it('there is one a score, in the order of the contract, each with its formula and source', () => {
    expect(HEAD_SCORES).toEqual(API_SCORES);
    expect(HEAD_SCORE_DEFINITIONS.map(({ name }) => name)).toEqual(HEAD_SCORES);
    for (const { formula, source, unit, name } of HEAD_SCORE_DEFINITIONS) {
      expect(formula).toMatch(/^the mean over every .+ of .+/u);
      expect(source).toMatch(/ 20\d\d, "/u);
      expect(unit === 'tokens').toBe(name === 'distance');
    }
  });
});

describe.each(['tiny-gpt2', 'tiny-bert', 'tiny-bert-cls'] as const)('%s', (name) => {
  let model: Model;
  let scored: readonly ScoredHead[];
  const stages: number[] = [];

  beforeAll(async () => {
    model = await openFixture(name);
    scored = await scoreHeads(model, { onStage: (_stage, fraction) => stages.push(fraction) });
  });
  afterAll(() => model.dispose());

  it('has every head once, layers first', () => {
    const [stack] = model.stacks;
    const expected = Array.from({ length: 12 }, (_, at) => [stack!.name, Math.floor(at / 4), at % 4]);
    expect(scored.map(({ stack: of, layer, head }) => [of, layer, head])).toEqual(expected);
    expect(Object.keys(scored[0]!.scores)).toEqual(HEAD_SCORES);
  });

  it('agrees with a recomputation from the slices of single heads', async () => {
    const expected = await naiveScores(model);
    for (const each of scored) {
      const wanted = expected(each.layer, each.head);
      for (const score of HEAD_SCORES) {
        expect(each.scores[score], `${each.layer}.${each.head} ${score}`).toBeCloseTo(wanted[score], 5);
      }
    }
  });

  it('tells heads apart', () => {
    for (const score of ['previousToken', 'induction', 'firstToken', 'self', 'distance', 'uniform'] as const) {
      expect(new Set(scored.map(({ scores }) => scores[score])).size, score).toBe(scored.length);
    }
    const isCausal = model.stacks[0]!.causal;
    expect(scored.every(({ scores }) => (scores.nextToken === 0) === isCausal)).toBe(true);
    expect(scored.every(({ scores }) => (scores.separator === 0) === isCausal)).toBe(true);
  });

  it('gives the same to the bit each time', async () => {
    expect(await scoreHeads(model)).toEqual(scored);
  });

  it('can be measured a sequence at a time, with other texts in between', async () => {
    const scoring = startHeadScoring(model);
    let heads = await scoring.step();
    expect([heads, scoring.fraction]).toEqual([null, 1 / 16]);
    while (heads === null) {
      (await runText(model, { text: 'A cat.' })).dispose();
      heads = await scoring.step();
    }
    expect([heads, scoring.fraction]).toEqual([scored, 1]);
    expect(await scoring.step()).toEqual(scored);
  });

  it('reports how far it is', () => {
    expect(stages[0]).toBe(0);
    expect(stages).toEqual(stages.toSorted((a, b) => a - b));
    expect(stages.at(-1)).toBe(15 / 16);
  });
});

it('a head whose pattern is replaced scores as what replaced it', async () => {
  const model = await openFixture('tiny-gpt2');
  const interventions = [
    { kind: 'pattern', site: { layer: 1, head: 2 }, pattern: 'previous' },
    { kind: 'pattern', site: { layer: 2, head: 0 }, pattern: 'first' },
    { kind: 'pattern', site: { layer: 0, head: 3 }, pattern: 'uniform' },
  ] as const;
  const run = async (encoding: Encoding) => (await runEncoding(model, encoding, { interventions })).data;
  const scored = await finish(new HeadScoring(model, run));
  const scoresOf = (layer: number, head: number) => scored[layer * 4 + head]!.scores;
  expect(scoresOf(1, 2)).toMatchObject({ previousToken: 1, induction: 0, self: 0, uniform: 0 });
  expect(scoresOf(2, 0)).toMatchObject({ firstToken: 1, self: 0, uniform: 0 });
  expect(scoresOf(0, 3).uniform).toBeCloseTo(1, 5);
  await model.dispose();
});

it('weights that are no numbers are reported with their head', async () => {
  const model = await openFixture('tiny-bert');
  const run = async (encoding: Encoding) => {
    const { data } = await runEncoding(model, encoding);
    const q = data.kept.get('encoder.2.self.q')!.data;
    q.fill(NaN, q.length / 4, q.length / 2);
    return data;
  };
  await expect(finish(new HeadScoring(model, run))).rejects.toMatchObject({
    code: 'bad-model',
    reason: 'not-finite',
    values: { stack: 'encoder', layer: 2, head: 1 },
  });
  await model.dispose();
});

it.each(['headlight-gpt', 'headlight-bert'])('%s gives scores in their range', async (name) => {
  const model = await openModel(name, { device: 'cpu' });
  await checkRange(model, 256);
  await model.dispose();
});

const minilm = findMinilm();

it.skipIf('reason' in minilm)(
  `all-MiniLM-L6-v2 gives scores in their range${'reason' in minilm ? ` (skipped: ${minilm.reason})` : ''}`,
  async () => {
    if ('reason' in minilm) throw new Error(minilm.reason);
    const model = await openModel(minilm.folder, { device: 'cpu' });
    await checkRange(model, 512);
    await model.dispose();
  },
);

async function checkRange(model: Model, length: number): Promise<void> {
  const scored = await scoreHeads(model);
  expect(scored).toHaveLength(model.stacks.reduce((sum, { layers, heads }) => sum + layers * heads, 0));
  for (const { layer, head, scores } of scored) {
    for (const [score, value] of Object.entries(scores)) {
      expect(value, `${layer}.${head} ${score}`).toBeGreaterThanOrEqual(0);
      expect(value, `${layer}.${head} ${score}`).toBeLessThan(score === 'distance' ? length : 1 + 1e-12);
    }
  }
}

type Scores = Record<HeadScore, number>;

/** Every score from slices of single heads: all pairs of tokens are visited, and each definition picks the pairs it means. */
async function naiveScores(model: Model): Promise<(layer: number, head: number) => Scores> {
  const [stack] = model.stacks;
  const sequences = await testSequences(model);
  const perHead = new Map<string, Scores[]>();
  for (const sequence of sequences) {
    const trace = await runEncoding(model, sequence.encoding);
    for (let layer = 0; layer < stack!.layers; layer++) {
      for (let head = 0; head < stack!.heads; head++) {
        const { data } = await slice(trace, `${stack!.name}.${layer}.self.pattern`, head);
        const key = `${layer}.${head}`;
        perHead.set(key, [...(perHead.get(key) ?? []), naiveOf(data, sequence, stack!.causal)]);
      }
    }
  }
  return (layer, head) => {
    const found = perHead.get(`${layer}.${head}`)!;
    return Object.fromEntries(
      HEAD_SCORES.map((score) => {
        const values = found.map((scores) => scores[score]).filter((value) => !Number.isNaN(value));
        return [score, values.reduce((sum, value) => sum + value, 0) / values.length];
      }),
    ) as Scores;
  };
}

/** NaN for the scores of the other set. */
function naiveOf(pattern: Float32Array, sequence: TestSequence, causal: boolean): Scores {
  const { tokens } = sequence.encoding;
  const mean = (value: (i: number, j: number, p: number) => number, counts: (i: number) => boolean) => {
    const queries = tokens.map(({ index }) => index).filter(counts);
    let sum = 0;
    for (const i of queries)
      for (let j = 0; j < tokens.length; j++) sum += value(i, j, pattern[i * tokens.length + j]!);
    return sum / queries.length;
  };
  const unknown = Object.fromEntries(HEAD_SCORES.map((score) => [score, NaN])) as Scores;
  if (sequence.set === 'repeated') {
    const { first, period } = sequence;
    const [second, end] = [first + period, first + 2 * period];
    const isRandom = (i: number) => i >= first && i < end;
    const isSecond = (i: number) => i >= second && i < end;
    // By the ids themselves: each stands once in the first round.
    const isEarlier = (i: number, j: number) => j >= first && j < second && tokens[j]!.id === tokens[i]!.id;
    return {
      ...unknown,
      previousToken: mean(
        (i, j, p) => (j === i - 1 ? p : 0),
        (i) => isRandom(i) && isRandom(i - 1),
      ),
      nextToken: mean(
        (i, j, p) => (j === i + 1 ? p : 0),
        (i) => isRandom(i) && isRandom(i + 1),
      ),
      duplicateToken: mean((i, j, p) => (isEarlier(i, j) ? p : 0), isSecond),
      induction: mean((i, j, p) => (isEarlier(i, j - 1) ? p : 0), isSecond),
    };
  }
  const seen = (i: number) => (causal ? i + 1 : tokens.length);
  const isPiece = (index: number, ...pieces: string[]) => pieces.includes(tokens[index]!.piece);
  const hasChoice = (i: number) => seen(i) > 1;
  return {
    ...unknown,
    firstToken: mean(
      (_, j, p) => (j === 0 ? p : 0),
      (i) => i > 0,
    ),
    separator: mean(
      (_, j, p) => (isPiece(j, '[SEP]') ? p : 0),
      (i) => !isPiece(i, '[CLS]', '[SEP]'),
    ),
    self: mean((i, j, p) => (i === j ? p : 0), hasChoice),
    distance: mean(
      (i, j, p) => p * Math.abs(i - j),
      () => true,
    ),
    uniform: mean((i, _, p) => (p > 0 ? (-p * Math.log(p)) / Math.log(seen(i)) : 0), hasChoice),
  };
}
