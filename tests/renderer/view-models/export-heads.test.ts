import { describe, expect, it } from 'vitest';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { arrangeHeads } from '../../../renderer/view-models/atlas-order.ts';
import type { AtlasOrder } from '../../../renderer/state/atlas.ts';
import { headsFigure } from '../../../renderer/view-models/export-heads.ts';
import type { HeadsPlace } from '../../../renderer/view-models/export-heads.ts';
import { headReading, NO_NUMBERS } from '../../../renderer/view-models/head-quantity.ts';
import { asTrained, openedModel, runResult, siteSummary, tokensOf } from '../support.ts';

const summary = siteSummary();

function placeOf(order: AtlasOrder, changes: Partial<HeadsPlace> = {}): HeadsPlace {
  const reading = order === 'highest' ? headReading('statistic.first', summary, NO_NUMBERS) : null;
  const selection = { ...FIRST_SELECTION, layer: 1, head: 2, others: [{ layer: 0, head: 1 }] };
  const run = runResult('run', tokensOf('a', 'b'), { summaries: [summary] });
  return {
    frame: { run, model: openedModel(), ...asTrained, selection, matrices: [] },
    summary,
    order,
    reading,
    arrangement: arrangeHeads(order, summary, reading, { tokens: 2, isCausal: true, scored: null }),
    range: 'shared',
    theme: 'light',
    words: translator(createI18n('en'), 'en'),
    ...changes,
  };
}

describe('headsFigure', () => {
  it('by position is the atlas of layers and heads, with the selected head', () => {
    const figure = headsFigure(placeOf('position'));
    expect(figure.kind).toBe('atlas');
    expect(figure.input).toMatchObject({ layers: 2, heads: 3, grid: 2, selection: { layer: 1, head: 2 } });
    expect(figure.input.subtitle).toBe('tiny · order: position');
    expect(figure.input.legendTitle).toBe('weight, square-root scale');
  });

  it('by a number is the heads in that order, with their values and what they are', () => {
    const figure = headsFigure(placeOf('highest'));
    if (figure.kind !== 'atlas-sections') throw new Error('expected sections');
    expect(figure.input.sections).toHaveLength(1);
    expect(figure.input.sections[0]!.heads.map(({ label }) => label)).toEqual([
      '1.2 5.20',
      '1.1 4.20',
      '1.0 3.20',
      '0.2 2.20',
      '0.1 1.20',
      '0.0 0.200',
    ]);
    expect(figure.input.subtitle).toBe('tiny · order: highest first · first token');
    expect([figure.input.selection, figure.input.others]).toEqual([5, [1]]);
  });

  it('by likeness has the groups with their names and sizes', () => {
    const figure = headsFigure(placeOf('similar'));
    if (figure.kind !== 'atlas-sections') throw new Error('expected sections');
    const { sections } = figure.input;
    expect(sections.reduce((sum, { heads }) => sum + heads.length, 0)).toBe(6);
    for (const { name, heads } of sections) expect(name).toContain(`(${heads.length})`);
  });

  it('says how far colours go, and how many tokens a cell stands for', () => {
    const figure = headsFigure(placeOf('position', { range: 'own', summary: { ...summary, block: 9 } }));
    expect(figure.input.legendTitle).toBe(
      'largest weight among 9 × 9 tokens, in parts of each head’s largest, square-root scale',
    );
  });
});
