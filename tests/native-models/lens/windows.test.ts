import { describe, expect, it } from 'vitest';
import { windowsOf } from '../../../native-models/lens/windows.ts';

describe('windowsOf(tokens, longest, stride)', () => {
  it.each([
    [1, 10, 5],
    [10, 10, 5],
    [11, 10, 5],
    [100, 10, 1],
    [100, 10, 9],
    [97, 32, 16],
  ])('%d tokens in windows of %d, %d apart: each token is scored once', (tokens, longest, stride) => {
    for (const bothSides of [true, false]) {
      const windows = windowsOf({ tokens, longest, stride, bothSides });
      const scored = windows.flatMap(({ first, count, scoredFirst, scoredEnd }) => {
        expect(count).toBeLessThanOrEqual(longest);
        expect(scoredFirst).toBeGreaterThanOrEqual(first + (bothSides ? 0 : 1));
        expect(scoredEnd).toBeLessThanOrEqual(first + count);
        return Array.from({ length: Math.max(0, scoredEnd - scoredFirst) }, (_, at) => scoredFirst + at);
      });
      expect(scored).toEqual(Array.from({ length: tokens }, (_, at) => at).slice(bothSides ? 0 : 1));
    }
  });

  it('gives at least longest − stride tokens before a scored one, after the first window', () => {
    for (const { first, scoredFirst } of windowsOf({ tokens: 80, longest: 20, stride: 6, bothSides: false }).slice(1)) {
      expect(scoredFirst - first).toBeGreaterThanOrEqual(14);
    }
  });
});
