/** The stage as a figure to take along: the same data, with title and place in it, at a size of its own. */
import type { Prediction } from '../../electron/api/index.ts';
import type { HeatmapInput } from '../figures/heatmap-input.ts';
import type { TextTableInput } from '../figures/text-table.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { TokenVectorsInput } from '../figures/token-vectors-layout.ts';
import type { Frame } from '../state/frames.ts';
import { stackOf } from '../state/selection.ts';
import { stationRow } from '../state/stations.ts';
import type { MatrixStation } from '../state/stations.ts';
import type { Translate } from './failure.ts';
import { matrixFigure, vectorsFigure } from './figure-input.ts';
import { formatNumber, tokenLabel } from './format.ts';
import { placeText, subtitleText } from './stage-text.ts';

export type StageFigureInput =
  | { readonly kind: 'heatmap'; readonly input: HeatmapInput }
  | { readonly kind: 'vectors'; readonly input: TokenVectorsInput }
  | { readonly kind: 'table'; readonly input: TextTableInput };

export interface ExportPlace {
  readonly frame: Frame;
  readonly prediction: Prediction | null;
  readonly cell: { readonly query: number; readonly key: number | null };
  readonly theme: ThemeName;
  readonly words: Translate;
}

/** Room of an exported figure in px: a column of text at 96 px an inch; large matrices need more. */
const WIDTH = 860;
const HEIGHT = 860;

/** Titles carry their subscripts as plain letters: `√dₖ`, `Wₒ`. */
const plain = (text: string): string => text.replace(/_k/g, 'ₖ').replace(/_O/g, 'ₒ');

export function exportFigure({ frame, prediction, cell, theme, words }: ExportPlace): StageFigureInput {
  const { selection, model, run, matrices } = frame;
  const token = prediction === null ? '' : tokenLabel(run.tokens[prediction.position]?.text ?? '');
  const shown = prediction === null ? null : { kind: prediction.kind, token };
  const about = subtitleText(selection, stackOf(model.stacks, selection), shown, words);
  const place = placeText(selection, model, words);
  const name = model.entry.name;
  const text = {
    title: plain(words(`stage.title.${selection.station}`)),
    subtitle: [about, place, ...(place === name ? [] : [name])].join(' · '),
  };
  const size = { theme, maxWidth: WIDTH, maxHeight: HEIGHT };
  const row = stationRow(selection.station);
  const [matrix] = matrices;
  if (row.figure === 'matrix' && matrix !== undefined) {
    const figure = matrixFigure(selection.station as MatrixStation, matrix, run.tokens, text, words);
    const inside = (index: number | null, count: number): number | undefined =>
      index !== null && index < count ? index : undefined;
    const chosen = { row: inside(cell.query, figure.rows), column: inside(cell.key, figure.columns) };
    return {
      kind: 'heatmap',
      input: { ...figure, legendTitle: plain(figure.legendTitle), ...size, selection: chosen },
    };
  }
  if (matrices.length > 0)
    return { kind: 'vectors', input: { ...vectorsFigure(matrices, run.tokens, text, words), ...size } };
  const table = selection.station === 'tokens' ? tokensTable(frame, words) : predictionTable(prediction, words);
  return { kind: 'table', input: { ...text, ...table, theme } };
}

type Table = Pick<TextTableInput, 'columns' | 'bars' | 'note'>;

function tokensTable({ run: { tokens } }: Frame, words: Translate): Table {
  const title = (name: string): string => words(`stage.columns.${name}`);
  const offsets = tokens.map(({ start, end }) => (start === null ? '–' : `${start}–${end ?? ''}`));
  return {
    columns: [
      { title: title('index'), align: 'end', cells: tokens.map(({ index }) => String(index)) },
      { title: title('id'), align: 'end', cells: tokens.map(({ id }) => String(id)) },
      { title: title('piece'), align: 'start', cells: tokens.map(({ piece }) => tokenLabel(piece)) },
      { title: title('text'), align: 'start', cells: tokens.map(({ text }) => tokenLabel(text)) },
      { title: title('offsets'), align: 'end', cells: offsets },
    ],
    note: '',
  };
}

function predictionTable(prediction: Prediction | null, words: Translate): Table {
  const candidates = prediction?.candidates ?? [];
  const most = candidates[0]?.probability ?? 1;
  return {
    columns: [
      { title: words('stage.candidate'), align: 'start', cells: candidates.map(({ text }) => tokenLabel(text)) },
      {
        title: words('stage.probability'),
        align: 'end',
        cells: candidates.map((item) => formatNumber(item.probability, 3)),
      },
      { title: words('stage.logit'), align: 'end', cells: candidates.map(({ logit }) => formatNumber(logit)) },
      { title: words('stage.columns.id'), align: 'end', cells: candidates.map(({ id }) => String(id)) },
    ],
    bars: candidates.map(({ probability }) => probability / most),
    note: '',
  };
}

/** A file name without surprises: `headlight-bert-pattern-layer-4-head-2.svg`. */
export function fileName(frame: Frame, extension: string): string {
  const { selection, model } = frame;
  const row = stationRow(selection.station);
  const parts = [model.entry.name, selection.station];
  if (row.inHead || selection.station === 'residual') parts.push(`layer-${selection.layer}`);
  if (row.inHead && selection.station !== 'output') parts.push(`head-${selection.head}`);
  const stem = parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9-]+/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/^-|-$/g, '');
  return `${stem}.${extension}`;
}
