/** How much of the points' neighbourhoods a projection keeps. */
import { NearestList, squaredDistances } from './nearest.ts';
import { sampleIndices, seededRandom } from './random.ts';
import { finishSteps } from './steps.ts';
import type { Steps } from './steps.ts';
import { ProjectionError } from './types.ts';
import type { Points, Preservation } from './types.ts';

export interface PreservationOptions {
  /** Neighbours that are compared; by default 10, or half of the other points where they are fewer than 20. */
  readonly k?: number;
  /** Points that are looked at, at most. */
  readonly sample?: number;
  readonly seed?: number;
}

const NEIGHBOURS = 10;
const SAMPLE = 1000;
/** Where even a few points are compared to very many, fewer are looked at: multiplications in all, and points at least. */
const MOST_WORK = 2e9;
const LEAST_SAMPLE = 100;

/** @throws ProjectionError as `preservationSteps` */
export function preservationOf(points: Points, projected: Points, options: PreservationOptions = {}): Preservation {
  return finishSteps(preservationSteps(points, projected, options));
}

/**
 * The share of each point's k nearest neighbours in the original space that are among its k nearest in the projection, by Euclidean
 * distance, averaged over points; and trustworthiness (Venna and Kaski 2001, equation 1), averaged over the same points. Equally
 * near points count in their order.
 * @param projected the same points in the picture
 * @throws ProjectionError `too-few-points` for fewer than two, `invalid-setting` for k that is not 1 to the other points
 */
export function* preservationSteps(
  points: Points,
  projected: Points,
  { k: asked, sample = SAMPLE, seed = 0 }: PreservationOptions = {},
): Steps<Preservation> {
  const { count, dims } = points;
  if (count < 2)
    throw new ProjectionError('too-few-points', `A projection takes 2 points or more; there are ${count}.`);
  const k = asked ?? Math.max(1, Math.min(NEIGHBOURS, Math.floor((count - 1) / 2)));
  if (!Number.isInteger(k) || k < 1 || k >= count) {
    throw new ProjectionError('invalid-setting', `invalid k: ${k} neighbours of ${count} points`);
  }
  const affordable = Math.max(LEAST_SAMPLE, Math.floor(MOST_WORK / (count * dims)));
  const chosen = sampleIndices(count, Math.min(sample, affordable), seededRandom(seed));
  let [kept, penalty] = [0, 0];
  for (const [at, point] of chosen.entries()) {
    const original = squaredDistances(points, point);
    const near = new Set(nearestOf(original, point, k));
    for (const other of nearestOf(squaredDistances(projected, point), point, k)) {
      if (near.has(other)) kept += 1;
      else penalty += rankOf(original, point, other) - k;
    }
    yield (at + 1) / chosen.length;
  }
  const room = 2 * count - 3 * k - 1;
  return {
    score: kept / (chosen.length * k),
    trustworthiness: room > 0 ? 1 - (2 * penalty) / (chosen.length * k * room) : null,
    k,
    sampled: chosen.length,
  };
}

function nearestOf(squared: Float64Array, point: number, k: number): Int32Array {
  const list = new NearestList(k);
  for (let other = 0; other < squared.length; other += 1) {
    if (other !== point && squared[other]! < list.limit) list.add(other, squared[other]!);
  }
  return list.points;
}

/** Place of a point among the neighbours of another, from 1. */
function rankOf(squared: Float64Array, point: number, other: number): number {
  const distance = squared[other]!;
  let rank = 1;
  for (let at = 0; at < squared.length; at += 1) {
    const nearer = squared[at]! < distance || (squared[at] === distance && at < other);
    if (nearer && at !== point) rank += 1;
  }
  return rank;
}
