/** From a selection to the traced values that show it. Names are design's: `decoder.3.self.pattern`. */
import { chosenHeads } from '../state/selection.ts';
import type { Selection } from '../state/selection.ts';
import type { SliceRequest } from '../state/slices.ts';
import type { MatrixStation, VectorStation } from '../state/stations.ts';
import { drawsHeads } from '../state/views.ts';

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

/** All values that the figure of a station needs; none for tokens and predictions, which come with the run. */
export function stationSlices(selection: Selection): readonly SliceRequest[] {
  const { station } = selection;
  switch (station) {
    case 'tokens':
    case 'prediction':
      return [];
    case 'qkv':
      return (['q', 'k', 'v'] as const).map((value) => headSlice(selection, value));
    case 'pattern':
      if (drawsHeads(selection))
        return chosenHeads(selection).map((place) => headSlice({ ...selection, ...place }, station));
      return [headSlice(selection, station)];
    case 'scores':
    case 'scaled':
    case 'masked':
      return [headSlice(selection, station)];
    default:
      return [vectorSlice(selection, station)];
  }
}

/** What the inspector needs of the selected head. */
export function inspectorSlices(selection: Selection): readonly SliceRequest[] {
  return (['q', 'k', 'scores', 'scaled', 'masked', 'pattern'] as const).map((value) => headSlice(selection, value));
}
