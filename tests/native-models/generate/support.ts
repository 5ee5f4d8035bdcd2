/** What transformers makes of the tiny checkpoints (tests/fixtures/make_generation_fixtures.py). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Filters } from '../../../native-models/index.ts';
import { fixtures } from '../../support/fixtures.ts';
import { readNpz } from '../../support/npz.ts';

export interface Prompt {
  readonly name: string;
  readonly text: string;
  readonly ids: readonly number[];
  readonly position: number;
  /** By case: how many tokens the filters leave. */
  readonly kept: Readonly<Record<string, number>>;
}

export interface GoldenModel {
  readonly prompts: readonly Prompt[];
  readonly cases: Readonly<Record<string, Filters>>;
  /** float32 or int32, by `<prompt>/<key>`. */
  array(key: string): ArrayLike<number>;
}

export function goldenGeneration(model: 'tiny-gpt2' | 'tiny-bert'): GoldenModel {
  const facts = JSON.parse(readFileSync(path.join(fixtures, 'generation.json'), 'utf8')) as Record<
    string,
    { cases: Record<string, Filters>; prompts: Record<string, Omit<Prompt, 'name'>> }
  >;
  const arrays = readNpz(path.join(fixtures, 'generation.npz'));
  const { cases, prompts } = facts[model]!;
  return {
    cases,
    prompts: Object.entries(prompts).map(([name, prompt]) => ({ name, ...prompt })),
    array: (key) => arrays.get(`${model}/${key}`)!.data as Float32Array,
  };
}

/**
 * Upper tail of the χ² distribution by the Wilson–Hilferty approximation: a statistic as far out has about this probability.
 * @param degrees of freedom, 10 or more for a good approximation
 */
export function chiSquaredTail(statistic: number, degrees: number): number {
  const spread = 2 / (9 * degrees);
  const z = (Math.cbrt(statistic / degrees) - (1 - spread)) / Math.sqrt(spread);
  return normalTail(z);
}

/** Upper tail of the standard normal distribution (Abramowitz & Stegun 7.1.26, error below 1.5e-7). */
function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const t = 1 / (1 + (0.3275911 * z) / Math.SQRT2);
  const polynomial = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return (polynomial * Math.exp((-z * z) / 2)) / 2;
}

/**
 * Pearson's χ² of counts against probabilities; outcomes that are expected fewer than 5 times are counted together.
 * @returns the probability of counts as far from the expected ones, or farther
 */
export function goodness(counts: ArrayLike<number>, probabilities: ArrayLike<number>): number {
  const total = Array.from(counts).reduce((sum, count) => sum + count, 0);
  let statistic = 0;
  let cells = 0;
  const rest = { seen: 0, expected: 0 };
  for (let id = 0; id < probabilities.length; id++) {
    const [seen, expected] = [counts[id]!, probabilities[id]! * total];
    if (expected === 0 && seen > 0) return 0;
    if (expected < 5) {
      rest.seen += seen;
      rest.expected += expected;
    } else {
      statistic += (seen - expected) ** 2 / expected;
      cells += 1;
    }
  }
  if (rest.expected >= 5) {
    statistic += (rest.seen - rest.expected) ** 2 / rest.expected;
    cells += 1;
  }
  return chiSquaredTail(statistic, cells - 1);
}
