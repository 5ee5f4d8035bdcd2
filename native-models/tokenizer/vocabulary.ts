/** A tokenizer's whole vocabulary, to search in. */
import { bytesOfPiece } from './bytes.ts';
import { decodePiece, labelWithSpace } from './pieces.ts';
import type { PieceStyle } from './pieces.ts';

export interface VocabularyEntry {
  readonly id: number;
  /** As the vocabulary stores it: `Ġthe`, `##ing`. */
  readonly piece: string;
  /** As people read it, a leading space kept. */
  readonly text: string;
  /** The bytes of UTF-8 that it writes, as `74 68 65`; empty for tokens that write no text. */
  readonly bytes: string;
  readonly special: boolean;
  /** What a special token is for, as the tokenizer's settings name it: `mask`, `sep`, `eos` … */
  readonly roles: readonly string[];
}

export interface VocabularyPage {
  /** How many pieces the vocabulary has, and how many the search found. */
  readonly size: number;
  readonly found: number;
  readonly entries: readonly VocabularyEntry[];
}

export interface VocabularySearch {
  /** Text or piece, anywhere in it, capitals or not; `#12` for an id; empty for all. */
  readonly query: string;
  /** Only special tokens. */
  readonly special?: boolean | undefined;
  readonly from?: number | undefined;
  /** Entries of the page. */
  readonly count?: number | undefined;
}

export interface VocabularyFacts {
  readonly style: PieceStyle;
  readonly specialIds: ReadonlySet<number>;
  /** Tokens beside the vocabulary, whose content is shown as it is. */
  readonly addedIds: ReadonlySet<number>;
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

/** Bytes as people read them: `F0 9F`. */
export const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');

/** The bytes of UTF-8 that a piece writes. */
export function bytesWritten(piece: string, style: PieceStyle): Uint8Array {
  const byte = style.kind === 'metaspace' ? /^<0x([0-9A-Fa-f]{2})>$/u.exec(piece)?.[1] : undefined;
  if (byte !== undefined) return Uint8Array.of(Number.parseInt(byte, 16));
  if (style.kind === 'byte-level') return bytesOfPiece(piece) ?? new TextEncoder().encode(piece);
  return new TextEncoder().encode(decodePiece(piece, style));
}

export class Vocabulary {
  readonly #entries: readonly (VocabularyEntry & { readonly lower: string })[];

  /** @param pieces piece → id */
  constructor(pieces: ReadonlyMap<string, number>, { style, specialIds, addedIds, roles }: VocabularyFacts) {
    this.#entries = [...pieces]
      .map(([piece, id]) => {
        const special = specialIds.has(id);
        const isAdded = addedIds.has(id);
        const text = isAdded ? piece : labelWithSpace(decodePiece(piece, style));
        const bytes = special ? '' : hex(isAdded ? new TextEncoder().encode(piece) : bytesWritten(piece, style));
        return {
          id,
          piece,
          text,
          bytes,
          special,
          roles: roles.get(piece) ?? [],
          lower: `${piece}\n${text}`.toLowerCase(),
        };
      })
      .sort((a, b) => a.id - b.id);
  }

  /** Whole matches first, then pieces that begin with the query, then the others; each in the order of their ids. */
  search({ query, special = false, from = 0, count = 100 }: VocabularySearch): VocabularyPage {
    const among = special ? this.#entries.filter((entry) => entry.special) : this.#entries;
    const id = /^#(\d+)$/u.exec(query)?.[1];
    const found =
      query === '' ? among : id === undefined ? ranked(among, query) : among.filter((entry) => entry.id === Number(id));
    const entries = found.slice(from, from + count).map(({ lower: _, ...entry }) => entry);
    return { size: this.#entries.length, found: found.length, entries };
  }
}

function ranked<E extends VocabularyEntry & { readonly lower: string }>(entries: readonly E[], query: string): E[] {
  const low = query.toLowerCase();
  const groups: E[][] = [[], [], []];
  for (const entry of entries) {
    if (!entry.lower.includes(low)) continue;
    const forms = [entry.piece, entry.text, entry.text.trim()];
    const isWhole = forms.includes(query);
    const begins = forms.some((form) => form.toLowerCase().startsWith(low));
    groups[isWhole ? 0 : begins ? 1 : 2]?.push(entry);
  }
  return groups.flat();
}
