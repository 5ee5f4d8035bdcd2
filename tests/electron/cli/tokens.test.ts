import { describe, expect, it } from 'vitest';
import { openInspector } from '../../../native-models/tokenizer/inspector.ts';
import { cli, TINY_BERT, TINY_GPT2, useEmptyMachine } from './support.ts';

useEmptyMachine();

const TEXT = 'Het café 🙂 the lamp';

interface Told {
  readonly model: string;
  readonly kind: string;
  readonly tokens: readonly { readonly index: number; readonly part: number; readonly start: number | null }[];
  readonly words: readonly { readonly first: number; readonly last: number; readonly steps?: unknown }[];
  readonly facts: Readonly<Record<string, number | null>>;
  readonly compare:
    | (Omit<Told, 'compare'> & {
        readonly stretches: readonly {
          readonly start: number;
          readonly end: number;
          readonly same: boolean;
          readonly left: readonly number[];
          readonly right: readonly number[];
        }[];
      })
    | null;
}

const words = (model: string, ...more: string[]) => ['tokens', '--model', model, '--text', TEXT, ...more];

async function told(model: string, ...more: string[]): Promise<Told> {
  const { code, out, err } = await cli(...words(model, '--json', ...more));
  expect([code, err]).toEqual([0, '']);
  return JSON.parse(out) as Told;
}

describe('headlight tokens --json', () => {
  it.each([TINY_GPT2, TINY_BERT])('%s: tokens, words and steps as native-models gives them', async (model) => {
    const inspector = await openInspector(model);
    const expected = await inspector.words({ text: TEXT });
    const steps = await Promise.all(expected.words.map((_, at) => inspector.steps({ text: TEXT }, at)));
    const given = await told(model, '--steps');
    expect([given.model, given.kind]).toEqual([model, inspector.kind]);
    expect(given.tokens).toEqual(expected.tokens);
    expect(given.words).toEqual(expected.words.map((word, at) => ({ ...word, steps: steps[at] })));
    expect(given.compare).toBeNull();
    expect((await told(model)).words).toEqual(expected.words);
  });

  it('counts the text itself, without what is put around it', async () => {
    const { facts, tokens } = await told(TINY_BERT);
    const own = tokens.filter(({ start }) => start !== null).length;
    expect(own).toBe(tokens.length - 2);
    const bytes = Buffer.byteLength(TEXT);
    expect(facts).toMatchObject({ tokens: own, words: 5, characters: 19, bytes, unknown: 1 });
    expect(facts['tokensPerWord']).toBeCloseTo(own / 5, 12);
    expect(facts['bytesPerToken']).toBeCloseTo(bytes / own, 12);
    expect((await told(TINY_GPT2)).facts['unknown']).toBe(0);
  });

  it('sets a second tokenizer beside it, along the text', async () => {
    const { compare, tokens } = await told(TINY_GPT2, '--compare', TINY_BERT);
    if (compare === null) throw new Error('expected a comparison');
    expect(compare.tokens).toEqual((await told(TINY_BERT)).tokens);
    const { stretches } = compare;
    expect(stretches.map(({ start }) => start)).toEqual([0, ...stretches.slice(0, -1).map(({ end }) => end)]);
    expect(stretches.at(-1)?.end).toBe(TEXT.length);
    const inText = (list: Told['tokens']) => list.filter(({ start }) => start !== null).map(({ index }) => index);
    expect(stretches.flatMap(({ left }) => left)).toEqual(inText(tokens));
    expect(stretches.flatMap(({ right }) => right)).toEqual(inText(compare.tokens));
    for (const { same, left, right } of stretches) expect(same).toBe(left.length === 1 && right.length === 1);
  });

  it('finds the same two ways, whichever tokenizer comes first', async () => {
    const there = (await told(TINY_GPT2, '--compare', TINY_BERT)).compare?.stretches ?? [];
    const back = (await told(TINY_BERT, '--compare', TINY_GPT2)).compare?.stretches ?? [];
    expect(there.length).toBeGreaterThan(4);
    expect(back).toEqual(there.map(({ left, right, ...rest }) => ({ ...rest, left: right, right: left })));
  });
});

