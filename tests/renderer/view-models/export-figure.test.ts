import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { heatmap } from '../../../renderer/figures/heatmap.ts';
import { textTable } from '../../../renderer/figures/text-table.ts';
import { tokenVectors } from '../../../renderer/figures/token-vectors.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import type { Station } from '../../../renderer/state/stations.ts';
import { exportFigure, fileName } from '../../../renderer/view-models/export-figure.ts';
import { asTrained, matrix, openedModel, runResult, tokensOf } from '../support.ts';

const { document } = parseHTML('<html></html>');
const words = translator(createI18n('en'), 'en');
const tokens = tokensOf('it', 'was');
const prediction = {
  kind: 'next-token' as const,
  position: 1,
  candidates: [
    { id: 7, text: ' cold', logit: 3, probability: 0.5 },
    { id: 9, text: ' late', logit: 2, probability: 0.25 },
  ],
};

function frameOf(station: Station, matrices: Frame['matrices'] = []): Frame {
  const selection = { ...FIRST_SELECTION, station, layer: 1, head: 2 };
  return { ...asTrained, run: runResult('t', tokens), model: openedModel(), selection, matrices };
}
const place = { prediction, cell: { query: 1, key: 0 }, theme: 'light' as const, words };

describe('exportFigure', () => {
  it('makes a heatmap with title, place, model and selection', () => {
    const figure = exportFigure({ ...place, frame: frameOf('pattern', [matrix('p', 2, 2, [1, 0, 0.5, 0.5])]) });
    if (figure.kind !== 'heatmap') throw new Error(figure.kind);
    expect(figure.input).toMatchObject({ title: 'Softmax weights', selection: { row: 1, column: 0 } });
    expect(figure.input.subtitle).toBe('who each token looks at · layer 1, head 2 · tiny');
    const svg = heatmap(figure.input, { document, cells: 'draw' });
    expect(svg.querySelectorAll('.cells rect')).toHaveLength(4);
  });

  it('leaves a selection outside the matrix out', () => {
    const frame = frameOf('pattern', [matrix('p', 2, 2, [1, 0, 0.5, 0.5])]);
    const figure = exportFigure({ ...place, frame, cell: { query: 5, key: null } });
    if (figure.kind !== 'heatmap') throw new Error(figure.kind);
    expect(figure.input.selection).toEqual({ row: undefined, column: undefined });
  });

  it('writes subscripts as letters, for text without markup', () => {
    const figure = exportFigure({ ...place, frame: frameOf('scaled', [matrix('s', 2, 2, [1, 0, 1, 1])]) });
    expect(figure.input.title).toBe('Scaled scores q·k ÷ √dₖ');
  });

  it('makes vectors of the stations that have them', () => {
    const three = ['q', 'k', 'v'].map((name) => matrix(`decoder.1.self.${name}`, 2, 2, [1, 2, 3, 4]));
    const figure = exportFigure({ ...place, frame: frameOf('qkv', three) });
    if (figure.kind !== 'vectors') throw new Error(figure.kind);
    const svg = tokenVectors(figure.input, { document, cells: 'draw' });
    expect(svg.querySelectorAll('.cells rect')).toHaveLength(12);
  });

  it('makes tables of tokens and predictions', () => {
    for (const [station, cells] of [
      ['tokens', 'was'],
      ['prediction', '0.500'],
    ] as const) {
      const figure = exportFigure({ ...place, frame: frameOf(station) });
      if (figure.kind !== 'table') throw new Error(figure.kind);
      expect(textTable(figure.input, { document }).textContent).toContain(cells);
    }
  });
});

it('fileName says what the file holds, in plain letters', () => {
  expect(fileName(frameOf('pattern'), 'svg')).toBe('tiny-pattern-layer-1-head-2.svg');
  expect(fileName(frameOf('output'), 'png')).toBe('tiny-output-layer-1.png');
  const model = openedModel({ entry: { ...openedModel().entry, name: 'a/B c?' } });
  expect(fileName({ ...frameOf('tokens'), model }, 'svg')).toBe('a-b-c-tokens.svg');
});
