import { describe, expect, it } from 'vitest';
import { hideUnits, keptUnits } from '../../../../renderer/view-models/lens/hide.ts';
import { unitsOf } from '../../../../renderer/view-models/lens/units.ts';
import { assertClose } from '../../../support/close.ts';
import { tokensOf } from '../../support.ts';
import { randomPattern, rowSums, seededRandom } from './support.ts';

const keptOf = (texts: string[], hideSpecial: boolean, hideFirst: boolean): number[] =>
  Array.from(keptUnits(unitsOf(tokensOf(...texts), { unit: 'pieces', groups: [] }), { hideSpecial, hideFirst }));

describe('keptUnits', () => {
  it('leaves out special tokens, the first token, or both', () => {
    const bert = ['[CLS]', 'a', 'b', '[SEP]'];
    expect(keptOf(bert, false, false)).toEqual([0, 1, 2, 3]);
    expect(keptOf(bert, true, false)).toEqual([1, 2]);
    expect(keptOf(bert, false, true)).toEqual([1, 2, 3]);
    expect(keptOf(['The', 'cat'], true, true)).toEqual([1]);
  });

  it('leaves out the whole unit that the first token is in, and keeps a group that is not special throughout', () => {
    const tokens = tokensOf('[CLS]', 'a', 'b');
    const units = unitsOf(tokens, { unit: 'pieces', groups: [{ first: 0, last: 1 }] });
    expect(Array.from(keptUnits(units, { hideSpecial: true, hideFirst: false }))).toEqual([0, 1]);
    expect(Array.from(keptUnits(units, { hideSpecial: false, hideFirst: true }))).toEqual([1]);
  });
});

describe('hideUnits', () => {
  const pattern = Float32Array.of(0.5, 0.25, 0.25, 0, 0.5, 0.5, 1, 0, 0);

  it('keeps the weights that stay and counts those that go', () => {
    const { data, taken } = hideUnits(pattern, 3, Int32Array.of(1, 2), false);
    expect(Array.from(data)).toEqual([0.5, 0.5, 0, 0]);
    expect(Array.from(taken)).toEqual([0, 1]);
  });

  it('makes rows sum to 1 again, but for those of which nothing stays', () => {
    const { data, taken } = hideUnits(
      Float32Array.of(0.5, 0.25, 0.25, 0.5, 0.5, 0, 1, 0, 0),
      3,
      Int32Array.of(1, 2),
      true,
    );
    expect(Array.from(data)).toEqual([1, 0, 0, 0]);
    expect(Array.from(taken)).toEqual([0.5, 1]);
  });

  it('is the pattern itself when nothing goes', () => {
    const { data, taken } = hideUnits(pattern, 3, Int32Array.of(0, 1, 2), true);
    expect(data).toBe(pattern);
    expect(Array.from(taken)).toEqual([0, 0, 0]);
  });

  it('accounts for all of each row, renormalised or not', () => {
    const random = seededRandom(5);
    for (let round = 0; round < 40; round += 1) {
      const size = 2 + Math.floor(20 * random());
      const whole = randomPattern(size, random, round % 2 === 0);
      const kept = Int32Array.from({ length: size }, (_, at) => at).filter(() => random() < 0.7);
      const { data, taken } = hideUnits(whole, size, kept, false);
      const sums = kept.length === 0 ? [] : rowSums(data, kept.length);
      assertClose(
        sums.map((sum, row) => sum + (taken[row] ?? NaN)),
        new Float32Array(kept.length).fill(1),
        { atol: 1e-6, rtol: 0 },
      );
      const scaled = hideUnits(whole, size, kept, true);
      expect(scaled.data.some(Number.isNaN)).toBe(false);
      const again = kept.length === 0 ? [] : rowSums(scaled.data, kept.length);
      again.forEach((sum, row) => {
        if (sums[row] === 0) expect(sum).toBe(0);
        else expect(sum).toBeCloseTo(1, 5);
      });
    }
  });

  it('refuses a pattern of another size', () => {
    expect(() => hideUnits(pattern, 4, Int32Array.of(0), false)).toThrow('invalid pattern: 9 weights for 4 × 4 units');
  });
});
