/** What an exported file says about its origin, so that the figure can be made again. */
import type { Provenance } from '../export/provenance.ts';
import type { Frame } from '../state/frames.ts';
import { stationRow } from '../state/stations.ts';

/** What is shown of a frame, besides its own place in the model. */
export interface ShownAs {
  /** The token whose computation is shown; null: all tokens. */
  readonly query: number | null;
  /** `difference` or `both` where the original run is part of the figure. */
  readonly runs?: 'difference' | 'both' | undefined;
}

/** Where a figure comes from, for the file: the text and the changes that the frame's own numbers were made from. */
export function provenanceOf(frame: Frame, version: string, { query, runs }: ShownAs = { query: null }): Provenance {
  const { selection, model, run, input, interventions } = frame;
  const row = stationRow(selection.station);
  // A walk begins with what enters its layer.
  const inLayer = row.inHead || selection.station === 'residual' || query !== null;
  const all = row.figure === 'matrix' ? 'heatmap' : row.figure;
  return {
    application: 'Headlight',
    version,
    figure: query === null ? all : 'walk',
    model: run.model,
    revision: model.entry.revision ?? undefined,
    text: input.text,
    pair: model.takesPair && (input.pair ?? '').trim() !== '' ? input.pair : undefined,
    stack: inLayer ? selection.stack : undefined,
    site: row.inHead ? selection.site : undefined,
    layer: inLayer ? selection.layer : undefined,
    // The walk marks its head where all heads of the layer are shown, too.
    head: row.inHead && (query !== null || selection.station !== 'output') ? selection.head : undefined,
    query: query ?? undefined,
    stage: selection.station,
    device: run.device,
    interventions: interventions.length === 0 ? undefined : interventions,
    runs,
  };
}