describe('headlight tokens', () => {
  it('gives the tokens and numbers to people', async () => {
    const { code, out, err } = await cli(...words(TINY_BERT));
    expect([code, err]).toEqual([0, '']);
    const { tokens, facts } = await told(TINY_BERT);
    expect(out).toContain(`WordPiece · ${facts['tokens']} tokens and 2 put around · 5 words · 19 characters`);
    expect(out).toContain(`${facts['bytesPerToken']?.toFixed(2)} bytes a token · 1 unknown`);
    expect(out).toMatch(/TOKEN +ID +PIECE +TEXT +CHARACTERS +WORD/u);
    expect(out.trim().split('\n')).toHaveLength(3 + tokens.length);
  });

  it('names every merge with its rank, and every piece that is tried', async () => {
    const merges = (await cli('tokens', '--model', TINY_GPT2, '--text', ' the', '--steps')).out;
    expect(merges).toContain('begins with  Ġ [20]  t [74]  h [68]  e [65]');
    expect(merges).toMatch(/^ +0 +0 +h \+ e +he +\d+$/mu);
    expect(merges).toMatch(/^ +\d+ +\d+ +Ġt \+ he +Ġthe +\d+$/mu);
    const tries = (await cli('tokens', '--model', TINY_BERT, '--text', 'Thé ☃', '--steps')).out;
    expect(tries).toContain('Word 1, "Thé", normalised "the", token 1:');
    expect(tries).toMatch(/0 +the +0–3 +found, \d+/u);
    expect(tries).toMatch(/0 +☃ +0–1 +not in the vocabulary\n +ends as +\[UNK\] \(1\)/u);
  });

  it('marks where two tokenizers cut in different ways', async () => {
    const { code, out } = await cli(...words(TINY_GPT2, '--compare', TINY_BERT));
    expect(code).toBe(0);
    const { compare } = await told(TINY_GPT2, '--compare', TINY_BERT);
    const unlike = compare?.stretches.filter(({ same }) => !same).length ?? 0;
    expect(unlike).toBeGreaterThan(0);
    expect(out.match(/ unlike$/gmu)).toHaveLength(unlike);
  });
});

describe('headlight tokens of a vocabulary', () => {
  it('lists what a search finds', async () => {
    const inspector = await openInspector(TINY_GPT2);
    const { found, entries } = inspector.search({ query: 'he', count: 50 });
    const { out } = await cli('tokens', '--model', TINY_GPT2, '--search', 'he', '--json');
    expect(JSON.parse(out)).toMatchObject({ kind: 'BPE', query: 'he', size: 300, found, entries });
    const people = (await cli('tokens', '--model', TINY_GPT2, '--search', 'he', '--count', '2')).out;
    expect(people).toContain(`300 pieces · ${found} found with "he" · the first 2 shown`);
    expect(people.trim().split('\n')).toHaveLength(5);
  });

  it('says what special tokens are for', async () => {
    const { out } = await cli('tokens', '--model', TINY_BERT, '--special');
    expect(out).toContain('200 pieces · 5 special tokens');
    for (const [piece, role] of Object.entries({ PAD: 'pad', UNK: 'unk', CLS: 'cls', SEP: 'sep', MASK: 'mask' })) {
      expect(out).toMatch(new RegExp(`\\[${piece}\\] .*special, ${role}$`, 'mu'));
    }
  });

  it.each([
    [[], 'The option --text is missing; or ask for the vocabulary with --search or --special.'],
    [
      ['--text', 'a', '--search', 'b'],
      '--search is about the vocabulary and --text about a text; ask for one of them.',
    ],
    [['--special', '--steps'], '--special is about the vocabulary and --steps about a text; ask for one of them.'],
    [['--text', 'a', '--count', '3'], '--count is for --search and --special; all tokens of a text are listed.'],
    [['--text', ''], 'The text is empty; expected at least one word.'],
    [['--text', 'a', '--pair', 'b'], 'This model takes one text, not a pair of sentences.'],
    [['--text', 'a', '--compare', 'no-such-model'], 'There is no model "no-such-model"'],
  ])('%j is the fault of the words', async (more, message) => {
    const { code, err } = await cli('tokens', '--model', TINY_GPT2, ...more);
    expect(code).toBe(2);
    expect(err).toContain(message);
  });
});
