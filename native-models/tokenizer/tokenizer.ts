/** Text ↔ token ids, over the native `tokenizers` package. */
import type { Encoding as NativeEncoding, Tokenizer as NativeTokenizer } from 'tokenizers';
import { ModelError } from '../errors.ts';
import type { Encoding, TextInput } from '../types.ts';
import { readDefinition } from './definition.ts';
import type { TokenizerDefinition } from './definition.ts';
import { decodePieces } from './decode.ts';
import { decodePiece, labelWithSpace } from './pieces.ts';
import { readTokens } from './tokens.ts';
import { checkLength, checkText, textEmpty } from './text.ts';

export interface Tokenizer {
  /**
   * Token ids with the model's special tokens, never cut off and never padded. Asynchronous because the native library only
   * encodes on a thread of its own (a long text does not block the caller). A pair that is empty or only white space counts as
   * no pair.
   *
   * @param options.maxTokens the model's length, special tokens included: a longer text throws `text-too-long` with
   *   `values` {tokens, limit}, before any Token is made; no limit when absent
   * @throws ModelError 'bad-text' `lone-surrogate`, `text-too-long`, `text-empty`, `text-too-large` or `not-encodable`; 'bad-request'
   *   `pair-not-taken`. `values.part` is 0 for the text and 1 for the pair.
   */
  encode(input: TextInput, options?: { readonly maxTokens?: number | undefined }): Promise<Encoding>;
  /** The text of some ids, special tokens left out. Throws ModelError 'bad-request' `token-unknown` for an id without a piece. */
  decode(ids: readonly number[]): string;
  /** A piece as people read it, its leading space kept as ' '. Throws as `decode`. */
  pieceText(id: number): string;
  /** As `pieceText`, with the mark of a piece that goes on with a word (`##ing`): what tells `##a` from `a`. */
  pieceName(id: number): string;
  /** The id of a piece as the vocabulary stores it (`Ġthe`, `##ing`); null where it has no such piece. */
  pieceId(piece: string): number | null;
  /** Largest id + 1. */
  readonly vocabularySize: number;
  readonly maskToken: string | null;
  readonly maskId: number | null;
  readonly specialIds: ReadonlySet<number>;
  /** `[SEP]`, `</s>`, `<|endoftext|>`: tokens that end a text. */
  readonly separatorIds: ReadonlySet<number>;
  /** True when the tokenizer separates a sentence pair as BERT does. */
  readonly takesPair: boolean;
}

/**
 * Opens the tokenizer of a model folder: tokenizer.json, else vocab.txt, else vocab.json with merges.txt.
 *
 * @throws ModelError 'bad-model' `tokenizer-missing`, `tokenizer-unreadable` or `tokenizer-library`
 */
export async function openTokenizer(folder: string): Promise<Tokenizer> {
  const definition = await readDefinition(folder);
  return tokenizerOf(definition, await loadNative(definition));
}

export function tokenizerOf(definition: TokenizerDefinition, native: NativeTokenizer): Tokenizer {
  return new FolderTokenizer(definition, native);
}

/** The native library's tokenizer. @throws ModelError as `openTokenizer` */
export async function loadNative({ json, path }: TokenizerDefinition): Promise<NativeTokenizer> {
  const library = await import('tokenizers').catch((error: unknown) => {
    const message = `The tokenizer library cannot be loaded on this machine: ${sentence(error)}.`;
    throw new ModelError('bad-model', 'tokenizer-library', message);
  });
  try {
    return library.Tokenizer.fromString(json);
  } catch (error) {
    const message = `${path} is not a tokenizer that Headlight can use: ${sentence(error)}.`;
    throw new ModelError('bad-model', 'tokenizer-unreadable', message, { file: path });
  }
}

