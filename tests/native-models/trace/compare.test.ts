import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparePredictions, runText, slice } from '../../../native-models/index.ts';
import type { Intervention, Model, Trace } from '../../../native-models/index.ts';
import { compareLogits } from '../../../native-models/trace/compare.ts';
import { openFixture } from '../../support/fixtures.ts';

const logs = (...probabilities: number[]) => Float32Array.from(probabilities, Math.log);

describe('compareLogits(before, after, count, nameOf)', () => {
  it('gives KL(before ‖ after) in nats, not the other way round', () => {
    const [p, q] = [logs(1 / 2, 1 / 4, 1 / 4), logs(1 / 8, 1 / 8, 3 / 4)];
    // ½·ln 4 + ¼·ln 2 + ¼·ln ⅓, and ⅛·ln ¼ + ⅛·ln ½ + ¾·ln 3
    expect(compareLogits(p, q, 1, String).klNats).toBeCloseTo(1.25 * Math.LN2 - 0.25 * Math.log(3), 6);
    expect(compareLogits(q, p, 1, String).klNats).toBeCloseTo(0.75 * Math.log(3) - 0.375 * Math.LN2, 6);
  });

  it('counts the whole vocabulary, whatever is listed, and not the offset of the logits', () => {
    const before = logs(0.4, 0.3, 0.2, 0.1);
    const after = logs(0.1, 0.2, 0.3, 0.4).map((logit) => logit + 100);
    const expected = 0.4 * Math.log(4) + 0.3 * Math.log(1.5) + 0.2 * Math.log(2 / 3) + 0.1 * Math.log(1 / 4);
    for (const count of [0, 1, 4]) expect(compareLogits(before, after, count, String).klNats).toBeCloseTo(expected, 5);
  });

  it('is 0 for the same logits, and never less', () => {
    const logits = Float32Array.from({ length: 1000 }, (_, id) => Math.sin(id) * 9);
    expect(compareLogits(logits, logits.slice(), 3, String).klNats).toBe(0);
    const moved = logits.map((logit) => logit + 1e-6);
    expect(compareLogits(logits, moved, 3, String).klNats).toBeGreaterThanOrEqual(0);
  });

  it('lists the top of both runs, most probable before first, newcomers last', () => {
    const { candidates } = compareLogits(logs(0.5, 0.3, 0.15, 0.05), logs(0.2, 0.1, 0.3, 0.4), 2, (id) => `#${id}`);
    expect(candidates.map(({ id, text }) => [id, text])).toEqual([
      [0, '#0'],
      [1, '#1'],
      [2, '#2'],
      [3, '#3'],
    ]);
    const deltas = candidates.map(({ before, after, delta }) => [before, after, delta]);
    [
      [0.5, 0.2, -0.3],
      [0.3, 0.1, -0.2],
      [0.15, 0.3, 0.15],
      [0.05, 0.4, 0.35],
    ].forEach((row, at) => row.forEach((value, column) => expect(deltas[at]![column]).toBeCloseTo(value, 6)));
    expect(compareLogits(logs(0.6, 0.3, 0.1), logs(0.7, 0.2, 0.1), 1, String).candidates).toHaveLength(1);
  });

  it('takes logits of −∞, and refuses logits that overflowed', () => {
    const hidden = Float32Array.of(0, 0, -Infinity);
    expect(compareLogits(hidden, Float32Array.of(0, 0, 0), 3, String).klNats).toBeCloseTo(Math.log(1.5), 6);
    expect(compareLogits(Float32Array.of(0, 0, 0), hidden, 3, String).klNats).toBe(Infinity);
    for (const bad of [NaN, Infinity]) {
      expect(() => compareLogits(hidden, Float32Array.of(0, bad, 0), 1, String)).toThrow('overflows float32');
    }
  });
});

