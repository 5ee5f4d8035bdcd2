import { describe, expect, it } from 'vitest';
import type { Token } from '../../../electron/api/index.ts';
import { stretches, tokenFacts } from '../../../renderer/view-models/token-facts.ts';
import { symbolsAfter, triesAfter } from '../../../renderer/view-models/token-steps.ts';

/** Tokens with the ranges of their text; `null` for one that the tokenizer adds. */
function tokens(...ranges: readonly (readonly [number, number] | null)[]): Token[] {
  return ranges.map((range, index) => ({
    ...{ index, id: index, piece: `p${index}`, text: `p${index}`, startsWord: true, special: range === null, part: 0 },
    start: range?.[0] ?? null,
    end: range?.[1] ?? null,
  }));
}

describe('facts', () => {
  it('leave out what the tokenizer puts around the text', () => {
    const facts = tokenFacts(['né 🙂'], tokens(null, [0, 2], [2, 5], null), 'p2');
    expect(facts).toEqual({
      ...{ tokens: 2, words: 2, characters: 4, bytes: 8, tokensPerWord: 1, bytesPerToken: 4, unknown: 1 },
    });
    expect(tokenFacts([' '], [], null)).toMatchObject({ tokensPerWord: null, bytesPerToken: null, unknown: 0 });
  });
});

describe('stretches', () => {
  const cut = (length: number, left: Token[], right: Token[]) =>
    stretches(length, left, right).map(({ start, end, left: a, right: b, same }) => [
      start,
      end,
      a.length,
      b.length,
      same,
    ]);

  it('end where both have a border', () => {
    expect(cut(6, tokens([0, 2], [2, 4], [4, 6]), tokens([0, 2], [2, 6]))).toEqual([
      [0, 2, 1, 1, true],
      [2, 6, 2, 1, false],
    ]);
  });

  it('are the same where one has the space at its front and the other leaves it out', () => {
    expect(cut(7, tokens([0, 3], [3, 7]), tokens(null, [0, 3], [4, 7], null))).toEqual([
      [0, 3, 1, 1, true],
      [3, 7, 1, 1, true],
    ]);
  });

  it('do not cut a character that fell apart', () => {
    expect(cut(3, tokens([0, 2], [0, 2], [2, 3]), tokens([0, 2], [2, 3]))).toEqual([
      [0, 2, 2, 1, false],
      [2, 3, 1, 1, true],
    ]);
  });
});

describe('steps', () => {
  const symbol = (piece: string, text: string, bytes: string) => ({ piece, text, bytes, id: 1 });

  it('of merges say what is new and what is next, and read bytes that are a character together', () => {
    const symbols = [symbol('a', 'a', '61'), symbol('Ã', '‹C3›', 'C3'), symbol('©', '‹A9›', 'A9')];
    const merges = [
      { at: 1, left: 'Ã', right: '©', result: 'Ã©', rank: 3, id: 9 },
      { at: 0, left: 'a', right: 'Ã©', result: 'aÃ©', rank: 7, id: 10 },
    ];
    const shown = (step: number) =>
      symbolsAfter({ kind: 'merges', symbols, merges }, step).map(({ text, isNew, isNext }) => [text, isNew, isNext]);
    expect(shown(0)).toEqual([
      ['a', false, false],
      ['‹C3›', false, true],
      ['‹A9›', false, true],
    ]);
    expect(shown(1)).toEqual([
      ['a', false, true],
      ['é', true, true],
    ]);
    expect(shown(2)).toEqual([['aé', true, false]]);
  });

  it('of tries say how far the word is written', () => {
    const tries = [
      { start: 0, end: 3, piece: 'abc', id: null },
      { start: 0, end: 2, piece: 'ab', id: 4 },
      { start: 2, end: 3, piece: '##c', id: 5 },
    ];
    const forming = { kind: 'tries', tries, tooLong: false } as const;
    expect(triesAfter(forming, 0)).toEqual({ current: null, found: [], written: 0 });
    expect(triesAfter(forming, 2)).toMatchObject({ current: tries[1], written: 2 });
    expect(triesAfter(forming, 3)).toMatchObject({ found: [tries[1], tries[2]], written: 3 });
  });
});
