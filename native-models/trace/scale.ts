/** What the logits of a prediction mean, and what follows from it: the score of each id, and how far two predictions are apart. */
import type { Scale } from '../types.ts';
import { divergence, largestLogit, logProbabilities } from './distribution.ts';

/** A row of logits on its scale. */
export interface Scores {
  readonly scale: Scale;
  /** f64 [ids]: a probability, 0…1; on the scale `value` the value itself. */
  readonly of: Float64Array;
  /** ln softmax, where that is the scale; else the logits. */
  readonly logs: Float64Array;
}

/** @throws ModelError `bad-request` for logits that are NaN or +∞, where a factor was so large that float32 overflowed */
export function scoresOf(logits: Float32Array, scale: Scale): Scores {
  if (scale === 'softmax') {
    const logs = logProbabilities(logits);
    return { scale, of: logs.map(Math.exp), logs };
  }
  largestLogit(logits);
  const logs = Float64Array.from(logits);
  return { scale, of: scale === 'value' ? logs : logs.map(sigmoid), logs };
}

/**
 * KL(before ‖ after) in nats. Labels that exclude none other are independent, so theirs is the sum of each one's own; values are
 * taken as the means of normal distributions of variance 1, which training on squared errors takes them for: ½(before − after)² each.
 */
export function scoreDivergence(before: Scores, after: Scores): number {
  switch (before.scale) {
    case 'softmax':
      return divergence(before.logs, after.logs);
    case 'sigmoid':
      return before.logs.reduce((sum, logit, id) => sum + labelDivergence(logit, after.logs[id]!), 0);
    case 'value':
      return before.of.reduce((sum, value, id) => sum + (value - after.of[id]!) ** 2 / 2, 0);
  }
}

/** KL of one label that is there or not, from its logits. */
function labelDivergence(before: number, after: number): number {
  const logs = (logit: number) => Float64Array.of(logSigmoid(logit), logSigmoid(-logit));
  return divergence(logs(before), logs(after));
}

export function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

/** ln(1 / (1 + e^−x)), also where e^−x is too large for a number. */
function logSigmoid(x: number): number {
  return x >= 0 ? -Math.log1p(Math.exp(-x)) : x - Math.log1p(Math.exp(x));
}
