import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { curve, curveLayout } from '../../../renderer/figures/curve.ts';

const { document } = parseHTML('<html><body></body></html>');
const input = {
  mean: [1, 0.5, 0.25],
  least: [1, 0.25, 0],
  most: [1, 0.75, 0.5],
  title: 'Cosine',
  axis: 'distance',
  theme: 'light',
  width: 300,
  height: 200,
} as const;

describe('a curve', () => {
  it('stands from the left edge of its plot to the right one, larger values higher', () => {
    const { plot, x, y } = curveLayout(input);
    expect([x(0), x(2)]).toEqual([plot.x, plot.x + plot.width]);
    expect(y(1)).toBeLessThan(y(0.5));
    expect(y(0)).toBeLessThanOrEqual(plot.y + plot.height);
    expect(plot.x + plot.width).toBeLessThanOrEqual(300);
  });

  it('draws its band only where there is one', () => {
    expect(curve(input, { document }).querySelectorAll('.band')).toHaveLength(1);
    const thin = curve({ ...input, least: input.mean, most: input.mean }, { document });
    expect(thin.querySelectorAll('.band')).toHaveLength(0);
    expect(thin.querySelectorAll('.mean')).toHaveLength(1);
    expect(thin.outerHTML).toContain('distance');
  });

  it('refuses what it cannot draw', () => {
    expect(() => curve({ ...input, least: [1] }, { document })).toThrow('invalid curve');
  });
});
