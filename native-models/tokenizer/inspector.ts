/** A tokenizer opened to be looked into: tokens of any text, how each piece forms, and the vocabulary. No model is read. */
import type { Encoding as NativeEncoding, Tokenizer as NativeTokenizer } from 'tokenizers';
import { isJsonObject } from '../checkpoint/json.ts';
import type { JsonObject } from '../checkpoint/json.ts';
import { ModelError } from '../errors.ts';
import type { TextInput, Token } from '../types.ts';
import { bpeMerges, bpeSymbols, MOST_SYMBOLS } from './bpe.ts';
import type { BpeMerge, BpeModel } from './bpe.ts';
import { readDefinition } from './definition.ts';
import type { TokenizerDefinition } from './definition.ts';
import { decodePiece, labelWithSpace } from './pieces.ts';
import { loadNative, tokenizerOf } from './tokenizer.ts';
import type { Tokenizer } from './tokenizer.ts';
import { bytesWritten, hex, Vocabulary } from './vocabulary.ts';
import type { VocabularyPage, VocabularySearch } from './vocabulary.ts';
import { wordPieceTries } from './word-piece.ts';
import type { WordPieceModel, WordPieceTry } from './word-piece.ts';

/** The tokenizer's model, as its file calls it. */
export type TokenizerKind = 'BPE' | 'WordPiece' | 'Unigram' | 'WordLevel';

/** Tokens that form together: the pieces of one pre-token, or one token that is matched or added as a whole. */
export interface TokenWord {
  /** First and last token. */
  readonly first: number;
  readonly last: number;
  readonly kind: 'word' | 'added' | 'special';
  readonly part: number;
  /** UTF-16 range in the part's text; null for tokens that the tokenizer puts around a text. */
  readonly start: number | null;
  readonly end: number | null;
}

export interface StepPiece {
  /** As the vocabulary stores it. */
  readonly piece: string;
  /** As people read it, a leading space kept. */
  readonly text: string;
  /** The bytes of UTF-8 that it writes, as `F0 9F`. */
  readonly bytes: string;
  /** null for a symbol that is no piece of the vocabulary. */
  readonly id: number | null;
}

export type WordForming =
  /** Not put together: a special or added token; or the whole word is in the vocabulary and the tokenizer merges nothing then. */
  | { readonly kind: 'whole' }
  /** From `symbols`, merge after merge. */
  | {
      readonly kind: 'merges';
      readonly symbols: readonly StepPiece[];
      readonly merges: readonly (BpeMerge & { readonly id: number | null })[];
    }
  /** Pieces tried from the left; without a piece for some part (or `tooLong`) the whole word is the unknown token. */
  | { readonly kind: 'tries'; readonly tries: readonly WordPieceTry[]; readonly tooLong: boolean }
  /** `kind`: this kind of tokenizer does not put pieces together step by step; `length`: too many steps to list. */
  | { readonly kind: 'none'; readonly why: 'kind' | 'length' };

export interface WordSteps {
  /** The text as it was typed, and as the tokenizer's normalizer changes it. */
  readonly source: string;
  readonly normalised: string;
  readonly forming: WordForming;
  /** What the word ends in: the tokenizer's own output. */
  readonly pieces: readonly StepPiece[];
}

export interface WordsOfText {
  readonly tokens: readonly Token[];
  readonly words: readonly TokenWord[];
}

export interface TokenizerInspector {
  readonly tokenizer: Tokenizer;
  readonly kind: TokenizerKind;
  /** Stands for text that the vocabulary cannot write; null where it can write everything. */
  readonly unknownToken: string | null;
  /** Tokens of a text of any length, and which of them form together. @throws ModelError as `Tokenizer.encode` */
  words(input: TextInput): Promise<WordsOfText>;
  /** How a word's pieces form. @throws ModelError 'bad-request' `no-word` for a word the text does not have; as `words` */
  steps(input: TextInput, word: number): Promise<WordSteps>;
  search(search: VocabularySearch): VocabularyPage;
}

