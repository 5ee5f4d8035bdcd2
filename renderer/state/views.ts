/** The ways of looking at attention patterns: one table that the stage's tabs, the keys, the address and exports read. */
import type { Selection } from './selection.ts';

/**
 * - matrix: query × key, one head or several
 * - flow: tokens on two sides, a line a weight (the head view)
 * - reading: the text itself, coloured by one token's weights
 * - layers: where a token's information comes from, layer by layer
 * - heads: every head at a glance, zoomed into
 */
export const STAGE_VIEWS = [
  /** `heads`: it draws the patterns of the chosen heads. */
  { id: 'matrix', heads: true },
  { id: 'flow', heads: true },
  { id: 'reading', heads: true },
  { id: 'layers', heads: false },
  { id: 'heads', heads: false },
] as const;

export type StageView = (typeof STAGE_VIEWS)[number]['id'];

/** The view that is shown: other stations than `pattern` have one way only, and one token's walk takes the whole stage. */
export function shownStageView({ station, mode, view }: Selection): StageView {
  return station === 'pattern' && mode === 'all' ? view : 'matrix';
}

/** Whether the shown view draws the patterns of several heads. */
export function drawsHeads(selection: Selection): boolean {
  const view = shownStageView(selection);
  return selection.station === 'pattern' && (STAGE_VIEWS.find(({ id }) => id === view)?.heads ?? false);
}
