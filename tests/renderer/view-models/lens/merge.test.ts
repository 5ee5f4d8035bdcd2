import { describe, expect, it } from 'vitest';
import { mergePattern } from '../../../../renderer/view-models/lens/merge.ts';
import { unitsOf } from '../../../../renderer/view-models/lens/units.ts';
import { assertClose } from '../../../support/close.ts';
import { cut, randomGroups, randomPattern, rowSums, seededRandom } from './support.ts';

const unitsOfGroups = (size: number, groups: { first: number; last: number }[]) =>
  unitsOf(cut(Array.from({ length: size }, () => ' a').join('|')).tokens, { unit: 'pieces', groups });

describe('mergePattern', () => {
  it('sums over keys and takes the mean over queries', () => {
    const units = unitsOfGroups(3, [{ first: 1, last: 2 }]);
    const merged = mergePattern(Float32Array.of(0.5, 0.25, 0.25, 0.5, 0.5, 0, 0, 0.5, 0.5), units);
    expect(Array.from(merged)).toEqual([0.5, 0.5, 0.25, 0.75]);
  });

  it('is the pattern itself where every unit is one token', () => {
    const pattern = randomPattern(5, seededRandom(1));
    expect(mergePattern(pattern, unitsOfGroups(5, []))).toBe(pattern);
    expect(mergePattern(pattern, unitsOfGroups(5, [{ first: 2, last: 2 }]))).toBe(pattern);
  });

  it('keeps the rows summing to 1, with and without a causal mask', () => {
    const random = seededRandom(2);
    for (let round = 0; round < 60; round += 1) {
      const size = 1 + Math.floor(30 * random());
      const units = unitsOfGroups(size, randomGroups(size, random));
      const merged = mergePattern(randomPattern(size, random, round % 2 === 0), units);
      expect(merged.length).toBe(units.count ** 2);
      assertClose(rowSums(merged, units.count), new Float32Array(units.count).fill(1), { atol: 1e-6, rtol: 0 });
    }
  });

  it('keeps what comes later unseen in a causal model', () => {
    const random = seededRandom(3);
    const units = unitsOfGroups(24, randomGroups(24, random));
    const merged = mergePattern(randomPattern(24, random, true), units);
    for (let query = 0; query < units.count; query += 1) {
      for (let key = query + 1; key < units.count; key += 1) expect(merged[query * units.count + key]).toBe(0);
    }
  });

  it('agrees with adding up every token by hand', () => {
    const random = seededRandom(4);
    const size = 17;
    const units = unitsOfGroups(size, randomGroups(size, random));
    const pattern = randomPattern(size, random);
    const byHand = new Float32Array(units.count ** 2);
    for (let query = 0; query < size; query += 1) {
      const row = units.unitOf[query] ?? 0;
      const queries = (units.last[row] ?? 0) - (units.first[row] ?? 0) + 1;
      for (let key = 0; key < size; key += 1) {
        byHand[row * units.count + (units.unitOf[key] ?? 0)]! += pattern[query * size + key]! / queries;
      }
    }
    assertClose(mergePattern(pattern, units), byHand, { atol: 1e-6, rtol: 1e-5 });
  });

  it('refuses a pattern of another text', () => {
    expect(() => mergePattern(new Float32Array(9), unitsOfGroups(4, []))).toThrow(
      'invalid pattern: 9 weights for 4 × 4 tokens',
    );
  });
});
