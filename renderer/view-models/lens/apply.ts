/** From heads' patterns and the lens to what is drawn: the one function that the views of patterns call. */
import type { TextInput, Token } from '../../../electron/api/index.ts';
import type { AxisLabel } from '../../figures/heatmap-input.ts';
import type { Frame } from '../../state/frames.ts';
import type { Combination, Lens, TokenSpan } from '../../state/lens.ts';
import type { Matrix } from '../../state/slices.ts';
import { appliedCombination, combinePatterns } from './combine.ts';
import { hideUnits, keptUnits } from './hide.ts';
import type { HiddenPattern } from './hide.ts';
import { mergePattern } from './merge.ts';
import { lensNotes } from './notes.ts';
import type { LensNote } from './notes.ts';
import { unitsOf } from './units.ts';
import type { Units } from './units.ts';

export interface Lensed {
  readonly units: Units;
  /** The unit of each row and column, ascending. */
  readonly kept: Int32Array;
  readonly rows: number;
  readonly columns: number;
  /** Of rows and columns alike. */
  readonly labels: readonly AxisLabel[];
  /** [rows, columns], row-major: one a head for `each`, in the order given; else one. */
  readonly matrices: readonly Float32Array[];
  /** What was done with the heads; `each` where there is one head only. A `difference` is signed. */
  readonly combine: Combination;
  /** What each head gave to the units that are left out, a share a row; in the order of the matrices given. */
  readonly taken: readonly Float32Array[];
  /** What to say beside the figure. */
  readonly note: readonly LensNote[];
}

type Choices = Pick<Lens, 'combine' | 'unit' | 'groups' | 'hideSpecial' | 'hideFirst' | 'renormalise'>;

/**
 * Patterns as the lens shows them: merged into units, without what is hidden, renormalised where wanted, then combined. The order
 * matters for `max` only, and for renormalising: each head's rows sum to 1 before heads are combined. Where nothing is merged or
 * hidden, the arrays are those given. The last answer for a first matrix is kept as long as that matrix is: calling again with the
 * same arguments costs nothing. Queries and keys are the same tokens (self-attention).
 *
 * @param matrices patterns [tokens, tokens] of one text
 * @param text what the tokens were made from, for labels and for the borders of words
 * @throws RangeError `invalid patterns: …` without a matrix; `invalid pattern: …` when one does not fit the tokens
 */
export function lensed(
  matrices: readonly Matrix[],
  tokens: readonly Token[],
  lens: Choices,
  text: TextInput | null = null,
): Lensed {
  const [first] = matrices;
  if (first === undefined) throw new RangeError('invalid patterns: none; expected the pattern of a head');
  const known = answers.get(first);
  if (known !== undefined && isSame(known, matrices, tokens, lens, text)) return known.answer;
  const answer = applyLens(matrices, tokens, lens, text);
  answers.set(first, { matrices, tokens, lens, text, answer });
  return answer;
}

/** The patterns of a frame as the lens shows them. */
export function lensedFrame({ matrices, run, input }: Frame, lens: Choices): Lensed {
  return lensed(matrices, run.tokens, lens, input);
}

/** The tokens of a row or column. */
export function tokensOf({ units, kept }: Pick<Lensed, 'units' | 'kept'>, row: number): TokenSpan {
  const unit = kept[row] ?? 0;
  return { first: units.first[unit] ?? 0, last: units.last[unit] ?? 0 };
}

/** The row or column of a token; null where it is hidden, or not in the text. */
export function rowOf({ units, kept }: Pick<Lensed, 'units' | 'kept'>, token: number): number | null {
  const unit = units.unitOf[token];
  if (unit === undefined) return null;
  if (kept.length === units.count) return unit;
  const row = kept.indexOf(unit);
  return row < 0 ? null : row;
}

interface Answered {
  readonly matrices: readonly Matrix[];
  readonly tokens: readonly Token[];
  readonly lens: Choices;
  readonly text: TextInput | null;
  readonly answer: Lensed;
}

const answers = new WeakMap<Matrix, Answered>();

function isSame(
  known: Answered,
  matrices: readonly Matrix[],
  tokens: readonly Token[],
  lens: Choices,
  text: TextInput | null,
): boolean {
  return (
    known.tokens === tokens &&
    known.text === text &&
    known.matrices.length === matrices.length &&
    known.matrices.every((matrix, at) => matrix === matrices[at]) &&
    (known.lens === lens || isSameLens(known.lens, lens))
  );
}

/** What only lines and colours go by is left out of account. */
function isSameLens(a: Choices, b: Choices): boolean {
  return (
    a.combine === b.combine &&
    a.unit === b.unit &&
    a.groups === b.groups &&
    a.hideSpecial === b.hideSpecial &&
    a.hideFirst === b.hideFirst &&
    a.renormalise === b.renormalise
  );
}

function applyLens(
  matrices: readonly Matrix[],
  tokens: readonly Token[],
  lens: Choices,
  text: TextInput | null,
): Lensed {
  const units = unitsOf(tokens, lens, text);
  const wanted = keptUnits(units, lens);
  const isSpared = wanted.length === 0;
  const kept = isSpared ? keptUnits(units, { hideSpecial: false, hideFirst: false }) : wanted;
  const patterns = matrices.map(({ data }): HiddenPattern =>
    hideUnits(mergePattern(data, units), units.count, kept, lens.renormalise),
  );
  const combine = appliedCombination(lens.combine, patterns.length);
  return {
    units,
    kept,
    rows: kept.length,
    columns: kept.length,
    labels: Array.from(kept, (unit) => ({ text: units.label(unit), special: units.special(unit) })),
    matrices: combinePatterns(
      patterns.map(({ data }) => data),
      combine,
    ),
    combine,
    taken: patterns.map(({ taken }) => taken),
    note: lensNotes(lens, { units, kept, patterns, combine, isSpared }),
  };
}
