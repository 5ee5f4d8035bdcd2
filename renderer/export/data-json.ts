/** A figure's numbers as JSON, with where they come from. */
import type { DataArray, FigureData } from '../figures/figure-data.ts';
import type { Provenance } from './provenance.ts';

/**
 * `{provenance, …facts, arrays, rows}`: an array as `{shape, values}`, row-major; rows are left out where they say only what the
 * arrays say. What JSON has no number for is text: "-Infinity" (hidden by the mask), "NaN".
 */
export function dataJson({ arrays, rows, facts = {}, rowsFollow = false }: FigureData, provenance: Provenance): string {
  const named = arrays.map((array) => [array.name, 'strings' in array ? array.strings : numbers(array)] as const);
  const whole = {
    provenance,
    ...facts,
    ...(arrays.length === 0 ? {} : { arrays: Object.fromEntries(named) }),
    ...(rowsFollow ? {} : { rows: rows() }),
  };
  return `${JSON.stringify(whole, writable, 1)}\n`;
}

function numbers({ data, dims }: DataArray): { readonly shape: readonly number[]; readonly values: readonly number[] } {
  return { shape: dims, values: data instanceof Float64Array ? [...data] : Array.from(data, shortest) };
}

/** A float32 in as few digits as name it. */
function shortest(value: number): number {
  if (!Number.isFinite(value)) return value;
  for (let digits = 6; digits < 9; digits += 1) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

function writable(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
