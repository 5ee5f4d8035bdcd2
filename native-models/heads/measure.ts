/** The scores of one head on one test sequence, from its exact attention pattern. definitions.ts gives the formulas in words. */
import type { HeadScore } from '../types.ts';
import type { TestSequence } from './sequences.ts';

export interface HeadPattern {
  /** f32 [query, key], row-major; each row sums to 1 over the keys that its query sees. */
  readonly weights: Float32Array;
  readonly tokens: number;
  /** True where query i sees the keys 0…i only. */
  readonly causal: boolean;
}

type Scores<Names extends HeadScore> = Readonly<Record<Names, number>>;
export type RepeatedScores = Scores<'previousToken' | 'nextToken' | 'duplicateToken' | 'induction'>;
export type ProseScores = Scores<'firstToken' | 'separator' | 'self' | 'distance' | 'uniform'>;

/** The scores that the sequence's set is for. Each in 0…1, but `distance` in 0…tokens − 1; NaN where a weight is. */
export function measure(pattern: HeadPattern, sequence: TestSequence): RepeatedScores | ProseScores {
  return sequence.set === 'repeated' ? measureRepeated(pattern, sequence) : measureProse(pattern, sequence);
}

/**
 * On tokens said twice; queries are the random tokens, not what the tokenizer puts around them.
 * @param rounds `first`: the index of the first round's first token; `period`: the tokens of a round
 */
export function measureRepeated(
  pattern: HeadPattern,
  { first, period }: { readonly first: number; readonly period: number },
): RepeatedScores {
  const second = first + period;
  const end = second + period;
  const onOffset = (from: number, to: number, offset: number) =>
    meanOver(from, to, (query) => weight(pattern, query, query + offset));
  return {
    previousToken: share(onOffset(first + 1, end, -1)),
    nextToken: share(onOffset(first, end - 1, 1)),
    duplicateToken: share(onOffset(second, end, -period)),
    induction: share(onOffset(second, end, 1 - period)),
  };
}

/**
 * On prose.
 * @param marks one flag a token: whether it is special, and whether it is a separator
 */
export function measureProse(
  pattern: HeadPattern,
  { special, separator }: { readonly special: readonly boolean[]; readonly separator: readonly boolean[] },
): ProseScores {
  const { tokens, causal } = pattern;
  // A query that sees one token gives it the whole weight, whatever the head does.
  const choosing = causal ? 1 : 0;
  const isPlain = (query: number) => special[query] !== true;
  const onSeparators = (query: number) => sumOver(pattern, query, (p, key) => (separator[key] === true ? p : 0));
  return {
    firstToken: share(meanOver(1, tokens, (query) => weight(pattern, query, 0))),
    separator: share(meanOver(0, tokens, onSeparators, isPlain)),
    self: share(meanOver(choosing, tokens, (query) => weight(pattern, query, query))),
    distance: meanOver(0, tokens, (query) => sumOver(pattern, query, (p, key) => p * Math.abs(query - key))),
    uniform: tokens < 2 ? 0 : share(meanOver(choosing, tokens, (query) => evenness(pattern, query))),
  };
}

/** The entropy of a row over the largest it can be, ln(keys seen); 0·ln 0 counts as 0. */
function evenness(pattern: HeadPattern, query: number): number {
  const entropy = sumOver(pattern, query, (p) => (p === 0 ? 0 : -p * Math.log(p)));
  return entropy / Math.log(keysSeen(pattern, query));
}

function keysSeen({ tokens, causal }: HeadPattern, query: number): number {
  return causal ? query + 1 : tokens;
}

function weight({ weights, tokens }: HeadPattern, query: number, key: number): number {
  return weights[query * tokens + key]!;
}

/** Σ over the keys that the query sees of `term(weight, key)`. */
function sumOver(pattern: HeadPattern, query: number, term: (weight: number, key: number) => number): number {
  const keys = keysSeen(pattern, query);
  let sum = 0;
  for (let key = 0; key < keys; key++) sum += term(weight(pattern, query, key), key);
  return sum;
}

/** The mean of `value` over the chosen queries from…to − 1; 0 where there is none. */
function meanOver(
  from: number,
  to: number,
  value: (query: number) => number,
  chosen: (query: number) => boolean = () => true,
): number {
  let sum = 0;
  let count = 0;
  for (let query = from; query < to; query++) {
    if (!chosen(query)) continue;
    sum += value(query);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}

/** Within 0…1, which rounding can leave by a few units in the last place; NaN stays NaN. */
function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
