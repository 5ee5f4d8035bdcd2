import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { walkFigure } from '../../../renderer/figures/walk-figure.ts';
import type { WalkBlock, WalkFigureInput, WalkKeys, WalkRow } from '../../../renderer/figures/walk-figure.ts';
import { BAR_COLOURS } from '../../../renderer/figures/walk-pen.ts';
import { stripTable } from '../../../renderer/figures/vector-strip.ts';
import { dataUrlBytes, decodePng, testDocument } from './support.ts';

const document = testDocument();
const WIDTH = 860;

function inputOf(blocks: readonly WalkBlock[], change: Partial<WalkFigureInput> = {}): WalkFigureInput {
  const formulas = ['s = \\dfrac{112}{\\sqrt{64}}'];
  const text = { title: 'Scores', subtitle: 'layer 1, head 2', mark: '', formulas };
  return { ...text, blocks, legend: [], theme: 'light', width: WIDTH, ...change };
}
const draw = (input: WalkFigureInput): SVGSVGElement => walkFigure(input, { document });
const texts = (svg: Element): string[] => [...svg.querySelectorAll('text')].map((text) => text.textContent);

const row = (label: string, change: Partial<WalkRow> = {}): WalkRow => ({
  label,
  isSelected: false,
  isHidden: false,
  bars: [{ from: 0.5, width: 0.25, colour: 'above' }],
  strips: [],
  cells: [{ text: '12.34', isQuiet: false }],
  ...change,
});
const keysOf = (rows: readonly WalkRow[], change: Partial<WalkKeys> = {}): WalkKeys => ({
  kind: 'keys',
  keyTitle: 'key',
  stripTitles: [],
  cellTitles: ['q·k'],
  hasBars: true,
  isCentred: true,
  rows,
  more: '',
  ...change,
});
const vector = (values: readonly number[] | null, sign = ''): WalkBlock => ({
  kind: 'vector',
  sign,
  name: 'q = x·W_Q + b',
  detail: `${values?.length ?? 0} numbers`,
  strip: values === null ? null : { values: Float32Array.from(values), hue: 'query', reach: 2 },
  hue: 'query',
  note: '',
});

/** Right and bottom ends of everything with a place of its own. */
function ends(svg: Element): { right: number; bottom: number } {
  const number = (element: Element, name: string): number => Number(element.getAttribute(name) ?? 0);
  const shapes = [...svg.querySelectorAll('rect, image')].slice(1);
  const right = shapes.map((shape) => number(shape, 'x') + number(shape, 'width'));
  const bottom = shapes.map((shape) => number(shape, 'y') + number(shape, 'height'));
  return { right: Math.max(...right), bottom: Math.max(...bottom) };
}

