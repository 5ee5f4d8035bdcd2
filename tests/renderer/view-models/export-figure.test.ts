import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { heatmap } from '../../../renderer/figures/heatmap.ts';
import { textTable } from '../../../renderer/figures/text-table.ts';
import { tokenVectors } from '../../../renderer/figures/token-vectors.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { FIRST_WALK } from '../../../renderer/state/app-state.ts';
import type { Frame } from '../../../renderer/state/frames.ts';
import { FIRST_SELECTION } from '../../../renderer/state/selection.ts';
import type { Station } from '../../../renderer/state/stations.ts';
import { exportFigure, fileName } from '../../../renderer/view-models/export-figure.ts';
import { partFrames, RUN_PARTS } from '../../../renderer/view-models/run-compare.ts';
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
    expect(figure).toMatchObject({ input: { title: 'Scaled scores q·k ÷ √dₖ' } });
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

describe('exportFigure of a changed run', () => {
  const knockedOut = { kind: 'head', site: { stack: 'decoder', layer: 1, head: 2 }, factor: 0 } as const;
  const original = frameOf('pattern', [matrix('p', 2, 2, [1, 0, 0.5, 0.5])]);
  const changed: Frame = {
    ...original,
    interventions: [knockedOut],
    matrices: [matrix('p', 2, 2, [1, 0, 0.25, 0.75])],
  };

  it('says in the subtitle what was changed, in both languages', () => {
    const figure = exportFigure({ ...place, frame: changed });
    const subtitle = 'who each token looks at · layer 1, head 2 · tiny · 1 change: Knocked out: layer 1, head 2';
    expect(figure).toMatchObject({ kind: 'heatmap', input: { subtitle } });
    const dutch = translator(createI18n('nl'), 'nl');
    const nl = exportFigure({ ...place, words: dutch, frame: changed });
    expect(nl).toMatchObject({ input: { subtitle: expect.stringContaining('1 verandering: ') as string } });
    expect(JSON.stringify(exportFigure({ ...place, frame: original }))).not.toContain('change');
  });

  it('describes the first three of many changes', () => {
    const frame = { ...changed, interventions: Array.from({ length: 5 }, () => knockedOut) };
    const figure = exportFigure({ ...place, frame });
    expect(figure).toMatchObject({
      input: { subtitle: expect.stringMatching(/5 changes: .*; and 2 more$/) as string },
    });
  });

  it('puts the runs side by side that the stage shows so, with the difference', () => {
    const parts = partFrames(original, changed, RUN_PARTS);
    const figure = exportFigure({ ...place, frame: changed, parts });
    if (figure.kind !== 'panels') throw new Error(figure.kind);
    expect(figure.text.subtitle).toContain('1 change');
    expect(figure.panels.map(({ input }) => input.title)).toEqual(['Original', 'Changed', 'Difference']);
    expect(new Set(figure.panels.map(({ input }) => input.id)).size).toBe(3);
    const [, , difference] = figure.panels;
    if (difference?.kind !== 'heatmap') throw new Error(difference?.kind);
    expect([...difference.input.matrix]).toEqual([0, 0, -0.25, 0.25]);
  });

  it('says that a difference alone is one', () => {
    const figure = exportFigure({ ...place, frame: changed, parts: partFrames(original, changed, ['difference']) });
    expect(figure).toMatchObject({
      input: { subtitle: expect.stringMatching(/^changed minus original · /) as string },
    });
  });

  it('has both runs of a prediction in one table', () => {
    const candidates = [{ id: 7, text: ' cold', before: 0.5, after: 0.25, delta: -0.25 }];
    const change = { kind: 'next-token' as const, position: 1, klNats: 0.125, candidates };
    const figure = exportFigure({ ...place, frame: { ...changed, ...frameOf('prediction') }, change });
    if (figure.kind !== 'table') throw new Error(figure.kind);
    expect(figure.input.columns.map(({ cells }) => cells[0])).toEqual(['␣cold', '0.500', '0.250', '−0.250', '7']);
    expect(figure.input.note).toContain('0.125');
  });
});

it('exports the walk of a token with its place in the subtitle', () => {
  const vectors = ['q', 'k', 'v'].map((name) => matrix(`decoder.1.self.${name}`, 2, 2, [1, 2, 3, 4]));
  const frame = frameOf('qkv', vectors);
  const figure = exportFigure({ ...place, frame, walk: { frame, shown: FIRST_WALK } });
  const subtitle = '“was”, token 1 · what each token asks, offers and hands over · layer 1, head 2 · tiny';
  expect(figure).toMatchObject({ kind: 'walk', input: { title: 'Queries, keys and values', subtitle } });
});

it('fileName says what the file holds, in plain letters', () => {
  expect(fileName(frameOf('pattern'), 'svg')).toBe('tiny-pattern-layer-1-head-2.svg');
  expect(fileName(frameOf('output'), 'png')).toBe('tiny-output-layer-1.png');
  expect(fileName(frameOf('scores'), 'svg', 4)).toBe('tiny-scores-layer-1-head-2-token-4.svg');
  const interventions = [{ kind: 'scale', site: {}, factor: 1 } as const];
  expect(fileName({ ...frameOf('output'), interventions }, 'svg')).toBe('tiny-output-layer-1-changed.svg');
  const model = openedModel({ entry: { ...openedModel().entry, name: 'a/B c?' } });
  expect(fileName({ ...frameOf('tokens'), model }, 'svg')).toBe('a-b-c-tokens.svg');
});