class FolderTokenizer implements Tokenizer {
  readonly vocabularySize: number;
  readonly maskToken: string | null;
  readonly maskId: number | null;
  readonly specialIds: ReadonlySet<number>;
  readonly separatorIds: ReadonlySet<number>;
  readonly takesPair: boolean;
  readonly #definition: TokenizerDefinition;
  readonly #native: NativeTokenizer;
  /** Id → content. */
  readonly #added: ReadonlyMap<number, string>;
  readonly #unknownId: number | null;

  constructor(definition: TokenizerDefinition, native: NativeTokenizer) {
    this.#definition = definition;
    this.#native = native;
    this.#added = new Map([...definition.addedTokens].map(([content, id]) => [id, content]));
    this.#unknownId = definition.unknownToken === null ? null : native.tokenToId(definition.unknownToken);
    this.vocabularySize = definition.vocabularySize;
    this.maskToken = definition.maskTokens.find((name) => native.tokenToId(name) !== null) ?? null;
    this.maskId = this.maskToken === null ? null : native.tokenToId(this.maskToken);
    this.specialIds = definition.specialIds;
    const separators = [...definition.separatorTokens].map((name) => native.tokenToId(name));
    this.separatorIds = new Set(separators.flatMap((id) => (id !== null && this.specialIds.has(id) ? [id] : [])));
    this.takesPair = definition.takesPair;
  }

  async encode(
    { text, pair }: TextInput,
    options: { readonly maxTokens?: number | undefined } = {},
  ): Promise<Encoding> {
    const second = pair === undefined || pair.trim() === '' ? null : pair;
    checkText(text, 0);
    if (second !== null) {
      checkText(second, 1);
      if (!this.takesPair) {
        throw new ModelError('bad-request', 'pair-not-taken', 'This model takes one text, not a pair of sentences.');
      }
    }
    const native = await this.#encodeNative(text, second);
    checkLength(native.getLength(), options.maxTokens);
    const tokens = readTokens(native, second === null ? [text] : [text, second], {
      style: this.#definition.style,
      specialIds: this.specialIds,
      added: this.#added,
      unknownId: this.#unknownId,
    });
    for (const part of second === null ? [0] : [0, 1]) {
      if (!tokens.some((token) => token.part === part && token.start !== null)) throw textEmpty(part);
    }
    return { tokens, ids: native.getIds(), typeIds: native.getTypeIds() };
  }

  decode(ids: readonly number[]): string {
    const shown = ids.filter((id) => !this.specialIds.has(id) || id === this.#unknownId);
    const pieces = shown.map((id) => ({ piece: this.#piece(id), added: this.#added.has(id) }));
    return decodePieces(pieces, this.#definition.style);
  }

  pieceText(id: number): string {
    const piece = this.#piece(id);
    return this.#added.has(id) ? piece : labelWithSpace(decodePiece(piece, this.#definition.style));
  }

  pieceName(id: number): string {
    const { style } = this.#definition;
    const piece = this.#piece(id);
    const goesOn = style.kind === 'wordpiece' && style.prefix !== '' && piece.startsWith(style.prefix);
    return goesOn ? piece : this.pieceText(id);
  }

  pieceId(piece: string): number | null {
    return this.#native.tokenToId(piece);
  }

  #piece(id: number): string {
    const known = Number.isInteger(id) && id >= 0 && id < this.vocabularySize;
    const piece = known ? this.#native.idToToken(id) : null;
    if (piece !== null) return piece;
    const message = `The tokenizer has no token ${id}; expected an id it knows, below ${this.vocabularySize}.`;
    throw new ModelError('bad-request', 'token-unknown', message, { id, vocabulary: this.vocabularySize });
  }

  async #encodeNative(text: string, pair: string | null): Promise<NativeEncoding> {
    try {
      return await this.#native.encode(text, pair);
    } catch (error) {
      const message = `The tokenizer cannot write this text: ${sentence(error)}.`;
      throw new ModelError('bad-text', 'not-encodable', message);
    }
  }
}

function sentence(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\s+/gu, ' ').replace(/\.$/u, '').slice(0, 200);
}
