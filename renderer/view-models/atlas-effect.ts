/** What the heads are ranked by: the question to the engine, and the prediction in words. */
import type { Candidate, OpenedModel, Ranking } from '../../electron/api/index.ts';
import type { AppState, Run } from '../state/app-state.ts';
import { shownRun } from '../state/changed-run.ts';
import type { RankingQuestion } from '../state/changes.ts';
import { shownPosition } from '../state/predictions.ts';
import type { Translate } from './failure.ts';
import { formatNumber, tokenLabel } from './format.ts';
import type { EffectQuantity } from './head-quantity.ts';

/** The question about the shown prediction of the shown run; null where there is no prediction, or none yet. */
export function rankingQuestion(state: AppState): RankingQuestion | null {
  const { changed, covered, selection, whatIf } = state;
  const run = shownRun(state);
  const { result, model } = run;
  if (covered !== null || result === null || model === null || model.head === 'none') return null;
  // The changed run is waited for: the original in its place is shown for a moment only.
  if (whatIf.view !== 'original' && changed.status === 'running' && changed.result === null) return null;
  const position = shownPosition(run, selection);
  return { traceId: result.traceId, position: position === result.predictions[0]?.position ? null : position };
}

/** The prediction that a ranking is of, by itself: its text may be gone while it is still shown. */
export interface RankedPrediction {
  readonly head: OpenedModel['head'];
  readonly scale: OpenedModel['scale'];
  /** The token that predicts; empty for a classification of the whole text. */
  readonly token: string;
  readonly candidate: Candidate;
}

/** null before the model and its tokens are known. */
export function rankedPrediction(
  { result, model }: Pick<Run, 'result' | 'model'>,
  { position, candidate }: Ranking,
): RankedPrediction | null {
  if (result === null || model === null) return null;
  return { head: model.head, scale: model.scale, token: result.tokens[position]?.text ?? '', candidate };
}

/** The prediction in words: `probability of “cat” after “the”: 0.213`. */
export function predictionCaption(quantity: EffectQuantity, prediction: RankedPrediction, words: Translate): string {
  const { head, scale, token, candidate } = prediction;
  const where = words(`effect.where.${head}`, { token: quoted(token) });
  const value = formatNumber(followed(quantity, candidate), 3);
  // A value is the logit itself, whatever of it the heads are ranked by.
  const key = scale === 'value' ? 'effect.of.value' : quantity.replace('.', '.of.');
  return words(key, { candidate: quoted(candidate.text), where, value });
}

/** Without the space that a word begins with in some vocabularies. */
const quoted = (text: string): string => `“${tokenLabel(text).trim()}”`;

/** What of the candidate the caption gives: its logit where that is what changes, else its probability. */
export function followed(quantity: EffectQuantity, { logit, probability }: Candidate): number {
  return quantity === 'effect.deltaLogit' ? logit : probability;
}
