/**
 * From the logits of one place to the probabilities that a token is drawn from: temperature, top-k, top-p (nucleus sampling,
 * Holtzman et al. 2020, "The Curious Case of Neural Text Degeneration", section 3.1), over the whole vocabulary.
 */
import { ModelError } from '../errors.ts';
import { largestLogit } from '../trace/distribution.ts';
import { Ranking } from './ranking.ts';
import type { Filters } from './types.ts';

/** Far above what anybody draws with; more is a slip of the hand. */
const HOTTEST = 1000;

/** Probabilities by id, f64 [vocabulary] each, as in RankedToken. */
export interface Filtered {
  readonly logits: Float32Array;
  readonly filters: Filters;
  /** Ids by rank: largest logit first, the smaller id where two are equal. */
  readonly ranking: Ranking;
  readonly probability: Float64Array;
  readonly tempered: Float64Array;
  readonly keptByTopK: number;
  /** The first `kept` ranks are what a token is drawn from. */
  readonly kept: number;
  /** Their share of `tempered`. */
  readonly keptMass: number;
}

/**
 * @param logits f32 [vocabulary]
 * @throws ModelError `bad-request` for filters that are none, or logits that are not finite
 */
export function filtered(logits: Float32Array, filters: Filters): Filtered {
  assertFilters(filters);
  const { temperature, topK, topP } = filters;
  const probability = softmax(logits, 1);
  const tempered = temperature === 1 ? probability : softmax(logits, temperature);
  const ranking = new Ranking(logits);
  const size = logits.length;
  const keptByTopK = Math.min(topK ?? size, size);
  const mass = keptByTopK === size ? 1 : ranksTo(tempered, ranking, keptByTopK, Infinity).mass;
  const nucleus = topP === 1 ? { ranks: keptByTopK, mass } : ranksTo(tempered, ranking, keptByTopK, topP * mass);
  return { logits, filters, ranking, probability, tempered, keptByTopK, kept: nucleus.ranks, keptMass: nucleus.mass };
}

/** What the token `id` of rank `rank` is drawn with; 0 for one that the filters leave out. */
export function sampledOf({ tempered, kept, keptMass }: Filtered, id: number, rank: number): number {
  return rank < kept ? tempered[id]! / keptMass : 0;
}

/** The rank of a token, from 0. @throws ModelError `bad-request` for an id that is not in the vocabulary */
export function rankOf({ logits }: Filtered, id: number): number {
  if (!Number.isInteger(id) || id < 0 || id >= logits.length) {
    const message = `There is no candidate ${id}; this model predicts among ${logits.length}, counted from 0.`;
    throw new ModelError('bad-request', 'candidate-missing', message, { id, size: logits.length });
  }
  const logit = logits[id]!;
  let rank = 0;
  for (let other = 0; other < logits.length; other++) {
    if (logits[other]! > logit || (logits[other] === logit && other < id)) rank++;
  }
  return rank;
}

/** Entropy −Σ p·log₂ p in bits of the three distributions (Shannon 1948). */
export function entropies(place: Filtered): { model: number; tempered: number; sampled: number } {
  const { probability, tempered, ranking, kept, keptMass } = place;
  const ofTempered = bits(tempered);
  const draws = (): Float64Array => Float64Array.from(ranking.first(kept), (id) => tempered[id]! / keptMass);
  const sampled = kept === tempered.length ? ofTempered : bits(draws());
  return { model: bits(probability), tempered: ofTempered, sampled };
}

/**
 * The token that a random number falls on: the kept tokens share [0, 1) in the order of their ranks.
 * @param number in [0, 1)
 */
export function drawnToken(place: Filtered, number: number): { readonly id: number; readonly rank: number } {
  const { tempered, ranking, kept, keptMass } = place;
  const share = number * keptMass;
  // The shares may sum to a hair less than 1.
  const rank = Math.min(kept, ranksTo(tempered, ranking, kept, share, 'above').ranks) - 1;
  return { id: ranking.first(rank + 1)[rank]!, rank };
}

/** How many ranks are looked at first, and by how much more each time they are not enough. */
const FIRST_RANKS = 256;
const MORE = 8;

/**
 * The fewest first ranks that have a share together, at least one, at most `most`; and what they have.
 * @param reaches `to`: their share is at least `share`; `above`: it is more
 */
function ranksTo(
  probabilities: Float64Array,
  ranking: Ranking,
  most: number,
  share: number,
  reaches: 'to' | 'above' = 'to',
): { readonly ranks: number; readonly mass: number } {
  let mass = 0;
  let rank = 0;
  for (let count = FIRST_RANKS; rank < most; count *= MORE) {
    const first = ranking.first(Math.min(share === Infinity ? most : count, most));
    for (; rank < first.length; rank++) {
      mass += probabilities[first[rank]!]!;
      if (reaches === 'to' ? mass >= share : mass > share) return { ranks: rank + 1, mass };
    }
  }
  return { ranks: most, mass };
}

/** softmax(logits ÷ temperature) in double precision. @throws ModelError for logits that are not finite */
function softmax(logits: Float32Array, temperature: number): Float64Array {
  const maximum = largestLogit(logits);
  const values = new Float64Array(logits.length);
  let sum = 0;
  for (let id = 0; id < values.length; id++) sum += values[id] = Math.exp((logits[id]! - maximum) / temperature);
  for (let id = 0; id < values.length; id++) values[id]! /= sum;
  return values;
}

function bits(probabilities: Float64Array): number {
  let sum = 0;
  for (const probability of probabilities) if (probability > 0) sum -= probability * Math.log2(probability);
  return Math.max(0, sum);
}

/** @throws ModelError `bad-request` naming the value and what was expected */
export function assertFilters({ temperature, topK, topP }: Filters): void {
  if (!(temperature > 0 && temperature <= HOTTEST)) {
    throw wrong(
      'temperature',
      temperature,
      `a number above 0, at most ${HOTTEST}; greedy takes the most probable token`,
    );
  }
  if (topK !== null && !(Number.isInteger(topK) && topK >= 1))
    throw wrong('top-k', topK, 'a whole number from 1, or none');
  if (!(topP > 0 && topP <= 1)) throw wrong('top-p', topP, 'a share above 0, at most 1');
}

function wrong(name: 'temperature' | 'top-k' | 'top-p', value: number, expected: string): ModelError {
  const message = `The ${name} is ${value}; expected ${expected}.`;
  return new ModelError('bad-request', `filter-${name}`, message, { value });
}
