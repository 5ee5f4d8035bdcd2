/** Colour tables. Home-made ramps are spaced so that CIELAB lightness runs in equal steps from end to end. */
import { interpolateCividis, interpolateLab, interpolateViridis, lab, rgb } from 'd3';
import type { FigureTheme } from './theme.ts';

export type SequentialPalette = 'headlight' | 'viridis' | 'cividis' | 'greys';
export type DivergingPalette = 'puor' | 'rdbu';
export type PaletteName = SequentialPalette | DivergingPalette;

export const SEQUENTIAL_PALETTES: readonly SequentialPalette[] = ['headlight', 'viridis', 'cividis', 'greys'];
export const DIVERGING_PALETTES: readonly DivergingPalette[] = ['puor', 'rdbu'];

type Ramp = (position: number) => string;

/** A ramp through `stops` whose lightness is linear in the position; the stops' own lightness must be monotone. */
function evenRamp(stops: readonly string[]): Ramp {
  const lightness = stops.map((stop) => lab(stop).l);
  const first = lightness[0]!;
  const last = lightness[lightness.length - 1]!;
  const places = lightness.map((value) => (value - first) / (last - first));
  return (position) => {
    let segment = 0;
    while (segment < stops.length - 2 && position > places[segment + 1]!) segment += 1;
    const from = places[segment]!;
    const within = (position - from) / (places[segment + 1]! - from);
    return interpolateLab(stops[segment]!, stops[segment + 1]!)(within);
  };
}

/** Two even ramps that meet in the middle: `low` runs from the extreme to the centre, `high` from the centre out. */
function evenDiverging(low: readonly string[], high: readonly string[]): Ramp {
  const below = evenRamp(low);
  const above = evenRamp(high);
  return (position) => (position < 0.5 ? below(position * 2) : above(position * 2 - 1));
}

/** Per palette the ramp on a light and on a dark ground, from the least value (0) to the greatest (1). */
const RAMPS: Readonly<Record<PaletteName, { readonly light: Ramp; readonly dark: Ramp }>> = {
  headlight: {
    light: evenRamp(['#F1F3F8', '#C9D3EE', '#8EA4E0', '#4F6CC8', '#2A43A0', '#10195A']),
    dark: evenRamp(['#16295A', '#41527C', '#7B7A78', '#B9A761', '#FFE94A']),
  },
  viridis: { light: interpolateViridis, dark: interpolateViridis },
  cividis: { light: interpolateCividis, dark: interpolateCividis },
  greys: { light: evenRamp(['#F4F4F4', '#141414']), dark: evenRamp(['#2A2D31', '#FFFFFF']) },
  puor: {
    light: evenDiverging(['#6B3006', '#C8741A', '#F3C48A', '#F5F4F2'], ['#F5F4F2', '#C3BCE0', '#8170B5', '#46217F']),
    dark: evenDiverging(['#FFCB85', '#CF8128', '#7C4A17', '#262A30'], ['#262A30', '#54498A', '#9A88D8', '#DDD2FF']),
  },
  rdbu: {
    light: evenDiverging(['#7A0A22', '#C9473F', '#F2B79C', '#F5F4F2'], ['#F5F4F2', '#A9CBE3', '#3F84BC', '#0C3868']),
    dark: evenDiverging(['#FFC9B5', '#D95B4C', '#7E2A2C', '#262A30'], ['#262A30', '#26567F', '#4C9BD3', '#BFE3FF']),
  },
};

/** 256 RGBA entries of a palette, least value first; alpha is 255. */
export function paletteTable(name: PaletteName, theme: FigureTheme): Uint8ClampedArray {
  const ramp = RAMPS[name][theme.dark ? 'dark' : 'light'];
  const table = new Uint8ClampedArray(256 * 4);
  for (let entry = 0; entry < 256; entry += 1) {
    const { r, g, b } = rgb(ramp(entry / 255));
    table.set([Math.round(r), Math.round(g), Math.round(b), 255], entry * 4);
  }
  return table;
}
