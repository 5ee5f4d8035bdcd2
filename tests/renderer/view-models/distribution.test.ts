import { describe, expect, it } from 'vitest';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import type { Distribution } from '../../../renderer/state/distributions.ts';
import {
  borderOf,
  chainOf,
  distributionTable,
  entropyText,
  keptText,
  listedText,
  percent,
  pieceLabel,
  productSum,
} from '../../../renderer/view-models/distribution.ts';

const en = translator(createI18n('en'), 'en');
const nl = translator(createI18n('nl'), 'nl');

const token = (rank: number, logit: number, probability: number, tempered: number, sampled: number) => ({
  ...{ id: 100 + rank, text: ` t${rank}`, rank, logit, probability, tempered, sampled },
});
/** Temperature 0.5, top-k 2, top-p 0.6 of (0.5, 0.3, 0.2): tempered (0.25, 0.09, 0.04) ÷ 0.38. */
const filtered: Distribution = {
  ...{ kind: 'next-token', position: 3, vocabulary: 3, keptByTopK: 2, kept: 1, keptMass: 0.25 / 0.38, named: [] },
  ...{ filters: { temperature: 0.5, topK: 2, topP: 0.6 }, product: null },
  ...{ entropy: { model: 1.485, tempered: 1.2, sampled: 0 }, listedMass: { probability: 0.8, sampled: 1 } },
  candidates: [token(0, -0.693, 0.5, 0.25 / 0.38, 1), token(1, -1.204, 0.3, 0.09 / 0.38, 0)],
};
const plain: Distribution = {
  ...filtered,
  ...{ filters: { temperature: 1, topK: null, topP: 1 }, keptByTopK: 3, kept: 3, keptMass: 1 },
};

describe('chainOf', () => {
  const shown = (distribution: Distribution, rank: number) =>
    chainOf(distribution, distribution.candidates[rank]!, en).map(({ id, value, isCut }) => [id, value, isCut]);

  it('is logit, temperature and softmax without filters', () => {
    expect(shown(plain, 1)).toEqual([
      ['logit', '−1.204', false],
      ['divided', '−1.204', false],
      ['softmax', '0.237', false],
    ]);
  });

  it('goes on with what each filter decides, and ends where the token is drawn with its share', () => {
    expect(shown(filtered, 0)).toEqual([
      ['logit', '−0.6930', false],
      ['divided', '−1.386', false],
      ['softmax', '0.658', false],
      ['topK', 'kept (rank 0)', false],
      ['topP', 'kept (rank 0)', false],
      ['drawn', '1.00', false],
    ]);
    expect(shown(filtered, 1).slice(3)).toEqual([
      ['topK', 'kept (rank 1)', false],
      ['topP', 'left out (rank 1)', true],
      ['drawn', '0', true],
    ]);
  });
});

describe('what is kept and listed', () => {
  it('is said of the whole vocabulary, in both languages', () => {
    expect(keptText(plain, en)).toBe('All 3 pieces of the vocabulary are kept.');
    expect(keptText(filtered, en)).toBe(
      '1 of 3 pieces are kept; they have 65.8 % of the probability at temperature 0.5.',
    );
    expect(keptText(filtered, nl)).toContain('1 van de 3 stukken');
    expect(listedText(filtered, en)).toContain('The 2 listed have 80.0 % of the model’s probability');
    expect(entropyText(plain, en)).toBe('Entropy: 1.49 bits (model)');
    expect(entropyText(filtered, en)).toBe('Entropy: 1.49 bits (model), 0 bits (drawn with)');
  });

  it('borderOf is the first that is left out, where the list has one', () => {
    expect(borderOf(filtered)).toBe(1);
    expect(borderOf(plain)).toBeNull();
  });

  it('distributionTable has both probabilities of every candidate, and says what the list is of', () => {
    const { columns, bars, note } = distributionTable(filtered, en);
    expect(columns.map(({ cells }) => cells[1])).toEqual(['␣t1', '1', '−1.204', '0.300', '0', '101']);
    expect(bars).toEqual([1, 0]);
    expect(note).toContain('nothing is made to sum to 1 over the list');
  });
});

it('percent is never rounded up to 100 or down to 0', () => {
  expect([0, 1, 0.5, 0.99999, 0.0000123, 0.9994].map(percent)).toEqual([
    ...['0 %', '100 %', '50.0 %', '> 99.9 %', '0.00123 %', '99.9 %'],
  ]);
});

it('pieceLabel shows the space before a word, and nothing else changed', () => {
  expect([' the', 'the', ' ', '  x'].map(pieceLabel)).toEqual(['␣the', 'the', '␣', '  x']);
});

it('productSum is features times row, number by number', () => {
  const product = { id: 1, features: Float32Array.of(1, -2), row: Float32Array.of(3, 4), bias: 0.5, tied: true };
  expect(productSum({ product })).toEqual(Float32Array.of(3, -8));
  expect(productSum({ product: null })).toHaveLength(0);
});
