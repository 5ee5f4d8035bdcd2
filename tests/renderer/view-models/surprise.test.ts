import { describe, expect, it } from 'vitest';
import type { Surprise } from '../../../electron/api/index.ts';
import { readingFigure } from '../../../renderer/figures/reading.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import {
  surpriseFigure,
  surpriseRows,
  surpriseScale,
  surpriseSums,
  tokenText,
  wayText,
} from '../../../renderer/view-models/surprise.ts';
import { testDocument } from '../figures/support.ts';
import { frameOf, token } from '../support.ts';

const en = translator(createI18n('en'), 'en');
const tokens = [
  token(0, 'The', { start: 0, end: 3 }),
  token(1, 'sea', { start: 3, end: 7 }),
  token(2, 'slept', { start: 7, end: 13 }),
];
const frame = { ...frameOf([], tokens), input: { text: 'The sea slept' } };
const surprise: Surprise = {
  kind: 'next-token',
  tokens: [
    { index: 0, bits: null, probability: null, rank: null },
    { index: 1, bits: 2, probability: 0.25, rank: 1 },
    { index: 2, bits: 5, probability: 0.03125, rank: 9 },
  ],
  ...{ scored: 2, bits: 7, bytes: 10, bitsPerToken: 3.5, bitsPerByte: 0.7, start: null },
  ...{ offersStart: { id: 9, text: '<s>' }, windows: { count: 1, longest: 16, stride: 8 } },
};

describe('the sums', () => {
  it('come with the numbers that they are made of', () => {
    expect(surpriseSums(surprise, en).map(({ label, value, formula }) => `${label} ${value} = ${formula}`)).toEqual([
      'bits per token 3.500 = 7.0000 bits ÷ 2 tokens',
      'bits per byte 0.7000 = 7.0000 bits ÷ 10 bytes (UTF-8)',
      'perplexity 11.31 = 2 to the power of 3.500',
    ]);
  });

  it('are named as what they are for a model that fills masks', () => {
    const labels = surpriseSums({ ...surprise, kind: 'masked-token' }, en).map(({ label }) => label);
    expect(labels).toEqual(['pseudo-bits per token', 'pseudo-bits per byte', 'pseudo-perplexity']);
    expect(wayText({ ...surprise, kind: 'masked-token' }, en)).toContain('Salazar et al. 2020');
  });

  it('are none where nothing is scored', () => {
    expect(surpriseSums({ ...surprise, bitsPerToken: null, bitsPerByte: null }, en)).toEqual([]);
  });
});

it('says how the first token is treated', () => {
  expect(wayText(surprise, en)).toContain('The first token is not scored');
  const started = { ...surprise, start: { id: 9, text: '<s>' } };
  expect(wayText(started, en)).toContain('“<s>” stands before the text');
});

it('says the numbers of a token, or that it has none', () => {
  expect(tokenText(tokens[2]!, surprise.tokens[2], en)).toBe(
    '“slept” (token 2): 5.00 bits, probability 0.0313, rank 9',
  );
  expect(tokenText(tokens[0]!, surprise.tokens[0], en)).toBe('“The” (token 0): not scored');
});

it('colours up to the most surprising token', () => {
  expect(surpriseScale(surprise).domain).toEqual([0, 5]);
  expect(surpriseScale({ ...surprise, tokens: [] }).domain).toEqual([0, 1]);
});

it('is a figure of the text with its sums', () => {
  const input = surpriseFigure(frame, surprise, en);
  expect(input.runs.map(({ text, weight }) => [text, weight])).toEqual([
    ['The', null],
    ['sea', 2],
    ['slept', 5],
  ]);
  const svg = readingFigure({ ...input, theme: 'light' }, { document: testDocument() });
  const texts = [...svg.querySelectorAll('text')].map((text) => text.textContent).join(' ');
  for (const words of ['Surprise', 'slept', 'bits per byte 0.7000']) expect(texts).toContain(words);
});

it('has every token in a file, with nothing where nothing is scored', () => {
  const rows = surpriseRows(tokens, surprise);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({
    index: 0,
    token: 'The',
    start: 0,
    end: 3,
    bits: null,
    probability: null,
    rank: null,
  });
  expect(rows[2]).toMatchObject({ bits: 5, probability: 0.03125, rank: 9 });
});
