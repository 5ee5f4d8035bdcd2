import { describe, expect, it } from 'vitest';
import { combinePatterns } from '../../../../renderer/view-models/lens/combine.ts';
import { assertClose } from '../../../support/close.ts';
import { randomPattern, rowSums, seededRandom } from './support.ts';

const [a, b, c] = [Float32Array.of(0.5, 0.5, 0, 1), Float32Array.of(0.25, 0.75, 0.5, 0.5), Float32Array.of(1, 0, 1, 0)];
const of = (...patterns: Float32Array[]) => ({
  by: (combine: Parameters<typeof combinePatterns>[1]) =>
    combinePatterns(patterns, combine).map((each) => Array.from(each)),
});

describe('combinePatterns', () => {
  it('gives each pattern as it is', () => {
    const patterns = [a, b];
    expect(combinePatterns(patterns, 'each')).toBe(patterns);
  });

  it('takes the mean and the largest, cell by cell', () => {
    expect(of(a, b).by('mean')).toEqual([[0.375, 0.625, 0.25, 0.75]]);
    expect(of(a, b, c).by('max')).toEqual([[1, 0.75, 1, 1]]);
  });

  it('subtracts the second from the first, and the mean of several from the first', () => {
    expect(of(a, b).by('difference')).toEqual([[0.25, -0.25, -0.5, 0.5]]);
    expect(of(a, b, c).by('difference')).toEqual([[-0.125, 0.125, -0.75, 0.75]]);
  });

  it('leaves one pattern alone, whatever is asked', () => {
    for (const combine of ['each', 'mean', 'max', 'difference'] as const)
      expect(combinePatterns([a], combine)).toEqual([a]);
    expect(combinePatterns([], 'mean')).toEqual([]);
  });

  it('keeps the rows of a mean at 1 and those of a difference at 0; no head is above the largest', () => {
    const random = seededRandom(6);
    const heads = Array.from({ length: 5 }, () => randomPattern(12, random));
    const [mean] = combinePatterns(heads, 'mean');
    const [difference] = combinePatterns(heads, 'difference');
    const [largest] = combinePatterns(heads, 'max');
    assertClose(rowSums(mean ?? a, 12), new Float32Array(12).fill(1), { atol: 1e-6, rtol: 0 });
    assertClose(rowSums(difference ?? a, 12), new Float32Array(12), { atol: 1e-6, rtol: 0 });
    for (const head of heads) head.forEach((weight, at) => expect(largest?.[at]).toBeGreaterThanOrEqual(weight));
    const same = combinePatterns([heads[0] ?? a, heads[0] ?? a, heads[0] ?? a], 'mean')[0];
    expect(same).toEqual(heads[0]);
  });

  it('refuses patterns of different texts', () => {
    expect(() => combinePatterns([a, new Float32Array(9)], 'max')).toThrow('invalid patterns: 4, 9 weights');
  });
});
