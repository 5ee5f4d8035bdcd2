/** Tokens and predictions as tables to take along. */
import type { Prediction, PredictionChange, Scale } from '../../electron/api/index.ts';
import type { TableColumn, TextTableInput } from '../figures/text-table.ts';
import type { Frame } from '../state/frames.ts';
import { pieceLabel } from './distribution.ts';
import type { Translate } from './failure.ts';
import { formatNumber, tokenLabel } from './format.ts';

type Table = Pick<TextTableInput, 'columns' | 'bars' | 'note'>;

export function tokensTable({ run: { tokens } }: Frame, words: Translate): Table {
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

/** The candidates of one run, or of both with what changed. */
export function predictionTable(
  prediction: Prediction | null,
  change: PredictionChange | null,
  scale: Scale,
  words: Translate,
): Table {
  if (change !== null) return changeTable(change, scale, words);
  const candidates = prediction?.candidates ?? [];
  if (scale === 'value') return valueTable(candidates, words);
  const most = candidates[0]?.probability ?? 1;
  return {
    columns: [
      { title: words('stage.candidate'), align: 'start', cells: candidates.map(({ text }) => pieceLabel(text)) },
      numbers(words('stage.probability'), candidates, (item) => formatNumber(item.probability, 3)),
      numbers(words('stage.logit'), candidates, ({ logit }) => formatNumber(logit)),
      numbers(words('stage.columns.id'), candidates, ({ id }) => String(id)),
    ],
    bars: candidates.map(({ probability }) => probability / most),
    note: '',
  };
}

/** Of a model that gives values: they are no probabilities. */
function valueTable(candidates: Prediction['candidates'], words: Translate): Table {
  return {
    columns: [
      { title: words('stage.candidate'), align: 'start', cells: candidates.map(({ text }) => tokenLabel(text)) },
      numbers(words('stage.value'), candidates, ({ logit }) => formatNumber(logit)),
    ],
    bars: [],
    note: words('stage.probabilityNoteOf.value'),
  };
}

/** Bars are the probabilities after the changes. */
function changeTable({ candidates, klNats }: PredictionChange, scale: Scale, words: Translate): Table {
  const most = candidates.reduce((reach, { before, after }) => Math.max(reach, before, after), 0) || 1;
  const signed = (value: number): string => `${value > 0 ? '+' : ''}${formatNumber(value, 3)}`;
  return {
    columns: [
      { title: words('stage.candidate'), align: 'start', cells: candidates.map(({ text }) => pieceLabel(text)) },
      numbers(words('compare.before'), candidates, ({ before }) => formatNumber(before, 3)),
      numbers(words('compare.after'), candidates, ({ after }) => formatNumber(after, 3)),
      numbers(words('compare.delta'), candidates, ({ delta }) => signed(delta)),
      numbers(words('stage.columns.id'), candidates, ({ id }) => String(id)),
    ],
    bars: scale === 'value' ? [] : candidates.map(({ after }) => after / most),
    note: scale === 'value' ? '' : `${words('compare.klHelp')}: ${formatNumber(klNats, 3)}`,
  };
}

function numbers<Item>(title: string, items: readonly Item[], cell: (item: Item) => string): TableColumn {
  return { title, align: 'end', cells: items.map(cell) };
}
