import { describe, expect, it } from 'vitest';
import { heatmapLayout } from '../../../renderer/figures/heatmap.ts';
import { tokenVectorsLayout } from '../../../renderer/figures/token-vectors.ts';
import { createI18n, translator } from '../../../renderer/i18n/index.ts';
import { axisLabels, panelFigure, typicalReach, vectorsFigure } from '../../../renderer/view-models/figure-input.ts';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import type { Lens } from '../../../renderer/state/lens.ts';
import { matrixPanels } from '../../../renderer/view-models/matrix-panels.ts';
import { frameOf, matrix, tokensOf } from '../support.ts';

const words = translator(createI18n('en'), 'en');
const text = { title: 'T', subtitle: 'S' };
const size = { theme: 'light', maxWidth: 600, maxHeight: 400 } as const;

describe('panelFigure', () => {
  const tokens = tokensOf('[CLS]', 'it');
  const of = (station: 'pattern' | 'masked', values: readonly number[], lens: Partial<Lens> = {}) => {
    const frame = frameOf([matrix(`decoder.0.self.${station}`, 2, 2, values)], tokens, { station });
    const [panel] = matrixPanels([{ part: 'original', frame, pair: null }], { ...PLAIN_LENS, ...lens });
    if (panel === undefined) throw new Error('expected a panel');
    return panelFigure(panel, text, words);
  };

  it('draws a pattern on a square-root scale of weights from 0 to 1', () => {
    const figure = of('pattern', [1, 0, 0.5, 0.5]);
    expect(figure).toMatchObject({ rows: 2, columns: 2, rowTitle: 'query', columnTitle: 'key' });
    expect(figure.scale).toEqual({ kind: 'sequential', palette: 'headlight', transform: 'sqrt', domain: [0, 1] });
    expect(figure.legendTitle).toContain('rows sum to 1');
    expect(heatmapLayout({ ...figure, ...size }).raster).toBe(false);
  });

  it('says so where a part of the weight is hidden and the rest is not rescaled', () => {
    expect(of('pattern', [1, 0, 0.5, 0.5], { hideFirst: true }).legendTitle).toContain('do not sum to 1');
    const rescaled = of('pattern', [1, 0, 0.5, 0.5], { hideFirst: true, renormalise: true });
    expect(rescaled.legendTitle).toContain('rows sum to 1');
  });

  it('ends at the largest weight of the matrix where every head has a range of its own', () => {
    const figure = of('pattern', [0.25, 0.125, 0.125, 0.25], { range: 'own' });
    expect(figure.scale.domain).toEqual([0, 0.25]);
    expect(figure.legendTitle).toBe(words('views.legend.own'));
  });

  it('draws scores centred on 0, whatever is masked', () => {
    const figure = of('masked', [1, -Infinity, -3, 2]);
    expect(figure.scale).toMatchObject({ kind: 'diverging', domain: [-3, 3] });
  });
});

it('axisLabels marks special tokens and shows blanks', () => {
  expect(axisLabels(tokensOf('[CLS]', ' '))).toEqual([
    { text: '[CLS]', special: true },
    { text: '␣', special: false },
  ]);
});

describe('vectorsFigure', () => {
  it('puts Q, K and V side by side in their colours', () => {
    const figure = vectorsFigure(
      ['q', 'k', 'v'].map((name) => matrix(`decoder.0.self.${name}`, 1, 2, [1, -1])),
      tokensOf('it'),
      text,
      words,
    );
    expect(figure.panels.map(({ hue, title }) => [hue, title])).toEqual([
      ['query', 'Queries Q'],
      ['key', 'Keys K'],
      ['value', 'Values V'],
    ]);
    expect(tokenVectorsLayout({ ...figure, ...size }).panels).toHaveLength(3);
  });

  it('gives a context the colour of values', () => {
    const [panel] = vectorsFigure([matrix('decoder.0.self.context', 1, 1, [1])], tokensOf('it'), text, words).panels;
    expect(panel?.hue).toBe('value');
  });

  it('ends the scale at the 99.5th percentile where few numbers are far larger, and says so', () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index === 7 ? -90 : index / 1000));
    const [panel] = vectorsFigure([matrix('decoder.final', 1, 1000, values)], tokensOf('it'), text, words).panels;
    expect(panel?.reach).toBeCloseTo(typicalReach(Float32Array.from(values)), 6);
    expect(panel?.reach).toBeLessThan(1.01);
    expect(panel?.legendTitle).toContain('99.5th percentile');
    const plain = vectorsFigure([matrix('decoder.final', 1, 4, [1, 2, 3, 4])], tokensOf('it'), text, words).panels[0];
    expect(plain).toMatchObject({ reach: 4 });
  });
});
