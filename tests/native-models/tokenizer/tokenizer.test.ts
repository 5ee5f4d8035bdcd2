import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTokenizer } from '../../../native-models/tokenizer/tokenizer.ts';
import type { Tokenizer } from '../../../native-models/tokenizer/tokenizer.ts';
import type { TextInput, Token } from '../../../native-models/types.ts';
import { modelErrorOf, temporaryFolder } from '../checkpoint/support.ts';
import { changed, openFiles, readJson, TINY_BERT, TINY_GPT2 } from './support.ts';

interface GoldenCase {
  readonly text: string;
  readonly pair: string | null;
  readonly ids: readonly number[];
  readonly type_ids: readonly number[];
  readonly pieces: readonly string[];
  readonly sequence: readonly (number | null)[];
  readonly offsets: readonly (readonly [number, number] | null)[];
}

const VOCAB = [
  ...['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', 'de', 'kat', '##je', '##s', 'een', 'cafe', 'zee', '##en', 'a', 'e'],
  ...[',', '!', '日', '本', '##b'],
].join('\n');

/** What a person sees of each token: its text, or the special token in brackets as it is. */
const texts = (tokens: readonly Token[]) => tokens.map(({ text }) => text);
/** The stretch of the input that each token with offsets covers. */
const covered = ({ text, pair }: TextInput, tokens: readonly Token[]) =>
  tokens.map(({ part, start, end }) =>
    start === null ? null : (part === 0 ? text : (pair ?? '')).slice(start, end ?? 0),
  );

describe.each(['tiny-gpt2', 'tiny-bert', 'tiny-bert-cls'])('%s as transformers encodes it', (name) => {
  const cases = Object.entries(readJson(`tests/fixtures/${name}.cases.json`) as unknown as Record<string, GoldenCase>);

  it.each(cases)('%s', async (_, expected) => {
    const tokenizer = await openTokenizer(`tests/fixtures/${name}`);
    const { tokens, ids, typeIds } = await tokenizer.encode({ text: expected.text, pair: expected.pair ?? undefined });
    expect(ids).toEqual(expected.ids);
    expect(typeIds).toEqual(expected.type_ids);
    expect(tokens.map(({ id }) => id)).toEqual(expected.ids);
    expect(tokens.map(({ piece }) => piece)).toEqual(expected.pieces);
    expect(tokens.map(({ start, end }) => (start === null ? null : [start, end]))).toEqual(expected.offsets);
    expect(tokens.map(({ index }) => index)).toEqual(expected.ids.map((__, index) => index));
    expect(tokens.map(({ special }) => special)).toEqual(expected.sequence.map((sequence) => sequence === null));
    expected.sequence.forEach((sequence, index) => {
      if (sequence !== null) expect(tokens[index]?.part).toBe(sequence);
    });
  });
});

