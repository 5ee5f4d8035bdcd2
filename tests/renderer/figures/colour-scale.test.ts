import { describe, expect, it } from 'vitest';
import { colourScale, numberLabel, scoreScale, weightScale } from '../../../renderer/figures/colour-scale.ts';
import type { ColourScaleSpec } from '../../../renderer/figures/colour-scale.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';

const light = THEMES.light;
const scale = (spec: ColourScaleSpec) => colourScale(spec, light);

describe('weights', () => {
  it('lie on a square root from 0 to 1', () => {
    const { position } = scale(weightScale());
    expect([0, 0.01, 0.25, 1].map(position)).toEqual([0, 0.1, 0.5, 1]);
    expect([-0.5, 1.5, Infinity].map(position)).toEqual([0, 1, 1]);
  });

  it('lie on a line when asked to, to any maximum', () => {
    const { position } = scale(weightScale({ transform: 'linear', max: 0.5 }));
    expect([0, 0.125, 0.5].map(position)).toEqual([0, 0.25, 1]);
  });

  it('give the ends of the table at the ends of the domain', () => {
    const { colour, table } = scale(weightScale());
    const entry = (index: number) =>
      `#${[...table.subarray(index * 4, index * 4 + 3)].map((part) => part.toString(16).padStart(2, '0')).join('')}`;
    expect(colour(0)).toBe(entry(0));
    expect(colour(1)).toBe(entry(255));
  });
});

describe('scores', () => {
  it('are symmetric about 0, whatever is masked or missing', () => {
    const spec = scoreScale(Float32Array.of(-Infinity, 3, -8, NaN, Infinity));
    expect(spec.domain).toEqual([-8, 8]);
    const { position } = scale(spec);
    expect([-8, -4, 0, 4, 8].map(position)).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });

  it('have a domain even when nothing is finite', () => {
    expect(scoreScale(Float32Array.of(-Infinity, NaN)).domain).toEqual([-1, 1]);
    expect(scoreScale(Float32Array.of(0, 0)).domain).toEqual([-1, 1]);
  });

  it('can be spread near 0: symlog is odd, monotone, and steeper than a line there', () => {
    const values = Float32Array.of(100);
    const { position } = scale(scoreScale(values, { transform: 'symlog' }));
    expect([-100, 0, 100].map(position)).toEqual([0, 0.5, 1]);
    expect(position(1)).toBeGreaterThan(0.5 + 0.5 / 100);
    for (let value = 0; value < 100; value += 1) {
      expect(position(value + 1)).toBeGreaterThan(position(value));
      expect(position(value) + position(-value)).toBeCloseTo(1, 12);
    }
  });
});

describe('values off the scale', () => {
  it.each([weightScale(), scoreScale(Float32Array.of(2))])('$kind: −∞ and NaN have their own colours', (spec) => {
    const { colour, position, table } = scale(spec);
    expect(colour(-Infinity)).toBe(light.masked);
    expect(colour(NaN)).toBe(light.missing);
    expect(position(-Infinity)).toBeNaN();
    expect(position(NaN)).toBeNaN();
    const used = new Set(Array.from({ length: 256 }, (_, i) => table.slice(i * 4, i * 4 + 3).join()));
    for (const name of ['masked', 'missing'] as const) {
      const channels = [1, 3, 5].map((start) => Number.parseInt(light[name].slice(start, start + 2), 16)).join();
      expect(used).not.toContain(channels);
    }
  });
});

describe('ticks', () => {
  it('begin with both ends, and each stands where its value lies', () => {
    for (const spec of [weightScale(), scoreScale(Float32Array.of(7)), weightScale({ transform: 'linear' })]) {
      const built = scale(spec);
      const ticks = built.ticks();
      expect(ticks.slice(0, 2).map(({ value }) => value)).toEqual([...spec.domain]);
      expect(new Set(ticks.map(({ value }) => value)).size).toBe(ticks.length);
      for (const { value, position } of ticks) expect(position).toBe(built.position(value));
    }
  });

  it('have 0 on every diverging scale', () => {
    expect(scale(scoreScale(Float32Array.of(7))).ticks()[2]).toMatchObject({ value: 0, position: 0.5, label: '0' });
  });
});

it('numberLabel(value) has three digits, true minus signs and no negative zero', () => {
  expect([0, -0, 0.05, -12.3456, 1234.5, 1e-7, -3e8].map(numberLabel)).toEqual([
    '0',
    '0',
    '0.05',
    '−12.3',
    '1230',
    '1e−7',
    '−3e+8',
  ]);
});

it.each([
  [{ ...weightScale(), domain: [1, 1] }, 'invalid domain: 1…1'],
  [{ ...weightScale(), domain: [0, Infinity] }, 'invalid domain: 0…Infinity'],
  [{ ...scoreScale(Float32Array.of(1)), domain: [-1, 2] }, 'invalid domain: -1…2 is not symmetric about 0'],
  [{ ...scoreScale(Float32Array.of(1)), transform: 'sqrt' }, 'invalid transform: sqrt on a diverging scale'],
  [{ ...weightScale(), transform: 'symlog' }, 'invalid transform: symlog on a sequential scale'],
] as [ColourScaleSpec, string][])('colourScale refuses %j', (spec, message) => {
  expect(() => scale(spec)).toThrow(new RangeError(message));
});
