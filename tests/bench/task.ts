/** What a measuring process is asked and what it answers. */

export interface Task {
  readonly kind: 'run' | 'intervention' | 'ranking' | 'generation' | 'open' | 'memory' | 'kept';
  readonly folder: string;
  readonly tokens: number;
  /** How long `run`, `intervention`, `ranking` and `generation` go on repeating. */
  readonly seconds: number;
}

/** Seconds, bytes or counts by name. */
export type Measures = Readonly<Record<string, number>>;

/** Half of the values are at most the median; of an even number, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1] ?? NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] ?? NaN)) / 2;
}
