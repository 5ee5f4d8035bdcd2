import katex from 'katex';
import { describe, expect, it } from 'vitest';
import { STATIONS } from '../../../renderer/state/stations.ts';
import { stationFormula, texVector } from '../../../renderer/view-models/station-formula.ts';
import type { FormulaFacts } from '../../../renderer/view-models/station-formula.ts';

const trust = (context: { command: string }) => context.command === '\\htmlClass';
const mathml = (tex: string) =>
  katex.renderToString(tex, { output: 'mathml', strict: false, trust, throwOnError: true });

const facts: FormulaFacts = {
  station: 'scores',
  query: 'it',
  key: 'animal_%',
  tokenId: 340,
  dHead: 64,
  heads: 6,
  causal: true,
  segments: true,
  scale: 'softmax',
  normAfter: false,
  cell: {
    query: 3,
    key: 1,
    score: 112,
    scaled: 14,
    masked: 14,
    visible: true,
    rowMaximum: 14,
    numerator: 1,
    denominator: 1.1353,
    weight: 0.8808,
  },
  q: Float32Array.of(1, -2, 3, 0.5),
  k: Float32Array.of(4, 5, -6, 2),
  v: Float32Array.of(1, 1, 1, 1),
  vector: Float32Array.of(0.25, -0.5, 0.75, 1),
  strongest: [
    { token: 'animal', weight: 0.8808 },
    { token: 'it', weight: 0.1192 },
  ],
  candidate: { token: 'tired', logit: 12.5, probability: 0.31 },
};

describe('stationFormula', () => {
  it('is TeX that KaTeX reads at every station, in symbols and filled', () => {
    for (const { id: station } of STATIONS) {
      for (const change of [{}, { causal: false, normAfter: true, segments: false }]) {
        const { symbols, filled } = stationFormula({ ...facts, ...change, station });
        expect(mathml(symbols)).toContain('<math');
        expect(filled, station).not.toBeNull();
        expect(mathml(filled!)).toContain('<math');
      }
    }
  });

  it('has the numbers of the cell', () => {
    const filled = (station: FormulaFacts['station'], change: Partial<FormulaFacts> = {}) =>
      stationFormula({ ...facts, ...change, station }).filled!;
    expect(filled('scores')).toContain('1.00\\cdot4.00 + (−2.00)\\cdot5.00 + \\dots + 0.500\\cdot2.00 = 112.0');
    expect(filled('scaled')).toBe('\\dfrac{112.0}{\\sqrt{64}} = 14.00');
    expect(filled('pattern')).toContain('\\dfrac{1.000}{1.135} = 0.8808');
    expect(filled('context')).toContain('0.881');
    expect(filled('prediction')).toContain('e^{12.5}');
    const scaled = (scale: FormulaFacts['scale']) => stationFormula({ ...facts, scale, station: 'prediction' });
    expect(scaled('sigmoid').filled).toContain('\\dfrac{1}{1 + e^{-(12.5)}} = 0.310');
    expect(scaled('value').filled).toMatch(/^y_.* = 12\.5$/u);
    for (const scale of ['sigmoid', 'value'] as const) {
      const { symbols, filled: numbers } = scaled(scale);
      for (const tex of [symbols, numbers ?? '']) expect(mathml(tex)).toContain('<math');
    }
    const hidden = { ...facts.cell!, visible: false, masked: -Infinity };
    expect(filled('masked', { cell: hidden })).toContain('(−\\infty) = −\\infty');
    expect(filled('pattern', { cell: hidden }).endsWith('= 0')).toBe(true);
  });

  it('keeps its symbols while the numbers are on their way', () => {
    const unknown = { cell: null, q: null, k: null, v: null, vector: null, candidate: null, tokenId: null };
    for (const { id: station } of STATIONS) {
      expect(stationFormula({ ...facts, ...unknown, station }).filled).toBeNull();
    }
  });
});

it('texVector shortens long vectors and writes short ones out', () => {
  expect(texVector(Float32Array.of(1, -2, 3, 4, 0.5))).toBe('(1.00,\\,−2.00,\\,\\dots,\\,0.500)');
  expect(texVector(Float32Array.of(1, 2))).toBe('(1.00,\\,2.00)');
});