describe('a byte-level tokenizer', () => {
  it('shows spaces, line breaks and the bytes of a split character', async () => {
    const tokenizer = await openTokenizer(TINY_GPT2);
    const input = { text: 'Café 😀\nthe lamp' };
    const { tokens } = await tokenizer.encode(input);
    expect(texts(tokens).join('|')).toBe('C|a|f|‹C3›|‹A9›|␣|‹F0›|‹9F›|‹98›|‹80›|⏎|t|he|l|am|p');
    const emoji = tokens.filter(({ text }) => /‹(F0|9F|98|80)›/u.test(text));
    expect(covered(input, emoji)).toEqual(['😀', '😀', '😀', '😀']);
    expect(emoji.map(({ startsWord }) => startsWord)).toEqual([true, false, false, false]);
    expect(tokens.filter(({ startsWord }) => startsWord).map(({ piece }) => piece)).toEqual([
      'C',
      'Ġ',
      'ð',
      'Ċ',
      't',
      'Ġl',
    ]);
  });

  it('adds no special tokens, and knows one that is typed', async () => {
    const tokenizer = await openTokenizer(TINY_GPT2);
    const { tokens, ids } = await tokenizer.encode({ text: 'the lamp<|endoftext|>The' });
    expect(tokens.map(({ special }) => special)).toEqual(ids.map((id) => id === 299));
    expect(tokens.find(({ special }) => special)).toMatchObject({
      text: '<|endoftext|>',
      startsWord: true,
      start: 8,
      end: 21,
    });
    expect([...tokenizer.separatorIds]).toEqual([299]);
    expect([...tokenizer.specialIds]).toEqual([299]);
  });

  it('writes pieces with their leading space and decodes ids', async () => {
    const tokenizer = await openTokenizer(TINY_GPT2);
    const text = 'The keeper — naïve 😀\n  lit 日本 the lamp.';
    const { ids } = await tokenizer.encode({ text });
    expect(tokenizer.decode(ids)).toBe(text);
    expect(tokenizer.decode([...ids, 299])).toBe(text);
    expect(tokenizer.pieceText(258)).toBe(' the');
    expect(tokenizer.pieceText(220)).toBe(' ');
    expect(tokenizer.pieceText(172)).toBe('‹F0›');
    expect(tokenizer.pieceText(299)).toBe('<|endoftext|>');
    expect(tokenizer.vocabularySize).toBe(300);
    expect((await modelErrorOf(() => tokenizer.pieceText(300))).reason).toBe('token-unknown');
    expect((await modelErrorOf(() => tokenizer.decode([0, -1]))).reason).toBe('token-unknown');
  });

  it('takes no pair and has no mask', async () => {
    const tokenizer = await openTokenizer(TINY_GPT2);
    expect(tokenizer).toMatchObject({ takesPair: false, maskToken: null, maskId: null });
    const error = await modelErrorOf(() => tokenizer.encode({ text: 'a', pair: 'b' }));
    expect(error).toMatchObject({ code: 'bad-request', reason: 'pair-not-taken' });
    expect((await tokenizer.encode({ text: 'a', pair: ' ' })).ids).toHaveLength(1);
  });

  it('takes white space as text, as the model does', async () => {
    const { tokens } = await (await openTokenizer(TINY_GPT2)).encode({ text: '  ' });
    expect(texts(tokens)).toEqual(['␣', '␣']);
  });
});

