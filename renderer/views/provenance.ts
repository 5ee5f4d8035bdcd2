/** What an exported file says about its origin, so that the figure can be made again. */
import type { Provenance } from '../export/provenance.ts';
import type { Frame } from '../state/frames.ts';
import { stationRow } from '../state/stations.ts';

/** Where a figure comes from, for the file. */
export function provenanceOf(frame: Frame, text: string, pair: string, version: string): Provenance {
  const { selection, model, run } = frame;
  const row = stationRow(selection.station);
  const inLayer = row.inHead || selection.station === 'residual';
  return {
    application: 'Headlight',
    version,
    figure: row.figure === 'matrix' ? 'heatmap' : row.figure,
    model: run.model,
    revision: model.entry.revision ?? undefined,
    text,
    pair: model.takesPair && pair.trim() !== '' ? pair : undefined,
    stack: inLayer ? selection.stack : undefined,
    site: row.inHead ? selection.site : undefined,
    layer: inLayer ? selection.layer : undefined,
    head: row.inHead && selection.station !== 'output' ? selection.head : undefined,
    stage: selection.station,
    device: run.device,
  };
}
