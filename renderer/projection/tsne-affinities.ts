/** The probabilities of t-SNE that points are neighbours (van der Maaten and Hinton 2008, section 2). */
import type { Nearest } from './nearest.ts';
import type { Steps } from './steps.ts';

/** Halvings of the search for a point's bandwidth, and how near the entropy must come to ln(perplexity), in nats. */
const HALVINGS = 100;
const TOLERANCE = 1e-5;

/**
 * The conditional probabilities p(j|i) over each point's neighbours, with the bandwidth that gives the distribution the perplexity;
 * the other points have none (van der Maaten 2014, section 3.1).
 * @returns [count, k]; each row sums to 1
 */
export function* conditionalProbabilities({ k, distances }: Nearest, perplexity: number): Steps<Float64Array> {
  const count = distances.length / k;
  const probabilities = distances.map((distance) => distance * distance);
  for (let point = 0; point < count; point += 1) {
    toProbabilities(probabilities.subarray(point * k, (point + 1) * k), Math.log(perplexity));
    if (point % 256 === 0) yield point / count;
  }
  return probabilities;
}

/** Squared distances in place to probabilities ∝ exp(−β·d²), whose entropy is `wanted` nats where that can be. */
function toProbabilities(row: Float64Array, wanted: number): void {
  const nearest = row.reduce((least, value) => Math.min(least, value), Infinity);
  row.forEach((value, at) => (row[at] = value - nearest));
  let [low, high] = [0, Infinity];
  // From the scale of the distances, so that points of any size are as quickly done.
  let beta =
    row.length /
    Math.max(
      row.reduce((sum, value) => sum + value, 0),
      Number.MIN_VALUE * row.length,
    );
  if (!Number.isFinite(beta)) beta = 1;
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const excess = entropyOf(row, beta) - wanted;
    if (Math.abs(excess) < TOLERANCE) break;
    if (excess > 0) low = beta;
    else high = beta;
    beta = high === Infinity ? beta * 2 : (low + high) / 2;
    if (!Number.isFinite(beta)) break;
  }
  const bandwidth = Number.isFinite(beta) ? beta : low;
  let sum = 0;
  for (let at = 0; at < row.length; at += 1) sum += row[at] = Math.exp(-bandwidth * row[at]!);
  for (let at = 0; at < row.length; at += 1) row[at]! /= sum;
}

/** Entropy in nats of the probabilities ∝ exp(−β·d²), of which the largest is that of d² = 0. */
function entropyOf(squared: Float64Array, beta: number): number {
  let [sum, weighted] = [0, 0];
  for (const value of squared) {
    const weight = Math.exp(-beta * value);
    sum += weight;
    if (weight > 0) weighted += value * weight;
  }
  return Math.log(sum) + (beta * weighted) / sum;
}
