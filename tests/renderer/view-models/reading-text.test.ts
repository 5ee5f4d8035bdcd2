import { describe, expect, it } from 'vitest';
import { PLAIN_LENS } from '../../../renderer/state/lens.ts';
import type { Lens } from '../../../renderer/state/lens.ts';
import { keptUnits } from '../../../renderer/view-models/lens/hide.ts';
import { unitsOf } from '../../../renderer/view-models/lens/units.ts';
import { readingText } from '../../../renderer/view-models/reading-text.ts';
import type { ReadingPart } from '../../../renderer/view-models/reading-text.ts';
import { token, tokensOf } from '../support.ts';
import type { TextInput, Token } from '../../../electron/api/index.ts';
import { cut, inputOf } from './lens/support.ts';

function parts(tokens: readonly Token[], text: TextInput | null, change: Partial<Lens> = {}): readonly ReadingPart[] {
  const lens = { ...PLAIN_LENS, ...change };
  const units = unitsOf(tokens, lens, text);
  return readingText({ units, kept: keptUnits(units, lens) }, tokens, text);
}
const whole = (list: readonly ReadingPart[]): string => list.map(({ before, text }) => before + text).join('');

describe('readingText', () => {
  it('gives the text back as it was typed, in pieces and in words', () => {
    const { text, tokens } = cut('Two|  spaces|,| un|believ|able|\n|\n|and|\tlines|.');
    for (const unit of ['pieces', 'words'] as const) {
      const shown = parts(tokens, inputOf(text), { unit });
      const marks = shown.filter(({ kind }) => kind === 'mark').map((part) => part.text);
      expect(marks).toEqual(['⏎', '⏎']);
      expect(whole(shown).replaceAll('⏎', '')).toBe(text);
    }
    expect(parts(tokens, inputOf(text), { unit: 'words' }).map((part) => part.text)).toContain('unbelievable');
  });

  it('numbers rows by what the lens keeps; hidden words stay in the text, hidden special tokens do not', () => {
    const { text, tokens } = cut('«[CLS]»|The| cat|«[SEP]»');
    const rows = (change: Partial<Lens>) => parts(tokens, inputOf(text), change).map((part) => [part.text, part.row]);
    expect(rows({})).toEqual([
      ['[CLS]', 0],
      ['The', 1],
      ['cat', 2],
      ['[SEP]', 3],
    ]);
    expect(rows({ hideSpecial: true })).toEqual([
      ['The', 0],
      ['cat', 1],
    ]);
    const gpt = cut('The| cat');
    expect(parts(gpt.tokens, inputOf(gpt.text), { hideFirst: true }).map((part) => [part.text, part.row])).toEqual([
      ['The', null],
      ['cat', 0],
    ]);
  });

  it('shows a character once, and marks its other pieces', () => {
    const tokens = [
      token(0, '‹F0 9F 98›', { start: 0, end: 2 }),
      token(1, '‹80›', { start: 0, end: 2, startsWord: false }),
      token(2, '!', { start: 2, end: 3, startsWord: false }),
    ];
    expect(parts(tokens, inputOf('😀!')).map(({ text, kind }) => [text, kind])).toEqual([
      ['😀', 'text'],
      ['‹80›', 'mark'],
      ['!', 'text'],
    ]);
    expect(parts(tokens, inputOf('😀!'), { unit: 'words' }).map(({ text }) => text)).toEqual(['😀', '!']);
  });

  it('begins the second sentence on a new line', () => {
    const first = cut('«[CLS]»|one|«[SEP]»');
    const second = cut('two|«[SEP]»', 1, 3);
    const shown = parts([...first.tokens, ...second.tokens], inputOf(first.text, second.text));
    expect(shown.map(({ before, text, kind }) => [before, text, kind])).toEqual([
      ['', '[CLS]', 'special'],
      ['', 'one', 'text'],
      ['', '[SEP]', 'special'],
      ['\n', 'two', 'text'],
      ['', '[SEP]', 'special'],
    ]);
  });

  it('shows what the user typed, not what the tokenizer made of it', () => {
    const tokens = [token(0, 'eclair', { start: 0, end: 6 }), token(1, '[MASK]', { start: 7, end: 13, special: true })];
    expect(parts(tokens, inputOf('Éclair [MASK]')).map(({ before, text, kind }) => [before, text, kind])).toEqual([
      ['', 'Éclair', 'text'],
      [' ', '[MASK]', 'special'],
    ]);
  });

  it('falls back on the tokens where the text is not known', () => {
    expect(whole(parts(tokensOf('Thinking', 'Machines'), null))).toBe('Thinking Machines');
  });
});
