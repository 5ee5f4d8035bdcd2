/** The labels of a text's tokens, as its view and its table show them. */
import type { Prediction, PredictionChange, Token } from '../../electron/api/index.ts';
import type { TextTableInput } from '../figures/text-table.ts';
import type { Translate } from './failure.ts';
import { formatNumber, tokenLabel } from './format.ts';
import { topCandidates } from './what-if-outcome.ts';

export interface LabelledToken {
  readonly token: Token;
  /** null for a token without a label of its own: those that the tokenizer adds. */
  readonly label: { readonly text: string; readonly probability: number; readonly kind: number | null } | null;
  /** The label before the changes, where it is another one. */
  readonly was: string | null;
}

/** What a label is of, without the place in it that IOB schemes (Ramshaw & Marcus 1995) put before: `B-PER` → `PER`. */
const kindOf = (label: string): string => label.replace(/^[BIESLU]-/u, '');
/** What is outside of all that is looked for. */
const OUTSIDE = 'O';

/**
 * Every token with its most probable label.
 * @param labels of the model; the kind of a label is its place among what they are of, null for outside
 * @param changes in the place of the predictions, where what changes did is looked at; null: as the model is
 */
export function labelledTokens(
  { tokens, predictions }: { readonly tokens: readonly Token[]; readonly predictions: readonly Prediction[] },
  labels: readonly string[],
  changes: readonly PredictionChange[] | null,
): readonly LabelledToken[] {
  const kinds = [...new Set(labels.filter((label) => label !== OUTSIDE).map(kindOf))];
  const labelOf = (text: string, probability: number) => {
    const kind = kinds.indexOf(kindOf(text));
    return { text, probability, kind: text === OUTSIDE || kind < 0 ? null : kind };
  };
  const own = new Map(predictions.map(({ position, candidates: [best] }) => [position, best]));
  const tops = new Map(changes?.map(({ position, candidates }) => [position, topCandidates(candidates)]));
  return tokens.map((token): LabelledToken => {
    const best = own.get(token.index);
    const top = tops.get(token.index);
    if (top) {
      const { before, after } = top;
      return { token, label: labelOf(after.text, after.after), was: before.id === after.id ? null : before.text };
    }
    return { token, label: best === undefined ? null : labelOf(best.text, best.probability), was: null };
  });
}

/** Tokens and labels as a table to take along; bars are the probabilities. */
export function labelsTable(
  rows: readonly LabelledToken[],
  words: Translate,
): Pick<TextTableInput, 'columns' | 'bars' | 'note'> {
  const cells = (cell: (row: LabelledToken) => string): string[] => rows.map(cell);
  const column = (name: string): string => words(`stage.columns.${name}`);
  const probability = ({ label }: LabelledToken): string => (label === null ? '–' : formatNumber(label.probability, 3));
  return {
    columns: [
      { title: column('index'), align: 'end', cells: cells(({ token }) => String(token.index)) },
      { title: column('text'), align: 'start', cells: cells(({ token }) => tokenLabel(token.text)) },
      { title: column('label'), align: 'start', cells: cells(({ label }) => label?.text ?? '–') },
      { title: words('stage.probability'), align: 'end', cells: cells(probability) },
    ],
    bars: rows.map(({ label }) => label?.probability ?? 0),
    note: '',
  };
}
