/** The stage as a figure to take along: the same data, with title and place in it, at a size of its own. */
import type { Prediction, PredictionChange } from '../../electron/api/index.ts';
import type { FigureData } from '../figures/figure-data.ts';
import type { HeatmapInput } from '../figures/heatmap-input.ts';
import type { LayerFlowInput } from '../figures/layer-flow.ts';
import type { ReadingInput } from '../figures/reading.ts';
import type { TextTableInput } from '../figures/text-table.ts';
import type { TokenFlowInput } from '../figures/token-flow-input.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { TokenVectorsInput } from '../figures/token-vectors-layout.ts';
import type { WalkFigureInput } from '../figures/walk-input.ts';
import type { WalkState } from '../state/app-state.ts';
import type { Frame } from '../state/frames.ts';
import { PLAIN_LENS } from '../state/lens.ts';
import type { Lens } from '../state/lens.ts';
import { shownStageView } from '../state/views.ts';
import { stationRow } from '../state/stations.ts';
import { figureText } from './export-text.ts';
import { predictionTable, tokensTable } from './export-table.ts';
import { walkFigureInput } from './export-walk.ts';
import type { Translate } from './failure.ts';
import { flowExport } from './export-flow.ts';
import type { BesidePanels } from './beside-panels.ts';
import { besideExport } from './export-beside.ts';
import { headsFigure } from './export-heads.ts';
import type { HeadsFigureInput, HeadsPlace } from './export-heads.ts';
import { layersExport } from './export-layers.ts';
import type { LayersPart } from './export-layers.ts';
import { readingExport } from './export-reading.ts';
import { figuresOf, labelled, matrixExport } from './export-matrix.ts';
import { figureData, predictionData, tokensData } from './figure-data.ts';
import { vectorsFigure } from './figure-input.ts';
import type { FigureText } from './figure-input.ts';
import { tokenLabel } from './format.ts';
import { sharedValues } from './run-compare.ts';
import { labelledTokens, labelsTable } from './token-labels.ts';
import type { PartFrame } from './run-compare.ts';

export { fileName } from './export-text.ts';

export type FigureInput =
  | { readonly kind: 'heatmap'; readonly input: HeatmapInput }
  | { readonly kind: 'vectors'; readonly input: TokenVectorsInput }
  | { readonly kind: 'table'; readonly input: TextTableInput }
  | { readonly kind: 'walk'; readonly input: WalkFigureInput }
  | { readonly kind: 'token-flow'; readonly input: TokenFlowInput }
  | { readonly kind: 'reading'; readonly input: ReadingInput }
  | { readonly kind: 'layer-flow'; readonly input: LayerFlowInput }
  | HeadsFigureInput;

/** One figure, or those of two runs and their difference. */
export type StageFigureInput =
  | FigureInput
  | {
      readonly kind: 'panels';
      readonly text: FigureText;
      readonly theme: ThemeName;
      readonly isAcross: boolean;
      readonly panels: readonly FigureInput[];
    };

export interface ExportPlace {
  /** What the stage shows; with changes, of the run that they made. */
  readonly frame: Frame;
  /** The runs that the stage shows side by side, or the one of them; left out: `frame` alone. */
  readonly parts?: readonly PartFrame[];
  /** How patterns are looked at; left out: as they are. */
  readonly lens?: Lens;
  /** What the view `layers` shows, and the view `heads`; null or left out: another one is shown. */
  readonly layers?: readonly LayersPart[] | null;
  readonly heads?: Omit<HeadsPlace, 'theme'> | null;
  /** What the view `beside` shows. */
  readonly beside?: BesidePanels | null;
  /** The walk of the query with its own values; null where all tokens are shown. */
  readonly walk?: { readonly frame: Frame; readonly shown: WalkState } | null;
  readonly prediction: Prediction | null;
  /** The prediction in both runs, where the stage shows that. */
  readonly change?: PredictionChange | null;
  readonly cell: { readonly query: number; readonly key: number | null };
  readonly theme: ThemeName;
  readonly words: Translate;
}

/** Room of an exported figure in px: a column of text at 96 px an inch; large matrices need more. */
const WIDTH = 860;
const HEIGHT = 860;

