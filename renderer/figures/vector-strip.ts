/** A vector (q, k, v or q⊙k of one token) as a strip of cells: a diverging tint of the vector's own hue. */
import { interpolateLab, rgb, select } from 'd3';
import { largestMagnitude, numberLabel } from './colour-scale.ts';
import { placeRect, round } from './legend.ts';
import { paletteTable } from './palettes.ts';
import { cleanText } from './text.ts';
import { THEMES } from './theme.ts';
import type { FigureTheme, ThemeName } from './theme.ts';

/** `product` is for q⊙k, whose sum is a score: it has the colours of scores. */
export type StripHue = 'query' | 'key' | 'value' | 'product';

export interface VectorStripInput {
  /** One value a cell; NaN and infinities are shown as not a number. */
  readonly values: Float32Array;
  readonly hue: StripHue;
  readonly theme: ThemeName;
  /** Size of the strip in px. */
  readonly width: number;
  readonly height: number;
  /** Magnitude that gets the full colour; default: the largest finite one in `values`. */
  readonly reach?: number;
  /** The name for screen readers: `q of "it"`. */
  readonly title: string;
  /** Prefix of ids; default `strip`. */
  readonly id?: string;
}

/** 256 RGBA entries from −reach (grey) over 0 (the ground) to +reach (the hue). */
export function stripTable(hue: StripHue, theme: FigureTheme): Uint8ClampedArray {
  if (hue === 'product') return paletteTable('puor', theme);
  const zero = theme.dark ? '#262A30' : '#F2F3F5';
  const below = interpolateLab(theme.dark ? '#C3C8CF' : '#5B6168', zero);
  const above = interpolateLab(zero, theme[hue]);
  const table = new Uint8ClampedArray(256 * 4);
  for (let entry = 0; entry < 256; entry += 1) {
    const position = entry / 255;
    const { r, g, b } = rgb(position < 0.5 ? below(position * 2) : above(position * 2 - 1));
    table.set([r, g, b, 255], entry * 4);
  }
  return table;
}

/**
 * Draws a strip.
 * @returns a detached `<svg>` of width × height px
 * @throws RangeError `invalid values: …` for an empty vector, `invalid reach: …` for one that is not above 0
 */
export function vectorStrip(input: VectorStripInput, options: { readonly document: Document }): SVGSVGElement {
  const { values, width, height } = input;
  if (values.length === 0) throw new RangeError('invalid values: an empty vector');
  const reach = input.reach ?? largestMagnitude(values);
  if (!(reach > 0 && reach < Infinity)) throw new RangeError(`invalid reach: ${reach}`);
  const theme = THEMES[input.theme];
  const table = stripTable(input.hue, theme);
  const id = input.id ?? 'strip';
  const element = options.document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const svg = select(element)
    .attr('xmlns', 'http://www.w3.org/2000/svg')
    .attr('width', width)
    .attr('height', height)
    .attr('viewBox', `0 0 ${width} ${height}`)
    .attr('role', 'img')
    .attr('aria-labelledby', `${id}-title ${id}-description`);
  svg.append('title').attr('id', `${id}-title`).text(cleanText(input.title));
  svg.append('desc').attr('id', `${id}-description`).text(describe(values));
  const pitch = width / values.length;
  const gap = pitch >= 3 ? 0.75 : 0;
  const cells = svg.append('g').attr('class', 'cells');
  if (gap === 0) cells.attr('shape-rendering', 'crispEdges');
  values.forEach((value, index) => {
    const x = round(index * pitch);
    const rect = { x, y: 0, width: round((index + 1) * pitch) - x - gap, height };
    placeRect(cells.append('rect'), rect).attr('fill', stripColour(value, reach, table, theme));
  });
  return element;
}

function stripColour(value: number, reach: number, table: Uint8ClampedArray, theme: FigureTheme): string {
  if (!Number.isFinite(value)) return theme.missing;
  const position = Math.min(1, Math.max(0, 0.5 + (0.5 * value) / reach));
  const entry = Math.round(position * 255) * 4;
  return rgb(table[entry]!, table[entry + 1]!, table[entry + 2]!).formatHex();
}

function describe(values: Float32Array): string {
  let least = Infinity;
  let most = -Infinity;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  const count = values.length === 1 ? '1 number' : `${values.length} numbers`;
  return least <= most ? `${count} from ${numberLabel(least)} to ${numberLabel(most)}` : count;
}
