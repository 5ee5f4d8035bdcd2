import { describe, expect, it } from 'vitest';
import { ModelError } from '../../../native-models/errors.ts';
import { replaceAPart, seeded } from '../checkpoint/mutations.ts';
import type { Random } from '../checkpoint/mutations.ts';
import { openFiles, readJson, TINY_BERT, TINY_GPT2 } from './support.ts';
import type { Json } from './support.ts';

const BERT = readJson(`${TINY_BERT}/tokenizer.json`);
const GPT2 = readJson(`${TINY_GPT2}/tokenizer.json`);
const TEXT = `The café 😀 keeper — l\u0301ook 日本!! ${'x'.repeat(120)}`;
const PATTERNS = [
  { String: '' },
  { String: ' ' },
  { Regex: '' },
  { Regex: '\\s' },
  { Regex: '(?=a)' },
  { Regex: '(' },
  { Regex: '(a+)+$' },
  { Regex: 'x*' },
];
const BEHAVIORS = ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'];

/** Parts that the native library reads, with odd but possible arguments. */
const PARTS: Readonly<Record<string, (random: Random) => readonly unknown[]>> = {
  normalizer: (random) => [
    null,
    { type: 'Lowercase' },
    { type: 'NFD' },
    { type: 'StripAccents' },
    { type: 'Strip', strip_left: true, strip_right: random.next() < 0.5 },
    { type: 'Replace', pattern: random.pick(PATTERNS), content: random.pick(['', 'x', '😀']) },
    { type: 'Prepend', prepend: random.pick(['', '▁']) },
    { type: 'Precompiled', precompiled_charsmap: random.pick(['AAAA', '/////w==', '', 'BAAAAAAAAAA=']) },
  ],
  pre_tokenizer: (random) => [
    null,
    { type: 'Whitespace' },
    { type: 'Punctuation', behavior: random.pick(BEHAVIORS) },
    { type: 'CharDelimiterSplit', delimiter: random.pick([' ', '😀']) },
    { type: 'Metaspace', replacement: '▁', prepend_scheme: random.pick(['always', 'first']), split: true },
    { type: 'Split', pattern: random.pick(PATTERNS), behavior: random.pick(BEHAVIORS), invert: random.next() < 0.5 },
    { type: 'FixedLength', length: random.below(3) },
  ],
  post_processor: (random) => [
    null,
    { type: 'BertProcessing', sep: ['x', random.pick([3, 2 ** 31])], cls: ['y', 2] },
    { type: 'RobertaProcessing', sep: ['x', 3], cls: ['y', 2], trim_offsets: true, add_prefix_space: true },
    {
      type: 'TemplateProcessing',
      single: randomTemplate(random),
      pair: randomTemplate(random),
      special_tokens: {
        '[SEP]': { id: '[SEP]', ids: random.pick([[3], [3, 3], []]), tokens: random.pick([['[SEP]'], []]) },
      },
    },
  ],
  added_tokens: (random) => [
    [],
    [0, 1].map(() => ({
      id: random.pick([0, 5, 9999, 2 ** 32 - 1]),
      content: random.pick(['', 'a', ' ', '😀', 'the', '\0', '[CLS]']),
      single_word: random.next() < 0.5,
      lstrip: random.next() < 0.5,
      rstrip: random.next() < 0.5,
      normalized: random.next() < 0.5,
      special: random.next() < 0.5,
    })),
  ],
  model: (random) => [
    { ...(BERT['model'] as Json), continuing_subword_prefix: random.pick(['', '😀', 'a']) },
    { ...(BERT['model'] as Json), max_input_chars_per_word: random.below(3) },
    { ...(GPT2['model'] as Json), continuing_subword_prefix: random.pick(['##', 'Ġ', '😀']) },
    { ...(GPT2['model'] as Json), merges: [], unk_token: 'nope', fuse_unk: true, byte_fallback: true },
    { type: 'WordLevel', vocab: { a: 0, '[UNK]': 2 ** 32 - 1 }, unk_token: random.pick(['[UNK]', 'nope']) },
    {
      type: 'Unigram',
      unk_id: random.pick([null, 0, 99]),
      vocab: [
        ['a', -1e30],
        ['the', 1e30],
      ],
      byte_fallback: true,
    },
  ],
};

function randomTemplate(random: Random): unknown[] {
  const choices = [
    { Sequence: { id: 'A', type_id: 0 } },
    { Sequence: { id: 'B', type_id: 7 } },
    { SpecialToken: { id: '[SEP]', type_id: 1 } },
  ];
  return Array.from({ length: random.below(4) }, () => random.pick(choices));
}

function randomTokenizer(random: Random): string {
  const base: Json = { ...random.pick([BERT, GPT2]) };
  for (const [key, choices] of Object.entries(PARTS)) {
    if (random.next() < 0.35) base[key] = random.pick(choices(random));
  }
  const text = JSON.stringify(base);
  return random.next() < 0.2 ? replaceAPart(text, random) : text;
}

describe('every odd tokenizer.json', () => {
  // A panic of the native library would end this process, and the test with it.
  it('either encodes or is refused with a ModelError (2,000 cases)', { timeout: 300_000 }, async () => {
    const random = seeded(4);
    let encoded = 0;
    for (let index = 0; index < 2_000; index++) {
      try {
        const tokenizer = await openFiles({ 'tokenizer.json': randomTokenizer(random) });
        const { tokens, ids } = await tokenizer.encode({ text: TEXT, pair: tokenizer.takesPair ? 'b' : undefined });
        expect(tokens.map(({ id }) => id)).toEqual(ids);
        for (const { start, end } of tokens) if (start !== null) expect(end).toBeGreaterThanOrEqual(start);
        encoded++;
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
      }
    }
    expect(encoded).toBeGreaterThan(400);
    expect(encoded).toBeLessThan(1_600);
  });
});