describe('a WordPiece tokenizer', () => {
  it('marks parts, segments and special tokens of a pair, with offsets into each text', async () => {
    const tokenizer = await openFiles({ 'vocab.txt': VOCAB });
    const input = { text: 'De katjes, 日本', pair: '😀 een Café! ' };
    const { tokens, typeIds } = await tokenizer.encode(input);
    expect(texts(tokens).join(' ')).toBe('[CLS] de kat je s , 日 本 [SEP] [UNK] een cafe ! [SEP]');
    expect(covered(input, tokens)).toEqual([
      ...[null, 'De', 'kat', 'je', 's', ',', '日', '本', null],
      ...['😀', 'een', 'Café', '!', null],
    ]);
    expect(tokens.map(({ part }) => part).join('')).toBe('00000000011111');
    expect(typeIds.join('')).toBe('00000000011111');
    expect(tokens.map(({ special }) => Number(special)).join('')).toBe('10000000100001');
    expect(tokens.map(({ startsWord }) => Number(startsWord)).join('')).toBe('11100010111101');
  });

  it('keeps offsets right through accents, combining marks and characters outside the basic plane', async () => {
    const tokenizer = await openFiles({ 'vocab.txt': VOCAB });
    for (const text of ['De zeeën', 'De zeee\u0308n', '😀 een 🇳🇱 zee', '𝒳 cafe\u0301 日', 'een\u0000 \u00ADzee']) {
      const { tokens } = await tokenizer.encode({ text });
      const inside = tokens.filter(({ start }) => start !== null);
      for (const { piece, start, end } of inside) {
        const letters = text
          .slice(start ?? 0, end ?? 0)
          .normalize('NFD')
          .replace(/[\p{M}\p{Cf}]/gu, '')
          .toLowerCase();
        if (piece !== '[UNK]') expect(letters).toBe(piece.replace('##', ''));
        expect(text.slice(start ?? 0, end ?? 0)).not.toMatch(/\p{Surrogate}/u);
      }
      expect(inside.length).toBeGreaterThan(1);
    }
  });

  it('marks a typed mask as special, with its place in the text', async () => {
    const tokenizer = await openFiles({ 'vocab.txt': VOCAB });
    const { tokens } = await tokenizer.encode({ text: 'de [MASK]!' });
    expect(tokens[2]).toEqual({
      ...{
        index: 2,
        id: 4,
        piece: '[MASK]',
        text: '[MASK]',
        startsWord: true,
        special: true,
        part: 0,
        start: 3,
        end: 9,
      },
    });
    expect(tokenizer).toMatchObject({ maskToken: '[MASK]', maskId: 4, takesPair: true, vocabularySize: 20 });
    expect([...tokenizer.separatorIds]).toEqual([3]);
    expect([...tokenizer.specialIds].sort()).toEqual([0, 1, 2, 3, 4]);
    expect((await tokenizer.encode({ text: '[MASK]' })).ids).toEqual([2, 4, 3]);
  });

  it('writes pieces as people read them and decodes ids', async () => {
    const tokenizer = await openFiles({ 'vocab.txt': VOCAB });
    expect(tokenizer.pieceText(7)).toBe('je');
    expect(tokenizer.pieceText(4)).toBe('[MASK]');
    expect(tokenizer.decode([2, 5, 6, 7, 15, 1, 16, 3])).toBe('de katje, [UNK]!');
  });

  it('never cuts a text off and never pads it, whatever tokenizer.json says', async () => {
    const truncation = { direction: 'Right', max_length: 4, strategy: 'LongestFirst', stride: 0 };
    const padding = {
      strategy: { Fixed: 128 },
      direction: 'Right',
      pad_to_multiple_of: null,
      pad_id: 0,
      pad_type_id: 0,
    };
    const tokenizer = await openFiles({
      'tokenizer.json': changed(TINY_BERT, { truncation, padding: { ...padding, pad_token: '[PAD]' } }),
    });
    const plain = await openTokenizer(TINY_BERT);
    const input = { text: 'Where does the light go?', pair: 'It shows the sea.' };
    expect((await tokenizer.encode(input)).ids).toEqual((await plain.encode(input)).ids);
  });
});

describe('a tokenizer from vocab.txt', () => {
  const TEXTS: readonly TextInput[] = [
    { text: 'The Café keeper counted 3 boats 😀 twice.' },
    { text: 'Where does the light go?', pair: 'It shows the sea — naïve, 日本!' },
    { text: 'a\tb\u00A0c\n[MASK] [SEP] don’t' },
  ];

  it.each([TINY_BERT, 'native-models/bundled/headlight-bert'])(
    'encodes as the tokenizer.json of %s',
    async (folder) => {
      const bare = temporaryFolder();
      for (const name of ['vocab.txt', 'tokenizer_config.json']) copyFileSync(join(folder, name), join(bare, name));
      const [fromVocab, fromJson] = [await openTokenizer(bare), await openTokenizer(folder)];
      for (const text of TEXTS) expect(await fromVocab.encode(text)).toEqual(await fromJson.encode(text));
      expect(fromVocab.vocabularySize).toBe(fromJson.vocabularySize);
      expect(fromVocab.specialIds).toEqual(fromJson.specialIds);
    },
  );

  it('keeps capitals and accents where tokenizer_config.json says so, and takes its token names', async () => {
    const vocab = ['<pad>', '<unk>', '<s>', '</s>', 'Caf', '##é', 'caf', '##e', '<mask>'].join('\r\n');
    const names = {
      pad_token: '<pad>',
      unk_token: '<unk>',
      cls_token: '<s>',
      sep_token: { content: '</s>' },
      mask_token: '<mask>',
    };
    const cased = await openFiles({ 'vocab.txt': vocab, 'tokenizer_config.json': { ...names, do_lower_case: false } });
    expect((await cased.encode({ text: 'Café' })).ids).toEqual([2, 4, 5, 3]);
    expect(cased.maskToken).toBe('<mask>');
    expect([...cased.separatorIds]).toEqual([3]);
    const uncased = await openFiles({ 'vocab.txt': vocab, 'tokenizer_config.json': names });
    expect((await uncased.encode({ text: 'Café' })).ids).toEqual([2, 6, 7, 3]);
  });
});

