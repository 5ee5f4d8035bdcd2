import { describe, expect, it } from 'vitest';
import type { FilledMask } from '../../../electron/api/index.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import {
  fillRows,
  fillTable,
  isMaskable,
  maskTitle,
  originalText,
  written,
} from '../../../renderer/view-models/fill.ts';
import { token } from '../support.ts';

const en = translator(createI18n('en'), 'en');
const mask = (position: number, original: string | null): FilledMask => ({
  position,
  original: original === null ? null : { id: 7, text: original, probability: 0.125, rank: 3 },
  entropyBits: 2.5,
  candidates: [
    { id: 1, text: 'sea', insert: ' sea', logit: 2, probability: 0.5 },
    { id: 2, text: 'ing', insert: 'ing', logit: 1, probability: 0.25 },
  ],
});

describe('written(input, token, insert)', () => {
  it.each([
    ['The [MASK] was calm.', [4, 10], ' sea', 'The sea was calm.'],
    ['[MASK] was calm.', [0, 6], ' sea', 'sea was calm.'],
    ['The sea was play [MASK].', [17, 23], 'ing', 'The sea was playing.'],
    ['The sea was playing.', [16, 19], 'ed', 'The sea was played.'],
    ['The sea was playing.', [16, 19], ' ground', 'The sea was play ground.'],
    ['It was calm [MASK]', [12, 18], '!', 'It was calm!'],
    ['It was\ncalm', [7, 11], ' wild', 'It was\nwild'],
  ] as const)('%j %o %j', (text, [start, end], insert, expected) => {
    expect(written({ text }, token(1, 'x', { start, end }), insert)).toEqual({ text: expected });
  });

  it('writes into the second sentence where the token is of that', () => {
    const input = { text: 'One.', pair: 'A [MASK].' };
    const of = token(4, '[MASK]', { start: 2, end: 8, part: 1 });
    expect(written(input, of, ' cat')).toEqual({ text: 'One.', pair: 'A cat.' });
  });

  it('leaves a text alone that the token is no part of', () => {
    expect(written({ text: 'One.' }, token(0, '[CLS]', { start: null, end: null }), ' cat')).toEqual({ text: 'One.' });
  });
});

it('only tokens of the text itself can be masked', () => {
  expect(isMaskable(token(1, 'sea', { start: 4, end: 7, special: false }))).toBe(true);
  expect(isMaskable(token(0, '[CLS]', { start: null, end: null }))).toBe(false);
  expect(isMaskable(token(2, '[MASK]', { start: 4, end: 10, special: true }))).toBe(false);
});

it('names a mask by what stood there', () => {
  expect(maskTitle(mask(5, null), en)).toBe('Mask at token 5');
  expect(maskTitle(mask(5, 'ship'), en)).toBe('Mask in the place of “ship” (token 5)');
  expect(originalText(mask(5, 'ship'), en)).toBe('“ship” itself: rank 3, probability 0.125');
  expect(originalText(mask(5, null), en)).toBeNull();
});

it('lists every candidate of every mask, for a figure and for files', () => {
  const masks = [mask(1, 'ship'), mask(4, null)];
  const { columns, bars, note } = fillTable(masks, en);
  expect(columns.map(({ cells }) => cells.length)).toEqual([4, 4, 4, 4]);
  expect(columns[0]!.cells).toEqual(['sea', 'ing', 'sea', 'ing']);
  expect(bars).toEqual([0.5, 0.25, 0.5, 0.25]);
  expect(note).toBe('“ship” itself: rank 3, probability 0.125');
  expect(fillRows(masks)[1]).toEqual({
    ...{ position: 1, original: 'ship', original_rank: 3, original_probability: 0.125, entropy_bits: 2.5 },
    ...{ rank: 1, id: 2, candidate: 'ing', probability: 0.25 },
  });
  expect(fillRows(masks)[2]).toMatchObject({ position: 4, original: null, original_rank: null });
});
