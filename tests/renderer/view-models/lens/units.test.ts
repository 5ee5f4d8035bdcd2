import { describe, expect, it } from 'vitest';
import type { Token } from '../../../../electron/api/index.ts';
import { unitsOf } from '../../../../renderer/view-models/lens/units.ts';
import type { Units } from '../../../../renderer/view-models/lens/units.ts';
import { token } from '../../support.ts';
import { cut, inputOf, randomGroups, seededRandom } from './support.ts';

const labels = (units: Units): string[] => Array.from({ length: units.count }, (_, unit) => units.label(unit));
const words = (marked: string): string[] => {
  const { text, tokens } = cut(marked);
  return labels(unitsOf(tokens, { unit: 'words', groups: [] }, inputOf(text)));
};

describe('unitsOf', () => {
  it('has a unit a token for pieces', () => {
    const { text, tokens } = cut('The| un|believ|able| end|.');
    const units = unitsOf(tokens, { unit: 'pieces', groups: [] }, inputOf(text));
    expect(labels(units)).toEqual(['The', 'un', 'believ', 'able', 'end', '.']);
    expect(units.merged).toBe(false);
    expect(Array.from(units.unitOf)).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('puts the pieces of a word together', () => {
    const { text, tokens } = cut('The| un|believ|able| end|.');
    const units = unitsOf(tokens, { unit: 'words', groups: [] }, inputOf(text));
    expect(labels(units)).toEqual(['The', 'unbelievable', 'end', '.']);
    expect(Array.from(units.first)).toEqual([0, 1, 4, 5]);
    expect(Array.from(units.last)).toEqual([0, 3, 4, 5]);
    expect(Array.from(units.unitOf)).toEqual([0, 1, 1, 1, 2, 3]);
    expect(units.merged).toBe(true);
  });

  it('keeps a single mark inside a word and lets go of marks at its edges', () => {
    expect(words("She| didn|'|t| care|.")).toEqual(['She', "didn't", 'care', '.']);
    expect(words("She| didn|'t| care|.")).toEqual(['She', "didn't", 'care', '.']);
    expect(words('a| well|-|known| 3|.|14|,| U|.|S|.')).toEqual(['a', 'well-known', '3.14', ',', 'U.S', '.']);
    expect(words('"|Hel|lo|!|"| (|she| said|)|...')).toEqual(['"', 'Hello', '!', '"', '(', 'she', 'said', ')', '...']);
    expect(words('wait|—|no| word|(|s|)| and|...|so')).toEqual([
      'wait',
      '—',
      'no',
      'word',
      '(',
      's',
      ')',
      'and',
      '...',
      'so',
    ]);
    expect(words("'|tis| rock|'|n|'|roll|'")).toEqual(["'", 'tis', "rock'n'roll", "'"]);
  });

  it('joins the pieces of one character and nothing around them', () => {
    const text = 'hi😀👍!';
    const tokens: Token[] = [
      token(0, 'hi', { start: 0, end: 2 }),
      token(1, '‹F0 9F 98›', { start: 2, end: 4, startsWord: false }),
      token(2, '‹80›', { start: 2, end: 4, startsWord: false }),
      token(3, '‹F0 9F›', { start: 4, end: 6, startsWord: false }),
      token(4, '‹91›', { start: 4, end: 6, startsWord: false }),
      token(5, '‹8D›', { start: 4, end: 6, startsWord: false }),
      token(6, '!', { start: 6, end: 7, startsWord: false }),
    ];
    const lens = { unit: 'words', groups: [] } as const;
    expect(labels(unitsOf(tokens, lens, inputOf(text)))).toEqual(['hi', '😀', '👍', '!']);
    expect(Array.from(unitsOf(tokens, lens).first)).toEqual([0, 1, 3, 6]);
  });

  it('leaves scripts without spaces as they were cut', () => {
    expect(words('我|爱|你| ok|吗')).toEqual(['我', '爱', '你', 'ok', '吗']);
    expect(words('при|вет| мир')).toEqual(['привет', 'мир']);
  });

  it('never joins special tokens, or the two sentences of a pair', () => {
    const first = cut('«[CLS]»|un|done|«[SEP]»');
    const second = cut('done|«[SEP]»', 1, 4);
    const tokens = [...first.tokens, ...second.tokens];
    const units = unitsOf(tokens, { unit: 'words', groups: [] }, inputOf(first.text, second.text));
    expect(labels(units)).toEqual(['[CLS]', 'undone', '[SEP]', 'done', '[SEP]']);
    expect([0, 1, 2, 3, 4].map(units.special)).toEqual([true, false, true, false, true]);
  });

  it('lets groups win over words and pieces', () => {
    const { text, tokens } = cut('The| un|believ|able| red| bus|.');
    const groups = [{ first: 3, last: 5 }];
    const units = unitsOf(tokens, { unit: 'words', groups }, inputOf(text));
    expect(labels(units)).toEqual(['The', 'unbeliev', 'able red bus', '.']);
    expect(labels(unitsOf(tokens, { unit: 'pieces', groups }, inputOf(text)))[3]).toBe('able red bus');
  });

  it('says a group over special tokens by their own texts', () => {
    const { text, tokens } = cut('«[CLS]»|un|done| now');
    const units = unitsOf(tokens, { unit: 'pieces', groups: [{ first: 0, last: 3 }] }, inputOf(text));
    expect(labels(units)).toEqual(['[CLS] undone now']);
    expect(units.special(0)).toBe(false);
  });

  it('ignores groups that do not fit the text or an earlier group', () => {
    const { tokens } = cut('a| b| c');
    const groups = [
      { first: 1, last: 2 },
      { first: 0, last: 1 },
      { first: 2, last: 3 },
      { first: -1, last: 0 },
    ];
    expect(Array.from(unitsOf(tokens, { unit: 'pieces', groups }).first)).toEqual([0, 1]);
  });

  it('keeps to what was typed in the labels, and makes line ends visible', () => {
    const text = 'Éclair\nshop';
    const tokens = [
      token(0, 'ec', { start: 0, end: 2 }),
      token(1, 'lair', { start: 2, end: 6, startsWord: false }),
      token(2, 'shop', { start: 7, end: 11 }),
    ];
    expect(labels(unitsOf(tokens, { unit: 'words', groups: [] }, inputOf(text)))).toEqual(['Éclair', 'shop']);
    const groups = [{ first: 0, last: 2 }];
    expect(labels(unitsOf(tokens, { unit: 'pieces', groups }, inputOf(text)))).toEqual(['Éclair⏎shop']);
    expect(labels(unitsOf(tokens, { unit: 'words', groups: [] }))).toEqual(['eclair', 'shop']);
  });

  it('covers every token once, whatever the groups', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 50; round += 1) {
      const size = 1 + Math.floor(40 * random());
      const { text, tokens } = cut(
        Array.from({ length: size }, () => (random() < 0.5 ? ' ab' : random() < 0.5 ? '-' : 'c')).join('|'),
      );
      const units = unitsOf(
        tokens,
        { unit: random() < 0.5 ? 'words' : 'pieces', groups: randomGroups(size, random) },
        inputOf(text),
      );
      for (let unit = 0; unit < units.count; unit += 1) {
        expect(units.first[unit]).toBe(unit === 0 ? 0 : (units.last[unit - 1] ?? NaN) + 1);
        for (let at = units.first[unit] ?? 0; at <= (units.last[unit] ?? -1); at += 1)
          expect(units.unitOf[at]).toBe(unit);
      }
      expect(units.last[units.count - 1]).toBe(size - 1);
    }
  });

  it('has no units without tokens', () => {
    expect(unitsOf([], { unit: 'words', groups: [] }).count).toBe(0);
  });
});
