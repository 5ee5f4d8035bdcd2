/** How patterns are looked at, in every view alike: which heads together, pieces or words, what is hidden, which lines. */

/** `each`: side by side or one colour a head; the others make one matrix of the chosen heads. */
export const COMBINATIONS = ['each', 'mean', 'max', 'difference'] as const;
export type Combination = (typeof COMBINATIONS)[number];

/** Tokens `first` to `last`, both included. */
export interface TokenSpan {
  readonly first: number;
  readonly last: number;
}

export interface Lens {
  readonly combine: Combination;
  /** What a row and a column stand for. */
  readonly unit: 'pieces' | 'words';
  /** Tokens that the user put together; in the order of the text, without overlap. */
  readonly groups: readonly TokenSpan[];
  /** What is left out: special tokens, and the first token of the text (where heads that do nothing look). */
  readonly hideSpecial: boolean;
  readonly hideFirst: boolean;
  /** Whether the weights that stay are made to sum to 1 again. */
  readonly renormalise: boolean;
  /** `from`: what the token looks at; `to`: what looks at it. */
  readonly direction: 'from' | 'to';
  /** Least weight that is drawn as a line, 0…1. */
  readonly threshold: number;
  /** At most so many lines of a token and head; null: all. */
  readonly topK: number | null;
  /** Colours of 0…1 for every head, or of each head's own range. */
  readonly range: 'shared' | 'own';
  /** A region of the matrix, in tokens: its queries and keys are marked in the text. */
  readonly brush: { readonly queries: TokenSpan; readonly keys: TokenSpan } | null;
}

export const PLAIN_LENS: Lens = {
  combine: 'each',
  unit: 'pieces',
  groups: [],
  hideSpecial: false,
  hideFirst: false,
  renormalise: false,
  direction: 'from',
  threshold: 0.02,
  topK: null,
  range: 'shared',
  brush: null,
};

/** Whether rows and columns are the tokens as they are, so that a cell is a traced value. */
export function isPlain({ unit, groups, hideSpecial, hideFirst }: Lens): boolean {
  return unit === 'pieces' && groups.length === 0 && !hideSpecial && !hideFirst;
}

/** Adds a group; groups that it touches give way to it. */
export function withGroup(groups: readonly TokenSpan[], added: TokenSpan): readonly TokenSpan[] {
  const apart = groups.filter(({ first, last }) => last < added.first || first > added.last);
  return [...apart, added].sort((a, b) => a.first - b.first);
}

/** The lens for another text: what names tokens is forgotten. */
export function forgetTokens(lens: Lens): Lens {
  return lens.groups.length === 0 && lens.brush === null ? lens : { ...lens, groups: [], brush: null };
}

/** The lens within a text: what names tokens that are not there is forgotten. */
export function fitLens(lens: Lens, tokens: number): Lens {
  const inside = ({ last }: TokenSpan): boolean => last < tokens;
  const { groups, brush } = lens;
  if (groups.every(inside) && (brush === null || (inside(brush.queries) && inside(brush.keys)))) return lens;
  return { ...forgetTokens(lens), groups: groups.filter(inside) };
}

/** The smallest span that holds both. */
export function spanOf(a: TokenSpan, b: TokenSpan): TokenSpan {
  return { first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}
