/** Byte-level BPE tokenizers from vocab.json and merges.txt, against the tokenizer.json of the same vocabulary. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTokenizer } from '../../../native-models/tokenizer/tokenizer.ts';
import type { TextInput } from '../../../native-models/types.ts';
import { modelErrorOf, temporaryFolder } from '../checkpoint/support.ts';
import { openFiles, readJson } from './support.ts';
import type { Json } from './support.ts';

const TINY_ROBERTA = 'tests/fixtures/tiny-roberta';
const TINY_GPT2 = 'tests/fixtures/tiny-gpt2';
const TEXTS: readonly TextInput[] = [
  { text: 'The Café keeper counted 3 boats 😀 twice.' },
  { text: ' a\tb\u00A0c\n  don’t  ' },
  { text: '<mask> and the <mask> of the <pad></s> sea' },
];
const PAIR: TextInput = { text: 'Where does the light go?', pair: 'It shows the sea — naïve, 日本!' };

/** vocab.json and merges.txt of a tokenizer.json, in a folder with the settings beside it. */
function splitFolder(folder: string): string {
  const bare = temporaryFolder();
  const { vocab, merges } = readJson(join(folder, 'tokenizer.json'))['model'] as { vocab: Json; merges: string[][] };
  const { added_tokens: added } = readJson(join(folder, 'tokenizer.json')) as { added_tokens: Json[] };
  const all = { ...vocab, ...Object.fromEntries(added.map(({ content, id }) => [String(content), id])) };
  writeFileSync(join(bare, 'vocab.json'), JSON.stringify(all));
  writeFileSync(join(bare, 'merges.txt'), ['#version: 0.2', ...merges.map((pair) => pair.join(' ')), ''].join('\r\n'));
  copyFileSync(join(folder, 'tokenizer_config.json'), join(bare, 'tokenizer_config.json'));
  return bare;
}

describe.each([TINY_ROBERTA, TINY_GPT2])('%s without its tokenizer.json', (folder) => {
  it('encodes as with it', async () => {
    const [split, whole] = [await openTokenizer(splitFolder(folder)), await openTokenizer(folder)];
    for (const text of whole.takesPair ? [...TEXTS, PAIR] : TEXTS) {
      expect(await split.encode(text)).toEqual(await whole.encode(text));
    }
    expect(split).toMatchObject({
      vocabularySize: whole.vocabularySize,
      specialIds: whole.specialIds,
      separatorIds: whole.separatorIds,
      takesPair: whole.takesPair,
      maskId: whole.maskId,
    });
  });
});

describe('RoBERTa', () => {
  it('puts two separators between a text and its pair, and finds its mask', async () => {
    const bare = temporaryFolder();
    const files = ['vocab.json', 'merges.txt', 'tokenizer_config.json'];
    for (const name of files) copyFileSync(join(TINY_ROBERTA, name), join(bare, name));
    const tokenizer = await openTokenizer(bare);
    const { ids } = await tokenizer.encode({ text: 'it', pair: 'it' });
    const it = tokenizer.pieceId('it');
    expect(ids).toEqual([0, it, 2, 2, it, 2]);
    const { tokens } = await tokenizer.encode({ text: 'it <mask>.' });
    const mask = tokens.find(({ id }) => id === tokenizer.maskId);
    expect(mask).toMatchObject({ piece: '<mask>', special: true, start: 3, end: 9 });
  });

  it('begins a text with a space where add_prefix_space says so', async () => {
    const settings = readJson(join(TINY_ROBERTA, 'tokenizer_config.json'));
    const files = Object.fromEntries(
      ['vocab.json', 'merges.txt'].map((name) => [name, readFileSync(join(TINY_ROBERTA, name), 'utf8')]),
    );
    const spaced = await openFiles({ ...files, 'tokenizer_config.json': { ...settings, add_prefix_space: true } });
    expect((await spaced.encode({ text: 'lit' })).ids).toEqual((await spaced.encode({ text: ' lit' })).ids);
  });
});

describe('files that are none', () => {
  const vocab = { a: 0, b: 1, ab: 2, '<|endoftext|>': 3 };
  it.each([
    ['a vocabulary that is no JSON', { 'vocab.json': '{', 'merges.txt': 'a b' }, /vocab\.json/u],
    ['an id that is none', { 'vocab.json': { a: -1 }, 'merges.txt': 'a b' }, /gives "a" no whole number as its id/u],
    ['an empty vocabulary', { 'vocab.json': {}, 'merges.txt': 'a b' }, /has no pieces/u],
    [
      'three pieces in a line',
      { 'vocab.json': vocab, 'merges.txt': '#version: 0.2\na b a' },
      /no pair of pieces in line 2/u,
    ],
    ['a merge of an unknown piece', { 'vocab.json': vocab, 'merges.txt': 'a c' }, /merges "c" in line 1/u],
    ['a merge with an unknown result', { 'vocab.json': vocab, 'merges.txt': 'b a' }, /merges "ba" in line 1/u],
  ])('%s are refused with the file and the line', async (_what, files, message) => {
    const error = await modelErrorOf(() => openFiles(files));
    expect(error).toMatchObject({ code: 'bad-model', reason: 'tokenizer-unreadable' });
    expect(error.message).toMatch(message);
  });

  it('a vocabulary without its merges is no tokenizer', async () => {
    const error = await modelErrorOf(() => openFiles({ 'vocab.json': vocab }));
    expect(error.reason).toBe('tokenizer-missing');
    expect(error.message).toContain('tokenizer.json or vocab.txt or vocab.json with merges.txt');
  });
});
