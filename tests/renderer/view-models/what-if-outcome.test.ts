import { describe, expect, it } from 'vitest';
import {
  largestHidden,
  shortProbability,
  shownCandidates,
  signedProbability,
  topCandidates,
} from '../../../renderer/view-models/what-if-outcome.ts';

const candidate = (id: number, before: number, after: number) => ({
  id,
  text: `${id}`,
  before,
  after,
  delta: after - before,
});

describe('shownCandidates', () => {
  it('are the most probable of each run, in the order given', () => {
    const all = [candidate(1, 0.5, 0.01), candidate(2, 0.3, 0.02), candidate(3, 0.1, 0.6), candidate(4, 0.05, 0.3)];
    expect(shownCandidates(all, 2).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
    expect(shownCandidates(all, 1).map(({ id }) => id)).toEqual([1, 3]);
    expect(shownCandidates([], 5)).toEqual([]);
  });
});

it('topCandidates is the most probable of each run; the first where two are alike', () => {
  const all = [candidate(1, 0.5, 0.1), candidate(2, 0.5, 0.6), candidate(3, 0, 0.3)];
  expect(topCandidates(all)).toEqual({ before: all[0], after: all[1] });
  expect(topCandidates([])).toBeNull();
});

describe('probabilities in little room', () => {
  it.each([
    [0.12345, '0.123', '+0.123'],
    [0.0005, '0.001', '+0.001'],
    [0.00004, '4·10⁻⁵', '+4·10⁻⁵'],
    [0, '0', '0'],
    [1, '1.000', '+1.000'],
  ])('%d is %s, as a difference %s', (value, short, signed) => {
    expect(shortProbability(value)).toBe(short);
    expect(signedProbability(value)).toBe(signed);
  });

  it('has a true minus', () => {
    expect(signedProbability(-0.041)).toBe('−0.041');
    expect(signedProbability(NaN)).toBe('NaN');
  });
});

it('largestHidden is what the bars are measured by; a layer that overflowed does not count', () => {
  const layer = (hidden: number) => ({ stack: 'decoder' as const, layer: 0, hidden, heads: [] });
  expect(largestHidden([layer(0), layer(0.25), layer(NaN)])).toBe(0.25);
  expect(largestHidden([])).toBe(0);
});
