/** What the changes did, as the panel shows it. */
import type { CandidateChange, LayerChange } from '../../electron/api/index.ts';
import { trueMinus } from '../figures/number.ts';
import { formatNumber } from './format.ts';

/** The `count` most probable candidates of each run, in the order given. */
export function shownCandidates(candidates: readonly CandidateChange[], count: number): readonly CandidateChange[] {
  const best = (value: (item: CandidateChange) => number): readonly CandidateChange[] =>
    [...candidates].sort((a, b) => value(b) - value(a)).slice(0, count);
  const shown = new Set([...best(({ before }) => before), ...best(({ after }) => after)]);
  return candidates.filter((item) => shown.has(item));
}

/** The most probable candidate of each run; null where there is none. */
export function topCandidates(
  candidates: readonly CandidateChange[],
): { readonly before: CandidateChange; readonly after: CandidateChange } | null {
  const [first, ...others] = candidates;
  if (first === undefined) return null;
  const best = (value: (item: CandidateChange) => number): CandidateChange =>
    others.reduce((top, item) => (value(item) > value(top) ? item : top), first);
  return { before: best(({ before }) => before), after: best(({ after }) => after) };
}

/** A probability, or a value, in little room: `0.123`, `4·10⁻⁵`. */
export function shortProbability(value: number): string {
  if (value === 0) return '0';
  return Math.abs(value) >= 0.0005 ? trueMinus(value.toFixed(3)) : formatNumber(value, 1);
}

/** The same with its sign: `+0.123`, `−4·10⁻⁵`; no change is `0`. */
export function signedProbability(value: number): string {
  if (value === 0 || Number.isNaN(value)) return value === 0 ? '0' : 'NaN';
  return trueMinus(value > 0 ? '+' : '-') + shortProbability(Math.abs(value));
}

/** The largest change of a layer's hidden states, for bars; 0 where nothing changed. */
export function largestHidden(layers: readonly LayerChange[]): number {
  return layers.reduce((most, { hidden }) => (Number.isFinite(hidden) ? Math.max(most, hidden) : most), 0);
}
