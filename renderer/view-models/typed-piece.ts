/** A piece of the vocabulary as somebody would type it, at the end of a text. */
import type { TokenizerKind, VocabularyEntry } from '../../electron/api/index.ts';

/** What somebody would type for a piece; null for bytes that are no whole character. */
export function typedText({ piece, bytes, special }: VocabularyEntry): string | null {
  if (special) return piece;
  const raw = Uint8Array.from(bytes.split(' '), (byte) => Number.parseInt(byte, 16));
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
  } catch {
    return null;
  }
}

/**
 * The text with the piece behind it. WordPiece's pieces have no space of their own: one that begins a word gets one, `##ing` is
 * written on to the last word.
 * @param typed what `typedText` gives
 */
export function withPiece(
  text: string,
  typed: string,
  { kind, entry }: { kind: TokenizerKind | null; entry: VocabularyEntry },
): string {
  const beginsWord = kind === 'WordPiece' && entry.piece === entry.text;
  return text + (beginsWord && /\S$/u.test(text) ? ' ' : '') + typed;
}
