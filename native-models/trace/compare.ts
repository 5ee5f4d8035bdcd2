/** What changed in a model's predictions between two runs of the same text, without and with interventions. */
import { ModelError } from '../errors.ts';
import type { CandidateChange, HeadKind, PredictionChange, Scale } from '../types.ts';
import { predictionLogits, topCandidates } from './predict.ts';
import type { CandidateName } from './predict.ts';
import { scoreDivergence, scoresOf } from './scale.ts';
import type { TraceData } from './trace.ts';

/**
 * The changes at some positions, in their order.
 * @param positions token indices; ignored for a classification, which reads the first token
 * @param count how many of the top candidates of each run are listed
 * @throws ModelError `bad-request` for runs of different texts, a model without a head, a position that is not there, or logits
 *   that are not finite
 */
export async function compareAt(
  before: TraceData,
  after: TraceData,
  kind: HeadKind,
  positions: readonly number[],
  count: number,
  nameOf: CandidateName,
): Promise<readonly PredictionChange[]> {
  assertSameText(before, after);
  const rows = await predictionLogits(before, kind, positions);
  const changed = await predictionLogits(after, kind, positions);
  return rows.map(({ position, logits }, at) => ({
    kind: kind as PredictionChange['kind'],
    position,
    ...compareLogits(logits, changed[at]!.logits, count, nameOf, before.source.traced.scale),
  }));
}

/**
 * Two rows of logits over the same vocabulary, or labels.
 *
 * `klNats` is KL(P ‖ Q) = Σ P·ln(P/Q), with P the prediction before and Q the one after, the direction in which circuits and
 * ablations are judged (Conmy et al. 2023, section 3: the whole model first, the changed one second): what it costs, in nats, to
 * expect Q where the untouched model says P.
 * `candidates` are the `count` most probable of before and of after together, sorted by their probability before (then by id), so
 * that the rows of an untouched model stay where they are, and newcomers come last.
 * @throws ModelError `bad-request` for logits that are NaN or +∞, where a factor was so large that float32 overflowed
 */
export function compareLogits(
  before: Float32Array,
  after: Float32Array,
  count: number,
  nameOf: CandidateName,
  scale: Scale = 'softmax',
): Pick<PredictionChange, 'klNats' | 'candidates'> {
  const [p, q] = [scoresOf(before, scale), scoresOf(after, scale)];
  const ids = new Set([before, after].flatMap((logits) => topCandidates(logits, count, nameOf).map(({ id }) => id)));
  const candidates = [...ids].map((id): CandidateChange => {
    const [was, is] = [p.of[id]!, q.of[id]!];
    return { id, text: nameOf(id), before: was, after: is, delta: is - was };
  });
  return {
    klNats: scoreDivergence(p, q),
    candidates: candidates.sort((a, b) => b.before - a.before || a.id - b.id),
  };
}

/** @throws ModelError `bad-request` with reason `texts-differ` */
export function assertSameText({ ids, tokens }: TraceData, other: TraceData): void {
  const same =
    ids.length === other.ids.length &&
    ids.every((id, index) => id === other.ids[index] && tokens[index]?.part === other.tokens[index]?.part);
  if (same) return;
  const message = `The two runs are of different texts, ${ids.length} and ${other.ids.length} tokens; only runs of one text can be compared.`;
  throw new ModelError('bad-request', 'texts-differ', message, { before: ids.length, after: other.ids.length });
}
