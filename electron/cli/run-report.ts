/** What `headlight run` prints: a run's tokens and predictions, and what interventions changed in them. */
import type { Intervention, Prediction, PredictionChange, Scale, Token, Trace } from '../../native-models/index.ts';
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
  const { entry, device, head, scale, openSeconds } = trace.model;
  const result = {
    model: entry.id,
    family: entry.family,
    device: device.id,
    head,
    scale,
    tokens: trace.tokens,
    interventions,
    predictions: scale === 'value' ? predictions.map(withValues) : predictions,
    changes,
    seconds: trace.seconds,
    openSeconds,
  };
  return `${JSON.stringify(result, null, 2)}\n`;
}

/** A value is no probability, and is not called one. */
function withValues({ candidates, ...prediction }: Prediction) {
  return { ...prediction, candidates: candidates.map(({ id, text, logit }) => ({ id, text, value: logit })) };
}

export function runReportText({ trace, interventions, predictions, changes }: RunReport): string {
  const { model, tokens, seconds } = trace;
  const facts = `${model.entry.id} · ${counted(tokens.length, 'token')} · ${model.device.id} · ${(seconds * 1000).toFixed(0)} ms\n`;
  const whatIf = interventionWords(interventions).map((words) => `What if: ${words}\n`);
  const { scale } = model;
  const nothing = `\n${nothingPredicted(model.head, model.maskToken)}\n`;
  const before = `${facts}${whatIf.join('')}\n`;
  if (model.head === 'token-classification') return `${before}${labelTable(tokens, predictions, changes)}`;
  const answers =
    interventions.length === 0
      ? predictions.map((each) => `\n${heading(each, tokens, scale)}\n${candidateTable(each, scale)}`)
      : changes.map(
          (each) =>
            `\n${heading(each, tokens, scale)}${scale === 'value' ? '' : ` ${divergence(each)}`}\n${changeTable(each, scale)}`,
        );
  return `${before}${textTable([TOKEN_COLUMNS, ...tokens.map(tokenCells)], [0, 1])}${answers.join('') || nothing}`;
}

const TOKEN_COLUMNS = ['TOKEN', 'ID', 'PIECE', 'TEXT', 'CHARACTERS'];

function tokenCells({ index, id, piece, text, start, end, part }: Token): string[] {
  const place = start === null || end === null ? '' : `${start}–${end}${part === 1 ? ' of the second text' : ''}`;
  return [String(index), String(id), plainLine(piece), plainLine(text), place];
}

/** Tokens with their most probable label; with interventions, how far its prediction moved and what the untouched model says. */
function labelTable(
  tokens: readonly Token[],
  predictions: readonly Prediction[],
  changes: readonly PredictionChange[],
): string {
  const label = (text: string, probability: number) => [plainLine(text), percent(probability)];
  const rows = tokens.map((token) => {
    const isHere = ({ position }: Pick<Prediction, 'position'>) => position === token.index;
    const own = predictions.find(isHere)?.candidates[0];
    const change = changes.find(isHere);
    const was = change?.candidates[0];
    const before =
      change === undefined || was === undefined ? ['', '', ''] : [...label(was.text, was.before), nats(change)];
    const now = own === undefined ? ['', ''] : label(own.text, own.probability);
    return [...tokenCells(token), ...now, ...(changes.length > 0 ? before : [])];
  });
  const changed = changes.length > 0 ? ['BEFORE', 'PROBABILITY', 'KL'] : [];
  return textTable([[...TOKEN_COLUMNS, 'LABEL', 'PROBABILITY', ...changed], ...rows], [0, 1, 6, 8, 9]);
}

const OF_TEXT: Readonly<Record<Scale, string>> = {
  softmax: 'Classes of the whole text:',
  sigmoid: 'Classes of the whole text, each by itself:',
  value: 'Values of the whole text (no probabilities):',
};

function heading(
  { kind, position }: Pick<Prediction, 'kind' | 'position'>,
  tokens: readonly Token[],
  scale: Scale,
): string {
  const token = `token ${position}, ${JSON.stringify(tokens[position]?.text ?? '')}`;
  if (kind === 'classification') return OF_TEXT[scale];
  return kind === 'next-token' ? `What comes after ${token}:` : `What fills ${token}:`;
}

function candidateTable({ candidates }: Prediction, scale: Scale): string {
  return textTable(
    candidates.map(({ id, text, probability }) => [
      score(probability, scale),
      plainLine(JSON.stringify(text)),
      String(id),
    ]),
    [0],
  );
}

/** KL(before ‖ after) as comparePredictions defines it. */
function divergence(change: PredictionChange): string {
  return `KL(before ‖ after) = ${nats(change)} nats`;
}

/** Three significant digits. */
function nats({ klNats }: PredictionChange): string {
  return trueMinus(String(Number(klNats.toPrecision(3))));
}

/** Δ in percentage points; of values, in their own unit. */
function changeTable({ candidates }: PredictionChange, scale: Scale): string {
  const rows = candidates.map(({ id, text, before, after, delta }) => [
    score(before, scale),
    score(after, scale),
    points(scale === 'value' ? delta / 100 : delta, scale === 'value' ? 4 : 2),
    plainLine(JSON.stringify(text)),
    String(id),
  ]);
  return textTable([['BEFORE', 'AFTER', 'Δ', 'TEXT', 'ID'], ...rows], [0, 1, 2]);
}

/** A probability in percent, or a value as it is. */
function score(value: number, scale: Scale): string {
  return scale === 'value' ? trueMinus(value.toFixed(4)) : percent(value);
}

function percent(probability: number): string {
  return `${(probability * 100).toFixed(2)} %`;
}

/** A difference of two probabilities; one that rounds to 0 has no sign. */
function points(delta: number, digits: number): string {
  const size = Math.abs(delta * 100).toFixed(digits);
  const sign = Number(size) === 0 ? '' : delta < 0 ? '−' : '+';
  return `${sign}${size}`;
}

function nothingPredicted(head: Trace['model']['head'], maskToken: string | null): string {
  return head === 'masked-token' && maskToken !== null
    ? `This model fills masks; put ${maskToken} in the text to see its candidates.`
    : 'This model has no prediction head.';
}
