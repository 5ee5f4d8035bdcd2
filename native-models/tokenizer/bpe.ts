/**
 * Byte-pair encoding: a word as its symbols, and the merges that put them together one by one (Sennrich, Haddow & Birch 2016,
 * section 3.2; over bytes: Radford et al. 2019, section 2.2).
 */

export interface BpeModel {
  /** `left right` → place of the pair in the tokenizer's list of merges, from 0. */
  readonly ranks: ReadonlyMap<string, number>;
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Begins every symbol that goes on with a word; mostly empty. */
  readonly prefix: string;
  /** Ends the last symbol of a word; mostly empty. */
  readonly suffix: string;
}

export interface BpeMerge {
  /** Place of the left symbol before the merge. */
  readonly at: number;
  readonly left: string;
  readonly right: string;
  readonly result: string;
  readonly rank: number;
}

/** Words of more symbols are not put together step by step. */
export const MOST_SYMBOLS = 400;

/** A byte that the vocabulary writes as a piece of its own. */
const BYTE_PIECE = /^<0x[0-9A-Fa-f]{2}>$/u;

/** The symbols that the merges begin with, from the pieces that they end in; the unknown token and byte pieces stay whole. */
export function bpeSymbols(pieces: readonly string[], { prefix, suffix }: BpeModel, unknown: string | null): string[] {
  const bare = pieces.map((piece, at) => {
    const start = at > 0 && prefix !== '' && piece.startsWith(prefix) ? piece.slice(prefix.length) : piece;
    return at === pieces.length - 1 && suffix !== '' && start.endsWith(suffix) ? start.slice(0, -suffix.length) : start;
  });
  const symbols = bare.flatMap((piece) => (piece === unknown || BYTE_PIECE.test(piece) ? [piece] : Array.from(piece)));
  return symbols.map((symbol, at) => {
    const end = at === symbols.length - 1 ? suffix : '';
    return (at > 0 ? prefix : '') + symbol + end;
  });
}

/**
 * Merges the pair with the lowest rank, the leftmost of equal ones, until no pair is in the list.
 *
 * @returns the merges in order, and the symbols that are left
 */
export function bpeMerges(
  start: readonly string[],
  { ranks, prefix }: BpeModel,
): { readonly merges: readonly BpeMerge[]; readonly symbols: readonly string[] } {
  const symbols = [...start];
  const merges: BpeMerge[] = [];
  for (;;) {
    const best = bestPair(symbols, ranks);
    if (best === null) return { merges, symbols };
    const { at, rank } = best;
    const [left, right] = [symbols[at] ?? '', symbols[at + 1] ?? ''];
    const result = left + right.slice(prefix.length);
    merges.push({ at, left, right, result, rank });
    symbols.splice(at, 2, result);
  }
}

function bestPair(symbols: readonly string[], ranks: ReadonlyMap<string, number>): { at: number; rank: number } | null {
  let best: { at: number; rank: number } | null = null;
  for (let at = 0; at + 1 < symbols.length; at++) {
    const rank = ranks.get(`${symbols[at] ?? ''} ${symbols[at + 1] ?? ''}`);
    if (rank !== undefined && (best === null || rank < best.rank)) best = { at, rank };
  }
  return best;
}
