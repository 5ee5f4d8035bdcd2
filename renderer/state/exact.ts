/**
 * Pictures and numbers of long texts: a head's matrix is drawn from half precision, which is half of what has to be sent, and the
 * numbers that are read come a row at a time as the engine computed them.
 */
import type { RunResult } from '../../electron/api/index.ts';
import type { AppState } from './app-state.ts';
import { shownView } from './changed-run.ts';
import { isPlain } from './lens.ts';
import type { Matrix, SliceRequest } from './slices.ts';
import { drawsHeads, shownStageView } from './views.ts';

/** Texts of more tokens than this are long: a matrix of theirs has more cells than a screen can tell apart. */
export const LONG_TEXT = 256;

/** Whether a run's matrices are drawn from half precision. */
export function isLong({ tokens }: Pick<RunResult, 'tokens'>): boolean {
  return tokens.length > LONG_TEXT;
}

/** A whole head's matrix, to be drawn. */
export function pictureOf(request: SliceRequest, run: Pick<RunResult, 'tokens'>): SliceRequest {
  return isLong(run) ? { ...request, format: 'f16' } : request;
}

/** One query's row of it, or one token's vector, exactly. */
export function rowOf({ name, head }: Pick<SliceRequest, 'name' | 'head'>, row: number): SliceRequest {
  return { name, head, rows: { first: row, count: 1 } };
}

/** What to ask for to read a row of a matrix that is only good for a picture; null where its own numbers are exact. */
export function rowBehind({ name, head, exact }: Matrix, row: number): SliceRequest | null {
  return exact ? null : rowOf({ name, head: head ?? undefined }, row);
}

/**
 * Whether the stage computes with the numbers of its matrices before it draws them: changed minus original, words, means. Small
 * differences of rounded numbers would be noise, so that these need exact ones.
 */
export function computesWithMatrices(state: AppState): boolean {
  const { lens, selection } = state;
  const view = shownView(state);
  if (view === 'difference' || view === 'both') return true;
  if (shownStageView(selection) === 'beside') return true;
  const combines = selection.others.length > 0 && lens.combine !== 'each';
  return drawsHeads(selection) && (combines || !isPlain(lens));
}
