/** Measures → the rows of the report. */
import { LONG_TEXT } from '../../renderer/state/exact.ts';
import type { Measures } from './task.ts';

export interface Row {
  readonly metric: string;
  readonly model: string;
  /** Null where the text plays no part. */
  readonly tokens: number | null;
  readonly value: number;
  readonly unit: 'ratio' | 's' | 'bytes';
  /** Highest value that meets the target; null where none was set. */
  readonly target: number | null;
}

/** A traced run may cost at most this much of a plain forward; longer texts have no target. */
export function runTarget(tokens: number): number | null {
  if (tokens <= 256) return 1.25;
  if (tokens <= 512) return 1.6;
  return tokens <= 1024 ? 2 : null;
}

/** The text of the targets of interventions and of the ranking of heads, in tokens. */
export const INTERVENTION_TOKENS = 64;
export const RANKING_TOKENS = 32;
const INTERVENTION_TARGET = 1.3;
const RANKING_TARGET = 1;
/** The text of the target of a generated token, that token included. */
export const GENERATION_TOKENS = 256;
const GENERATION_TARGET = 0.1;

export const SLICE_TARGET = 0.25;
/** Of opening a head: its time, and the bytes that are sent of a text whose matrices are drawn from half precision. */
const OPENED_TARGET = 0.15;
const SENT_TARGET = 1.1;
/** What an engine may take above its weights, in bytes, and the longest text that it is to hold for. */
const ABOVE_WEIGHTS = 1.5e9;
const LONGEST = 1024;
/** The exponent of what a kept trace holds: linear, and a little for what is the same for every text. */
const KEPT_TARGET = 1.05;
export const MEMORY_TARGET = 1.6;
/** The text of the memory target, in tokens. */
export const MEMORY_TOKENS = 64;

/** `bytes`: all that is sent to the window when a head is opened; the picture of a head has two bytes a cell. */
export function runRows(model: string, tokens: number, { plain, traced, slice, opened, bytes }: Measures): Row[] {
  const row = rowOf(model, tokens);
  const sent = bytes! / (2 * tokens * tokens);
  return [
    row('traced run ÷ plain forward', traced! / plain!, 'ratio', runTarget(tokens)),
    row('slice of one head ÷ plain forward', slice! / plain!, 'ratio', SLICE_TARGET),
    row('opening a head ÷ plain forward', opened! / plain!, 'ratio', OPENED_TARGET),
    row('bytes sent for a head ÷ its f16 picture', sent, 'ratio', tokens > LONG_TEXT ? SENT_TARGET : null),
    row('plain forward', plain!, 's', null),
    row('traced run', traced!, 's', null),
    row('slice of one head', slice!, 's', null),
    row('opening a head', opened!, 's', null),
  ];
}

/** `intervened`: from changed interventions to the new trace, its summary and its prediction. */
export function interventionRows(model: string, tokens: number, { plain, intervened }: Measures): Row[] {
  const row = rowOf(model, tokens);
  const target = tokens === INTERVENTION_TOKENS ? INTERVENTION_TARGET : null;
  return [
    row('intervention round trip ÷ plain forward', intervened! / plain!, 'ratio', target),
    row('intervention round trip', intervened!, 's', null),
  ];
}

/** `ranking`: every head of the model knocked out in turn; the ratio is to as many plain forwards as there are `heads`. */
export function rankingRows(model: string, tokens: number, { plain, ranking, heads }: Measures): Row[] {
  const row = rowOf(model, tokens);
  const target = tokens === RANKING_TOKENS ? RANKING_TARGET : null;
  return [
    row('ranking of all heads ÷ plain forwards, one a head', ranking! / (heads! * plain!), 'ratio', target),
    row('ranking of all heads', ranking!, 's', null),
  ];
}

/** `step`: one more token, the others being kept; `traced` and `plain`: the network on all of them, with and without its trace. */
export function generationRows(model: string, tokens: number, { plain, traced, step }: Measures): Row[] {
  const row = rowOf(model, tokens);
  const target = tokens === GENERATION_TOKENS ? GENERATION_TARGET : null;
  return [
    row('generated token ÷ traced run of all', step! / traced!, 'ratio', null),
    row('generated token ÷ plain forward of all', step! / plain!, 'ratio', target),
    row('generated token', step!, 's', null),
  ];
}

export function openRows(model: string, { open, read }: Measures): Row[] {
  const row = rowOf(model, null);
  return [
    row('open ÷ reading the file once', open! / read!, 'ratio', null),
    row('open', open!, 's', null),
    row('reading the file once', read!, 's', null),
  ];
}

export function memoryRows(model: string, tokens: number, { peak, weights }: Measures): Row[] {
  const row = rowOf(model, tokens);
  return [
    row('peak memory ÷ weights', peak! / weights!, 'ratio', tokens === MEMORY_TOKENS ? MEMORY_TARGET : null),
    row(
      'peak memory above the weights ÷ 1.5 GB',
      (peak! - weights!) / ABOVE_WEIGHTS,
      'ratio',
      tokens <= LONGEST ? 1 : null,
    ),
    row('peak memory', peak!, 'bytes', null),
  ];
}

/** What a trace holds while it is kept, and how that grows with the tokens: 1 is linear. */
export function keptRows(model: string, points: readonly (readonly [tokens: number, bytes: number])[]): Row[] {
  return [
    rowOf(model, null)('growth of a kept trace with the tokens (1 = linear)', exponent(points), 'ratio', KEPT_TARGET),
    ...points.map(([tokens, bytes]) => rowOf(model, tokens)('a kept trace', bytes, 'bytes', null)),
  ];
}

const rowOf =
  (model: string, tokens: number | null) =>
  (metric: string, value: number, unit: Row['unit'], target: number | null): Row => ({
    metric,
    model,
    tokens,
    value,
    unit,
    target,
  });

/** The slope of log(value) over log(tokens) by least squares: 1 is linear, 2 quadratic. NaN for fewer than two points. */
export function exponent(points: readonly (readonly [tokens: number, value: number])[]): number {
  const logs = points.map(([tokens, value]) => [Math.log(tokens), Math.log(value)] as const);
  const mean = (index: 0 | 1): number => logs.reduce((sum, each) => sum + each[index], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const covariance = logs.reduce((sum, each) => sum + (each[0] - x) * (each[1] - y), 0);
  return covariance / logs.reduce((sum, each) => sum + (each[0] - x) ** 2, 0);
}

/** Aligned columns; a missed target is marked. */
export function table(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.metric,
    row.model,
    row.tokens === null ? '' : String(row.tokens),
    row.unit === 'bytes' ? (row.value / 2 ** 20).toFixed(0) : row.value.toPrecision(3),
    row.unit === 'bytes' ? 'MiB' : row.unit,
    row.target === null ? '' : `≤ ${row.target}${row.value <= row.target ? '' : '  missed'}`,
  ]);
  const all = [['metric', 'model', 'tokens', 'value', 'unit', 'target'], ...cells];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((line) => line[column]!.length)));
  const pad = (text: string, column: number): string =>
    column === 2 || column === 3 ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  return all.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