/** Opens a model folder's tokenizer to look into. @throws ModelError as `openTokenizer` */
export async function openInspector(folder: string): Promise<TokenizerInspector> {
  const definition = await readDefinition(folder);
  return new FolderInspector(definition, await loadNative(definition));
}

class FolderInspector implements TokenizerInspector {
  readonly tokenizer: Tokenizer;
  readonly kind: TokenizerKind;
  readonly unknownToken: string | null;
  readonly #definition: TokenizerDefinition;
  readonly #native: NativeTokenizer;
  readonly #model: JsonObject;
  readonly #pieces: ReadonlyMap<string, number>;
  readonly #addedIds: ReadonlySet<number>;
  #vocabulary: Vocabulary | null = null;
  #bpe: BpeModel | null = null;
  /** Steps are asked for word by word. */
  #last: (WordsOfText & { readonly key: string }) | null = null;

  constructor(definition: TokenizerDefinition, native: NativeTokenizer) {
    this.#definition = definition;
    this.#native = native;
    this.unknownToken = definition.unknownToken;
    this.tokenizer = tokenizerOf(definition, native);
    const model = (JSON.parse(definition.json) as JsonObject)['model'];
    this.#model = isJsonObject(model) ? model : {};
    this.kind = kindOf(this.#model);
    this.#pieces = new Map(Object.entries(native.getVocab(true)));
    this.#addedIds = new Set(definition.addedTokens.values());
  }

  async words(input: TextInput): Promise<WordsOfText> {
    const key = JSON.stringify([input.text, input.pair]);
    if (this.#last?.key !== key) this.#last = { key, ...(await this.#split(input)) };
    return this.#last;
  }

  async #split(input: TextInput): Promise<WordsOfText> {
    const { tokens } = await this.tokenizer.encode(input);
    const pair = input.pair === undefined || input.pair.trim() === '' ? null : input.pair;
    const native = await this.#native.encode(input.text, pair);
    return { tokens, words: this.#grouped(tokens, native, [input.text, pair ?? '']) };
  }

  async steps(input: TextInput, at: number): Promise<WordSteps> {
    const { tokens, words } = await this.words(input);
    const word = words[at];
    if (word === undefined) {
      const message = `The text has no word ${at}; expected 0 to ${words.length - 1}.`;
      throw new ModelError('bad-request', 'no-word', message, { word: at, words: words.length });
    }
    const own = tokens.slice(word.first, word.last + 1);
    const text = word.part === 0 ? input.text : (input.pair ?? '');
    const source = word.start === null || word.end === null ? '' : text.slice(word.start, word.end);
    const normalised = word.kind === 'word' ? this.#normalised(source) : source;
    const forming = word.kind === 'word' ? this.#forming(own, normalised) : ({ kind: 'whole' } as const);
    return { source, normalised, forming, pieces: own.map(({ piece }) => this.#piece(piece)) };
  }

  search(search: VocabularySearch): VocabularyPage {
    const { style, specialIds, roles } = this.#definition;
    this.#vocabulary ??= new Vocabulary(this.#pieces, { style, specialIds, addedIds: this.#addedIds, roles });
    return this.#vocabulary.search(search);
  }

  /** Tokens of one word follow each other and have the library's number of the word. */
  #grouped(tokens: readonly Token[], native: NativeEncoding, texts: readonly string[]): TokenWord[] {
    const wordIds = native.getWordIds();
    const words: TokenWord[] = [];
    for (const { index, id, piece, part, start, end } of tokens) {
      // The unknown token stands for a word unless somebody typed it.
      const typed = piece !== this.unknownToken || texts[part]?.slice(start ?? 0, end ?? 0).trim() === piece;
      const kind = start === null ? 'special' : this.#addedIds.has(id) && typed ? 'added' : 'word';
      const last = words.at(-1);
      const goesOn = kind === 'word' && last?.kind === 'word' && last.part === part;
      if (goesOn && wordIds[index] === wordIds[index - 1]) {
        words[words.length - 1] = { ...last, last: index, end: Math.max(last.end ?? 0, end ?? 0) };
      } else words.push({ first: index, last: index, kind, part, start, end });
    }
    return words;
  }

  #normalised(source: string): string {
    return this.#native.getNormalizer()?.normalizeString(source) ?? source;
  }

  #forming(tokens: readonly Token[], normalised: string): WordForming {
    const pieces = tokens.map(({ piece }) => piece);
    if (this.kind === 'BPE') return this.#merging(pieces);
    if (this.kind === 'WordPiece') return this.#trying(pieces, normalised);
    return { kind: 'none', why: 'kind' };
  }

  #merging(pieces: readonly string[]): WordForming {
    const model = (this.#bpe ??= bpeModel(this.#model, this.#pieces));
    const symbols = bpeSymbols(pieces, model, this.#definition.unknownToken);
    if (symbols.length > MOST_SYMBOLS) return { kind: 'none', why: 'length' };
    const { merges, symbols: end } = bpeMerges(symbols, model);
    if (pieces.length === 1 && this.#model['ignore_merges'] === true) return { kind: 'whole' };
    // Steps that end elsewhere than the tokenizer would be wrong.
    if (end.join('\n') !== pieces.join('\n')) return { kind: 'none', why: 'kind' };
    const withIds = merges.map((merge) => ({ ...merge, id: this.#pieces.get(merge.result) ?? null }));
    return { kind: 'merges', symbols: symbols.map((symbol) => this.#piece(symbol)), merges: withIds };
  }

  #trying(pieces: readonly string[], normalised: string): WordForming {
    const model = wordPieceModel(this.#model, this.#pieces);
    const { prefix } = model;
    const isUnknown = pieces.length === 1 && pieces[0] === this.#definition.unknownToken;
    const joined = pieces.map((piece, at) => (at > 0 && piece.startsWith(prefix) ? piece.slice(prefix.length) : piece));
    const word = isUnknown ? normalised.trim() : joined.join('');
    const { tries, pieces: found } = wordPieceTries(word, model);
    const ends = found ?? [this.#definition.unknownToken ?? ''];
    if (ends.join('\n') !== pieces.join('\n')) return { kind: 'none', why: 'kind' };
    return { kind: 'tries', tries, tooLong: Array.from(word).length > model.longestWord };
  }

  #piece(piece: string): StepPiece {
    const id = this.#pieces.get(piece) ?? null;
    const { style, specialIds } = this.#definition;
    if (id !== null && this.#addedIds.has(id)) {
      return { piece, text: piece, bytes: specialIds.has(id) ? '' : hex(new TextEncoder().encode(piece)), id };
    }
    return { piece, text: labelWithSpace(decodePiece(piece, style)), bytes: hex(bytesWritten(piece, style)), id };
  }
}

function kindOf(model: JsonObject): TokenizerKind {
  const { type } = model;
  if (type === 'WordPiece' || type === 'Unigram' || type === 'WordLevel') return type;
  return 'BPE';
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function bpeModel(model: JsonObject, vocabulary: ReadonlyMap<string, number>): BpeModel {
  const list: readonly unknown[] = Array.isArray(model['merges']) ? model['merges'] : [];
  const ranks = new Map(list.map((merge, rank) => [Array.isArray(merge) ? merge.join(' ') : text(merge), rank]));
  const prefix = text(model['continuing_subword_prefix']);
  return { ranks, vocabulary, prefix, suffix: text(model['end_of_word_suffix']) };
}

function wordPieceModel(model: JsonObject, vocabulary: ReadonlyMap<string, number>): WordPieceModel {
  const { continuing_subword_prefix: prefix, max_input_chars_per_word: longest } = model;
  return {
    vocabulary,
    prefix: typeof prefix === 'string' ? prefix : '##',
    longestWord: typeof longest === 'number' ? longest : 100,
  };
}
