/** What the stage shows, to take along: the figure of its station, of the runs that are shown, or of one token's walk. */
import type { FigureData } from '../figures/figure-data.ts';
import { exportData, exportFigure } from '../view-models/export-figure.ts';
import type { ExportPlace } from '../view-models/export-figure.ts';
import { offersFigure, shownStageView } from '../state/views.ts';
import type { Frame } from '../state/frames.ts';
import { drawFigure } from '../view-models/draw-figure.ts';
import { withLook } from '../view-models/figure-look.ts';
import type { FigureLook } from '../view-models/figure-look.ts';
import { hasWalk } from '../view-models/walk-names.ts';
import { useApp, useStageFrame, useWalkFrame, useWords } from './context.tsx';

import type { ShownAs } from './provenance.ts';
import { useBeside } from './use-beside.ts';
import { useShownKey } from './use-cell.ts';
import { useShownChange } from './use-comparison.ts';
import { useHeadsPlace } from './heads-export.ts';
import { useOfferedFigure } from './use-shown-figure.ts';
import { exportedFlows, useLayerFlows } from './use-layer-flows.ts';
import { useParts } from './use-parts.ts';
import { usePrediction } from './use-prediction.ts';

/** `nothing` while a view has no figure yet, null while there is nothing at all or a part of it is on its way. */
export function useShown(): Shown | 'nothing' | null {
  const stage = useStageShown();
  const own = useOwnFigure();
  return own ?? stage;
}

/** What can be taken along. */
export interface Shown {
  readonly frame: Frame;
  readonly draw: (look: FigureLook) => SVGSVGElement;
  /** Its numbers; null where it has none of its own. */
  readonly data: () => FigureData | null;
  readonly as: ShownAs;
}

/** The figure that the view offers; `nothing` while it has none, null where the stage is drawn from its frame. */
function useOwnFigure(): Shown | 'nothing' | null {
  const offered = useOfferedFigure();
  const { frame } = useStageFrame();
  if (frame === null || !offersFigure(frame.selection)) return null;
  if (offered === null) return 'nothing';
  const { draw, data = () => null, options } = offered;
  return { frame, draw: ({ theme }) => draw(theme), data, as: { query: null, options } };
}

/** What the stage shows, all of it; null while there is nothing, or while a part of it is on its way. */
function useStageShown(): Shown | null {
  const shown = usePlace();
  if (shown === null) return null;
  const { place, as } = shown;
  return {
    frame: place.frame,
    draw: (look) => drawFigure(withLook(exportFigure({ ...place, theme: look.theme }), look), document),
    data: () => exportData({ ...place, theme: 'light' }),
    as,
  };
}

function usePlace(): { readonly place: Omit<ExportPlace, 'theme'>; readonly as: ShownAs } | null {
  const words = useWords();
  const walks = useApp((state) => state.selection.mode === 'one' && hasWalk(state.selection));
  const shown = useApp((state) => state.walk);
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const state = usePrediction();
  const change = useShownChange();
  const walk = useWalkFrame();
  const stage = useStageFrame().frame;
  const parts = useParts(stage);
  const lens = useApp((state) => state.lens);
  const heads = useHeadsPlace(stage);
  const beside = useBeside(stage);
  const layers = exportedFlows(useLayerFlows(stage, false));
  const prediction = state.status === 'ready' ? state.prediction : null;
  const flow = useApp((state) => state.flow);
  const place = { prediction, change, cell: { query, key }, words };
  const options = { query, key };
  if (walks) {
    const { frame, stale } = walk;
    if (frame === null || stale || !hasWalk(frame.selection)) return null;
    const token = Math.min(query, frame.run.tokens.length - 1);
    return { place: { ...place, frame, walk: { frame, shown } }, as: { query: token, options: { key } } };
  }
  const last = parts.at(-1);
  if (stage === null || last === undefined) return null;
  if (shownStageView(stage.selection) === 'layers' && layers === null) return null;
  if (shownStageView(stage.selection) === 'beside') {
    if (beside === null) return null;
    const other = beside.panels.right.frame;
    return { place: { ...place, frame: stage, lens, beside }, as: { query: null, lens, beside: other, options } };
  }
  const isLayers = shownStageView(stage.selection) === 'layers';
  const flowOptions = isLayers ? { method: flow.method, weights: flow.weighting, residual: flow.residual } : {};
  const runs = parts.length > 1 ? 'both' : last.part === 'difference' ? 'difference' : undefined;
  return {
    place: { ...place, frame: last.frame, parts, lens, heads, layers },
    as: { query: null, runs, lens, options: { ...options, ...flowOptions } },
  };
}
