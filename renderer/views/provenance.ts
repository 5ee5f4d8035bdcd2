/** What an exported file says about its origin, so that the figure can be made again. */
import type { Provenance } from '../export/provenance.ts';
import type { Frame } from '../state/frames.ts';
import { PLAIN_LENS } from '../state/lens.ts';
import type { Lens } from '../state/lens.ts';
import type { Selection } from '../state/selection.ts';
import { stationRow } from '../state/stations.ts';
import { drawsHeads, shownStageView } from '../state/views.ts';

/** What is shown of a frame, besides its own place in the model. */
export interface ShownAs {
  /** The token whose computation is shown; null: all tokens. */
  readonly query: number | null;
  /** `difference` or `both` where the original run is part of the figure. */
  readonly runs?: 'difference' | 'both' | undefined;
  /** How patterns are looked at; left out: as they are. */
  readonly lens?: Lens;
  /** How the view was set, where it has settings of its own. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** The run that the frame's is compared with. */
  readonly beside?: Frame;
}

/** Where a figure comes from, for the file: the text and the changes that the frame's own numbers were made from. */
export function provenanceOf(frame: Frame, version: string, as: ShownAs = { query: null }): Provenance {
  const { query, runs, lens = PLAIN_LENS } = as;
  const { selection, model, run, input, interventions } = frame;
  const row = stationRow(selection.station);
  // A walk begins with what enters its layer.
  const inLayer = row.inHead || selection.station === 'residual' || query !== null;
  const view = shownStageView(selection);
  const all = view !== 'matrix' ? view : row.figure === 'matrix' ? 'heatmap' : row.figure;
  const isOfHeads = query === null && drawsHeads(selection);
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
    otherHeads: isOfHeads ? otherHeads(selection) : undefined,
    lens: isOfHeads || view === 'layers' ? changedLens(lens) : undefined,
    options: as.options,
    device: run.device,
    interventions: interventions.length === 0 ? undefined : interventions,
    runs,
    beside: as.beside === undefined ? undefined : besideOf(as.beside),
  };
}

function besideOf({ model, run, input, selection }: Frame): Provenance['beside'] {
  const { text } = input;
  const pair = model.takesPair && (input.pair ?? '').trim() !== '' ? { pair: input.pair } : {};
  const revision = model.entry.revision ?? undefined;
  return { model: run.model, revision, text, ...pair, layer: selection.layer, head: selection.head };
}

function otherHeads({ others }: Selection): readonly string[] | undefined {
  return others.length === 0 ? undefined : others.map(({ layer, head }) => `${layer}:${head}`);
}

/** What of the lens is not as at first. */
function changedLens(lens: Lens): Readonly<Record<string, unknown>> | undefined {
  const changed = Object.entries(lens).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(PLAIN_LENS[name as keyof Lens]),
  );
  return changed.length === 0 ? undefined : Object.fromEntries(changed);
}
