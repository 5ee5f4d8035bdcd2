/** What the model predicts: the logits of its whole vocabulary (or its labels) on their scale, and the most probable candidates. */
import { ModelError } from '../errors.ts';
import type { Fetched } from '../session/runtime.ts';
import type { Candidate, HeadKind, Prediction, Scale } from '../types.ts';
import { sigmoid } from './scale.ts';
import { runHead } from './slice.ts';
import type { TraceData } from './trace.ts';

/** How candidates are called: token pieces, or the names of labels. */
export type CandidateName = (id: number) => string;

/**
 * The most probable candidates at some positions.
 * @param positions token indices; ignored for a classification, which reads the first token
 * @throws ModelError `bad-request` for a model without a head or a position that is not there
 */
export async function predictAt(
  trace: TraceData,
  kind: HeadKind,
  positions: readonly number[],
  count: number,
  nameOf: CandidateName,
): Promise<readonly Prediction[]> {
  const rows = await predictionLogits(trace, kind, positions);
  return rows.map(({ position, logits }) => ({
    kind: kind as Prediction['kind'],
    position,
    candidates: topCandidates(logits, count, nameOf, trace.source.traced.scale),
  }));
}

/** The logits that one prediction is made from: f32 [vocabulary], or [labels]. */
export interface PredictionLogits {
  /** -1 for a classification. */
  readonly position: number;
  readonly logits: Float32Array;
}

/**
 * The head's logits at some positions.
 * @throws ModelError as predictAt
 */
export async function predictionLogits(
  trace: TraceData,
  kind: HeadKind,
  positions: readonly number[],
): Promise<readonly PredictionLogits[]> {
  if (kind === 'none') throw new ModelError('bad-request', 'no-head', 'This model has no prediction head.');
  const rows = kind === 'classification' ? [0] : positions;
  rows.forEach((row) => {
    assertPosition(row, trace.tokens.length);
  });
  if (rows.length === 0) return [];
  const { data } = (await runHead(trace, rows, ['logits'])).get('logits') as Fetched;
  const size = data.length / rows.length;
  return rows.map((row, at) => ({
    position: kind === 'classification' ? -1 : row,
    logits: data.subarray(at * size, (at + 1) * size),
  }));
}

/** The `count` largest logits with their score on the scale; ties go to the smaller id. */
export function topCandidates(
  logits: Float32Array,
  count: number,
  nameOf: CandidateName,
  scale: Scale = 'softmax',
): readonly Candidate[] {
  const best: number[] = [];
  for (let id = 0; id < logits.length; id++) insertByLogit(best, id, logits, count);
  const scoreOf = scoring(logits, scale);
  return best.map((id) => ({ id, text: nameOf(id), logit: logits[id]!, probability: scoreOf(logits[id]!) }));
}

/** Logit → score; unlike `scoresOf` it takes logits that overflowed, as they come. */
function scoring(logits: Float32Array, scale: Scale): (logit: number) => number {
  if (scale === 'value') return (logit) => logit;
  if (scale === 'sigmoid') return sigmoid;
  let maximum = -Infinity;
  for (const logit of logits) if (logit > maximum) maximum = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - maximum);
  return (logit) => Math.exp(logit - maximum) / sum;
}

function insertByLogit(best: number[], id: number, logits: Float32Array, count: number): void {
  const logit = logits[id]!;
  if (best.length >= count && !(logit > (logits[best[best.length - 1] ?? -1] ?? Infinity))) return;
  let at = best.length;
  while (at > 0 && logits[best[at - 1]!]! < logit) at--;
  best.splice(at, 0, id);
  if (best.length > count) best.pop();
}

function assertPosition(position: number, tokens: number): void {
  if (Number.isInteger(position) && position >= 0 && position < tokens) return;
  throw new ModelError(
    'bad-request',
    'token-missing',
    `There is no token ${position}; the text has tokens 0…${tokens - 1}.`,
    {
      index: position,
      tokens,
    },
  );
}
