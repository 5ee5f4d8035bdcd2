import { describe, expect, it } from 'vitest';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { layerFlow, layerFlowLayout } from '../../../renderer/figures/layer-flow.ts';
import type { LayerFlow } from '../../../renderer/state/flow.ts';
import { FIRST_FLOW } from '../../../renderer/state/flow-options.ts';
import { layersExport } from '../../../renderer/view-models/export-layers.ts';
import {
  flowQuestion,
  flowUnits,
  layersFigure,
  methodText,
  nodeText,
  percentText,
  ribbonText,
} from '../../../renderer/view-models/layers.ts';
import { frameOf, token } from '../support.ts';
import { testDocument } from '../figures/support.ts';

const en = translator(createI18n('en'), 'en');
const nl = translator(createI18n('nl'), 'nl');

/** `The`, `light` + `house`, `shone`. */
const tokens = [
  token(0, 'The', { start: 0, end: 3 }),
  token(1, 'light', { start: 4, end: 9 }),
  token(2, 'house', { start: 9, end: 14, startsWord: false }),
  token(3, 'shone', { start: 15, end: 20 }),
];
const frame = { ...frameOf([], tokens, { query: 3 }, 'r7'), input: { text: 'The lighthouse shone' } };
const PIECES = { unit: 'pieces', groups: [] } as const;
const WORDS = { unit: 'words', groups: [] } as const;

/** Two layers; amounts chosen by hand, rows sum to 1. */
const flow: LayerFlow = {
  ...{ stack: 'decoder', target: 3, method: 'rollout', weighting: 'attention', residual: 0.5, scale: 1 },
  relevance: Float32Array.of(0.25, 0.375, 0.125, 0.25, 0, 0.25, 0.25, 0.5, 0, 0, 0, 1),
  layers: [
    {
      ...{ layer: 0, total: 1, residual: 0.5 },
      edges: [
        { from: 3, to: 3, amount: 0.25, residual: true },
        { from: 0, to: 3, amount: 0.25, residual: false },
        { from: 1, to: 1, amount: 0.125, residual: true },
        { from: 1, to: 1, amount: 0.125, residual: false },
        { from: 2, to: 2, amount: 0.125, residual: true },
        { from: 1, to: 2, amount: 0.125, residual: false },
      ],
    },
    {
      ...{ layer: 1, total: 1, residual: 0.5 },
      edges: [
        { from: 3, to: 3, amount: 0.5, residual: true },
        { from: 1, to: 3, amount: 0.25, residual: false },
        { from: 2, to: 3, amount: 0.25, residual: false },
      ],
    },
  ],
};

const place = { title: '', subtitle: '', theme: 'light', maxWidth: 800, maxHeight: 500 } as const;

describe('flowQuestion', () => {
  it('is about the selected token of the run, as the options say', () => {
    expect(flowQuestion(frame, 2, { ...FIRST_FLOW, residual: 0.3 })).toEqual({
      ...{ traceId: 'r7', stack: 'decoder', target: 2, method: 'rollout', weighting: 'attention', residual: 0.3 },
    });
    expect(flowQuestion(frame, 9, FIRST_FLOW).target).toBe(3);
  });

  it('is the same for every share where the share is of no account', () => {
    const asked = [0.1, 0.9].map((residual) => flowQuestion(frame, 2, { ...FIRST_FLOW, weighting: 'norms', residual }));
    expect(asked[0]).toEqual(asked[1]);
  });
});

