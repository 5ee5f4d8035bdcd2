/** Two runs of different texts or models: a matrix each, and their difference where the tokens of both align. */
import { largestMagnitude, scoreScale, weightScale } from '../figures/colour-scale.ts';
import type { Frame } from '../state/frames.ts';
import type { Lens } from '../state/lens.ts';
import { chosenHeads } from '../state/selection.ts';
import { ABSENT, alignedDifference, alignLists } from './lens/align.ts';
import type { Alignment } from './lens/align.ts';
import { lensedFrame, rowOf, tokensOf } from './lens/apply.ts';
import type { Lensed } from './lens/apply.ts';
import type { MatrixPanel } from './matrix-panels.ts';

export const SIDES = ['left', 'right', 'difference'] as const;
export type Side = (typeof SIDES)[number];

export interface BesidePanels {
  readonly panels: Readonly<Record<Side, MatrixPanel>>;
  /** Of the rows of the left and the right panel. */
  readonly alignment: Alignment;
  readonly isOneModel: boolean;
}

/**
 * What the view shows. Words, user-made groups and what is hidden go for both texts, groups for the left alone, whose tokens they
 * are made of; heads are combined where both sides have as many.
 */
export function besidePanels(left: Frame, right: Frame, lens: Lens): BesidePanels {
  const isOneModel = left.run.model === right.run.model;
  const combines = lens.combine !== 'each' && left.matrices.length === right.matrices.length;
  const seen = (frame: Frame): Frame => (combines ? frame : { ...frame, matrices: frame.matrices.slice(0, 1) });
  const [a, b] = [lensedFrame(seen(left), lens), lensedFrame(seen(right), { ...lens, groups: [] })];
  const alignment = alignLists(unitKeys(left, a, isOneModel), unitKeys(right, b, isOneModel));
  const sides = { left: sidePanel(left, a, 'original', lens), right: sidePanel(right, b, 'changed', lens) };
  return { panels: { ...sides, difference: differencePanel(right, { a, b, alignment }) }, alignment, isOneModel };
}

/**
 * What a row has to read to be the same as another. Models write pieces in ways of their own (` the`, `##the`, `The`): between two
 * of them white space, marks of continuation and upper case do not count.
 */
function unitKeys({ run }: Frame, lensed: Lensed, isOneModel: boolean): readonly string[] {
  return Array.from({ length: lensed.rows }, (_, row) => {
    const { first, last } = tokensOf(lensed, row);
    const tokens = run.tokens.slice(first, last + 1);
    if (isOneModel) return tokens.map(({ text }) => text).join('');
    const joined = tokens.map(({ text }) => text.trim().replace(/^##/, ''));
    return joined.join('').toLowerCase();
  });
}

function sidePanel(frame: Frame, lensed: Lensed, part: 'original' | 'changed', lens: Lens): MatrixPanel {
  const matrix = lensed.matrices[0] ?? new Float32Array();
  const isDifference = lensed.combine === 'difference';
  const most = largestMagnitude(matrix);
  const heads = chosenHeads(frame.selection);
  return {
    part,
    frame,
    heads: lensed.combine === 'each' ? heads.slice(0, 1) : heads,
    combine: lensed.combine,
    matrix,
    rows: lensed.rows,
    columns: lensed.columns,
    labels: lensed.labels,
    scale: isDifference ? scoreScale(matrix) : weightScale(lens.range === 'own' ? { max: most } : {}),
    isDifference,
    pair: null,
    lensed,
  };
}

interface Aligned {
  readonly a: Lensed;
  readonly b: Lensed;
  readonly alignment: Alignment;
}

/** Right minus left, rows and columns in the order of both texts; `−` and `+` before what only one of them has. */
function differencePanel(right: Frame, { a, b, alignment }: Aligned): MatrixPanel {
  const square = ({ matrices, rows }: Lensed) => ({ data: matrices[0] ?? new Float32Array(), size: rows });
  const matrix = withoutAbsent(alignedDifference(square(a), square(b), alignment), alignment);
  const steps = alignment.left.length;
  return {
    part: 'difference',
    frame: right,
    heads: chosenHeads(right.selection).slice(0, 1),
    combine: 'each',
    matrix,
    rows: steps,
    columns: steps,
    labels: Array.from({ length: steps }, (_, step) => stepLabel({ a, b, alignment }, step)),
    scale: scoreScale(matrix),
    isDifference: true,
    pair: [spread(square(a), alignment.left), spread(square(b), alignment.right)],
    lensed: null,
    missing: 'beside.missing',
  };
}

/** Cells that one text does not have are drawn as those that a mask hides: quietly, and apart from a number that went wrong. */
function withoutAbsent(difference: Float32Array, { left, right }: Alignment): Float32Array {
  const isAbsent = (step: number): boolean => left[step] === ABSENT || right[step] === ABSENT;
  const steps = left.length;
  return difference.map((value, at) => (isAbsent(Math.floor(at / steps)) || isAbsent(at % steps) ? -Infinity : value));
}

function stepLabel({ a, b, alignment }: Aligned, step: number) {
  const [left, right] = [alignment.left[step] ?? ABSENT, alignment.right[step] ?? ABSENT];
  const label = left === ABSENT ? b.labels[right] : a.labels[left];
  const mark = left === ABSENT ? '+ ' : right === ABSENT ? '− ' : '';
  return { text: `${mark}${label?.text ?? ''}`, special: label?.special ?? false };
}

/** A side's weights in the order of the steps; NaN where it has no such row or column. */
function spread({ data, size }: { readonly data: Float32Array; readonly size: number }, index: Int32Array) {
  const steps = index.length;
  const wide = new Float32Array(steps * steps).fill(NaN);
  for (let row = 0; row < steps; row += 1) {
    const from = index[row] ?? ABSENT;
    if (from === ABSENT) continue;
    for (let column = 0; column < steps; column += 1) {
      const key = index[column] ?? ABSENT;
      if (key !== ABSENT) wide[row * steps + column] = data[from * size + key] ?? NaN;
    }
  }
  return wide;
}

export interface BesideCell {
  readonly row: number | null;
  readonly column: number | null;
}

/** The step of a row; null where there is none. */
function stepOf({ alignment }: BesidePanels, side: Side, row: number | null): number | null {
  if (row === null) return null;
  if (side === 'difference') return row < alignment.left.length ? row : null;
  const step = (side === 'left' ? alignment.left : alignment.right).indexOf(row);
  return step < 0 ? null : step;
}

/** The row of another panel that stands for the same words; null where that text has none. */
export function linkedRow(shown: BesidePanels, from: Side, to: Side, row: number | null): number | null {
  if (from === to) return row;
  const step = stepOf(shown, from, row);
  if (step === null || to === 'difference') return step;
  const other = (to === 'left' ? shown.alignment.left : shown.alignment.right)[step] ?? ABSENT;
  return other === ABSENT ? null : other;
}

/** The row of a token of the left text. */
export function leftRow({ panels }: BesidePanels, token: number | null): number | null {
  const { lensed } = panels.left;
  return token === null || lensed === null ? null : rowOf(lensed, token);
}

/** The first token of a row of the left text. */
export function leftToken({ panels }: BesidePanels, row: number): number {
  const { lensed } = panels.left;
  return lensed === null ? row : tokensOf(lensed, row).first;
}