describe('walkFigure', () => {
  it('has its words as text, with name and description for a screen reader', () => {
    const svg = draw(inputOf([keysOf([row('was'), row('it')])], { mark: 'Hand-made.' }));
    expect(texts(svg)).toEqual(expect.arrayContaining(['Scores', 'Hand-made.', '112', '√64', 'key', 'was', '12.34']));
    expect(svg.querySelector('title')!.textContent).toBe('Scores, layer 1, head 2');
    expect(svg.querySelector('desc')!.textContent).toBe('Hand-made. 2 keys.');
  });

  it('keeps everything inside, however many rows', () => {
    const strips = [{ values: new Float32Array(64).fill(1), hue: 'key' as const, reach: 1 }];
    for (const count of [1, 12, 300]) {
      const rows = Array.from({ length: count }, (_, at) => row(`internationalization ${at}`, { strips }));
      const legend = [{ kind: 'strip', hue: 'key', low: '−1', high: '1', text: 'k' } as const];
      const svg = draw(inputOf([keysOf(rows, { stripTitles: ['k'] }), vector([1, 2])], { legend }));
      const { right, bottom } = ends(svg);
      expect(right).toBeLessThanOrEqual(WIDTH - 32 + 0.01);
      expect(bottom).toBeLessThanOrEqual(Number(svg.getAttribute('height')));
      expect(svg.querySelectorAll('.key')).toHaveLength(count);
    }
  });

  it('draws a bar as long as its share of the track, from where it begins', () => {
    const bars = [{ from: 0.25, width: 0.25, colour: 'below' as const }];
    const svg = draw(inputOf([keysOf([row('a', { bars })])]));
    const [track, bar] = ['.track', '.bar'].map((name) => svg.querySelector(name)!);
    const number = (element: Element | undefined, name: string) => Number(element?.getAttribute(name));
    expect(number(bar, 'width')).toBeCloseTo(number(track, 'width') / 4, 1);
    expect(number(bar, 'x') - number(track, 'x')).toBeCloseTo(number(track, 'width') / 4, 1);
    expect(bar!.getAttribute('fill')).toBe(BAR_COLOURS.light.below);
  });

  it('hatches what the mask hides, and draws no bar of no width', () => {
    const svg = draw(inputOf([keysOf([row('a', { isHidden: true, bars: [{ from: 0, width: 0, colour: 'above' }] })])]));
    expect(svg.querySelector('.track')!.getAttribute('fill')).toBe('url(#walk-masked)');
    expect(svg.querySelector('#walk-masked')).not.toBeNull();
    expect(svg.querySelectorAll('.bar')).toHaveLength(0);
  });

  it('draws one cell a number in the colours of strips; above 64 numbers one picture', () => {
    const small = draw(inputOf([vector([-2, 0, 2, NaN])]));
    const table = stripTable('query', THEMES.light);
    const hex = (entry: number): string =>
      `#${[...table.subarray(entry * 4, entry * 4 + 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    const fills = [...small.querySelectorAll('.cells rect')].map((cell) => cell.getAttribute('fill'));
    expect(fills).toEqual([hex(0), hex(128), hex(255), THEMES.light.missing]);
    const large = draw(inputOf([vector(Array.from({ length: 96 }, (_, at) => (at < 48 ? -2 : 2)))]));
    expect(large.querySelectorAll('.cells rect')).toHaveLength(0);
    const picture = decodePng(dataUrlBytes(large.querySelector('image')!.getAttribute('href')!));
    expect(picture.width % 96).toBe(0);
    expect([...picture.pixels.subarray(0, 3)]).toEqual([...table.subarray(0, 3)]);
    expect([...picture.pixels.subarray(-picture.channels).subarray(0, 3)]).toEqual([
      ...table.subarray(255 * 4, 255 * 4 + 3),
    ]);
  });

  it('writes subscripts and powers as the window does', () => {
    const svg = draw(inputOf([vector([1]), keysOf([row('a')], { cellTitles: ['e^(s − m)'] })]));
    const spans = [...svg.querySelectorAll('tspan')].filter((span) => span.hasAttribute('dy'));
    expect(spans.map((span) => span.textContent)).toEqual(expect.arrayContaining(['Q', 's − m']));
    expect(texts(svg)).toContain('e(s − m)'.replace(/[()]/g, ''));
  });

  it('says which vector is not available, and shows products, heads, facts and notes', () => {
    const blocks: WalkBlock[] = [
      vector(null, '→'),
      { kind: 'products', title: 'q ⊙ k', detail: '±3', values: [1, -2, 3], sum: 'Σ = 2' },
      { kind: 'heads', title: 'heads', heads: [{ label: 'head 0', share: 0.5, value: '1.23', isSelected: true }] },
      { kind: 'facts', facts: [{ label: 'entropy', before: '2.1', value: '3.0' }] },
      { kind: 'note', text: 'It is the same computation.' },
    ];
    const svg = draw(inputOf(blocks));
    expect(svg.querySelectorAll('.products .products rect')).toHaveLength(3);
    for (const word of ['→', 'Σ = 2', 'head 0', '1.23', 'entropy 2.1 → 3.0', 'It is the same computation.']) {
      expect(texts(svg)).toContain(word);
    }
  });

  it('brings the number of a fact back to the base line after a power', () => {
    const facts = [{ label: 'Σ e^(s − m)', before: '', value: '4.04' }];
    const spans = [...draw(inputOf([{ kind: 'facts', facts }])).querySelectorAll('.facts tspan')];
    expect(spans.map((span) => span.textContent)).toEqual(['Σ e', 's − m', ' 4.04']);
    const down = spans.reduce((sum, span) => sum + Number(span.getAttribute('dy') ?? 0), 0);
    expect(down).toBeCloseTo(0, 6);
  });

  it('names what is invalid', () => {
    expect(() => draw(inputOf([vector([])]))).toThrow('invalid strip: “q = x·W_Q + b” has no numbers');
    expect(() => draw(inputOf([keysOf([row('a', { cells: [] })])]))).toThrow('invalid row “a”: 0 cells for 1 columns');
    expect(() => draw(inputOf([], { width: 0 }))).toThrow('invalid width: 0');
    const none = { kind: 'products', title: '', detail: '', values: [], sum: '' } as const;
    expect(() => draw(inputOf([none]))).toThrow('invalid products: none');
  });
});

it('bars have the colours that the window gives them', () => {
  const css = readFileSync(path.join(import.meta.dirname, '../../../renderer/styles/tokens.css'), 'utf8');
  const blocks = { light: ':root {', dark: ":root[data-theme='dark'] {", contrast: ":root[data-theme='contrast'] {" };
  const names = { above: 'above', below: 'below', track: 'chip', zero: 'control-line' } as const;
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    const block = css.slice(css.indexOf(blocks[theme])).split('}')[0] ?? '';
    for (const [name, token] of Object.entries(names)) {
      const colour = new RegExp(`--${token}: (#[0-9a-f]{6});`).exec(block)?.[1];
      expect([theme, name, colour]).toEqual([
        theme,
        name,
        BAR_COLOURS[theme][name as keyof typeof names].toLowerCase(),
      ]);
    }
  }
});
