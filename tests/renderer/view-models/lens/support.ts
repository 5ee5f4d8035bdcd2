/** Tokens with their places in a text, as the tokenizers give them, and random patterns. */
import { seededRandom } from '../../../../native-models/heads/random.ts';
import type { TextInput, Token } from '../../../../electron/api/index.ts';
import { token } from '../../support.ts';

export { seededRandom };

/**
 * Cuts a text at `|`: `The| cat| did|n|'t` has the places of a byte-level tokenizer, whose pieces begin with their space. `«…»` is a
 * special token that the tokenizer added.
 */
export function cut(marked: string, part = 0, from = 0): { text: string; tokens: Token[] } {
  const pieces = marked.split('|');
  let text = '';
  const tokens = pieces.map((piece, at) => {
    const added = /^«(.*)»$/u.exec(piece)?.[1];
    if (added !== undefined) return token(from + at, added, { special: true, part });
    const start = text.length;
    const startsWord = start === 0 || /^\s/u.test(piece) || /\s$/u.test(text);
    text += piece;
    const place = { start, end: text.length, startsWord, part };
    return token(from + at, piece.trim() === '' ? piece : piece.trim(), { ...place, special: false });
  });
  return { text, tokens };
}

export const inputOf = (text: string, pair?: string): TextInput => (pair === undefined ? { text } : { text, pair });

/** Rows of weights that sum to 1; a causal one has exact zeros after each query. */
export function randomPattern(size: number, random: () => number, causal = false): Float32Array {
  const pattern = new Float32Array(size * size);
  for (let row = 0; row < size; row += 1) {
    const weights = Array.from({ length: size }, (_, key) => (causal && key > row ? 0 : Math.exp(8 * random())));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    weights.forEach((weight, key) => {
      pattern[row * size + key] = weight / sum;
    });
  }
  return pattern;
}

export function rowSums(pattern: Float32Array, columns: number): number[] {
  return Array.from({ length: pattern.length / columns }, (_, row) =>
    pattern.subarray(row * columns, (row + 1) * columns).reduce((sum, weight) => sum + weight, 0),
  );
}

/** Random runs of 1 to 4 tokens over some of the text. */
export function randomGroups(size: number, random: () => number): { first: number; last: number }[] {
  const groups: { first: number; last: number }[] = [];
  for (let first = 0; first < size;) {
    const last = Math.min(size - 1, first + Math.floor(4 * random()));
    if (random() < 0.6) groups.push({ first, last });
    first = last + 1;
  }
  return groups;
}
