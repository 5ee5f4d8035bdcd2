import { describe, expect, it } from 'vitest';
import { openTokenizer } from '../../../native-models/tokenizer/tokenizer.ts';
import { modelErrorOf, temporaryFolder } from '../checkpoint/support.ts';
import { changed, openFiles, readJson, TINY_BERT, TINY_GPT2 } from './support.ts';
import type { Json } from './support.ts';

/** A folder whose tokenizer.json is a fixture's with some parts replaced. */
const changedFiles = (folder: string, parts: Json) => ({ 'tokenizer.json': changed(folder, parts) });
const modelOf = (folder: string) => readJson(`${folder}/tokenizer.json`)['model'] as Json;
const added = (content: string, normalized: boolean) => ({
  added_tokens: [{ id: 5, content, normalized, single_word: false, lstrip: false, rstrip: false, special: false }],
});
const template = (parts: Json) => ({
  post_processor: { ...(readJson(`${TINY_BERT}/tokenizer.json`)['post_processor'] as Json), ...parts },
});

describe('openTokenizer refuses', () => {
  it('a folder without a tokenizer', async () => {
    const error = await modelErrorOf(() => openTokenizer(temporaryFolder()));
    expect(error).toMatchObject({ code: 'bad-model', reason: 'tokenizer-missing' });
    expect(error.message).toMatch(/no tokenizer; expected tokenizer\.json or vocab\.txt/u);
  });

  const files: readonly [what: string, files: Readonly<Record<string, string | Json>>, words: RegExp][] = [
    ['an empty file', { 'tokenizer.json': '' }, /tokenizer\.json is not valid JSON/u],
    ['half a file', { 'tokenizer.json': '{"model": {"type"' }, /tokenizer\.json is not valid JSON/u],
    ['a list', { 'tokenizer.json': '[]' }, /must be a JSON object, but it is a list/u],
    ['no model', { 'tokenizer.json': {} }, /has no "model" object/u],
    ['a model without a vocabulary', { 'tokenizer.json': { model: { type: 'BPE' } } }, /is not a tokenizer/u],
    [
      'a deep nest',
      { 'tokenizer.json': `{"model":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}` },
      /tokenizer\.json/u,
    ],
    ['an empty vocabulary', { 'vocab.txt': '' }, /vocab\.txt has no line "\[UNK\]"/u],
    ['a vocabulary without [SEP]', { 'vocab.txt': '[UNK]\n[CLS]\na' }, /no line "\[SEP\]"/u],
    ['settings that are no JSON', { 'vocab.txt': '[UNK]', 'tokenizer_config.json': '{' }, /tokenizer_config\.json/u],
    [
      'merges of pieces that are missing',
      changedFiles(TINY_GPT2, { model: { ...modelOf(TINY_GPT2), vocab: { a: 0 } } }),
      /not a tokenizer/u,
    ],
  ];
  it.each(files)('%s', async (_, content, words) => {
    const error = await modelErrorOf(() => openFiles(content));
    expect(error).toMatchObject({ code: 'bad-model', reason: 'tokenizer-unreadable' });
    expect(error.message).toMatch(words);
    expect(error.message).toMatch(/\.$/u);
  });

  it('a vocabulary that is not UTF-8', async () => {
    const error = await modelErrorOf(() => openFiles({ 'vocab.txt': Buffer.from([0xff, 0x0a]).toString('latin1') }));
    expect(error.reason).toBe('tokenizer-unreadable');
  });

  // Each of these would end the process inside the native library, when it is opened or at the first text.
  const deadly: readonly [what: string, files: Readonly<Record<string, Json>>, words: RegExp][] = [
    [
      'a template with a token that it does not define',
      changedFiles(TINY_BERT, template({ special_tokens: {} })),
      /TemplateProcessing has a "single" with a special token that it does not define/u,
    ],
    ['a template without the text', changedFiles(TINY_BERT, template({ single: [] })), /sequences ""; expected "A"/u],
    [
      'a template with the pair in it',
      changedFiles(TINY_BERT, template({ single: [{ Sequence: { id: 'B', type_id: 0 } }] })),
      /sequences "B"; expected "A"/u,
    ],
    [
      'a special token with fewer names than ids',
      changedFiles(TINY_BERT, template({ special_tokens: { '[CLS]': { id: '[CLS]', ids: [2, 3], tokens: [] } } })),
      /without as many ids as names/u,
    ],
    [
      'two post-processors that add tokens',
      changedFiles(TINY_BERT, {
        post_processor: {
          type: 'Sequence',
          processors: Array(2).fill({ type: 'BertProcessing', sep: ['b', 3], cls: ['a', 2] }),
        },
      }),
      /adds special tokens more than once/u,
    ],
    ['an added token of nothing', changedFiles(TINY_BERT, added('', false)), /added_tokens hold "", which is empty/u],
    ['an added token that normalizes to nothing', changedFiles(TINY_BERT, added('\u0000', true)), /which is empty/u],
    [
      'an added token that a Replace takes away',
      changedFiles(TINY_BERT, {
        ...added('a', true),
        normalizer: { type: 'Replace', pattern: { String: 'a' }, content: '' },
      }),
      /"a", which its normalizer may remove/u,
    ],
    ['a Prepend of nothing', changedFiles(TINY_BERT, { normalizer: { type: 'Prepend', prepend: '' } }), /Prepend/u],
    [
      'a Replace that matches nothing',
      changedFiles(TINY_BERT, { normalizer: { type: 'Replace', pattern: { Regex: 'x*' }, content: 'x' } }),
      /pattern "x\*", which matches nothing/u,
    ],
    [
      'an expression without an end',
      changedFiles(TINY_BERT, {
        pre_tokenizer: { type: 'Split', pattern: { Regex: '(x+x+)+y' }, behavior: 'Isolated', invert: false },
      }),
      /which may never come to an end/u,
    ],
    [
      'a FixedLength of 0',
      changedFiles(TINY_BERT, { pre_tokenizer: { type: 'FixedLength', length: 0 } }),
      /"FixedLength"/u,
    ],
    [
      'a damaged character map',
      changedFiles(TINY_BERT, { normalizer: { type: 'Precompiled', precompiled_charsmap: 'AAAA' } }),
      /damaged character map/u,
    ],
    [
      'merges shorter than their prefix',
      changedFiles(TINY_GPT2, { model: { ...modelOf(TINY_GPT2), continuing_subword_prefix: '##' } }),
      /merges do not begin with the prefix "##"/u,
    ],
    [
      'an unknown token that is not in the vocabulary',
      changedFiles(TINY_BERT, { model: { ...modelOf(TINY_BERT), unk_token: 'nope' } }),
      /unk_token the string "nope" is not in its vocabulary/u,
    ],
  ];
  it.each(deadly)('%s', async (_, content, words) => {
    const error = await modelErrorOf(() => openFiles(content));
    expect(error).toMatchObject({ code: 'bad-model', reason: 'tokenizer-unreadable' });
    expect(error.message).toMatch(words);
  });
});

