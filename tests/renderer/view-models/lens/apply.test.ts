import { describe, expect, it } from 'vitest';
import { translator, createI18n } from '../../../../renderer/i18n/index.ts';
import { PLAIN_LENS } from '../../../../renderer/state/lens.ts';
import type { Lens } from '../../../../renderer/state/lens.ts';
import { lensed, rowOf, tokensOf as spanOf } from '../../../../renderer/view-models/lens/apply.ts';
import { assertClose } from '../../../support/close.ts';
import { matrix, tokensOf } from '../../support.ts';
import { cut, inputOf, randomPattern, rowSums, seededRandom } from './support.ts';

const { text, tokens } = cut('«[CLS]»|The| un|believ|able| end|.|«[SEP]»');
const size = tokens.length;
const input = inputOf(text);
const random = seededRandom(8);
const head = (causal = false) => matrix('encoder.0.self.pattern', size, size, [...randomPattern(size, random, causal)]);
const lens = (change: Partial<Lens>): Lens => ({ ...PLAIN_LENS, ...change });

describe('lensed', () => {
  it('gives the traced values themselves where the lens is plain', () => {
    const heads = [head(), head()];
    const plain = lensed(heads, tokens, PLAIN_LENS, input);
    expect(plain.matrices).toHaveLength(2);
    plain.matrices.forEach((each, at) => expect(each).toBe(heads[at]?.data));
    expect(plain.labels.map((label) => label.text)).toEqual([
      '[CLS]',
      'The',
      'un',
      'believ',
      'able',
      'end',
      '.',
      '[SEP]',
    ]);
    expect(plain.labels[0]?.special).toBe(true);
    expect(plain.note).toEqual([]);
  });

  it('merges, then hides, then renormalises, then combines', () => {
    const heads = [head(), head()];
    const shown = lensed(
      heads,
      tokens,
      lens({ unit: 'words', hideSpecial: true, renormalise: true, combine: 'mean' }),
      input,
    );
    expect(shown.labels.map((label) => label.text)).toEqual(['The', 'unbelievable', 'end', '.']);
    expect([shown.rows, shown.columns, shown.matrices.length, shown.combine]).toEqual([4, 4, 1, 'mean']);
    assertClose(rowSums(shown.matrices[0] ?? new Float32Array(), 4), [1, 1, 1, 1], { atol: 1e-6, rtol: 0 });
    // The weight from `unbelievable` to `end`, by hand: mean of three rows, rescaled in each head, then the mean of both heads.
    const byHand = heads.map(({ data }) => {
      const at = (query: number, key: number) => data[query * size + key] ?? NaN;
      const to = (key: number) => (at(2, key) + at(3, key) + at(4, key)) / 3;
      return to(5) / (1 - to(0) - to(7));
    });
    expect(shown.matrices[0]?.[1 * 4 + 2]).toBeCloseTo(((byHand[0] ?? NaN) + (byHand[1] ?? NaN)) / 2, 6);
  });

  it('finds the row of a token and the tokens of a row', () => {
    const shown = lensed([head()], tokens, lens({ unit: 'words', hideSpecial: true }), input);
    expect([0, 1, 2, 3, 4, 5, 7, 99].map((token) => rowOf(shown, token))).toEqual([null, 0, 1, 1, 1, 2, null, null]);
    expect(spanOf(shown, 1)).toEqual({ first: 2, last: 4 });
  });

  it('computes nothing again for the same heads, text and lens', () => {
    const heads = [head(), head()];
    const chosen = lens({ unit: 'words' });
    const first = lensed(heads, tokens, chosen, input);
    const lines: Lens = { ...chosen, threshold: 0.5, topK: 3, range: 'own' };
    expect(lensed([...heads], tokens, lines, input)).toBe(first);
    expect(lensed(heads, tokens, { ...chosen, combine: 'max' }, input)).not.toBe(first);
    expect(lensed(heads, [...tokens], chosen, input)).not.toBe(first);
    expect(lensed(heads.slice(0, 1), tokens, chosen, input)).not.toBe(first);
  });

  it('says how much weight is hidden: the mean over the rows that stay', () => {
    const one = matrix('p', 3, 3, [1, 0, 0, 0.5, 0.5, 0, 0.25, 0.5, 0.25]);
    const shown = lensed([one], tokensOf('[CLS]', 'a', 'b'), lens({ hideSpecial: true }));
    expect(Array.from(shown.taken[0] ?? [])).toEqual([0.5, 0.25]);
    expect(shown.note).toEqual([
      { key: 'lens.note.special', values: { count: 1 } },
      { key: 'lens.note.taken', values: { percent: '38 %' } },
    ]);
  });

  it('says which rows are left empty, and leaves them 0', () => {
    const one = matrix('p', 2, 2, [1, 0, 1, 0]);
    const shown = lensed([one], tokensOf('a', 'b'), lens({ hideFirst: true, renormalise: true }));
    expect(Array.from(shown.matrices[0] ?? [])).toEqual([0]);
    expect(shown.note.map(({ key }) => key)).toEqual([
      'lens.note.first',
      'lens.note.taken',
      'lens.note.renormalised',
      'lens.note.empty',
    ]);
  });

  it('hides nothing where nothing would be left', () => {
    const shown = lensed([matrix('p', 1, 1, [1])], tokensOf('a'), lens({ hideFirst: true }));
    expect([shown.rows, shown.note]).toEqual([1, [{ key: 'lens.note.spared', values: {} }]]);
  });

  it('has words for all it says, in both languages', () => {
    const heads = [head(), head(), head()];
    const notes = [
      lens({
        unit: 'words',
        groups: [{ first: 1, last: 2 }],
        hideSpecial: true,
        renormalise: true,
        combine: 'difference',
      }),
      lens({ hideFirst: true, combine: 'max' }),
      lens({ combine: 'mean' }),
    ].flatMap((each) => lensed(heads, tokens, each, input).note);
    notes.push(...lensed(heads.slice(1), tokens, lens({ combine: 'difference' }), input).note);
    notes.push(...lensed([matrix('p', 1, 1, [1])], tokensOf('a'), lens({ hideFirst: true })).note);
    notes.push(
      ...lensed([matrix('p', 2, 2, [1, 0, 1, 0])], tokensOf('a', 'b'), lens({ hideFirst: true, renormalise: true }))
        .note,
    );
    expect(new Set(notes.map(({ key }) => key)).size).toBeGreaterThanOrEqual(12);
    for (const language of ['en', 'nl'] as const) {
      const words = translator(createI18n(language), language);
      for (const { key, values } of notes) {
        expect(words(key, values)).not.toContain('lens.note');
        expect(words(key, values)).not.toMatch(/\{\{|undefined/);
      }
    }
  });

  it('refuses an empty list and a pattern of another text', () => {
    expect(() => lensed([], tokens, PLAIN_LENS)).toThrow('invalid patterns: none; expected the pattern of a head');
    expect(() => lensed([matrix('p', 2, 2, [1, 0, 0, 1])], tokens, PLAIN_LENS)).toThrow('invalid pattern: 4 weights');
  });

  it('takes a moment for 1,024 tokens', () => {
    const long = cut(Array.from({ length: 1024 }, (_, at) => (at % 2 === 0 ? ' ab' : 'c')).join('|'));
    const big = matrix('p', 1024, 1024, [...randomPattern(1024, seededRandom(9), true)]);
    const start = performance.now();
    const shown = lensed(
      [big],
      long.tokens,
      lens({ unit: 'words', hideFirst: true, renormalise: true }),
      inputOf(long.text),
    );
    // The bound only catches work that grows faster than the matrix.
    expect(performance.now() - start).toBeLessThan(1000);
    expect(shown.rows).toBe(511);
  });
});
