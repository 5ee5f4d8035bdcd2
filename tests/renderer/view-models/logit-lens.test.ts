import { describe, expect, it } from 'vitest';
import { LENS_MEASURES } from '../../../electron/api/index.ts';
import { lensGrid } from '../../../renderer/figures/lens-grid.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import type { LensGrid } from '../../../renderer/state/lens-answers.ts';
import {
  cellFacts,
  cellText,
  colourValue,
  gridCell,
  lensFigure,
  lensRows,
  lensScale,
  lensTable,
} from '../../../renderer/view-models/logit-lens.ts';
import { testDocument } from '../figures/support.ts';
import { frameOf, tokensOf } from '../support.ts';

const en = translator(createI18n('en'), 'en');
const tokens = tokensOf('The', 'sea');
const frame = frameOf([], tokens);

/** One layer and the embedding, two tokens; every number another. */
const grid: LensGrid = {
  ...{ kind: 'next-token', layers: 1, tokens: 2 },
  cells: Float32Array.of(
    ...[4, 0.5, 3, 8, 0.01, 20, 0.02, 11],
    ...[5, 0.25, 6, 16, 0.03, 30, NaN, NaN],
    ...[5, 0.75, 1, 0, 0.75, 0, 0.125, 1],
    ...[4, 0.625, 2, 0, 0.625, 0, NaN, NaN],
  ),
  names: new Map([
    [4, ' old'],
    [5, 'ing'],
  ]),
};

it('has the last layer on top and the embedding at the bottom', () => {
  expect(lensRows(grid, en)).toEqual([
    { layer: 0, label: 'Layer 0' },
    { layer: -1, label: 'Embedding' },
  ]);
});

describe('colours', () => {
  it('are probabilities, entropies or divergences', () => {
    expect(colourValue(grid, -1, 1, 'probability')).toBe(0.25);
    expect(colourValue(grid, 0, 1, 'entropy')).toBe(2);
    expect(colourValue(grid, -1, 0, 'kl')).toBe(8);
  });

  it('reach to 1, to the entropy of a uniform vocabulary, to the largest divergence', () => {
    expect(lensScale(grid, 'probability', 256).domain).toEqual([0, 1]);
    expect(lensScale(grid, 'entropy', 256).domain).toEqual([0, 8]);
    expect(lensScale(grid, 'entropy', null).domain).toEqual([0, 6]);
    expect(lensScale(grid, 'kl', 256).domain).toEqual([0, 16]);
    expect(lensScale({ ...grid, cells: new Float32Array(grid.cells.length) }, 'kl', 256).domain).toEqual([0, 1]);
  });
});

describe('one cell', () => {
  it('is read as a sentence', () => {
    expect(cellText(grid, { layer: -1, position: 0 }, tokens, en)).toBe(
      'Embedding, after “The” (token 0): ␣old, probability 0.500; entropy 3.00 bits, KL 8.00 bits',
    );
  });

  it('says where the final prediction and the next token stand', () => {
    const cell = gridCell(grid, { layer: -1, position: 0 }, tokens);
    expect(cell).toEqual({
      entropyBits: 3,
      klBits: 8,
      final: { id: 5, text: 'ing', probability: Math.fround(0.01), rank: 20 },
      actual: { id: tokens[1]!.id, text: 'sea', probability: Math.fround(0.02), rank: 11 },
    });
    expect(cellFacts(grid, cell, en).map(({ label, value }) => `${label}: ${value}`)).toEqual([
      'Entropy: 3.00 bits',
      'KL(final ‖ layer): 8.00 bits',
      'The model’s own prediction, “ing”: rank 20, probability 0.0100',
      'The next token of the text, “sea”: rank 11, probability 0.0200',
    ]);
  });

  it('has no next token at the end of the text', () => {
    expect(gridCell(grid, { layer: 0, position: 1 }, tokens).actual).toBeNull();
  });
});

it('is a figure with the rows as they are shown', () => {
  const input = lensFigure(frame, grid, 'entropy', en);
  expect(input.texts).toEqual(['ing', 'old', 'old', 'ing']);
  expect([...input.values]).toEqual([1, 2, 3, 6]);
  expect(lensGrid({ ...input, theme: 'dark' }, { document: testDocument() }).querySelectorAll('.row')).toHaveLength(2);
});

it('is a table with every number, for files', () => {
  const rows = lensTable(grid, tokens);
  expect(rows).toHaveLength(4);
  expect(Object.keys(rows[0]!)).toHaveLength(4 + LENS_MEASURES.length);
  expect(rows[0]).toMatchObject({ layer: 'embedding', position: 0, token: 'The', top_id: 4, top: ' old', kl_bits: 8 });
  expect(rows[3]).toMatchObject({ layer: 0, position: 1, final_rank: 0, actual_probability: null, actual_rank: null });
});
