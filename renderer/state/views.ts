/** The ways of looking at attention patterns: one table that the stage's tabs, the keys, the address and exports read. */
import type { Selection } from './selection.ts';

/**
 * - matrix: query × key, one head or several
 * - flow: tokens on two sides, a line a weight (the head view)
 * - reading: the text itself, coloured by one token's weights
 * - layers: where a token's information comes from, layer by layer
 * - heads: every head at a glance, zoomed into
 * - beside: against another sentence, or another model
 */
export const STAGE_VIEWS = [
  /** `heads`: it draws the patterns of the chosen heads. */
  { id: 'matrix', heads: true },
  { id: 'flow', heads: true },
  { id: 'reading', heads: true },
  { id: 'layers', heads: false },
  { id: 'heads', heads: false },
  { id: 'beside', heads: true },
] as const;

export type StageView = (typeof STAGE_VIEWS)[number]['id'];

/** Whether there is more than one way of looking. */
export function hasViews({ station, mode }: Selection): boolean {
  return station === 'pattern' && mode === 'all';
}

/** Whether the station's own explanation is about what is shown. */
export function explains(selection: Selection): boolean {
  return shownStageView(selection) === 'matrix';
}

/** The view that is shown: other stations than `pattern` have one way only, and one token's walk takes the whole stage. */
export function shownStageView(selection: Selection): StageView {
  return hasViews(selection) ? selection.view : 'matrix';
}

/** Whether the shown view draws the patterns of several heads. */
export function drawsHeads(selection: Selection): boolean {
  const view = shownStageView(selection);
  return selection.station === 'pattern' && (STAGE_VIEWS.find(({ id }) => id === view)?.heads ?? false);
}

/** The next way of looking, or the one before; from the last on to the first. A key brings one to the patterns first. */
export function stepView(selection: Selection, by: number): Pick<Selection, 'station' | 'mode' | 'view'> {
  const patterns = { station: 'pattern', mode: 'all' } as const;
  if (selection.station !== 'pattern' || selection.mode !== 'all') return { ...patterns, view: selection.view };
  const at = STAGE_VIEWS.findIndex(({ id }) => id === selection.view);
  const next = STAGE_VIEWS[(at + by + STAGE_VIEWS.length) % STAGE_VIEWS.length];
  return { ...patterns, view: next?.id ?? 'matrix' };
}
