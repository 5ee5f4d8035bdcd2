/** Saves what the stage shows: as the figure of its station, of the runs that are shown, or of one token's walk. */
import { useTranslation } from 'react-i18next';
import type { ExportFormat } from '../export/formats.ts';
import { atlas } from '../figures/atlas.ts';
import { atlasSections } from '../figures/atlas-sections.ts';
import { heatmap } from '../figures/heatmap.ts';
import { layerFlow } from '../figures/layer-flow.ts';
import { figurePanels } from '../figures/panels.ts';
import { readingFigure } from '../figures/reading.ts';
import { textTable } from '../figures/text-table.ts';
import { tokenFlow } from '../figures/token-flow.ts';
import { tokenVectors } from '../figures/token-vectors.ts';
import { walkFigure } from '../figures/walk-figure.ts';
import { exportFigure, fileName } from '../view-models/export-figure.ts';
import type { ExportPlace, FigureInput, StageFigureInput } from '../view-models/export-figure.ts';
import { offersFigure, shownStageView } from '../state/views.ts';
import type { Frame } from '../state/frames.ts';
import type { ShownTheme } from '../state/settings.ts';
import { hasWalk } from '../view-models/walk-names.ts';
import { useApp, useServices, useStageFrame, useTheme, useWalkFrame, useWords } from './context.tsx';
import { provenanceOf } from './provenance.ts';
import type { ShownAs } from './provenance.ts';
import { useBeside } from './use-beside.ts';
import { useShownKey } from './use-cell.ts';
import { useShownChange } from './use-comparison.ts';
import { useHeadsPlace } from './heads-export.ts';
import { useOfferedFigure } from './use-shown-figure.ts';
import { exportedFlows, useLayerFlows } from './use-layer-flows.ts';
import { useParts } from './use-parts.ts';
import { usePrediction } from './use-prediction.ts';

/** Answers with a sentence about the outcome, or an empty one when the user backed out. */
type Save = (format: ExportFormat, light: boolean) => Promise<string>;

export function useExport(): Save {
  const { t } = useTranslation();
  const { session } = useServices();
  const theme = useTheme();
  const version = useApp((state) => state.host?.version ?? '');
  const stage = useShown();
  const own = useOwnFigure();
  const shown = own ?? stage;
  return async (format, light) => {
    if (shown === 'nothing' || shown === null) return t('export.nothing');
    const { frame, as } = shown;
    const name = fileName(frame, format.extension, as.query);
    try {
      const figure = shown.draw(light ? 'light' : theme);
      const bytes = await format.encode(figure, { provenance: provenanceOf(frame, version, as) });
      const saved = await session.saveFile(name, format.mimeType, bytes.buffer);
      if (saved === 'unsupported') download(name, format.mimeType, bytes);
      return saved === 'declined' ? '' : t('export.saved', { name });
    } catch (error) {
      return t('export.failed', { reason: error instanceof Error ? error.message : String(error) });
    }
  };
}

interface Shown {
  readonly frame: Frame;
  readonly draw: (theme: ShownTheme) => SVGSVGElement;
  readonly as: ShownAs;
}

/** The figure that the view offers; `nothing` while it has none, null where the stage is drawn from its frame. */
function useOwnFigure(): Shown | 'nothing' | null {
  const offered = useOfferedFigure();
  const { frame } = useStageFrame();
  if (frame === null || !offersFigure(frame.selection)) return null;
  if (offered === null) return 'nothing';
  return { frame, draw: offered.draw, as: { query: null, options: offered.options } };
}

/** What the stage shows, all of it; null while there is nothing, or while a part of it is on its way. */
function useShown(): Shown | null {
  const shown = usePlace();
  if (shown === null) return null;
  const { place, as } = shown;
  return { frame: place.frame, draw: (theme) => draw(exportFigure({ ...place, theme })), as };
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
  const place = { prediction, change, cell: { query, key }, words };
  if (walks) {
    const { frame, stale } = walk;
    if (frame === null || stale || !hasWalk(frame.selection)) return null;
    const token = Math.min(query, frame.run.tokens.length - 1);
    return { place: { ...place, frame, walk: { frame, shown } }, as: { query: token } };
  }
  const last = parts.at(-1);
  if (stage === null || last === undefined) return null;
  if (shownStageView(stage.selection) === 'layers' && layers === null) return null;
  if (shownStageView(stage.selection) === 'beside') {
    if (beside === null) return null;
    const other = beside.panels.right.frame;
    return { place: { ...place, frame: stage, lens, beside }, as: { query: null, lens, beside: other } };
  }
  const runs = parts.length > 1 ? 'both' : last.part === 'difference' ? 'difference' : undefined;
  return { place: { ...place, frame: last.frame, parts, lens, heads, layers }, as: { query: null, runs, lens } };
}

function draw(figure: StageFigureInput): SVGSVGElement {
  if (figure.kind !== 'panels') return drawOne(figure);
  const { text, theme, isAcross, panels } = figure;
  return figurePanels({ ...text, theme, isAcross, figures: panels.map(drawOne) }, { document });
}

function drawOne(figure: FigureInput): SVGSVGElement {
  switch (figure.kind) {
    case 'heatmap':
      return heatmap(figure.input, { document, cells: 'draw' });
    case 'vectors':
      return tokenVectors(figure.input, { document, cells: 'draw' });
    case 'table':
      return textTable(figure.input, { document });
    case 'walk':
      return walkFigure(figure.input, { document });
    case 'token-flow':
      return tokenFlow(figure.input, { document, lines: 'draw' });
    case 'reading':
      return readingFigure(figure.input, { document });
    case 'layer-flow':
      return layerFlow(figure.input, { document });
    case 'atlas':
      return atlas(figure.input, { document });
    case 'atlas-sections':
      return atlasSections(figure.input, { document });
  }
}

function download(name: string, mimeType: string, bytes: Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: mimeType }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the blob after this task; a minute is ample.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
