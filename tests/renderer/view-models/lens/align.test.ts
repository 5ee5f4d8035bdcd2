import { describe, expect, it } from 'vitest';
import { alignedDifference, alignLists, alignTokens, foldedText } from '../../../../renderer/view-models/lens/align.ts';
import { tokensOf } from '../../support.ts';
import { randomPattern, seededRandom } from './support.ts';

const list = (text: string): string[] => text.split('');

/** The length of a longest common subsequence, by the textbook's table. */
function longestCommon(a: readonly string[], b: readonly string[]): number {
  let above = new Array<number>(b.length + 1).fill(0);
  for (const item of a) {
    const row = [0];
    b.forEach((other, at) => row.push(item === other ? above[at]! + 1 : Math.max(above[at + 1]!, row[at]!)));
    above = row;
  }
  return above[b.length]!;
}

describe('alignLists', () => {
  it('pairs what both have, in order', () => {
    const { pairs, onlyLeft, onlyRight } = alignLists(list('the cat sat'), list('the dog sat'));
    expect(pairs.map(([at]) => 'the cat sat'[at]).join('')).toBe('the  sat');
    expect([onlyLeft, onlyRight]).toEqual([
      [4, 5, 6],
      [4, 5, 6],
    ]);
  });

  it('puts what only the left has first, where both have something else', () => {
    const { left, right } = alignLists(['a', 'x', 'y', 'b'], ['a', 'z', 'b']);
    expect([Array.from(left), Array.from(right)]).toEqual([
      [0, 1, 2, -1, 3],
      [0, -1, -1, 1, 2],
    ]);
  });

  it('finds a longest common subsequence of random lists, each item once and in order', () => {
    const random = seededRandom(10);
    for (let round = 0; round < 300; round += 1) {
      const letters = 1 + Math.floor(5 * random());
      const draw = () =>
        Array.from({ length: Math.floor(14 * random()) }, () => String(Math.floor(letters * random())));
      const [a, b] = [draw(), draw()];
      const { left, right, pairs, onlyLeft, onlyRight } = alignLists(a, b);
      for (const [x, y] of pairs) expect(a[x]).toBe(b[y]);
      expect(pairs.length).toBe(longestCommon(a, b));
      expect(Array.from(left).filter((at) => at >= 0)).toEqual(a.map((_, at) => at));
      expect(Array.from(right).filter((at) => at >= 0)).toEqual(b.map((_, at) => at));
      expect([onlyLeft.length, onlyRight.length]).toEqual([a.length - pairs.length, b.length - pairs.length]);
    }
  });

  it('is the same the other way round in what it pairs up, by number', () => {
    const random = seededRandom(11);
    for (let round = 0; round < 50; round += 1) {
      const draw = () => Array.from({ length: 20 }, () => String(Math.floor(4 * random())));
      const [a, b] = [draw(), draw()];
      expect(alignLists(b, a).pairs.length).toBe(alignLists(a, b).pairs.length);
    }
  });

  it('handles empty lists, equal lists and lists without anything in common', () => {
    expect(alignLists([], []).left.length).toBe(0);
    expect(alignLists(['a'], []).onlyLeft).toEqual([0]);
    expect(alignLists([], ['a']).onlyRight).toEqual([0]);
    const same = Array.from({ length: 50 }, (_, at) => String(at));
    expect(alignLists(same, same).pairs).toHaveLength(50);
    const none = alignLists(list('abc'), list('xyz'));
    expect([Array.from(none.left), Array.from(none.right)]).toEqual([
      [0, 1, 2, -1, -1, -1],
      [-1, -1, -1, 0, 1, 2],
    ]);
  });

  it('aligns 1,024 with 1,024 items, even with nothing in common', () => {
    const side = (name: string) => Array.from({ length: 1024 }, (_, at) => `${name}${at}`);
    const start = performance.now();
    expect(alignLists(side('a'), side('b')).pairs).toHaveLength(0);
    // The bound only catches work that grows faster than the square of the length.
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('alignTokens', () => {
  it('goes by what tokens read, or by what is asked', () => {
    const [left, right] = [tokensOf('[CLS]', 'The', 'cat'), tokensOf('the', 'cat')];
    expect(alignTokens(left, right).pairs).toEqual([[2, 1]]);
    expect(alignTokens(left, right, foldedText).pairs).toEqual([
      [1, 0],
      [2, 1],
    ]);
  });
});

describe('alignedDifference', () => {
  it('is right minus left where both tokens have partners, NaN elsewhere', () => {
    const alignment = alignLists(['a', 'b'], ['x', 'a', 'b']);
    const left = { data: Float32Array.of(1, 0, 0.25, 0.75), size: 2 };
    const right = { data: Float32Array.of(1, 0, 0, 0.5, 0.5, 0, 0.25, 0.25, 0.5), size: 3 };
    const difference = alignedDifference(left, right, alignment);
    expect(Array.from(difference)).toEqual([NaN, NaN, NaN, NaN, -0.5, 0, NaN, 0, -0.25]);
  });

  it('is 0 throughout for a text and itself', () => {
    const data = randomPattern(9, seededRandom(12));
    const same = alignLists(list('abcdefghi'), list('abcdefghi'));
    expect(alignedDifference({ data, size: 9 }, { data, size: 9 }, same).every((each) => each === 0)).toBe(true);
  });

  it('refuses a pattern of another text', () => {
    const alignment = alignLists(['a', 'b'], ['a', 'b']);
    const small = { data: Float32Array.of(1), size: 1 };
    expect(() => alignedDifference(small, small, alignment)).toThrow(
      'invalid pattern: 1 weights for 1 × 1 tokens, of which 2 are aligned',
    );
  });
});
