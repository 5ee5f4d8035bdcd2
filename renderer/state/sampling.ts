/** How a next token is chosen: greedy or drawn with a seed, and the filters that both the distribution and the drawing go by. */
import { NO_FILTERS } from '../../electron/api/index.ts';
import type { Choosing, Filters } from '../../electron/api/index.ts';

export type Sampling = Choosing;

export const FIRST_SAMPLING: Sampling = { mode: 'sample', seed: 1, ...NO_FILTERS };

/** Seeds are 32-bit. */
export const LARGEST_SEED = 2 ** 32 - 1;
/** The ends of the slider; any number above 0, up to `hottest`, can be typed. */
export const TEMPERATURES = { coldest: 0.1, warmest: 3, step: 0.05, hottest: 1000 } as const;
export const LEAST_TOP_P = 0.01;

export const filtersOf = ({ temperature, topK, topP }: Sampling): Filters => ({ temperature, topK, topP });

/** Whether the filters leave the model's own distribution as it is. */
export const isPlain = ({ temperature, topK, topP }: Filters): boolean =>
  temperature === 1 && topK === null && topP === 1;

/** Steps of the slider of top-k, up to the vocabulary; the last one keeps all. */
export function topKSteps(vocabulary: number): readonly (number | null)[] {
  const steps: number[] = [];
  for (let power = 1; power < vocabulary; power *= 10)
    for (const digit of [1, 2, 3, 5]) if (digit * power < vocabulary) steps.push(digit * power);
  return [...steps, null];
}

/** The place on the slider that is nearest to a number that was typed. */
export function topKPlace(steps: readonly (number | null)[], topK: number | null): number {
  if (topK === null) return steps.length - 1;
  const at = steps.findIndex((step) => step === null || step >= topK);
  return at < 0 ? steps.length - 1 : at;
}

/** What a typed setting means; null where it is none. */
export function typedTemperature(text: string): number | null {
  const value = numberOf(text);
  return value > 0 && value <= TEMPERATURES.hottest ? value : null;
}

/** Undefined where it is none; null keeps all: an empty field, or as many as there are. */
export function typedTopK(text: string, vocabulary: number): number | null | undefined {
  if (text.trim() === '') return null;
  const value = numberOf(text);
  if (!Number.isInteger(value) || value < 1) return undefined;
  return value >= vocabulary ? null : value;
}

export function typedTopP(text: string): number | null {
  const value = numberOf(text);
  return value > 0 && value <= 1 ? value : null;
}

export function typedSeed(text: string): number | null {
  const value = numberOf(text);
  return Number.isInteger(value) && value >= 0 && value <= LARGEST_SEED ? value : null;
}

/** With a point or a comma; NaN for what is no number. */
function numberOf(text: string): number {
  const plain = text.trim().replace(',', '.');
  return /^\d*\.?\d+$/.test(plain) ? Number(plain) : NaN;
}
