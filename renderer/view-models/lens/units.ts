/** What a row and a column stand for: a piece, a word, or tokens that the user put together. */
import type { TextInput, Token } from '../../../electron/api/index.ts';
import type { Lens } from '../../state/lens.ts';
import { tokenLabel } from '../format.ts';

/** Runs of consecutive tokens that cover the text; units and tokens count from 0. */
export interface Units {
  readonly count: number;
  /** First and last token of each unit, both included. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** The unit of each token. */
  readonly unitOf: Int32Array;
  /** As people read it: a piece's own text, or the characters of the sentence that the unit stands for. */
  readonly label: (unit: number) => string;
  /** True for a unit of special tokens only. */
  readonly special: (unit: number) => boolean;
  /** True where a unit has more than one token. */
  readonly merged: boolean;
}

/**
 * The units of a text.
 *
 * Words: tokens of one sentence that have no white space between them belong together, and so do the pieces of one character, but
 * - punctuation and symbols stay by themselves, except a single mark inside a word (`didn't`, `well-known`, `3.14`, `U.S`), with a
 *   letter or digit on both sides;
 * - the characters of scripts without spaces (Han, kana, Thai …) stay as the tokenizer cut them;
 * - special tokens stay by themselves.
 * Groups win over words and pieces, and may hold anything; one that is not inside the text, or overlaps an earlier one, is ignored.
 *
 * @param text what the tokens were made from; without it words and labels come from the tokens' own texts
 */
export function unitsOf(
  tokens: readonly Token[],
  { unit, groups }: Pick<Lens, 'unit' | 'groups'>,
  text: TextInput | null = null,
): Units {
  const joined = new Uint8Array(tokens.length);
  if (unit === 'words') joinWords(tokens, text, joined);
  joinGroups(groups, joined);
  const unitOf = new Int32Array(tokens.length);
  const first: number[] = [];
  for (let token = 0; token < tokens.length; token += 1) {
    if (joined[token] === 0) first.push(token);
    unitOf[token] = first.length - 1;
  }
  const last = first.map((_, at) => (first[at + 1] ?? tokens.length) - 1);
  const spanOf = (at: number): readonly Token[] => tokens.slice(first[at] ?? 0, (last[at] ?? -1) + 1);
  return {
    count: first.length,
    first: Int32Array.from(first),
    last: Int32Array.from(last),
    unitOf,
    label: (at) => labelOf(spanOf(at), text),
    special: (at) => spanOf(at).every(({ special }) => special),
    merged: first.length < tokens.length,
  };
}

/** A single mark that does not end a word. Dashes (– —) and brackets do. */
const INNER_MARK = /^['’._,:/@&+·‐‑-]$/u;
const LETTER = /[\p{L}\p{N}\p{M}]/u;
/** Bytes of a character, and characters without a shape, as the tokenizer's labels write them. */
const CODES = /‹[^›]*›/gu;
const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Sets 1 at each token that goes on with the word of the token before it. */
function joinWords(tokens: readonly Token[], text: TextInput | null, joined: Uint8Array): void {
  const surfaces = tokens.map((token) => surfaceOf(token, text));
  const touches = (at: number): boolean => isBesides(tokens[at - 1], tokens[at]);
  const isWord = (at: number): boolean => LETTER.test(surfaces[at] ?? '');
  for (let at = 1; at < tokens.length; at += 1) {
    if (isSameCharacter(tokens[at - 1], tokens[at])) joined[at] = 1;
    else if (!touches(at)) continue;
    else if (isWord(at - 1) && isWord(at)) joined[at] = hasSpacelessEdge(surfaces, at) ? 0 : 1;
    else if (at + 1 < tokens.length && isWord(at - 1) && isWord(at + 1) && touches(at + 1)) {
      const isInner = INNER_MARK.test(surfaces[at] ?? '');
      if (!isInner || hasSpacelessEdge([surfaces[at - 1] ?? '', surfaces[at + 1] ?? ''], 1)) continue;
      joined[at] = 1;
      joined[at + 1] = 1;
      // The token after the mark is settled; the next pair begins with it.
      at += 1;
    }
  }
}

function hasSpacelessEdge(surfaces: readonly string[], at: number): boolean {
  const before = Array.from(surfaces[at - 1] ?? '').at(-1) ?? '';
  const after = Array.from(surfaces[at] ?? '')[0] ?? '';
  return SPACELESS.test(before) || SPACELESS.test(after);
}

/** Without white space between them, in one sentence. */
function isBesides(before: Token | undefined, after: Token | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  return !before.special && !after.special && before.part === after.part && !after.startsWord;
}

/** Pieces of one character have its whole range, all of them. */
function isSameCharacter(before: Token | undefined, after: Token | undefined): boolean {
  if (!before || !after || before.part !== after.part || before.special || after.special) return false;
  return before.end !== null && after.start !== null && after.start < before.end;
}

function joinGroups(groups: Lens['groups'], joined: Uint8Array): void {
  const taken = new Uint8Array(joined.length);
  for (const { first, last } of groups) {
    const isInside = first >= 0 && first <= last && last < joined.length;
    if (!isInside || taken.subarray(first, last + 1).includes(1)) continue;
    taken.fill(1, first, last + 1);
    joined[first] = 0;
    joined.fill(1, first + 1, last + 1);
    if (last + 1 < joined.length) joined[last + 1] = 0;
  }
}

/** The characters that a token stands for, without white space around them. */
function surfaceOf(token: Token, text: TextInput | null): string {
  return charactersOf(token.part, token.start, token.end, text) ?? token.text.replace(CODES, '');
}

/** null where the text or the place is not known. */
function charactersOf(part: number, start: number | null, end: number | null, text: TextInput | null): string | null {
  const whole = part === 0 ? text?.text : text?.pair;
  if (whole === undefined || start === null || end === null) return null;
  const characters = whole.slice(start, end).trim();
  return characters === '' ? null : characters;
}

function labelOf(span: readonly Token[], text: TextInput | null): string {
  const [first, last] = [span[0], span.at(-1)];
  if (first === undefined || last === undefined) return '';
  if (first === last) return tokenLabel(first.text);
  const isPlain = span.every(({ part, start, end }) => part === first.part && start !== null && end !== null);
  const typed = isPlain ? charactersOf(first.part, first.start, last.end, text) : null;
  if (typed !== null) return tokenLabel(typed.replace(/[^\S\r\n\t]+/gu, ' '));
  return tokenLabel(span.map((token, at) => (at > 0 && token.startsWord ? ` ${token.text}` : token.text)).join(''));
}
