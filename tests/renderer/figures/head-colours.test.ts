import { lab, rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { luminance } from '../../../renderer/figures/contrast.ts';
import { headColours, lineStyle, MOST_STYLES } from '../../../renderer/figures/head-colours.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';

/** Linear RGB as eyes without one kind of cone see it: Machado, Oliveira and Fernandes (2009), severity 1. */
const EYES = {
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const;

function seen(colour: string, eyes: keyof typeof EYES | 'usual'): string {
  if (eyes === 'usual') return colour;
  const { r, g, b } = rgb(colour);
  const linear = [r, g, b].map((part) =>
    part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
  );
  const mixed = EYES[eyes].map((row) => {
    const sum = row.reduce((total, factor, at) => total + factor * linear[at]!, 0);
    const part = Math.max(0, Math.min(1, sum));
    return 255 * (part <= 0.0031308 ? 12.92 * part : 1.055 * part ** (1 / 2.4) - 0.055);
  });
  return rgb(mixed[0]!, mixed[1]!, mixed[2]!).formatRgb();
}

function distance(a: string, b: string): number {
  const [from, to] = [lab(a), lab(b)];
  return Math.hypot(from.l - to.l, from.a - to.a, from.b - to.b);
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

describe.each(Object.values(THEMES))('on the panel of $name', (theme) => {
  const colours = headColours(theme);

  it('has ten colours with a contrast of 3:1, far from the selection', () => {
    expect(colours.length).toBeGreaterThanOrEqual(10);
    for (const colour of colours) {
      expect(contrast(colour, theme.panel), colour).toBeGreaterThanOrEqual(3);
      expect(distance(colour, theme.selection), colour).toBeGreaterThan(30);
    }
    for (const side of ['more', 'less'] as const)
      expect(contrast(lineStyle(side, theme).colour, theme.panel)).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['usual', 30],
    ['protan', 18],
    ['deutan', 18],
    ['tritan', 13],
  ] as const)('any two are apart for %s eyes', (eyes, least) => {
    const shown = [...colours].map((colour) => seen(colour, eyes));
    shown.forEach((colour, at) => {
      for (const other of shown.slice(at + 1)) expect(distance(colour, other)).toBeGreaterThan(least);
    });
  });

  it('more and less of a difference differ for everyone', () => {
    const [more, less] = [lineStyle('more', theme).colour, lineStyle('less', theme).colour];
    for (const eyes of ['usual', 'protan', 'deutan'] as const)
      expect(distance(seen(more, eyes), seen(less, eyes))).toBeGreaterThan(30);
  });
});

it('a colour never comes again without another stroke', () => {
  const styles = Array.from({ length: MOST_STYLES }, (_, at) => lineStyle(at, THEMES.light));
  expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(MOST_STYLES);
  expect(styles.slice(0, headColours(THEMES.light).length).every(({ dash }) => dash === null)).toBe(true);
  expect(MOST_STYLES).toBeGreaterThanOrEqual(16);
});

it.each([-1, 1.5, MOST_STYLES])('refuses head %d', (at) => {
  expect(() => lineStyle(at, THEMES.light)).toThrow(/^invalid head: .*expected 0 to/);
});
