/** WordPiece: a word as the longest pieces from the left, try by try. */

export interface WordPieceModel {
  readonly vocabulary: ReadonlyMap<string, number>;
  /** Begins every piece that goes on with a word: `##`. */
  readonly prefix: string;
  /** Longer words, in characters, become the unknown token at once. */
  readonly longestWord: number;
}

export interface WordPieceTry {
  /** The characters of the word that the tried piece writes: first, and one past the last. */
  readonly start: number;
  readonly end: number;
  readonly piece: string;
  /** Its id; null where the vocabulary has no such piece. */
  readonly id: number | null;
}

/**
 * Every piece that is tried on a normalised word, in order: the longest first, one character shorter each time, and on from where
 * a piece was found (Schuster & Nakajima 2012; Wu et al. 2016, section 4.1, as in BERT's tokenizer).
 *
 * @returns the tries, and the pieces found; `pieces` is null where the word has a part that no piece writes, or is too long:
 *   the whole word is then the unknown token
 */
export function wordPieceTries(
  word: string,
  { vocabulary, prefix, longestWord }: WordPieceModel,
): { tries: readonly WordPieceTry[]; pieces: readonly string[] | null } {
  const characters = Array.from(word);
  const tries: WordPieceTry[] = [];
  const pieces: string[] = [];
  if (characters.length > longestWord) return { tries, pieces: null };
  for (let start = 0; start < characters.length;) {
    let end = characters.length;
    for (; end > start; end--) {
      const piece = (start > 0 ? prefix : '') + characters.slice(start, end).join('');
      const id = vocabulary.get(piece) ?? null;
      tries.push({ start, end, piece, id });
      if (id !== null) {
        pieces.push(piece);
        break;
      }
    }
    if (end === start) return { tries, pieces: null };
    start = end;
  }
  return { tries, pieces };
}
