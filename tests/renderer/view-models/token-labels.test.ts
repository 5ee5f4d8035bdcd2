import { describe, expect, it } from 'vitest';
import type { Prediction, PredictionChange } from '../../../electron/api/index.ts';
import { labelledTokens, labelsTable } from '../../../renderer/view-models/token-labels.ts';
import { tokensOf } from '../support.ts';

const LABELS = ['O', 'B-PER', 'I-PER', 'B-LOC', 'odd'];
const tokens = tokensOf('[CLS]', 'Ada', 'saw', 'Paris', '[SEP]');

function prediction(position: number, ...scores: readonly (readonly [string, number])[]): Prediction {
  const candidates = scores.map(([text, probability]) => ({
    id: LABELS.indexOf(text),
    text,
    logit: Math.log(probability),
    probability,
  }));
  return { kind: 'token-classification', position, candidates };
}

const predictions = [
  prediction(1, ['I-PER', 0.8], ['O', 0.2]),
  prediction(2, ['O', 0.9], ['B-LOC', 0.1]),
  prediction(3, ['B-LOC', 0.7], ['odd', 0.3]),
];
const plain = labelledTokens({ tokens, predictions }, LABELS, null);

describe('labelledTokens', () => {
  it('gives every token of the text its most probable label, and special tokens none', () => {
    expect(plain.map(({ token, label }) => [token.text, label?.text ?? null, label?.probability ?? null])).toEqual([
      ['[CLS]', null, null],
      ['Ada', 'I-PER', 0.8],
      ['saw', 'O', 0.9],
      ['Paris', 'B-LOC', 0.7],
      ['[SEP]', null, null],
    ]);
  });

  it('tells kinds apart by what the label is of, wherever it begins; outside is no kind', () => {
    expect(plain.map(({ label }) => label?.kind)).toEqual([undefined, 0, null, 1, undefined]);
    const odd = labelledTokens({ tokens, predictions: [prediction(1, ['odd', 1])] }, LABELS, null);
    expect(odd[1]!.label!.kind).toBe(2);
  });

  it('shows the changed run’s label, and the one it was where it is another', () => {
    const change = (position: number, before: number[], after: number[]): PredictionChange => ({
      kind: 'token-classification',
      position,
      klNats: 0.1,
      candidates: ['O', 'B-LOC'].map((text, at) => ({
        id: LABELS.indexOf(text),
        text,
        before: before[at]!,
        after: after[at]!,
        delta: after[at]! - before[at]!,
      })),
    });
    const changed = labelledTokens({ tokens, predictions }, LABELS, [
      change(2, [0.9, 0.1], [0.25, 0.75]),
      change(3, [0.4, 0.6], [0.3, 0.7]),
    ]);
    expect(changed[2]).toMatchObject({ label: { text: 'B-LOC', probability: 0.75 }, was: 'O' });
    expect(changed[3]).toMatchObject({ label: { text: 'B-LOC', probability: 0.7 }, was: null });
  });
});

const words = Object.assign((key: string) => key, { has: () => true });

it('labelsTable has a row a token, and a bar for its probability', () => {
  const { columns, bars } = labelsTable(plain, words);
  expect(columns.map(({ title }) => title)).toEqual([
    'stage.columns.index',
    'stage.columns.text',
    'stage.columns.label',
    'stage.probability',
  ]);
  expect(columns.map(({ cells }) => cells[1])).toEqual(['1', 'Ada', 'I-PER', '0.800']);
  expect(columns.map(({ cells }) => cells[0])).toEqual(['0', '[CLS]', '–', '–']);
  expect(bars).toEqual([0, 0.8, 0.9, 0.7, 0]);
});