describe('comparePredictions(before, after)', () => {
  const models: Partial<Record<'tiny-gpt2' | 'tiny-bert' | 'tiny-bert-cls', Model>> = {};
  beforeAll(async () => {
    for (const name of ['tiny-gpt2', 'tiny-bert', 'tiny-bert-cls'] as const) models[name] = await openFixture(name);
  });
  afterAll(async () => {
    await Promise.all(Object.values(models).map((model) => model.dispose()));
  });
  const knockedOut: Intervention = { kind: 'head', site: { layer: 1 }, factor: 0 };
  const both = async (name: keyof typeof models, text: string): Promise<[Trace, Trace]> => [
    await runText(models[name]!, { text }),
    await runText(models[name]!, { text }, { interventions: [knockedOut] }),
  ];

  it('continues after the last token of a decoder, with the divergence of its whole vocabulary', async () => {
    const [before, after] = await both('tiny-gpt2', 'The keeper lit');
    const [change, ...more] = await comparePredictions(before, after, { candidates: 3 });
    expect(more).toEqual([]);
    const position = before.tokens.length - 1;
    expect(change).toMatchObject({ kind: 'next-token', position });
    const [p, q] = await Promise.all([before, after].map((trace) => probabilitiesAt(trace, position)));
    const expected = p!.reduce((sum, value, id) => sum + value * Math.log(value / q![id]!), 0);
    expect(expected).toBeGreaterThan(0.01);
    expect(change!.klNats).toBeCloseTo(expected, 6);
    for (const { id, before: was, after: is, delta } of change!.candidates) {
      expect([was, is, delta]).toEqual(
        [p![id]!, q![id]!, q![id]! - p![id]!].map((value) => expect.closeTo(value, 6) as number),
      );
    }
    const top = (row: readonly number[]) => row.indexOf(Math.max(...row));
    expect(change!.candidates.map(({ id }) => id)).toEqual(expect.arrayContaining([top(p!), top(q!)]));
  });

  it('compares the positions that are asked for', async () => {
    const [before, after] = await both('tiny-gpt2', 'The keeper lit');
    const changes = await comparePredictions(before, after, { positions: [0, 2], candidates: 1 });
    expect(changes.map(({ position }) => position)).toEqual([0, 2]);
    // One token alone: its pattern is always 1, but what the layer writes is gone.
    expect(changes.every(({ klNats }) => klNats > 0)).toBe(true);
    await expect(comparePredictions(before, after, { positions: [99], candidates: 1 })).rejects.toThrow(
      'There is no token 99',
    );
  });

  it('compares every mask of an encoder, and the classes of a classifier by their names', async () => {
    const [before, after] = await both('tiny-bert', 'The [MASK] and the [MASK].');
    const masks = await comparePredictions(before, after, { candidates: 2 });
    expect(masks.map(({ kind, position }) => [kind, position])).toEqual([
      ['masked-token', 2],
      ['masked-token', 5],
    ]);
    const classes = await comparePredictions(...(await both('tiny-bert-cls', 'The sea.')), { candidates: 9 });
    expect(classes[0]).toMatchObject({ kind: 'classification', position: -1 });
    expect(classes[0]!.candidates.map(({ text }) => text).sort()).toEqual([...models['tiny-bert-cls']!.labels].sort());
    expect(classes[0]!.candidates.reduce((sum, { delta }) => sum + delta, 0)).toBeCloseTo(0, 6);
  });

  it('finds no difference between two runs of the same model', async () => {
    const [before] = await both('tiny-gpt2', 'The sea');
    const [change] = await comparePredictions(before, before, { candidates: 2 });
    expect(change!.klNats).toBe(0);
    expect(change!.candidates.every(({ delta }) => delta === 0)).toBe(true);
  });

  it('refuses other texts and other models', async () => {
    const [before] = await both('tiny-gpt2', 'The sea');
    const [, longer] = await both('tiny-gpt2', 'The sea and');
    const [, other] = await both('tiny-bert', 'The sea');
    await expect(comparePredictions(before, longer, { candidates: 1 })).rejects.toMatchObject({
      code: 'bad-request',
      reason: 'texts-differ',
    });
    await expect(comparePredictions(before, other, { candidates: 1 })).rejects.toMatchObject({
      code: 'bad-request',
      reason: 'models-differ',
    });
  });
});

async function probabilitiesAt(trace: Trace, position: number): Promise<number[]> {
  const { data, dims } = await slice(trace, 'logits');
  const row = Array.from(data.subarray(position * dims[1]!, (position + 1) * dims[1]!));
  const largest = Math.max(...row);
  const sum = row.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return row.map((logit) => Math.exp(logit - largest) / sum);
}
