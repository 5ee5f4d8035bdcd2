/** From a selection to the traced values that show it. Names are design's: `decoder.3.self.pattern`. */
import type { OpenedModel, RunResult } from '../../electron/api/index.ts';
import { isLong, pictureOf, rowOf } from '../state/exact.ts';
import type { FrameNeeds } from '../state/frames.ts';
import { chosenHeads } from '../state/selection.ts';
import type { Selection } from '../state/selection.ts';
import type { SliceRequest } from '../state/slices.ts';
import type { MatrixStation, VectorStation } from '../state/stations.ts';
import { drawsHeads } from '../state/views.ts';
import { strongestKey } from './inspector.ts';

type HeadValue = MatrixStation | 'q' | 'k' | 'v' | 'context';

/** A value of the selected head. */
export function headSlice(selection: Selection, value: HeadValue): SliceRequest {
  const { stack, layer, site, head } = selection;
  return { name: `${stack}.${layer}.${site}.${value}`, head };
}

/** The value that a token × dimension station shows. */
export function vectorSlice(selection: Selection, station: VectorStation): SliceRequest {
  const { stack, layer, site } = selection;
  switch (station) {
    case 'embedding':
      return { name: 'embedding.sum' };
    case 'context':
      return headSlice(selection, 'context');
    case 'output':
      return { name: `${stack}.${layer}.${site}.output` };
    case 'residual':
      return { name: `${stack}.${layer}.hidden` };
    case 'final':
      return { name: `${stack}.final` };
  }
}

/**
 * All values that the figure of a station needs; none for tokens and predictions, which come with the run. With a run, a long text's
 * matrices are asked for as pictures unless they need to be exact.
 */
export function stationSlices(
  selection: Selection,
  _model?: OpenedModel,
  run?: Pick<RunResult, 'tokens'>,
  needs?: Pick<FrameNeeds, 'exact'>,
): readonly SliceRequest[] {
  const { station } = selection;
  const drawn = (request: SliceRequest): SliceRequest =>
    run === undefined || needs?.exact === true ? request : pictureOf(request, run);
  switch (station) {
    case 'tokens':
    case 'prediction':
      return [];
    case 'qkv':
      return (['q', 'k', 'v'] as const).map((value) => headSlice(selection, value));
    case 'pattern':
      if (drawsHeads(selection))
        return chosenHeads(selection).map((place) => drawn(headSlice({ ...selection, ...place }, station)));
      return [drawn(headSlice(selection, station))];
    case 'scores':
    case 'scaled':
    case 'masked':
      return [drawn(headSlice(selection, station))];
    default:
      return [vectorSlice(selection, station)];
  }
}

const INSPECTED = ['q', 'k', 'scores', 'scaled', 'masked', 'pattern'] as const;

/**
 * What the inspector needs of the selected head: all of it, or of a long text the rows of the query and of the key. Where no key is
 * chosen, the row of k can be asked for when that of the pattern is known, which says what the query looks at most.
 */
export function inspectorSlices(
  selection: Selection,
  _model?: OpenedModel,
  run?: Pick<RunResult, 'tokens'>,
  needs?: Pick<FrameNeeds, 'known'>,
): readonly SliceRequest[] {
  if (run === undefined || !isLong(run)) return INSPECTED.map((value) => headSlice(selection, value));
  const query = Math.min(selection.query, run.tokens.length - 1);
  const row = (value: HeadValue, index: number) => rowOf(headSlice(selection, value), index);
  const pattern = needs?.known(row('pattern', query)) ?? null;
  const chosen = selection.key !== null && selection.key < run.tokens.length ? selection.key : null;
  const key = chosen ?? (pattern === null ? null : strongestKey(pattern, query));
  return INSPECTED.flatMap((value) => {
    if (value !== 'k') return [row(value, query)];
    return key === null ? [] : [row(value, key)];
  });
}