describe('openTokenizer does not use', () => {
  it('a decoder that the native library could fall over', async () => {
    const decoder = { type: 'Strip', content: 'a', start: 1e12, stop: 1e12 };
    const tokenizer = await openFiles(changedFiles(TINY_BERT, { decoder }));
    const { ids } = await tokenizer.encode({ text: 'Where does the light go?' });
    expect(tokenizer.decode(ids)).toBe('where does the light go?');
  });

  it('the dropout of training, which would give other pieces on each run', async () => {
    const tokenizer = await openFiles(changedFiles(TINY_GPT2, { model: { ...modelOf(TINY_GPT2), dropout: 1 } }));
    const plain = await openTokenizer(TINY_GPT2);
    const input = { text: 'The keeper lit the lamp.' };
    expect((await tokenizer.encode(input)).ids).toEqual((await plain.encode(input)).ids);
  });
});

describe('openTokenizer reads', () => {
  it('a SentencePiece vocabulary with byte pieces', async () => {
    const vocab = [['<unk>', 0], ['▁', -2], ['▁the', -1], ...Array.from('abcdef').map((letter) => [letter, -3])];
    for (const byte of ['<0xF0>', '<0x9F>', '<0x98>', '<0x80>']) vocab.push([byte, -9]);
    const tokenizer = await openFiles({
      'tokenizer.json': {
        version: '1.0',
        added_tokens: [],
        normalizer: null,
        pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
        post_processor: null,
        model: { type: 'Unigram', unk_id: 0, vocab, byte_fallback: true },
      },
    });
    const { tokens, ids } = await tokenizer.encode({ text: 'the bad 😀' });
    expect(tokens.map(({ text }) => text).join('|')).toBe('the|␣|b|a|d|␣|‹F0›|‹9F›|‹98›|‹80›');
    expect(tokenizer.decode(ids)).toBe('the bad 😀');
    expect(tokenizer.pieceText(2)).toBe(' the');
    expect(tokenizer.takesPair).toBe(false);
  });

  it('a pair template of a decoder as one text only, and of RoBERTa as a pair', async () => {
    const bos = { id: '<s>', ids: [0], tokens: ['<s>'] };
    const eos = { id: '</s>', ids: [2], tokens: ['</s>'] };
    const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
    const sequence = (id: string) => ({ Sequence: { id, type_id: 0 } });
    const single = [special('<s>'), sequence('A')];
    const llama = { type: 'TemplateProcessing', single, pair: [...single, special('<s>'), sequence('B')] };
    const one = await openFiles(
      changedFiles(TINY_GPT2, { post_processor: { ...llama, special_tokens: { '<s>': bos } } }),
    );
    expect(one.takesPair).toBe(false);
    const roberta = {
      ...{
        type: 'TemplateProcessing',
        single: [...single, special('</s>')],
        special_tokens: { '<s>': bos, '</s>': eos },
      },
      pair: [...single, special('</s>'), special('</s>'), sequence('B'), special('</s>')],
    };
    const two = await openFiles(changedFiles(TINY_GPT2, { post_processor: roberta }));
    expect(two.takesPair).toBe(true);
    const { tokens, typeIds } = await two.encode({ text: 'a', pair: 'b' });
    expect(tokens.map(({ part }) => part)).toEqual([0, 0, 0, 0, 1, 1]);
    expect(typeIds).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
