/** Sums over one row of logits, in double precision: normalisation, entropy, divergence, ranks. */
import { logProbabilities } from '../trace/distribution.ts';

/** Bits of a nat. */
export const BITS = Math.LOG2E;

export interface RowSums {
  /** ln Σ e^logit: a logit minus it is the logarithm of a probability. */
  readonly logSum: number;
  /** −Σ p·log₂ p (Shannon 1948). */
  readonly entropyBits: number;
  /** The most probable id; the smallest of equal ones. */
  readonly top: number;
}

/**
 * @param logits f32 [vocabulary]
 * @throws ModelError `bad-request` for logits that are not finite
 */
export function sumsOf(logits: Float32Array): RowSums {
  let top = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id]! > logits[top]!) top = id;
  const largest = logits[top]!;
  let sum = 0;
  let weighted = 0;
  for (let id = 0; id < logits.length; id++) {
    const logit = logits[id]! - largest;
    const share = Math.exp(logit);
    sum += share;
    if (share > 0) weighted += share * logit;
  }
  // Not a number, or infinite: the shared function says so.
  if (!Number.isFinite(sum + weighted)) logProbabilities(logits);
  const entropyBits = Math.max(0, (Math.log(sum) - weighted / sum) * BITS);
  return { logSum: largest + Math.log(sum), entropyBits, top };
}

/** Softmax: f64 [vocabulary]. */
export function probabilitiesOf(logits: Float32Array, { logSum }: RowSums): Float64Array {
  const probabilities = new Float64Array(logits.length);
  for (let id = 0; id < logits.length; id++) probabilities[id] = Math.exp(logits[id]! - logSum);
  return probabilities;
}

/** A distribution with its own entropy, to compare others with. */
export interface Reference {
  readonly probabilities: Float64Array;
  readonly entropyBits: number;
}

/** KL(P ‖ Q) in bits (Kullback & Leibler 1951) as cross-entropy − entropy, of P and the logits of Q. Never below 0. */
export function divergenceBits({ probabilities, entropyBits }: Reference, logits: Float32Array, q: RowSums): number {
  let expected = 0;
  for (let id = 0; id < logits.length; id++) {
    const probability = probabilities[id]!;
    if (probability > 0) expected += probability * logits[id]!;
  }
  return Math.max(0, (q.logSum - expected) * BITS - entropyBits);
}

/** How many tokens are more probable; of equal ones those with a smaller id. */
export function rankIn(logits: Float32Array, id: number): number {
  const logit = logits[id]!;
  let rank = 0;
  for (let other = 0; other < logits.length; other++) {
    const value = logits[other]!;
    if (value > logit || (value === logit && other < id)) rank++;
  }
  return rank;
}

/** Of one id. */
export function probabilityIn(logits: Float32Array, { logSum }: RowSums, id: number): number {
  return Math.exp(logits[id]! - logSum);
}
