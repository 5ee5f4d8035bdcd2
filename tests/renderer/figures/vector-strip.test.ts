import { describe, expect, it } from 'vitest';
import { stripTable, vectorStrip } from '../../../renderer/figures/vector-strip.ts';
import type { VectorStripInput } from '../../../renderer/figures/vector-strip.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { testDocument } from './support.ts';

const document = testDocument();

function strip(values: number[], changes: Partial<VectorStripInput> = {}) {
  const base = {
    values: Float32Array.from(values),
    hue: 'query',
    theme: 'light',
    width: 128,
    height: 14,
    title: 'q of "it"',
  };
  return vectorStrip({ ...base, ...changes } as VectorStripInput, { document });
}

function fills(svg: SVGSVGElement): (string | null)[] {
  return [...svg.querySelectorAll('.cells rect')].map((cell) => cell.getAttribute('fill'));
}

describe('vectorStrip(input)', () => {
  it('has a cell a value, side by side over the whole width', () => {
    const cells = [...strip(new Array<number>(64).fill(1)).querySelectorAll('.cells rect')];
    expect(cells).toHaveLength(64);
    expect(cells.map((cell) => Number(cell.getAttribute('x')))).toEqual(cells.map((_, index) => index * 2));
    expect(cells.every((cell) => Number(cell.getAttribute('width')) === 2)).toBe(true);
  });

  it('gives the greatest magnitude the full colour: the hue above 0, grey below', () => {
    const [most, none, least] = fills(strip([3, 0, -3]));
    expect(most).toBe(THEMES.light.query.toLowerCase());
    expect(new Set([most, none, least]).size).toBe(3);
    expect(least).toBe('#5b6168');
  });

  it('uses one scale for several strips when given a reach, and clamps beyond it', () => {
    expect(fills(strip([1], { reach: 2 }))).toEqual([fills(strip([2, 1]))[1]]);
    expect(fills(strip([5], { reach: 2 }))).toEqual(fills(strip([2])));
  });

  it('shows a vector of zeros, and values that are not numbers', () => {
    expect(new Set(fills(strip([0, 0]))).size).toBe(1);
    expect(fills(strip([1, NaN, -Infinity])).slice(1)).toEqual([THEMES.light.missing, THEMES.light.missing]);
  });

  it('says what it shows', () => {
    const svg = strip([-2.5, 0.125]);
    expect(svg.querySelector('title')!.textContent).toBe('q of "it"');
    expect(svg.querySelector('desc')!.textContent).toBe('2 numbers from −2.5 to 0.125');
  });

  it('refuses an empty vector and a reach of nothing', () => {
    expect(() => strip([])).toThrow('invalid values: an empty vector');
    expect(() => strip([1], { reach: 0 })).toThrow('invalid reach: 0');
  });
});

it.each(['light', 'dark', 'contrast'] as const)('stripTable: every hue of %s ends in its own colour', (theme) => {
  const ends = (['query', 'key', 'value', 'product'] as const).map((hue) =>
    stripTable(hue, THEMES[theme]).slice(-4).join(),
  );
  expect(new Set(ends).size).toBe(4);
});