describe('layersFigure', () => {
  it('has a row a token', () => {
    const figure = layersFigure(flow, flowUnits(frame, PIECES), en);
    expect(figure.labels.map(({ text }) => text)).toEqual(['The', 'light', 'house', 'shone']);
    expect(figure.relevance).toEqual(flow.relevance);
    expect(figure.links).toEqual(flow.layers.map(({ edges }) => edges));
    expect([figure.totals, figure.target]).toEqual([[1, 1], 3]);
  });

  it('adds up the pieces of a word, and loses nothing', () => {
    const units = flowUnits(frame, WORDS);
    const figure = layersFigure(flow, units, en);
    expect(figure.labels.map(({ text }) => text)).toEqual(['The', 'lighthouse', 'shone']);
    expect([...figure.relevance]).toEqual([0.25, 0.5, 0.25, 0, 0.5, 0.5, 0, 0, 1]);
    expect(figure.target).toBe(2);
    const layout = layerFlowLayout({ ...figure, ...place });
    const own = layout.ribbons.find(
      ({ layer, from, to, residual }) => layer === 0 && from === 1 && to === 1 && residual,
    );
    expect(own?.amount).toBe(0.25);
    expect(layout.drawn).toBeCloseTo(1, 9);
  });

  it('has words in both languages', () => {
    for (const [words, attention, layer] of [
      [en, 'by attention', 'layer 1'],
      [nl, 'door attention', 'laag 1'],
    ] as const) {
      const figure = layersFigure(flow, flowUnits(frame, PIECES), words);
      const svg = layerFlow({ ...figure, ...place }, { document: testDocument() });
      const texts = [...svg.querySelectorAll('text')].map((text) => text.textContent);
      expect(texts).toEqual(expect.arrayContaining([attention, layer, '37.5 %']));
      expect(texts.filter((text) => text.includes('{{') || text.includes('layers.'))).toEqual([]);
    }
  });
});

describe('words', () => {
  const units = flowUnits(frame, PIECES);
  const rows = [0, 1, 2].map((first) => ({ first, count: first === 2 ? 2 : 1 }));

  it('say by which way', () => {
    expect(methodText(flow, en)).toBe('attention rollout over mean attention weights · residual share 0.50');
    const norms = methodText({ ...flow, weighting: 'norms', residual: null, method: 'flow', scale: 3.25 }, en);
    expect(norms).toBe(
      'attention flow over norms of what the heads write · residual stream by its norm · shares of 3.25, the sum of the maximum flows',
    );
    expect(methodText({ ...flow, method: 'raw', residual: null }, en)).toBe(
      'each layer by itself, mean attention weights',
    );
  });

  it('say what a bar is', () => {
    expect(nodeText(units, rows[1]!, { boundary: 0, share: 0.375 }, en)).toBe('“light” (1) at the embedding: 37.50 %');
    expect(nodeText(units, rows[2]!, { boundary: 2, share: 0.00001 }, en)).toBe('… 2 tokens after layer 1: <0.01 %');
  });

  it('say what a ribbon carries', () => {
    const ribbon = { layer: 1, from: 1, to: 0, amount: 0.25, residual: false };
    expect(ribbonText(flow, units, rows, ribbon, en)).toBe(
      'layer 1: “The” (0) takes 25.00 % from “light” (1) by attention',
    );
    const kept = { ...ribbon, from: 0, residual: true };
    expect(ribbonText(flow, units, rows, kept, en)).toContain('keeps 25.00 % through the residual stream');
    expect(ribbonText({ ...flow, weighting: 'norms' }, units, rows, kept, en)).toContain('attention to itself');
  });

  it('write small shares as small, and none as 0', () => {
    expect([0, 0.0004, 0.0006, 1].map((share) => percentText(share, 1))).toEqual([
      '0.0 %',
      '<0.1 %',
      '0.1 %',
      '100.0 %',
    ]);
  });
});

describe('layersExport', () => {
  const only = { part: 'original', frame, flow } as const;

  it('names the token, the way and the model', () => {
    const { text, figures } = layersExport({ parts: [only], lens: PIECES, theme: 'dark', words: en });
    expect(text.title).toBe('Where “shone” (3) has its information from');
    expect(text.subtitle).toBe('attention rollout over mean attention weights · residual share 0.50 · tiny');
    expect(figures).toHaveLength(1);
    expect(figures[0]).toMatchObject({ ...text, theme: 'dark', target: 3 });
  });

  it('has a figure a run, and tells what was changed', () => {
    const changed = {
      ...frame,
      interventions: [{ kind: 'head' as const, site: { stack: 'decoder' as const, layer: 1, head: 2 }, factor: 0 }],
    };
    const parts = [only, { part: 'changed', frame: changed, flow } as const];
    const { text, figures } = layersExport({ parts, lens: WORDS, theme: 'light', words: en });
    expect(figures.map(({ title, id }) => [title, id])).toEqual([
      ['Original', 'layers-original'],
      ['Changed', 'layers-changed'],
    ]);
    expect(text.subtitle).toMatch(/· tiny · 1 change: .*layer 1, head 2/u);
    expect(() => layersExport({ parts: [], lens: PIECES, theme: 'light', words: en })).toThrow(/^invalid parts: none/u);
  });
});