describe.each(['headlight-gpt', 'headlight-bert'])('the bundled %s', (name) => {
  let tokenizer: Tokenizer;

  it('covers English and Dutch text without losing a letter', async () => {
    tokenizer = await openTokenizer(`native-models/bundled/${name}`);
    const input = { text: 'The lighthouse keeper’s lamp; één café bij de zeeën. 😀 日本' };
    const { tokens, ids } = await tokenizer.encode(input);
    expect(Math.max(...ids)).toBeLessThan(tokenizer.vocabularySize);
    const reached = new Set<number>();
    for (const { start, end } of tokens) {
      for (let at = start ?? 0; at < (end ?? 0); at++) reached.add(at);
    }
    const missed = [...input.text.matchAll(/\S/gu)].filter(({ index }) => !reached.has(index));
    expect(missed.map(([letter]) => letter)).toEqual([]);
  });

  it('tokenizes a pasted 200 kB in seconds', { timeout: 60_000 }, async () => {
    tokenizer = await openTokenizer(`native-models/bundled/${name}`);
    const before = process.cpuUsage();
    for (const word of ['lighthouse ', 'x', '😀']) {
      const { ids } = await tokenizer.encode({ text: word.repeat(200_000 / word.length) });
      expect(ids.length).toBeGreaterThan(0);
    }
    const { user, system } = process.cpuUsage(before);
    // Microseconds of work, so that a busy machine does not fail it; some 3 s on a slow core.
    expect(user + system).toBeLessThan(20_000_000);
  });

  it('refuses a text that is too long before it makes tokens of it', async () => {
    tokenizer = await openTokenizer(`native-models/bundled/${name}`);
    const error = await modelErrorOf(() => tokenizer.encode({ text: 'light '.repeat(300) }, { maxTokens: 256 }));
    expect(error).toMatchObject({ code: 'bad-text', reason: 'text-too-long', values: { limit: 256 } });
    expect(error.values['tokens']).toBeGreaterThanOrEqual(300);
    expect((await tokenizer.encode({ text: 'light' }, { maxTokens: 256 })).ids.length).toBeGreaterThan(0);
  });
});

describe('a text that cannot be encoded', () => {
  it.each([
    ['nothing', { text: '' }, 'text-empty', { part: 0 }],
    ['half an emoji', { text: 'a\ud83d b' }, 'lone-surrogate', { part: 0, position: 1, code: 'U+D83D' }],
    ['halves in the wrong order', { text: '\ude00\ud83d' }, 'lone-surrogate', { part: 0, position: 0, code: 'U+DE00' }],
    ['half an emoji in the pair', { text: 'a', pair: '\udc00' }, 'lone-surrogate', { part: 1, position: 0 }],
    ['megabytes', { text: 'x'.repeat(2_000_001) }, 'text-too-large', { characters: 2_000_001, limit: 2_000_000 }],
  ])('is %s', async (_, input, reason, values) => {
    for (const folder of [TINY_BERT, TINY_GPT2]) {
      const error = await modelErrorOf(async () => (await openTokenizer(folder)).encode(input));
      expect(error).toMatchObject({ code: 'bad-text', reason, values });
      expect(error.message).toMatch(/\.$/u);
    }
  });

  it.each([' \n\t', '\u0000', '\u200b', '\ufeff'])('is %j for BERT, which drops it', async (text) => {
    const tokenizer = await openTokenizer(TINY_BERT);
    expect(await modelErrorOf(() => tokenizer.encode({ text }))).toMatchObject({
      code: 'bad-text',
      reason: 'text-empty',
    });
    const pair = await modelErrorOf(() => tokenizer.encode({ text: 'light', pair: `${text}\u0000` }));
    expect(pair).toMatchObject({ reason: 'text-empty', values: { part: 1 } });
  });
});
