/** The text as it was typed, cut into the units of a lens: what the reading view colours. */
import type { TextInput, Token } from '../../electron/api/index.ts';
import { tokenLabel } from './format.ts';
import { rowOf } from './lens/apply.ts';
import type { Lensed } from './lens/apply.ts';

/**
 * `text`: characters of the sentence; `special`: a token such as [CLS]; `mark`: a token without characters of its own to show, such
 * as white space, or the second piece of a character.
 */
export type ReadingKind = 'text' | 'special' | 'mark';

export interface ReadingPart {
  /** First token of the unit. */
  readonly token: number;
  /** Row and column in the matrix; null where the lens hides the unit. */
  readonly row: number | null;
  /** What stands before it and belongs to no token: white space, line ends. */
  readonly before: string;
  readonly text: string;
  readonly kind: ReadingKind;
}

/**
 * The parts of a text, in order. Special tokens that the lens hides are left out; other hidden tokens stay, for the text's sake.
 *
 * @param text what the tokens were made from; where it does not give a token's characters, the token's own text is shown
 */
export function readingText(
  lensed: Pick<Lensed, 'units' | 'kept'>,
  tokens: readonly Token[],
  text: TextInput | null,
): readonly ReadingPart[] {
  const { units } = lensed;
  const typed = typedTokens(tokens, text);
  const parts: ReadingPart[] = [];
  for (let unit = 0; unit < units.count; unit += 1) {
    const token = units.first[unit] ?? 0;
    const row = rowOf(lensed, token);
    if (row === null && units.special(unit)) continue;
    parts.push({ token, row, ...joined(typed.slice(token, (units.last[unit] ?? token) + 1)) });
  }
  return parts;
}

export type Typed = Pick<ReadingPart, 'before' | 'text' | 'kind'>;

/** What each token stands for in the text. */
export function typedTokens(tokens: readonly Token[], text: TextInput | null): readonly Typed[] {
  let part = 0;
  let reached = 0;
  return tokens.map((token): Typed => {
    const whole = token.part === 0 ? text?.text : text?.pair;
    const isNext = token.part !== part;
    if (isNext) [part, reached] = [token.part, 0];
    const lead = isNext ? '\n' : '';
    const kind = token.special ? 'special' : 'text';
    if (whole === undefined || token.start === null || token.end === null) {
      const space = token.index > 0 && token.startsWord && !token.special && text === null ? ' ' : '';
      return { before: lead + space, text: tokenLabel(token.text), kind };
    }
    const shown = whole.slice(token.start, token.end);
    const isSpace = shown.trim() === '';
    // White space stands before the next token; here it is only marked.
    const from = token.start + (isSpace ? 0 : shown.length - shown.trimStart().length);
    const to = isSpace ? from : token.start + shown.trimEnd().length;
    const before = lead + gap(whole, reached, from);
    if (isSpace || to <= reached) {
      reached = Math.max(reached, from);
      return { before, text: tokenLabel(token.text), kind: 'mark' };
    }
    const own = whole.slice(Math.max(reached, from), to);
    reached = to;
    return { before, text: own, kind };
  });
}

const gap = (whole: string, reached: number, from: number): string =>
  from > reached ? whole.slice(reached, from) : '';

/** A unit of several tokens is the text from the first to the last; pieces of a character that it has already say nothing more. */
function joined(span: readonly Typed[]): Typed {
  const [first, ...rest] = span;
  if (first === undefined) return { before: '', text: '', kind: 'mark' };
  if (rest.length === 0) return first;
  const visible = rest.filter(({ kind }) => kind !== 'mark');
  const text = first.text + visible.map((each) => each.before + each.text).join('');
  return { before: first.before, text, kind: span.every(({ kind }) => kind === 'special') ? 'special' : 'text' };
}
