/** What `headlight run` prints: a run's tokens and predictions, and what interventions changed in them. */
import type { Intervention, Prediction, PredictionChange, Token, Trace } from '../../native-models/index.ts';
import { trueMinus } from '../../renderer/figures/number.ts';
import { interventionWords } from './interventions.ts';
import { counted, plainLine, textTable } from './table.ts';

export interface RunReport {
  readonly trace: Trace;
  readonly interventions: readonly Intervention[];
  /** Of the run with its interventions. */
  readonly predictions: readonly Prediction[];
  /** Against the untouched model; empty without interventions. */
  readonly changes: readonly PredictionChange[];
}

export function runReportJson({ trace, interventions, predictions, changes }: RunReport): string {
  const { entry, device, head, openSeconds } = trace.model;
  const result = {
    model: entry.id,
    family: entry.family,
    device: device.id,
    head,
    tokens: trace.tokens,
    interventions,
    predictions,
    changes,
    seconds: trace.seconds,
    openSeconds,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

export function runReportText({ trace, interventions, predictions, changes }: RunReport): string {
  const { model, tokens, seconds } = trace;
  const facts = `${model.entry.id} · ${counted(tokens.length, 'token')} · ${model.device.id} · ${(seconds * 1000).toFixed(0)} ms\n`;
  const whatIf = interventionWords(interventions).map((words) => `What if: ${words}\n`);
  const answers =
    interventions.length === 0
      ? predictions.map((prediction) => `\n${heading(prediction, tokens)}\n${candidateTable(prediction)}`)
      : changes.map((change) => `\n${heading(change, tokens)} ${divergence(change)}\n${changeTable(change)}`);
  const nothing = `\n${nothingPredicted(model.head, model.maskToken)}\n`;
  return `${facts}${whatIf.join('')}\n${tokenTable(tokens)}${answers.join('') || nothing}`;
}

function tokenTable(tokens: readonly Token[]): string {
  const place = ({ start, end, part }: Token) =>
    start === null || end === null ? '' : `${start}–${end}${part === 1 ? ' of the second text' : ''}`;
  const rows = tokens.map((token) => [
    String(token.index),
    String(token.id),
    plainLine(token.piece),
    plainLine(token.text),
    place(token),
  ]);
  return textTable([['TOKEN', 'ID', 'PIECE', 'TEXT', 'CHARACTERS'], ...rows], [0, 1]);
}

function heading({ kind, position }: Pick<Prediction, 'kind' | 'position'>, tokens: readonly Token[]): string {
  const token = `token ${position}, ${JSON.stringify(tokens[position]?.text ?? '')}`;
  if (kind === 'classification') return 'Classes of the whole text:';
  return kind === 'next-token' ? `What comes after ${token}:` : `What fills ${token}:`;
}

function candidateTable({ candidates }: Prediction): string {
  return textTable(
    candidates.map(({ id, text, probability }) => [percent(probability), plainLine(JSON.stringify(text)), String(id)]),
    [0],
  );
}

/** Three significant digits; KL(before ‖ after) as comparePredictions defines it. */
function divergence({ klNats }: PredictionChange): string {
  return `KL(before ‖ after) = ${trueMinus(String(Number(klNats.toPrecision(3))))} nats`;
}

/** Δ in percentage points. */
function changeTable({ candidates }: PredictionChange): string {
  const rows = candidates.map(({ id, text, before, after, delta }) => [
    percent(before),
    percent(after),
    points(delta),
    plainLine(JSON.stringify(text)),
    String(id),
  ]);
  return textTable([['BEFORE', 'AFTER', 'Δ', 'TEXT', 'ID'], ...rows], [0, 1, 2]);
}

function percent(probability: number): string {
  return `${(probability * 100).toFixed(2)} %`;
}

/** A difference of two probabilities; one that rounds to 0 has no sign. */
function points(delta: number): string {
  const size = Math.abs(delta * 100).toFixed(2);
  const sign = Number(size) === 0 ? '' : delta < 0 ? '−' : '+';
  return `${sign}${size}`;
}

function nothingPredicted(head: Trace['model']['head'], maskToken: string | null): string {
  return head === 'masked-token' && maskToken !== null
    ? `This model fills masks; put ${maskToken} in the text to see its candidates.`
    : 'This model has no prediction head.';
}
