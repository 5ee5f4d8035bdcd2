import { select } from 'd3';
import { expect, it } from 'vitest';
import { NAMESPACE } from '../../../renderer/figures/frame.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { drawFormulas, placeFormulas } from '../../../renderer/figures/walk-formula.ts';
import { testDocument } from './support.ts';

const LONG = Array.from({ length: 3 }, (_, at) => `q_{${at}} = (0.123,\\,0.456,\\,\\dots,\\,0.789)`).join(',\\;\\;');

it('puts two formulas side by side where they fit, else below each other', () => {
  const beside = placeFormulas(['a = b', 'c = d'], 800, 14);
  expect(beside.rows.map((row) => row.length)).toEqual([2]);
  expect(beside.rows[0]![1]!.x).toBeGreaterThan(30);
  const below = placeFormulas(['a = b', 'c = d'], 60, 14);
  expect(below.rows.map((row) => row.length)).toEqual([1, 1]);
  expect(below.height).toBeCloseTo(2 * beside.height, 6);
  expect(placeFormulas([], 100, 14)).toMatchObject({ rows: [], height: 0 });
});

it('breaks a long formula, and loses nothing of it', () => {
  const whole = placeFormulas([LONG], 2000, 14);
  const broken = placeFormulas([LONG], 260, 14);
  expect(whole.rows).toHaveLength(1);
  expect(broken.rows.length).toBeGreaterThan(2);
  const text = ({ rows }: typeof whole) =>
    rows.flatMap((row) => row.flatMap(({ parts }) => parts.map((part) => ('text' in part ? part.text : '')))).join('');
  expect(text(broken)).toBe(text(whole));
});

it('draws fractions with their parts above and below a line, as text', () => {
  const svg = select(testDocument().createElementNS(NAMESPACE, 'svg'));
  const formula = placeFormulas(['s = \\dfrac{112}{\\sqrt{64}} = 14'], 400, 14);
  drawFormulas(svg, formula, { x: 0, y: 0 }, THEMES.light);
  const texts = [...svg.node()!.querySelectorAll('text')];
  expect(texts.map((text) => text.textContent)).toEqual(['s = ', '112', '√64', '= 14']);
  const [, over, under] = texts.map((text) => Number(text.getAttribute('y')));
  const bar = Number(svg.node()!.querySelector('line')!.getAttribute('y1'));
  expect(over).toBeLessThan(bar);
  expect(bar).toBeLessThan(under!);
  expect(over).toBeGreaterThan(0);
  expect(under).toBeLessThan(formula.height);
  const [, , , after] = texts.map((text) => Number(text.getAttribute('x')));
  expect(after).toBeGreaterThan(Number(svg.node()!.querySelector('line')!.getAttribute('x2')) + 3);
});
