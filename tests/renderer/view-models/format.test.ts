import { describe, expect, it } from 'vitest';
import {
  exactDouble,
  exactNumber,
  formatBytes,
  formatCount,
  formatNumber,
  formatParameters,
  formatSeconds,
  shortNumber,
  texNumber,
  tokenLabel,
} from '../../../renderer/view-models/format.ts';

describe('formatNumber', () => {
  it('has four significant digits and a real minus sign', () => {
    expect([18.4242, 2.30275, 0.41012, -8.8888, 100, 12345.6].map((value) => formatNumber(value))).toEqual([
      '18.42',
      '2.303',
      '0.4101',
      '−8.889',
      '100.0',
      '12346',
    ]);
  });

  it('writes very small and very large numbers with a power of ten', () => {
    expect(formatNumber(4.1e-5)).toBe('4.100·10⁻⁵');
    expect(formatNumber(-2.5e7, 2)).toBe('−2.5·10⁷');
    expect(formatNumber(0.001)).toBe('0.001000');
  });

  it('has words for what is not a finite number, and no negative zero', () => {
    expect([0, -0, NaN, Infinity, -Infinity].map((value) => formatNumber(value))).toEqual(['0', '0', 'NaN', '∞', '−∞']);
  });
});

it('texNumber writes the same numbers for TeX', () => {
  expect([2.30275, -4.1e-5, -Infinity, NaN].map((value) => texNumber(value))).toEqual([
    '2.303',
    '−4.100\\cdot10^{−5}',
    '−\\infty',
    '\\text{NaN}',
  ]);
});

describe('exactNumber', () => {
  it('is the shortest decimal that is this float32', () => {
    expect(exactNumber(Math.fround(0.1))).toBe('0.1');
    expect(exactNumber(Math.fround(1 / 3))).toBe('0.33333334');
    expect(exactNumber(-2)).toBe('−2');
    expect(exactNumber(-Infinity)).toBe('−∞');
    expect(exactNumber(Math.fround(-1e-7))).toBe('−1e−7');
  });

  it('reads back as the same float32', () => {
    for (let index = 1; index < 400; index += 1) {
      const value = Math.fround(Math.sin(index) * 10 ** ((index % 30) - 15));
      expect(Math.fround(Number(exactNumber(value).replaceAll('−', '-')))).toBe(value);
    }
  });
});

it('exactDouble is the shortest decimal that is this float64', () => {
  expect([0.1, 1 / 3, -2.5e-9, -Infinity].map(exactDouble)).toEqual(['0.1', '0.3333333333333333', '−2.5e−9', '−∞']);
});

it('shortNumber has five characters at most', () => {
  expect([0, 4e-5, 0.943, 0.996, 0.9996, 1, 9.994, 9.995, 12.44, 99.96, 1023].map(shortNumber)).toEqual([
    '0.000',
    '0.000',
    '0.943',
    '0.996',
    '1.00',
    '1.00',
    '9.99',
    '10.0',
    '12.4',
    '100',
    '1023',
  ]);
  expect(shortNumber(NaN)).toBe('NaN');
});

it('never writes an ASCII minus', () => {
  for (let index = 1; index < 200; index += 1) {
    const value = -Math.abs(Math.sin(index)) * 10 ** ((index % 40) - 20);
    for (const write of [formatNumber, texNumber, exactNumber, exactDouble]) expect(write(value)).not.toContain('-');
  }
});

it('writes counts, sizes and times with their units', () => {
  expect([7, 1234, 1234567].map(formatCount)).toEqual(['7', '1\u2009234', '1\u2009234\u2009567']);
  expect([930, 93_000, 4_236_000, 124_000_000, 1.5e9].map(formatParameters)).toEqual([
    '930',
    '93 k',
    '4.2 M',
    '124 M',
    '1.5 G',
  ]);
  expect([0.00346, 0.0112, 1.239, 1234].map(formatSeconds)).toEqual(['3.5 ms', '11 ms', '1.24 s', '1234 s']);
  expect([8_800_000, 548e6, 4.97e9, 9100, 99.9e6].map(formatBytes)).toEqual([
    '8.8 MB',
    '548 MB',
    '5.0 GB',
    '9.1 kB',
    '100 MB',
  ]);
});

it('tokenLabel shows white space', () => {
  expect(['it', ' ', '', 'a\nb', '\t'].map(tokenLabel)).toEqual(['it', '␣', '␣', 'a⏎b', '⇥']);
});
