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
  /** Tokens beside the vocabulary, whose content is shown as it is. */
  readonly addedIds: ReadonlySet<number>;
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
  const pieces = native.getTokens();
  const offsets = native.getOffsets();
  const sequences = native.getSequenceIds();
  const positions: ToUtf16[] = parts.map((text) => utf16Positions(text));
  const ends = parts.map(() => 0);
  const labels = new Map<number, string>();
  let part = 0;
  return native.getIds().map((id, index) => {
    const sequence = sequences[index] ?? null;
    part = sequence ?? part;
    const piece = pieces[index] ?? '';
    const text = parts[part] ?? '';
    const special = sequence === null || (facts.specialIds.has(id) && id !== facts.unknownId);
    const label = labels.get(id) ?? readable(id, piece, facts);
    labels.set(id, label);
    const common = { index, id, piece, text: label, special, part };
    if (sequence === null) return { ...common, startsWord: true, start: null, end: null };
    const [start = 0, to = 0] = (offsets[index] ?? []).map((at) => positions[part]?.(at) ?? 0);
    const end = Math.max(start, to);
    const before = ends[part] ?? 0;
    ends[part] = Math.max(before, end);
    return { ...common, startsWord: special || (start >= before && beginsWord(text, start)), start, end };
  });
}

function readable(id: number, piece: string, { style, specialIds, addedIds }: TokenFacts): string {
  return specialIds.has(id) || addedIds.has(id) ? piece : labelOf(decodePiece(piece, style));
}

/** At the start of the text or after white space; white space that the piece itself begins with counts. */
function beginsWord(text: string, start: number): boolean {
  return start === 0 || isSpace(text, start - 1) || isSpace(text, start);
}
