import { rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { THEMES } from '../../../renderer/figures/theme.ts';

function luminance(colour: string): number {
  const linear = (channel: number) => {
    const part = channel / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  const { r, g, b } = rgb(colour);
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** WCAG 2 contrast, 1…21. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

describe.each(Object.values(THEMES))('theme $name', (theme) => {
  it.each(['ink', 'grey', 'queryText', 'keyText', 'valueText'] as const)('%s is readable as text', (name) => {
    const least = theme.name === 'contrast' ? 7 : 4.5;
    expect(contrast(theme[name], theme.panel)).toBeGreaterThanOrEqual(least);
  });

  it.each(['query', 'key', 'value'] as const)('%s is visible as a mark', (name) => {
    expect(contrast(theme[name], theme.panel)).toBeGreaterThanOrEqual(3);
  });

  it('hatches masked cells visibly', () => {
    expect(contrast(theme.masked, theme.maskedLine)).toBeGreaterThan(1.4);
  });
});
