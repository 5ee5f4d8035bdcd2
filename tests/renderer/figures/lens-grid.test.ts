import { describe, expect, it } from 'vitest';
import { colourScale, weightScale } from '../../../renderer/figures/colour-scale.ts';
import { lensGrid } from '../../../renderer/figures/lens-grid.ts';
import type { LensGridInput } from '../../../renderer/figures/lens-grid.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { testDocument } from './support.ts';

const document = testDocument();

function inputOf(columns: number, change: Partial<LensGridInput> = {}): LensGridInput {
  const rows = ['Layer 1', 'Layer 0', 'Embedding'];
  const count = rows.length * columns;
  return {
    ...{ title: 'Logit lens', subtitle: 'tiny', rows, note: 'How it was made.', theme: 'light', maxWidth: 500 },
    columns: Array.from({ length: columns }, (_, at) => `t${at}`),
    texts: Array.from({ length: count }, (_, at) => `c${at}`),
    values: Float32Array.from({ length: count }, (_, at) => at / count),
    scale: weightScale(),
    legendTitle: 'probability',
    ...change,
  };
}

const draw = (input: LensGridInput) => lensGrid(input, { document });
const words = (svg: Element, selector: string) => [...svg.querySelectorAll(selector)].map((each) => each.textContent);

describe('lensGrid', () => {
  it('has a cell a layer and token, coloured by its value, with its words readable on it', () => {
    const svg = draw(inputOf(4));
    expect(svg.querySelectorAll('.band')).toHaveLength(1);
    const { colour } = colourScale(weightScale(), THEMES.light);
    const rows = [...svg.querySelectorAll('.row')];
    rows.forEach((row, line) => {
      expect(words(row, 'text')).toEqual([0, 1, 2, 3].map((at) => `c${line * 4 + at}`));
      const fills = [...row.querySelectorAll('rect')].map((rect) => rect.getAttribute('fill'));
      expect(fills).toEqual([0, 1, 2, 3].map((at) => colour(Math.fround((line * 4 + at) / 12))));
    });
    expect(rows).toHaveLength(3);
    for (const name of ['Layer 1', 'Layer 0', 'Embedding', 't0', 't3', 'probability', 'How it was made.']) {
      expect(words(svg, 'text')).toContain(name);
    }
  });

  it('goes on in bands below where the text is wider than the room, and never leaves it', () => {
    const svg = draw(inputOf(20));
    const bands = [...svg.querySelectorAll('.band')];
    expect(bands.length).toBeGreaterThan(1);
    expect(Number(svg.getAttribute('width'))).toBeLessThanOrEqual(500);
    const first = bands.map((band) => words(band, '.row text'));
    expect(first.flat()).toHaveLength(60);
    expect(new Set(first.flat()).size).toBe(60);
    const bottoms = bands.map((band) => Number(/,([\d.]+)\)/.exec(band.getAttribute('transform') ?? '')?.[1]));
    expect(bottoms).toEqual(bottoms.toSorted((a, b) => a - b));
  });

  it('has narrow cells without words for a very long text, all of them', () => {
    const svg = draw(inputOf(1024));
    expect(svg.querySelectorAll('.row rect')).toHaveLength(3 * 1024);
    expect(svg.querySelectorAll('.row text')).toHaveLength(0);
    expect(words(svg, '.band text')).toContain('0');
    expect(Number(svg.getAttribute('width'))).toBeLessThanOrEqual(500);
  });

  it('cuts long words to their cell, and shows white space and control characters', () => {
    const svg = draw(inputOf(1, { texts: ['a very long candidate', ' ', '\u0007'] }));
    expect(words(svg, '.row text')).toEqual([expect.stringMatching(/^a very.*…$/u), '␣', '\uFFFD']);
  });

  it('paints a cell without a number in the colour of what is missing', () => {
    const svg = draw(inputOf(1, { values: Float32Array.of(0, NaN, 1) }));
    expect(svg.querySelectorAll('.row rect')[1]!.getAttribute('fill')).toBe(THEMES.light.missing);
  });

  it.each([
    ['invalid columns: none', { columns: [], texts: [], values: new Float32Array() }],
    ['invalid texts: 1 for 6 cells', { texts: ['a'] }],
    ['invalid values: 2 for 6 cells', { values: new Float32Array(2) }],
  ])('%s', (message, change) => {
    expect(() => draw(inputOf(2, change))).toThrow(message);
  });
});
