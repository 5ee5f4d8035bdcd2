/**
 * Which heads matter for a prediction: each head is knocked out in turn (its context times 0), and what the model then predicts is
 * compared with what it predicted (one ablation a head, as Michel et al. 2019, "Are Sixteen Heads Really Better than One?", section 3).
 */
import { ModelError } from '../errors.ts';
import type { Fetched } from '../session/runtime.ts';
import type { Stepwise } from '../stepwise.ts';
import { floats } from '../trace/feeds.ts';
import { predictionLogits } from '../trace/predict.ts';
import type { CandidateName } from '../trace/predict.ts';
import { scoreDivergence, scoresOf } from '../trace/scale.ts';
import type { Scores } from '../trace/scale.ts';
import type { TraceData } from '../trace/trace.ts';
import type { Candidate, HeadKind, RankedHead } from '../types.ts';
import { ablationFeeds, batchSize } from './batch.ts';
import type { HeadPlace } from './batch.ts';

/** The prediction that heads are ranked by. */
export interface RankedPrediction {
  /** What the model predicts with: its kind of head, never `none`. */
  readonly kind: HeadKind;
  /** The token whose final hidden state predicts; of no account for a classification. */
  readonly position: number;
  /** The id whose probability is followed; by default the most probable one. */
  readonly candidate: number | null;
  readonly nameOf: CandidateName;
}

/** What the run itself predicts. */
interface Baseline {
  readonly candidate: Candidate;
  readonly scores: Scores;
}

/** The ranking of a run's heads by one prediction, a batch of ablations at a time. */
export class HeadRanking implements Stepwise<readonly RankedHead[]> {
  readonly #trace: TraceData;
  readonly #prediction: RankedPrediction;
  readonly #heads: readonly HeadPlace[];
  readonly #ranked: RankedHead[] = [];
  readonly #together: number;
  #baseline: Baseline | null = null;

  /**
   * @param trace the run to start from; what was changed in it stays changed in every ablation
   * @param together how many heads a step takes, each in an ablation of its own
   */
  constructor(trace: TraceData, prediction: RankedPrediction, together?: number) {
    const { stacks } = trace.source.traced;
    this.#trace = trace;
    this.#prediction = prediction;
    this.#heads = stacks.flatMap(headsOf);
    this.#together = together ?? batchSize(stacks, trace.ids.length);
  }

  get fraction(): number {
    return this.#heads.length === 0 ? 1 : this.#ranked.length / this.#heads.length;
  }

  /** −1 for a classification of the whole text. */
  get position(): number {
    return this.#prediction.kind === 'classification' ? -1 : this.#prediction.position;
  }

  /** What the heads are ranked by, as the run predicts it; null before the first step. */
  get candidate(): Candidate | null {
    return this.#baseline?.candidate ?? null;
  }

  /**
   * Runs the next batch of ablations.
   * @returns after the last one, every head of every stack with self-attention, layers first; else null
   * @throws ModelError `bad-request` for a model without a head, a position or a candidate that is not there, or logits that
   *   are not finite
   */
  async step(): Promise<readonly RankedHead[] | null> {
    this.#baseline ??= await this.#begin();
    const done = this.#ranked.length;
    const batch = this.#heads.slice(done, done + this.#together);
    if (batch.length > 0) this.#ranked.push(...(await this.#ablate(batch, this.#baseline)));
    return this.#ranked.length < this.#heads.length ? null : this.#ranked;
  }

  async #begin(): Promise<Baseline> {
    const { kind, position, candidate, nameOf } = this.#prediction;
    const [row] = await predictionLogits(this.#trace, kind, [position]);
    const { logits } = row!;
    const scores = scoresOf(logits, this.#trace.source.traced.scale);
    const id = candidate ?? largest(logits);
    const logit = logits[id];
    if (logit === undefined) throw noCandidate(id, logits.length);
    return { scores, candidate: { id, text: nameOf(id), logit, probability: scores.of[id]! } };
  }

  async #ablate(batch: readonly HeadPlace[], { candidate, scores }: Baseline): Promise<readonly RankedHead[]> {
    const row = this.#prediction.kind === 'classification' ? 0 : this.#prediction.position;
    const rows = await logitsWithout(this.#trace, batch, row);
    return batch.map(({ stack, layer, head }, at) => {
      const logits = rows[at]!;
      const without = scoresOf(logits, scores.scale);
      return {
        stack: stack.name,
        layer,
        head,
        deltaProbability: without.of[candidate.id]! - candidate.probability,
        deltaLogit: logits[candidate.id]! - candidate.logit,
        klNats: scoreDivergence(scores, without),
      };
    });
  }
}

function headsOf(stack: HeadPlace['stack']): HeadPlace[] {
  if (!stack.sites.includes('self')) return [];
  return Array.from({ length: stack.layers * stack.heads }, (_, at) => ({
    stack,
    layer: Math.floor(at / stack.heads),
    head: at % stack.heads,
  }));
}

/** The logits at one row of the text, without each of the heads: f32 [vocab] a head. Only final hidden states leave the graph. */
async function logitsWithout(
  trace: TraceData,
  heads: readonly HeadPlace[],
  row: number,
): Promise<readonly Float32Array[]> {
  const { body, head, traced } = trace.source;
  const stack = traced.stacks.at(-1)!;
  const name = `${stack.name}.final`;
  const final = (await body.run(ablationFeeds(trace, heads), [name])).get(name) as Fetched;
  const chosen = new Float32Array(heads.length * stack.hidden);
  heads.forEach((_, at) => {
    const start = (at * trace.ids.length + row) * stack.hidden;
    chosen.set(final.data.subarray(start, start + stack.hidden), at * stack.hidden);
  });
  const logits = (await head!.run({ final: floats(chosen, [heads.length, stack.hidden]) }, ['logits'])).get('logits')!;
  const size = logits.data.length / heads.length;
  return heads.map((_, at) => logits.data.subarray(at * size, (at + 1) * size));
}

/** The smallest id of the largest logit. */
function largest(logits: Float32Array): number {
  let best = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id]! > logits[best]!) best = id;
  return best;
}

function noCandidate(id: number, size: number): ModelError {
  const message = `There is no candidate ${id}; this model predicts among the ids 0…${size - 1}.`;
  return new ModelError('bad-request', 'candidate-missing', message, { id, size });
}
