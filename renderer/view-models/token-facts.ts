/** How a text falls into tokens: counts, and two tokenizers side by side. */
import type { Token } from '../../electron/api/index.ts';

/** Counts of the text itself; tokens that the tokenizer puts around it are left out. */
export interface TokenFacts {
  readonly tokens: number;
  /** Runs of characters that are not white space. */
  readonly words: number;
  /** Code points, and bytes of UTF-8. */
  readonly characters: number;
  readonly bytes: number;
  /** Tokens a word, bytes a token; null where there is nothing to divide by. */
  readonly tokensPerWord: number | null;
  readonly bytesPerToken: number | null;
  /** Tokens that stand for text the vocabulary cannot write. */
  readonly unknown: number;
}

/** @param texts the text, and its pair where there is one */
export function tokenFacts(
  texts: readonly string[],
  tokens: readonly Token[],
  unknownToken: string | null,
): TokenFacts {
  const own = tokens.filter(({ start }) => start !== null);
  const sum = (of: (text: string) => number): number => texts.reduce((total, text) => total + of(text), 0);
  const words = sum((text) => text.match(/\S+/gu)?.length ?? 0);
  const bytes = sum((text) => new TextEncoder().encode(text).length);
  const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);
  return {
    tokens: own.length,
    words,
    characters: sum((text) => Array.from(text).length),
    bytes,
    tokensPerWord: ratio(own.length, words),
    bytesPerToken: ratio(bytes, own.length),
    unknown: unknownToken === null ? 0 : own.filter(({ piece }) => piece === unknownToken).length,
  };
}

/** A stretch of the text between two places where both tokenizers have a border. */
export interface Stretch {
  /** UTF-16 range in the text. */
  readonly start: number;
  readonly end: number;
  /** The tokens of each that write it. */
  readonly left: readonly Token[];
  readonly right: readonly Token[];
  /** Whether both cut it at the same places. */
  readonly same: boolean;
}

/** The text of one part, cut where both tokenizers cut it; white space that neither has a token for goes with what follows. */
export function stretches(length: number, left: readonly Token[], right: readonly Token[]): readonly Stretch[] {
  const [a, b] = [bordersOf(left), bordersOf(right)];
  const common = [...a].filter((border) => b.has(border) && border > 0 && border < length);
  const cuts = [0, ...common.sort((x, y) => x - y), length];
  const [ofLeft, ofRight] = [tokensAlong(left), tokensAlong(right)];
  return cuts.slice(1).flatMap((end, at) => {
    const start = cuts[at] ?? 0;
    const [mine, theirs] = [ofLeft(start, end), ofRight(start, end)];
    if (mine.length === 0 && theirs.length === 0) return [];
    return [{ start, end, left: mine, right: theirs, same: mine.length === 1 && theirs.length === 1 }];
  });
}

/** Gives the tokens of stretches that are asked for in the order of the text; all of them together in one pass. */
function tokensAlong(tokens: readonly Token[]): (start: number, end: number) => Token[] {
  const own = tokens.filter((token) => token.start !== null && (token.end ?? 0) > token.start);
  let at = 0;
  return (start, end) => {
    while (at < own.length && (own[at]?.end ?? 0) <= start) at += 1;
    const found: Token[] = [];
    for (let next = at; next < own.length && (own[next]?.start ?? 0) < end; next++) {
      const token = own[next];
      if (token !== undefined && (token.end ?? 0) > start) found.push(token);
    }
    return found;
  };
}

/**
 * Where a tokenizer cuts the text: a token's end. Tokenizers that leave white space out and those that put it at a token's front
 * cut alike there, so a border before white space counts.
 */
function bordersOf(tokens: readonly Token[]): ReadonlySet<number> {
  const own = tokens.filter((token) => token.start !== null && (token.end ?? 0) > token.start);
  return new Set(
    own.flatMap(({ end }, at) => {
      // The pieces of a character that fell apart have one range: it is cut behind the last.
      const next = own[at + 1];
      return next !== undefined && (next.start ?? 0) < (end ?? 0) ? [] : [end ?? 0];
    }),
  );
}
