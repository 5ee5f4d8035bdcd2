/** The text of a list of pieces: the reverse of tokenizing, as far as the vocabulary allows. */
import { bytesOfPiece } from './bytes.ts';
import { decodePiece } from './pieces.ts';
import type { PieceStyle } from './pieces.ts';

export interface PlainPiece {
  readonly piece: string;
  /** True for a token beside the vocabulary, whose content is text as it is. */
  readonly added: boolean;
}

/** Joins pieces as their vocabulary means them; bytes that form no character become U+FFFD. */
export function decodePieces(pieces: readonly PlainPiece[], style: PieceStyle): string {
  switch (style.kind) {
    case 'byte-level':
      return decodeBytes(pieces, bytesOfPiece);
    case 'metaspace':
      return decodeBytes(pieces, bytesOfMetaspace).replace(/^ /u, '');
    case 'wordpiece': {
      const words = pieces.map(({ piece, added }, at) => {
        const goesOn = !added && at > 0 && style.prefix !== '' && piece.startsWith(style.prefix);
        return goesOn ? decodePiece(piece, style) : ` ${piece}`;
      });
      return tidy(words.join('').slice(1));
    }
    case 'plain':
      return pieces.map(({ piece }) => piece).join(' ');
  }
}

function decodeBytes(pieces: readonly PlainPiece[], toBytes: (piece: string) => Uint8Array | null): string {
  const encoder = new TextEncoder();
  const runs = pieces.map(({ piece, added }) => (added ? null : toBytes(piece)) ?? encoder.encode(piece));
  return new TextDecoder().decode(Buffer.concat(runs));
}

function bytesOfMetaspace(piece: string): Uint8Array {
  const byte = /^<0x([0-9A-Fa-f]{2})>$/u.exec(piece)?.[1];
  return byte === undefined ? new TextEncoder().encode(piece.replaceAll('▁', ' ')) : Uint8Array.of(parseInt(byte, 16));
}

/** Punctuation without the space before it that BERT's pieces cannot tell, as transformers cleans it up. */
function tidy(text: string): string {
  return text
    .replace(/ (?=[.?!,])/gu, '')
    .replaceAll(" ' ", "'")
    .replace(/ (?=n't|'(?:m|s|ve|re)\b)/gu, '');
}
