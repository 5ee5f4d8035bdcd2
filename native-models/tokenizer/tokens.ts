/** The native library's encoding as the tokens that we show. */
import type { Encoding as NativeEncoding } from 'tokenizers';
import type { Token } from '../types.ts';
import { isSpace, utf16Positions } from './offsets.ts';
import type { ToUtf16 } from './offsets.ts';
import { decodePiece, labelOf } from './pieces.ts';
import type { PieceStyle } from './pieces.ts';

export interface TokenFacts {
  readonly style: PieceStyle;
  readonly specialIds: ReadonlySet<number>;
  /** Tokens beside the vocabulary: id → content, which is shown as it is, without white space that the token takes along. */
  readonly added: ReadonlyMap<number, string>;
  /** Stands for text; never counted as special. */
  readonly unknownId: number | null;
}

/**
 * One Token an id. Offsets are the library's: a byte-level piece that begins with a space counts it, and a character that falls
 * apart into several pieces gives all of them its whole range. Tokens that the tokenizer added have no offsets; a special
 * token that the user typed (`[MASK]`) has.
 *
 * @param parts the text, and its pair where there is one
 */
export function readTokens(native: NativeEncoding, parts: readonly string[], facts: TokenFacts): Token[] {
  const ids = native.getIds();
  const pieces = native.getTokens();
  const offsets = native.getOffsets();
  const sequences = native.getSequenceIds();
  const readers = parts.map((text) => new PartReader(text));
  const labels = new Map<number, string>();
  const tokens: Token[] = [];
  let part = 0;
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index]!;
    const piece = facts.added.get(id) ?? pieces[index]!;
    const sequence = sequences[index] ?? null;
    part = sequence ?? part;
    let text = labels.get(id);
    if (text === undefined) labels.set(id, (text = readable(id, piece, facts)));
    if (sequence === null) {
      tokens.push({ index, id, piece, text, startsWord: true, special: true, part, start: null, end: null });
    } else {
      const special = facts.specialIds.has(id) && id !== facts.unknownId;
      const { start, end, startsWord } = readers[part]!.range(offsets[index]!);
      tokens.push({ index, id, piece, text, startsWord: special || startsWord, special, part, start, end });
    }
  }
  return tokens;
}

/** Turns the library's ranges of one text into ours, in the order of the tokens. */
class PartReader {
  readonly #text: string;
  readonly #toUtf16: ToUtf16;
  /** How far the tokens so far reach. */
  #reached = 0;

  constructor(text: string) {
    this.#text = text;
    this.#toUtf16 = utf16Positions(text);
  }

  range(codePoints: readonly number[]): { start: number; end: number; startsWord: boolean } {
    const start = this.#toUtf16(codePoints[0] ?? 0);
    const end = Math.max(start, this.#toUtf16(codePoints[1] ?? 0));
    const startsWord = start >= this.#reached && beginsWord(this.#text, start);
    this.#reached = Math.max(this.#reached, end);
    return { start, end, startsWord };
  }
}

function readable(id: number, piece: string, { style, specialIds, added }: TokenFacts): string {
  return specialIds.has(id) || added.has(id) ? piece : labelOf(decodePiece(piece, style));
}

/** At the start of the text or after white space; white space that the piece itself begins with counts. */
function beginsWord(text: string, start: number): boolean {
  return start === 0 || isSpace(text, start - 1) || isSpace(text, start);
}
