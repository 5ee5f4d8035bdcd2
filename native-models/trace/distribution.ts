/** Probability distributions over a vocabulary (or classes), in double precision from f32 logits. */
import { ModelError } from '../errors.ts';

/**
 * ln softmax: logits [size] → natural logarithms of probabilities [size].
 * @throws ModelError `bad-request` for logits that are NaN or +∞, where a factor was so large that float32 overflowed
 */
export function logProbabilities(logits: Float32Array): Float64Array {
  const maximum = largestLogit(logits);
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - maximum);
  const total = maximum + Math.log(sum);
  const logs = new Float64Array(logits.length);
  for (let id = 0; id < logs.length; id++) logs[id] = logits[id]! - total;
  return logs;
}

/** @throws ModelError as logProbabilities */
export function largestLogit(logits: Float32Array): number {
  let maximum = -Infinity;
  for (const logit of logits) maximum = Math.max(maximum, logit);
  if (Number.isFinite(maximum)) return maximum;
  const message = 'The logits are not finite numbers; a factor so large overflows float32. Choose a smaller one.';
  throw new ModelError('bad-request', 'logits-not-finite', message);
}

/**
 * KL(P ‖ Q) = Σ P·ln(P/Q) in nats (Kullback & Leibler 1951), from ln P and ln Q of the same length. What has no probability in P
 * adds nothing; rounding never makes it negative.
 */
export function divergence(p: Float64Array, q: Float64Array): number {
  let sum = 0;
  for (let id = 0; id < p.length; id++) {
    const probability = Math.exp(p[id]!);
    if (probability > 0) sum += probability * (p[id]! - q[id]!);
  }
  return Math.max(0, sum);
}
