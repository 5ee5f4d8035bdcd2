import { lab, rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { DIVERGING_PALETTES, paletteTable, SEQUENTIAL_PALETTES } from '../../../renderer/figures/palettes.ts';
import type { PaletteName } from '../../../renderer/figures/palettes.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';

function lightness(name: PaletteName, theme: keyof typeof THEMES): number[] {
  const table = paletteTable(name, THEMES[theme]);
  return Array.from({ length: 256 }, (_, entry) => lab(rgb(...channels(table, entry))).l);
}

function channels(table: Uint8ClampedArray, entry: number): [number, number, number] {
  return [table[entry * 4]!, table[entry * 4 + 1]!, table[entry * 4 + 2]!];
}

const themes = ['light', 'dark', 'contrast'] as const;

describe.each(themes)('sequential palettes, %s', (theme) => {
  it.each(SEQUENTIAL_PALETTES)('%s: lightness runs one way, in even steps', (name) => {
    const values = lightness(name, theme);
    const whole = values[255]! - values[0]!;
    expect(Math.abs(whole)).toBeGreaterThan(55);
    for (let from = 0; from < 240; from += 1) {
      const step = (values[from + 15]! - values[from]!) / whole;
      expect(step).toBeGreaterThan(0.4 * (15 / 255));
      expect(step).toBeLessThan(1.8 * (15 / 255));
    }
  });
});

it('headlight: large values are dark on light ground and bright on dark ground', () => {
  expect(lightness('headlight', 'light')[0]).toBeGreaterThan(lightness('headlight', 'light')[255]!);
  expect(lightness('headlight', 'dark')[0]).toBeLessThan(lightness('headlight', 'dark')[255]!);
});

describe.each(themes)('diverging palettes, %s', (theme) => {
  it.each(DIVERGING_PALETTES)('%s: both arms leave the middle evenly and equally far', (name) => {
    const values = lightness(name, theme);
    const middle = (values[127]! + values[128]!) / 2;
    const sign = Math.sign(values[0]! - middle);
    expect(sign).toBe(theme === 'light' ? -1 : 1);
    for (let step = 0; step < 112; step += 1) {
      expect(sign * (values[step]! - values[step + 15]!)).toBeGreaterThan(0);
      expect(sign * (values[255 - step]! - values[240 - step]!)).toBeGreaterThan(0);
    }
    expect(Math.abs(values[0]! - values[255]!)).toBeLessThan(6);
  });

  it.each(DIVERGING_PALETTES)('%s: the two ends differ in hue for red-green blind eyes', (name) => {
    const table = paletteTable(name, THEMES[theme]);
    // Blue against yellow is what protanopes and deuteranopes keep: b* of CIELAB.
    const [low, high] = [lab(rgb(...channels(table, 48))), lab(rgb(...channels(table, 207)))];
    expect(low.b - high.b).toBeGreaterThan(25);
  });
});