export function exportFigure(place: ExportPlace): StageFigureInput {
  const { frame, walk, prediction, theme, words } = place;
  if (walk) return walkExport({ ...place, walk });
  const parts = place.parts ?? [{ part: 'original', frame, pair: null }];
  const text = figureText(frame, prediction, words);
  const [first] = parts;
  if (first === undefined || first.frame.matrices.length === 0) return tableExport(place, text);
  if (place.beside) return besideExport(place, place.beside, text);
  const view = viewExport(place, parts);
  if (view !== null) return view;
  if (stationRow(frame.selection.station).figure === 'matrix') return matrixExport(place, parts, text);
  const textOf = (part: PartFrame) => (parts.length > 1 ? partText(part, words) : labelled(text, part, words));
  const figures = parts.map((part) => vectorsPart(part, place, textOf(part)));
  return figuresOf(figures, { text, theme, isAcross: false });
}

/** The numbers of `exportFigure(place)`; tables in full digits. */
export function exportData(place: ExportPlace): FigureData {
  const figure = exportFigure(place);
  if (figure.kind !== 'table') return figureData(figure);
  const { frame, prediction, change = null } = place;
  return frame.selection.station === 'tokens' ? tokensData(frame.run.tokens) : predictionData(prediction, change);
}

/** The way of looking that is shown, where it is not the matrix. */
function viewExport(place: ExportPlace, parts: readonly PartFrame[]): StageFigureInput | null {
  const { frame, lens = PLAIN_LENS, cell, theme, words } = place;
  const around = { theme, isAcross: true };
  switch (shownStageView(frame.selection)) {
    case 'flow': {
      const { text, figures } = flowExport({ parts, lens, cell, theme, words });
      return figuresOf(
        figures.map((input) => ({ kind: 'token-flow', input })),
        { ...around, text },
      );
    }
    case 'reading': {
      const { text, figures } = readingExport({ parts, lens, query: cell.query, theme, words });
      return figuresOf(
        figures.map((input) => ({ kind: 'reading', input })),
        { text, theme, isAcross: false },
      );
    }
    case 'layers': {
      const { text, figures } = layersExport({ parts: place.layers ?? [], lens, theme, words });
      return figuresOf(
        figures.map((input) => ({ kind: 'layer-flow', input })),
        { text, theme, isAcross: false },
      );
    }
    case 'heads':
      return place.heads ? headsFigure({ ...place.heads, theme }) : null;
    // `matrix`; and views that make their figure themselves.
    default:
      return null;
  }
}

const partText = ({ part }: PartFrame, words: Translate): FigureText => ({
  title: words(`compare.part.${part}`),
  subtitle: words(`compare.partHelp.${part}`),
});

function walkExport({
  walk,
  cell,
  theme,
  words,
}: ExportPlace & { walk: NonNullable<ExportPlace['walk']> }): FigureInput {
  const { frame, shown } = walk;
  const query = Math.min(cell.query, frame.run.tokens.length - 1);
  const token = tokenLabel(frame.run.tokens[query]?.text ?? '');
  const heading = figureText(frame, null, words, [words('walk.ofToken', { token, index: query })]);
  return { kind: 'walk', input: walkFigureInput({ frame, query, key: cell.key, shown, theme, words }, heading) };
}

function vectorsPart(part: PartFrame, { theme, words }: ExportPlace, text: FigureText): FigureInput {
  const { run, matrices } = part.frame;
  const size = { theme, maxWidth: WIDTH, maxHeight: HEIGHT, id: `figure-${part.part}` };
  const scaleOf = (at: number) => ({ part: part.part, values: sharedValues(part, at) });
  return { kind: 'vectors', input: { ...vectorsFigure(matrices, run.tokens, text, words, scaleOf), ...size } };
}

function tableExport(place: ExportPlace, text: FigureText): FigureInput {
  return { kind: 'table', input: { ...text, ...tableOf(place), theme: place.theme } };
}

function tableOf({ frame, prediction, change = null, words }: ExportPlace) {
  const { selection, model, run } = frame;
  if (selection.station === 'tokens') return tokensTable(frame, words);
  if (model.head === 'token-classification') return labelsTable(labelledTokens(run, model.labels, null), words);
  return predictionTable(prediction, change, model.scale, words);
}
