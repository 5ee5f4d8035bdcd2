import { describe, expect, it } from 'vitest';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import { besidePanels } from '../../../renderer/view-models/beside-panels.ts';
import { exportFigure } from '../../../renderer/view-models/export-figure.ts';
import { provenanceOf } from '../../../renderer/views/provenance.ts';
import { asTrained, matrix, openedModel, runResult, tokensOf } from '../support.ts';

const words = translator(createI18n('en'), 'en');

function frame(texts: readonly string[], head: number): Frame {
  const size = texts.length;
  const uniform = Array.from({ length: size * size }, () => 1 / size);
  return {
    ...asTrained,
    run: runResult(texts.join(''), tokensOf(...texts)),
    model: openedModel(),
    input: { text: texts.join('') },
    selection: { ...FIRST_SELECTION, head, view: 'beside' },
    matrices: [matrix('p', size, size, uniform)],
  };
}

const left = frame(['The', ' cat'], 0);
const right = frame(['The', ' old', ' cat'], 1);
const beside = besidePanels(left, right, PLAIN_LENS);
const place = { prediction: null, cell: { query: 1, key: 0 }, theme: 'light' as const, words, lens: PLAIN_LENS };

describe('the figure of two runs side by side', () => {
  it('has a panel a run and their difference, each with its text, its head and the chosen cell', () => {
    const figure = exportFigure({ ...place, frame: left, beside });
    if (figure.kind !== 'panels') throw new Error(figure.kind);
    const inputs = figure.panels.map((panel) => (panel.kind === 'heatmap' ? panel.input : null));
    expect(inputs.map((input) => [input?.title, input?.subtitle])).toEqual([
      ['This sentence · head 0 · 0', 'The cat'],
      ['The other · head 0 · 1', 'The old cat'],
      ['Difference: other − this', ''],
    ]);
    expect(inputs.map((input) => input?.selection)).toEqual([
      { row: 1, column: 0 },
      { row: 2, column: 0 },
      { row: 2, column: 0 },
    ]);
    expect(inputs[2]?.rowLabels.map(({ text }) => text.trim())).toEqual(['The', '+  old', 'cat']);
    expect(figure.text.subtitle).toContain('2 of 2 rows here and 3 there align');
  });

  it('says in the file what it was compared with', () => {
    const { text, beside: other } = provenanceOf(left, '1', { query: null, lens: PLAIN_LENS, beside: right });
    expect([text, other]).toEqual(['The cat', { model: 'tiny', text: 'The old cat', layer: 0, head: 1 }]);
  });
});
