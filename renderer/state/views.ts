/** The ways of looking at a station: one table that the stage's tabs, the keys, the address and exports read. */
import type { Selection } from './selection.ts';
import { isWalked } from './stations.ts';
import type { Station } from './stations.ts';

/**
 * Every station's first view is its own figure, `matrix`: of attention patterns query × key. The others:
 * - flow: tokens on two sides, a line a weight (the head view)
 * - reading: the text itself, coloured by one token's weights
 * - layers: where a token's information comes from, layer by layer
 * - heads: every head at a glance, zoomed into
 * - beside: against another sentence, or another model
 * - pieces, tokenizers, vocabulary: how tokens form, two tokenizers side by side, all pieces
 * - neighbours: which rows of the embedding table are near a token's
 * - joint: queries and keys of the head in one projection, where near means attends
 * - projector: vectors of tokens or sentences in two or three dimensions
 * - positions: how places are written into vectors, of this model and by the known formulas
 * - head: the output layer, from the final hidden state to probabilities
 * - generate: the sentence gone on with, token by token
 * - lens: what each layer would predict; fill: what fills masks; surprise: bits of each token
 */
export const STAGE_VIEWS = [
  /** `heads`: it draws the patterns of the chosen heads. */
  { id: 'matrix', station: null, heads: true },
  { id: 'flow', station: 'pattern', heads: true },
  { id: 'reading', station: 'pattern', heads: true },
  { id: 'layers', station: 'pattern', heads: false },
  { id: 'heads', station: 'pattern', heads: false },
  { id: 'beside', station: 'pattern', heads: true },
  { id: 'pieces', station: 'tokens', heads: false },
  { id: 'tokenizers', station: 'tokens', heads: false },
  { id: 'vocabulary', station: 'tokens', heads: false },
  { id: 'joint', station: 'qkv', heads: true },
  { id: 'neighbours', station: 'embedding', heads: false },
  { id: 'projector', station: 'embedding', heads: false },
  { id: 'positions', station: 'embedding', heads: false },
  { id: 'head', station: 'prediction', heads: false },
  { id: 'generate', station: 'prediction', heads: false },
  { id: 'lens', station: 'prediction', heads: false },
  { id: 'fill', station: 'prediction', heads: false },
  { id: 'surprise', station: 'prediction', heads: false },
] as const satisfies readonly ViewRow[];

interface ViewRow {
  readonly id: string;
  /** Where it is offered; null: everywhere. */
  readonly station: Station | null;
  readonly heads: boolean;
}

export type StageView = (typeof STAGE_VIEWS)[number]['id'];

/** The ways of looking at a station, its own figure first. */
export function viewsOf(station: Station): readonly StageView[] {
  return STAGE_VIEWS.filter((row) => row.station === null || row.station === station).map(({ id }) => id);
}

/** Whether there is more than one way of looking; one token's walk, where there is one, takes the whole stage. */
export function hasViews({ station, mode }: Selection): boolean {
  return viewsOf(station).length > 1 && (mode === 'all' || !isWalked(station));
}

const hasPatterns = (station: Station): boolean => station === 'pattern';

const rowOf = (view: StageView): ViewRow | undefined => STAGE_VIEWS.find(({ id }) => id === view);

/** Whether the station's own explanation is about what is shown. */
export function explains(selection: Selection): boolean {
  return shownStageView(selection) === 'matrix';
}

/** The view that is shown: the selected one where the station has it, else the station's own figure. */
export function shownStageView(selection: Selection): StageView {
  return hasViews(selection) && viewsOf(selection.station).includes(selection.view) ? selection.view : 'matrix';
}

/** Whether the shown view draws the patterns of several heads. */
export function drawsHeads(selection: Selection): boolean {
  return hasPatterns(selection.station) && (rowOf(shownStageView(selection))?.heads ?? false);
}

/** Whether the shown view is of more than the selected head or layer, and has a title of its own. */
export function isTitled(selection: Selection): boolean {
  return rowOf(shownStageView(selection))?.heads === false;
}

/** Whether the view itself offers its figure for export; the others are drawn from the frame. */
export function offersFigure(selection: Selection): boolean {
  return selection.station !== 'pattern' && shownStageView(selection) !== 'matrix';
}

/** The next way of looking, or the one before; from the last on to the first. Where there is one only, it leads to the patterns. */
export function stepView(selection: Selection, by: number): Pick<Selection, 'station' | 'mode' | 'view'> {
  const { station, mode, view } = selection;
  if (!hasViews(selection)) return { station: 'pattern', mode: 'all', view };
  const views = viewsOf(station);
  const at = views.indexOf(shownStageView(selection));
  return { station, mode, view: views[(at + by + views.length) % views.length] ?? 'matrix' };
}
