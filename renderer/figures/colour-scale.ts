/** From a number to a colour: the scale of a heatmap, its table, and the ticks of its legend. */
import { format, rgb, ticks as niceTicks } from 'd3';
import { trueMinus } from './number.ts';
import { paletteTable } from './palettes.ts';
import type { DivergingPalette, PaletteName, SequentialPalette } from './palettes.ts';
import type { FigureTheme } from './theme.ts';

/** `symlog` is linear near 0 and logarithmic beyond ±1; it is for diverging scales, `sqrt` for sequential ones. */
export type Transform = 'linear' | 'sqrt' | 'symlog';

/** Plain data, so that it can be kept in a session. A diverging domain is symmetric about 0. */
export interface ColourScaleSpec {
  readonly kind: 'sequential' | 'diverging';
  readonly palette: PaletteName;
  readonly transform: Transform;
  /** Values at the two ends; beyond them the end's colour is used. */
  readonly domain: readonly [number, number];
}

export interface ScaleTick {
  readonly value: number;
  readonly position: number;
  readonly label: string;
}

export interface ColourScale {
  readonly spec: ColourScaleSpec;
  readonly theme: FigureTheme;
  /** 256 RGBA entries from position 0 to position 1. */
  readonly table: Uint8ClampedArray;
  /** Colours (`#rrggbb`) of −Infinity and of NaN, which have no place on the scale. */
  readonly masked: string;
  readonly missing: string;
  /** Where a value lies on the scale, 0…1, clamped; NaN for NaN and for −Infinity. */
  readonly position: (value: number) => number;
  /** The colour of a value as `#rrggbb`. */
  readonly colour: (value: number) => string;
  /** Ticks in order of importance: both ends first, then 0 of a diverging scale, then values between. */
  readonly ticks: () => readonly ScaleTick[];
}

/** The scale of attention weights: 0…`max` (default 1) on a square root, so that small weights stay visible. */
export function weightScale(
  options: { palette?: SequentialPalette; transform?: 'sqrt' | 'linear'; max?: number } = {},
): ColourScaleSpec {
  const { palette = 'headlight', transform = 'sqrt', max = 1 } = options;
  return { kind: 'sequential', palette, transform, domain: [0, max] };
}

/** The largest finite magnitude of some values, or 1 when there is none above 0. */
export function largestMagnitude(values: Float32Array): number {
  let reach = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > reach && size < Infinity) reach = size;
  }
  return reach > 0 ? reach : 1;
}

/** The scale of scores: symmetric about 0 out to the largest finite magnitude in `values` (1 when there is none). */
export function scoreScale(
  values: Float32Array,
  options: { palette?: DivergingPalette; transform?: 'linear' | 'symlog' } = {},
): ColourScaleSpec {
  const { palette = 'puor', transform = 'linear' } = options;
  const reach = largestMagnitude(values);
  return { kind: 'diverging', palette, transform, domain: [-reach, reach] };
}

/**
 * Builds the scale of a spec.
 * @throws RangeError `invalid domain: …` when the domain is empty, not finite or, for a diverging scale, not symmetric;
 *   `invalid transform: …` for sqrt on a diverging or symlog on a sequential scale
 */
export function colourScale(spec: ColourScaleSpec, theme: FigureTheme): ColourScale {
  checkSpec(spec);
  const table = paletteTable(spec.palette, theme);
  const position = positionOf(spec);
  return {
    spec,
    theme,
    table,
    masked: theme.masked,
    missing: theme.missing,
    position,
    colour: (value) => {
      if (value === -Infinity) return theme.masked;
      if (Number.isNaN(value)) return theme.missing;
      return tableColour(table, position(value));
    },
    ticks: () => scaleTicks(spec).map((value) => ({ value, position: position(value), label: numberLabel(value) })),
  };
}

function checkSpec({ kind, transform, domain }: ColourScaleSpec): void {
  const [low, high] = domain;
  const shown = `${String(low)}…${String(high)}`;
  if (!Number.isFinite(low) || !Number.isFinite(high) || low >= high) throw new RangeError(`invalid domain: ${shown}`);
  if (kind === 'diverging' && low !== -high) throw new RangeError(`invalid domain: ${shown} is not symmetric about 0`);
  if (transform === (kind === 'diverging' ? 'sqrt' : 'symlog')) {
    throw new RangeError(`invalid transform: ${transform} on a ${kind} scale`);
  }
}

function positionOf({ kind, transform, domain }: ColourScaleSpec): (value: number) => number {
  const [low, high] = domain;
  const clamp = (place: number) => (place < 0 ? 0 : place > 1 ? 1 : place);
  const known = (place: (value: number) => number) => (value: number) => (value === -Infinity ? NaN : place(value));
  if (kind === 'diverging' && transform === 'symlog') {
    const reach = Math.log1p(high);
    return known((value) => clamp(0.5 + (0.5 * Math.sign(value) * Math.log1p(Math.abs(value))) / reach));
  }
  if (transform === 'sqrt') {
    const span = high - low;
    return known((value) => (value <= low ? 0 : clamp(Math.sqrt((value - low) / span))));
  }
  return known((value) => clamp((value - low) / (high - low)));
}

function scaleTicks({ kind, transform, domain }: ColourScaleSpec): number[] {
  const [low, high] = domain;
  const ends = [low, high];
  if (kind === 'diverging') {
    const powers = [1, 10, 100, 1000].filter((power) => power < high).flatMap((power) => [-power, power]);
    return [...new Set([...ends, 0, ...(transform === 'symlog' ? powers : niceTicks(low, high, 4))])];
  }
  const parts = [0.25, 0.05, 0.5, 0.01, 0.75].map((part) => low + part * (high - low));
  return [...new Set([...ends, ...(transform === 'sqrt' ? parts : niceTicks(low, high, 4))])];
}

/** The colour of a table at a position 0…1 as `#rrggbb`. */
export function tableColour(table: Uint8ClampedArray, position: number): string {
  const entry = Math.round(position * 255) * 4;
  return rgb(table[entry]!, table[entry + 1]!, table[entry + 2]!).formatHex();
}

const threeDigits = format('.3~r');

/** A number for a legend: three significant digits, true minus signs, no `-0`. */
export function numberLabel(value: number): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const digits = size >= 1e5 || size < 1e-3 ? format('.2~e')(size) : threeDigits(size);
  return trueMinus(value < 0 ? `-${digits}` : digits);
}
