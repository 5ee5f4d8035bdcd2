import { describe, expect, it } from 'vitest';
import { openInspector } from '../../../native-models/tokenizer/inspector.ts';
import type { TokenizerInspector, WordSteps } from '../../../native-models/tokenizer/inspector.ts';
import { wordPieceTries } from '../../../native-models/tokenizer/word-piece.ts';
import { findMinilm } from '../../support/minilm.ts';
import { mixedStrings } from '../../support/mixed-strings.ts';
import { modelErrorOf } from '../checkpoint/support.ts';
import { TINY_BERT, TINY_GPT2 } from './support.ts';

const BUNDLED = ['headlight-gpt', 'headlight-bert'].map((name) => `native-models/bundled/${name}`);

const MINILM = findMinilm();

if ('reason' in MINILM) it.skip(`MiniLM: ${MINILM.reason}`, () => undefined);

/** What the steps of a word end in, worked out from the steps alone. */
function end({ forming, pieces }: WordSteps, unknown: string): readonly string[] | null {
  if (forming.kind === 'whole') return pieces.map(({ piece }) => piece);
  if (forming.kind === 'none') return null;
  if (forming.kind === 'tries') {
    const found = forming.tries.filter(({ id }) => id !== null);
    const written = found.at(-1)?.end ?? 0;
    const longest = Math.max(0, ...forming.tries.map((each) => each.end));
    return forming.tooLong || written < longest ? [unknown] : found.map(({ piece }) => piece);
  }
  const symbols = forming.symbols.map(({ piece }) => piece);
  for (const { at, left, right, result } of forming.merges) {
    expect([symbols[at], symbols[at + 1]]).toEqual([left, right]);
    symbols.splice(at, 2, result);
  }
  return symbols;
}

describe.each([TINY_GPT2, TINY_BERT, ...BUNDLED, ...('folder' in MINILM ? [MINILM.folder] : [])])(
  'steps of %s',
  (folder) => {
    it('end at the output of the tokenizer, for 2,000 mixed strings', { timeout: 120_000 }, async () => {
      const inspector = await openInspector(folder);
      for (const text of mixedStrings(2000)) {
        const { tokens, words } = await inspector.words({ text });
        expect(words.flatMap(({ first, last }) => tokens.slice(first, last + 1))).toEqual(tokens);
        const ends: string[] = [];
        for (const at of words.keys())
          ends.push(...((await inspector.steps({ text }, at).then(endOf(inspector))) ?? []));
        expect(ends, JSON.stringify(text)).toEqual(tokens.map(({ piece }) => piece));
      }
    });
  },
);

const endOf = (inspector: TokenizerInspector) => (steps: WordSteps) =>
  end(
    steps,
    inspector.search({ query: '', special: true }).entries.find(({ roles }) => roles.includes('unk'))?.piece ?? '[UNK]',
  );

describe('merges', () => {
  it('begin with bytes and go by rank, the leftmost first', async () => {
    const inspector = await openInspector(TINY_GPT2);
    const { words } = await inspector.words({ text: 'the the' });
    const steps = await inspector.steps({ text: 'the the' }, 1);
    expect(words.map(({ start, end: stop }) => [start, stop])).toEqual([
      [0, 3],
      [3, 7],
    ]);
    expect(steps.source).toBe(' the');
    if (steps.forming.kind !== 'merges') throw new Error('expected merges');
    expect(steps.forming.symbols.map(({ text, bytes }) => `${text}=${bytes}`)).toEqual([
      ' =20',
      't=74',
      'h=68',
      'e=65',
    ]);
    const { merges } = steps.forming;
    expect(merges.length).toBeGreaterThan(0);
    for (const { left, right, result, rank } of merges) {
      expect(result).toBe(left + right);
      expect(rank).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('tries', () => {
  const vocabulary = new Map(['un', '##aff', '##able', 'a'].map((piece, id) => [piece, id]));
  const model = { vocabulary, prefix: '##', longestWord: 10 };

  it('take the longest piece from the left and go on behind it', () => {
    const { tries, pieces } = wordPieceTries('unaffable', model);
    expect(pieces).toEqual(['un', '##aff', '##able']);
    expect(tries.filter(({ id }) => id !== null).map(({ start, end: stop }) => [start, stop])).toEqual([
      [0, 2],
      [2, 5],
      [5, 9],
    ]);
    expect(tries[0]).toEqual({ start: 0, end: 9, piece: 'unaffable', id: null });
  });

  it('of a word with a part that no piece writes, or a word too long, find nothing', () => {
    expect(wordPieceTries('unx', model).pieces).toBeNull();
    expect(wordPieceTries('aaaaaaaaaaa', model)).toEqual({ tries: [], pieces: null });
  });

  it('show the text as it is normalised', async () => {
    const inspector = await openInspector(TINY_BERT);
    const { words } = await inspector.words({ text: 'Café' });
    const steps = await inspector.steps({ text: 'Café' }, 1);
    expect(words.map(({ kind }) => kind)).toEqual(['special', 'word', 'special']);
    expect([steps.source, steps.normalised]).toEqual(['Café', 'cafe']);
  });
});

describe('the vocabulary', () => {
  it('finds pieces by text, whole ones first, and by id', async () => {
    const inspector = await openInspector(TINY_GPT2);
    const all = inspector.search({ query: '', count: 100_000 });
    expect(all.entries).toHaveLength(all.size);
    expect(all.size).toBe(inspector.tokenizer.vocabularySize);
    const { found, entries } = inspector.search({ query: 'he', count: 100_000 });
    expect(found).toBe(entries.length);
    expect(entries.map(({ id }) => id).sort((a, b) => a - b)).toEqual(
      all.entries.filter(({ text, piece }) => `${piece} ${text}`.toLowerCase().includes('he')).map(({ id }) => id),
    );
    expect(entries[0]?.text.trim()).toBe('he');
    const seventh = all.entries[7];
    expect(inspector.search({ query: '#7' }).entries).toEqual([seventh]);
    expect(inspector.search({ query: '', from: 5, count: 3 }).entries).toEqual(all.entries.slice(5, 8));
  });

  it('says what special tokens are for', async () => {
    const inspector = await openInspector('native-models/bundled/headlight-bert');
    const { entries } = inspector.search({ query: '', special: true });
    const roles = Object.fromEntries(entries.map(({ piece, roles: named }) => [piece, named]));
    expect(roles).toMatchObject({ '[MASK]': ['mask'], '[CLS]': ['cls'], '[SEP]': ['sep'] });
  });
});

it('a word that the text does not have is refused', async () => {
  const inspector = await openInspector(TINY_GPT2);
  const error = await modelErrorOf(() => inspector.steps({ text: 'one' }, 9));
  expect(error).toMatchObject({ code: 'bad-request', reason: 'no-word' });
});
