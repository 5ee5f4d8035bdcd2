/** Two runs of one text side by side: which frames belong together, their differences, and scales that both share. */
import type { Frame } from '../state/frames.ts';
import type { Matrix } from '../state/slices.ts';
import { formatNumber } from './format.ts';

/** Of a pair of runs: the model as trained, with the user's changes, or changed minus original. */
export const RUN_PARTS = ['original', 'changed', 'difference'] as const;
export type RunPart = (typeof RUN_PARTS)[number];

export interface PartFrame {
  readonly part: RunPart;
  readonly frame: Frame;
  /** The same value in the original and the changed run, for scales and readouts that need both; null: this is the only run. */
  readonly pair: readonly [Frame, Frame] | null;
}

/** True when both frames show the same values of the same place and text. */
export function belongTogether(original: Frame, changed: Frame): boolean {
  return (
    original.selection.station === changed.selection.station &&
    original.matrices.length === changed.matrices.length &&
    original.matrices.every((matrix, at) => {
      const other = changed.matrices[at];
      return (
        other?.name === matrix.name &&
        other.head === matrix.head &&
        other.dims.every((size, i) => size === matrix.dims[i])
      );
    })
  );
}

/**
 * Changed minus original, cell by cell. −∞ where the mask hides the cell in both runs; NaN where it does in one of them, because
 * there is no number to subtract.
 */
export function differenceOf(original: Matrix, changed: Matrix): Matrix {
  const data = changed.data.map((after, at) => {
    const before = original.data[at] ?? NaN;
    if (after === -Infinity && before === -Infinity) return -Infinity;
    const difference = after - before;
    return Number.isFinite(difference) ? difference : NaN;
  });
  return { ...changed, data };
}

/** The parts of a pair of frames. @param changed null: there is no changed run; its parts are then left out */
export function partFrames(original: Frame, changed: Frame | null, parts: readonly RunPart[]): readonly PartFrame[] {
  if (changed === null || !belongTogether(original, changed))
    return [{ part: 'original', frame: original, pair: null }];
  const pair = [original, changed] as const;
  return parts.map((part) => {
    if (part !== 'difference') return { part, frame: part === 'original' ? original : changed, pair };
    const matrices = original.matrices.map((matrix, at) => differenceOf(matrix, changed.matrices[at]!));
    return { part, frame: { ...changed, matrices }, pair };
  });
}

/** All finite numbers of both runs together, so that their colours mean the same. @param at which of the frame's matrices */
export function sharedValues({ part, frame, pair }: PartFrame, at = 0): Float32Array {
  const own = frame.matrices[at]?.data ?? new Float32Array();
  if (pair === null || part === 'difference') return own;
  const [before, after] = pair.map((each) => each.matrices[at]?.data ?? new Float32Array());
  const all = new Float32Array((before?.length ?? 0) + (after?.length ?? 0));
  all.set(before ?? []);
  all.set(after ?? [], before?.length ?? 0);
  return all;
}

/** Both runs' numbers of a cell, as people read them. @param index into the data of the frame's matrix number `at` */
export function valuesAt(
  pair: readonly [Frame, Frame],
  at: number,
  index: number,
): { readonly before: string; readonly after: string } {
  const [before, after] = pair.map((frame) => formatNumber(frame.matrices[at]?.data[index] ?? NaN));
  return { before: before ?? '', after: after ?? '' };
}

/** `matrix`, `matrix-changed`, `matrix-difference`. */
export function partTestId(name: string, part: RunPart): string {
  return part === 'original' ? name : `${name}-${part}`;
}

/** About what labels, titles and legend of a matrix take of its room, in px. */
const AROUND = { width: 90, height: 170 };

/** Columns and rows for `count` figures, so that squares get as much room as can be; what is wide goes below each other. */
export function panelGrid(
  count: number,
  room: { readonly width: number; readonly height: number },
  shape: 'square' | 'wide',
): { readonly columns: number; readonly rows: number } {
  if (shape === 'wide') return { columns: 1, rows: count };
  const grids = Array.from({ length: count }, (_, at) => ({ columns: at + 1, rows: Math.ceil(count / (at + 1)) }));
  const side = ({ columns, rows }: (typeof grids)[number]): number =>
    Math.min(room.width / columns - AROUND.width, room.height / rows - AROUND.height);
  return grids.reduce((best, grid) => (side(grid) > side(best) + 1 ? grid : best));
}
