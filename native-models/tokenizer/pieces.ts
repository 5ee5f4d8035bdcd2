/** Pieces of a vocabulary as people read them. */
import { bytesOfPiece, textOfBytes } from './bytes.ts';

/**
 * How a vocabulary writes spaces and word parts. `byte-level`: GPT-2's byte table, `Ġ` is a space; `metaspace`: `▁` is a space,
 * `<0x0A>` a byte; `wordpiece`: `prefix` marks a piece that goes on with a word.
 */
export type PieceStyle =
  { readonly kind: 'byte-level' | 'metaspace' | 'plain' } | { readonly kind: 'wordpiece'; readonly prefix: string };

/** The characters a piece stands for, spaces included; bytes of a split character as `‹F0 9F›`. */
export function decodePiece(piece: string, style: PieceStyle): string {
  switch (style.kind) {
    case 'byte-level': {
      const bytes = bytesOfPiece(piece);
      return bytes === null ? piece : textOfBytes(bytes);
    }
    case 'metaspace': {
      const byte = /^<0x([0-9A-Fa-f]{2})>$/u.exec(piece)?.[1];
      return byte === undefined ? piece.replaceAll('▁', ' ') : textOfBytes(Uint8Array.of(Number.parseInt(byte, 16)));
    }
    case 'wordpiece':
      return style.prefix !== '' && piece.startsWith(style.prefix) && piece.length > style.prefix.length
        ? piece.slice(style.prefix.length)
        : piece;
    case 'plain':
      return piece;
  }
}

/** A decoded piece as a label: no white space around it, and something to see when it is only white space or a mark. */
export function labelOf(decoded: string): string {
  const trimmed = decoded.trim();
  return visible(trimmed === '' ? decoded.replaceAll(' ', '␣') : trimmed);
}

/** A decoded piece for a list of candidates: as `labelOf`, but spaces before it are kept. */
export function labelWithSpace(decoded: string): string {
  const spaces = /^ */u.exec(decoded)?.[0] ?? '';
  const rest = decoded.slice(spaces.length);
  return rest === '' ? spaces : spaces + visible(rest);
}

/** Line breaks, tabs, controls and marks without a letter made visible. */
function visible(text: string): string {
  const shown = text
    .replace(/\r\n|\r|\n/gu, '⏎')
    .replaceAll('\t', '⇥')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\uFE00-\uFE0F]/gu, (character) =>
      isJoinerInside(text, character) ? character : codePointLabel(character),
    );
  return /^\p{M}/u.test(shown) ? `◌${shown}` : shown;
}

/** A joiner or variation selector between other characters belongs to them (👩‍🚀); alone it would be invisible. */
function isJoinerInside(text: string, character: string): boolean {
  return /[\u200C\u200D\uFE00-\uFE0F]/u.test(character) && !text.startsWith(character);
}

function codePointLabel(character: string): string {
  return `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;
}
