/** What the steps begin with, checked against the text itself and the library's own stages: not derived from where they end. */
import { readFileSync } from 'node:fs';
import { Tokenizer as NativeTokenizer } from 'tokenizers';
import { describe, expect, it } from 'vitest';
import { openInspector } from '../../../native-models/tokenizer/inspector.ts';
import type { TokenizerInspector, TokenWord, WordSteps } from '../../../native-models/tokenizer/inspector.ts';
import { mixedStrings } from '../../support/mixed-strings.ts';
import { TINY_BERT, TINY_GPT2 } from './support.ts';

const BUNDLED = 'native-models/bundled';

const hexOf = (text: string): string =>
  Array.from(Buffer.from(text, 'utf8'), (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');

/** Every word of a text with its steps. */
async function stepped(inspector: TokenizerInspector, text: string): Promise<(WordSteps & { word: TokenWord })[]> {
  const { words } = await inspector.words({ text });
  const found: (WordSteps & { word: TokenWord })[] = [];
  for (const [at, word] of words.entries()) found.push({ ...(await inspector.steps({ text }, at)), word });
  return found;
}

describe.each([TINY_GPT2, `${BUNDLED}/headlight-gpt`])('bytes of %s', (folder) => {
  it('are those of the text, every one of them, word after word', { timeout: 120_000 }, async () => {
    const inspector = await openInspector(folder);
    for (const text of mixedStrings(500, 7)) {
      const words = await stepped(inspector, text);
      expect(words.map(({ source }) => source).join('')).toBe(text);
      for (const { source, forming, word } of words) {
        if (word.kind === 'added') continue;
        if (forming.kind !== 'merges') throw new Error(`${JSON.stringify(source)} has no merges: ${forming.kind}`);
        expect(forming.symbols.map(({ bytes }) => bytes).join(' ')).toBe(hexOf(source));
        expect(forming.symbols.every(({ piece }) => Array.from(piece).length === 1)).toBe(true);
      }
    }
  });
});

describe.each([TINY_BERT, `${BUNDLED}/headlight-bert`])('tries of %s', (folder) => {
  const native = NativeTokenizer.fromString(readFileSync(`${folder}/tokenizer.json`, 'utf8'));
  /** The library's normalizer and pre-tokenizer; texts with special tokens in them are cut there first. */
  const preTokens = (text: string): string[] => {
    const normalised = native.getNormalizer()?.normalizeString(text) ?? text;
    return (
      native
        .getPreTokenizer()
        ?.preTokenizeString(normalised)
        .map(([word]) => word) ?? []
    );
  };

  it('begin with the word as the library normalises and splits the text', { timeout: 120_000 }, async () => {
    const inspector = await openInspector(folder);
    const texts = mixedStrings(500, 8).filter((text) => !/\[(?:MASK|CLS|SEP|UNK|PAD)\]/u.test(text));
    expect(texts.length).toBeGreaterThan(200);
    let unknown = 0;
    for (const text of texts) {
      const words = (await stepped(inspector, text)).filter(({ word }) => word.kind === 'word');
      const begun = words.map(({ forming, source }) => {
        if (forming.kind !== 'tries') throw new Error(`${JSON.stringify(source)} has no tries: ${forming.kind}`);
        return forming.tries[0]?.piece;
      });
      expect(begun, JSON.stringify(text)).toEqual(preTokens(text));
      for (const { forming, pieces } of words) {
        if (forming.kind !== 'tries' || pieces[0]?.piece !== '[UNK]') continue;
        unknown++;
        const [last] = forming.tries.slice(-1);
        expect([last?.id, (last?.end ?? 0) - (last?.start ?? 0)]).toEqual([null, 1]);
      }
    }
    expect(unknown).toBeGreaterThan(100);
  });

  it('show why a word is unknown, and not for an unknown token that was typed', async () => {
    const inspector = await openInspector(folder);
    const words = await stepped(inspector, 'a ☃ [UNK]');
    expect(words.map(({ word }) => word.kind)).toEqual(['special', 'word', 'word', 'added', 'special']);
    expect(words[2]).toMatchObject({ source: '☃', forming: { kind: 'tries', tries: [{ piece: '☃', id: null }] } });
    expect(words[3]?.forming).toEqual({ kind: 'whole' });
  });
});
