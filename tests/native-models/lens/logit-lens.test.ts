/** The logit lens against transformers' hidden states, norm and head; and against itself in parts. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  lens,
  LENS_MEASURES,
  lensCell,
  lensLayer,
  predict,
  runText,
  slice,
  startLens,
} from '../../../native-models/index.ts';
import type { LensGrid, LensMeasure, Model, Trace } from '../../../native-models/index.ts';
import { LogitLens } from '../../../native-models/lens/logit-lens.ts';
import { assertClose } from '../../support/close.ts';
import { fixtures, goldenCases, openFixture } from '../../support/fixtures.ts';
import { readNpz } from '../../support/npz.ts';

const CLOSE = { atol: 1e-5, rtol: 1e-5 };

function measure(grid: LensGrid, name: LensMeasure): Float32Array {
  const at = LENS_MEASURES.indexOf(name);
  return grid.cells.filter((_, index) => index % LENS_MEASURES.length === at);
}

describe.each(['tiny-gpt2', 'tiny-bert'] as const)('%s', (name) => {
  const reference = readNpz(path.join(fixtures, `${name}.lens.npz`));
  let model: Model;
  beforeAll(async () => {
    model = await openFixture(name);
  });
  afterAll(() => model.dispose());

  describe.each(goldenCases(name))('$name', ({ name: of, input, ids }) => {
    const floats = (key: string) => reference.get(`${of}/${key}`)!.data as Float32Array;
    let trace: Trace;
    let grid: LensGrid;
    beforeAll(async () => {
      trace = await runText(model, input);
      grid = await lens(trace);
    });

    it.each([-1, 0, 1, 2])('layer %d: log-probabilities of the whole vocabulary', async (layer) => {
      const { logProbabilities } = await lensLayer(trace, layer);
      const expected = floats(`lens.${layer < 0 ? 'embedding' : layer}`);
      assertClose(logProbabilities, expected, CLOSE);
      assertClose(logProbabilities.map(Math.exp), expected.map(Math.exp), { atol: 1e-6, rtol: 1e-5 });
    });

    it('the last layer is what the model itself predicts', async () => {
      const { logits } = await lensLayer(trace, 2);
      assertClose(logits, (await slice(trace, 'logits')).data, { atol: 1e-6, rtol: 1e-6 });
      expect(Math.max(...measure(grid, 'kl').slice(-ids.length))).toBeLessThan(1e-9);
      expect(new Set(measure(grid, 'finalRank').slice(-ids.length))).toEqual(new Set([0]));
    });

    it('entropy and divergence in bits', () => {
      assertClose(measure(grid, 'entropy'), floats('entropy'), CLOSE);
      assertClose(measure(grid, 'kl'), floats('kl'), CLOSE);
    });

    it('the most probable token, and where the final one and the one in the text stand', () => {
      const vocabulary = model.source.vocabulary;
      const at = (what: LensMeasure) => measure(grid, what);
      [-1, 0, 1, 2].forEach((layer, row) => {
        const logs = floats(`lens.${layer < 0 ? 'embedding' : layer}`);
        const finals = floats('lens.2');
        ids.forEach((_, token) => {
          const cell = row * ids.length + token;
          const own = [...logs.subarray(token * vocabulary, (token + 1) * vocabulary)];
          const last = [...finals.subarray(token * vocabulary, (token + 1) * vocabulary)];
          const rank = (id: number) => own.filter((log) => log > own[id]!).length;
          const [top, final] = [own.indexOf(Math.max(...own)), last.indexOf(Math.max(...last))];
          const actual =
            model.head === 'next-token'
              ? ids[token + 1]
              : ids[token] === model.tokenizer.maskId
                ? undefined
                : ids[token];
          expect(at('top')[cell]).toBe(top);
          expect(grid.names.get(top)).toBe(model.tokenizer.pieceText(top));
          expect(at('topProbability')[cell]).toBeCloseTo(Math.exp(own[top]!), 5);
          expect(at('finalProbability')[cell]).toBeCloseTo(Math.exp(own[final]!), 5);
          expect(at('finalRank')[cell]).toBe(rank(final));
          expect(at('actualRank')[cell]).toEqual(actual === undefined ? NaN : rank(actual));
          expect(at('actualProbability')[cell]).toEqual(
            actual === undefined ? NaN : expect.closeTo(Math.exp(own[actual]!), 5),
          );
        });
      });
    });

    it('one cell says the same, with its candidates', async () => {
      for (const layer of [-1, 1, 2]) {
        const cell = await lensCell(trace, { layer, position: 2, candidates: 4 });
        const at = (layer + 1) * ids.length + 2;
        const value = (what: LensMeasure) => measure(grid, what)[at]!;
        expect(cell.candidates).toHaveLength(4);
        expect(cell.candidates[0]).toMatchObject({ id: value('top'), text: grid.names.get(value('top')) });
        expect(cell.entropyBits).toBeCloseTo(value('entropy'), 4);
        expect(cell.klBits).toBeCloseTo(value('kl'), 4);
        expect(cell.final).toMatchObject({ rank: value('finalRank') });
        expect(cell.actual?.rank).toBe(value('actualRank'));
      }
      const last = await lensCell(trace, { layer: 2, position: 2, candidates: 4 });
      const [prediction] = await predict(trace, { position: 2, candidates: 4 });
      expect(last.candidates.map(({ id }) => id)).toEqual(prediction!.candidates.map(({ id }) => id));
    });

    it('comes in parts, whatever their size', async () => {
      const facts = {
        kind: grid.kind,
        nameOf: (id: number) => model.tokenizer.pieceText(id),
        maskId: model.tokenizer.maskId,
      };
      const parts = new LogitLens(trace.data, facts, { block: 3, ms: 0 });
      const fractions: number[] = [];
      let result: LensGrid | null = null;
      for (; result === null; result = await parts.step()) fractions.push(parts.fraction);
      expect(fractions).toHaveLength(Math.ceil(ids.length / 3) * 4);
      expect(fractions).toEqual(fractions.toSorted((a, b) => a - b));
      expect([fractions[0], parts.fraction]).toEqual([0, 1]);
      expect(result.names).toEqual(grid.names);
      const numbers = (cells: Float32Array) => cells.map((each) => (Number.isNaN(each) ? -1 : each));
      assertClose(numbers(result.cells), numbers(grid.cells), { atol: 1e-5, rtol: 1e-5 });
    });
  });

  it('is of the run as it was changed', async () => {
    const text = { text: 'The keeper lit the lamp.' };
    const [plain, changed] = [
      await runText(model, text),
      await runText(model, text, { interventions: [{ kind: 'head', site: { layer: 1 }, factor: 0 }] }),
    ];
    const [before, after] = [await lens(plain), await lens(changed)].map((grid) => measure(grid, 'entropy'));
    const row = plain.tokens.length;
    expect(after!.slice(0, 2 * row)).toEqual(before!.slice(0, 2 * row));
    expect(after!.slice(2 * row)).not.toEqual(before!.slice(2 * row));
  });

  it('has no other layers and tokens than the model and the text', async () => {
    const trace = await runText(model, { text: 'The keeper.' });
    const place = { layer: 0, position: 0, candidates: 1 };
    await expect(lensCell(trace, { ...place, layer: 3 })).rejects.toMatchObject({ reason: 'lens-layer-missing' });
    await expect(lensCell(trace, { ...place, layer: -2 })).rejects.toMatchObject({ reason: 'lens-layer-missing' });
    await expect(lensCell(trace, { ...place, position: 99 })).rejects.toMatchObject({ reason: 'token-missing' });
  });
});

it('needs a head that predicts tokens', async () => {
  const model = await openFixture('tiny-bert-cls');
  const trace = await runText(model, { text: 'The sea was calm.' });
  expect(() => startLens(trace)).toThrow('classes of the whole text');
  await expect(lensLayer(trace, 0)).rejects.toMatchObject({ reason: 'no-vocabulary' });
  await model.dispose();
});
