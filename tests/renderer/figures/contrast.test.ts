import { expect, it } from 'vitest';
import { colourScale } from '../../../renderer/figures/colour-scale.ts';
import { inkOn, luminance } from '../../../renderer/figures/contrast.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';

it('luminance(colour) is that of WCAG', () => {
  expect(luminance('#000000')).toBe(0);
  expect(luminance('#FFFFFF')).toBeCloseTo(1, 12);
  expect(luminance('#777777')).toBeCloseTo(0.1845, 4);
});

it.each(Object.values(THEMES))('inkOn(ground) reads on every colour of a sequential scale, theme $name', (theme) => {
  const spec = { kind: 'sequential', palette: 'headlight', transform: 'linear', domain: [0, 1] } as const;
  const scale = colourScale(spec, theme);
  const inks = new Set<string>();
  for (let step = 0; step <= 100; step += 1) {
    const ground = scale.colour(step / 100);
    const [low = 0, high = 0] = [luminance(ground), luminance(inkOn(ground))].sort((a, b) => a - b);
    expect((high + 0.05) / (low + 0.05), ground).toBeGreaterThanOrEqual(4.5);
    inks.add(inkOn(ground));
  }
  expect([...inks].sort()).toEqual(['#000000', '#FFFFFF']);
});
