/** What the blocks of a walk are drawn with: theme, sizes, strips of colour, bars and lines of words. */
import type { Selection } from 'd3';
import { tableColour } from './colour-scale.ts';
import { placeRect, round } from './legend.ts';
import type { Rect } from './legend.ts';
import { pngDataUrl } from './png.ts';
import type { RasterImage } from './raster.ts';
import { TYPE } from './theme.ts';
import type { FigureTheme, ThemeName } from './theme.ts';
import { stripTable } from './vector-strip.ts';
import type { StripHue } from './vector-strip.ts';
import type { BarColour, WalkStrip } from './walk-input.ts';
import { placeRuns, runsWidth, wordRuns } from './walk-math.ts';

export type Group = Selection<SVGGElement, unknown, null, undefined>;

export interface Pen {
  readonly theme: FigureTheme;
  readonly unit: number;
  /** Room for a block in px. */
  readonly width: number;
  readonly id: string;
  readonly encode: (image: RasterImage) => string;
}

/** Type size of a block's words and numbers, in px. */
export const wordSize = ({ unit }: Pen): number => TYPE.label * unit;
export const smallSize = ({ unit }: Pen): number => (TYPE.label - 1) * unit;

/** Where names begin: room to the left for the sign that joins two vectors. */
export const INDENT = 20;

/** Bars above and below zero, and the track they run on; the window has the same. */
export const BAR_COLOURS: Readonly<Record<ThemeName, Readonly<Record<'above' | 'below' | 'track' | 'zero', string>>>> =
  {
    light: { above: '#6A55A8', below: '#C8741A', track: '#EFF1F3', zero: '#8B929B' },
    dark: { above: '#9A88D8', below: '#CF8128', track: '#262C34', zero: '#6D7783' },
    contrast: { above: '#B9A8FF', below: '#FFA94D', track: '#1C1C1C', zero: '#FFFFFF' },
  };

export function barColour(colour: BarColour, theme: FigureTheme): string {
  if (colour === 'weight') return theme.accent;
  return colour === 'contribution' ? theme.valueText : BAR_COLOURS[theme.name][colour];
}

export interface WordsPlace {
  readonly x: number;
  readonly y: number;
  readonly colour: string;
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly bold?: boolean;
}

/** A line of words with their subscripts. */
export function placeWords(group: Group, words: string, place: WordsPlace, { theme }: Pen) {
  return placeRuns(group, wordRuns(words), place, theme);
}

export const wordsWidth = (words: string, size: number, bold = false): number => runsWidth(wordRuns(words), size, bold);

const TABLES = new Map<string, Uint8ClampedArray>();

function tableOf(hue: StripHue, theme: FigureTheme): Uint8ClampedArray {
  const key = `${hue} ${theme.name}`;
  const table = TABLES.get(key) ?? stripTable(hue, theme);
  TABLES.set(key, table);
  return table;
}

function stripColour(value: number, { hue, reach }: WalkStrip, theme: FigureTheme): string {
  if (!Number.isFinite(value)) return theme.missing;
  const position = reach > 0 ? Math.min(1, Math.max(0, 0.5 + (0.5 * value) / reach)) : 0.5;
  return tableColour(tableOf(hue, theme), position);
}

/** Above so many numbers a strip is one picture. */
const PICTURE_ABOVE = 64;

/** One cell a number, side by side over the whole of `rect`. */
export function drawStrip(group: Group, rect: Rect, strip: WalkStrip, pen: Pen): void {
  const { values } = strip;
  const cells = group.append('g').attr('class', 'cells').attr('shape-rendering', 'crispEdges');
  if (values.length > PICTURE_ABOVE) {
    placeRect(cells.append('image'), rect)
      .attr('preserveAspectRatio', 'none')
      .attr('href', pen.encode(stripPicture(strip, rect.width, pen.theme)));
    return;
  }
  const pitch = rect.width / values.length;
  values.forEach((value, index) => {
    const x = round(rect.x + index * pitch);
    const width = round(rect.x + (index + 1) * pitch) - x;
    placeRect(cells.append('rect'), { ...rect, x, width }).attr('fill', stripColour(value, strip, pen.theme));
  });
}

/** Every number about four pixels a px wide, so that no viewer smears neighbours together. */
function stripPicture(strip: WalkStrip, width: number, theme: FigureTheme): RasterImage {
  const { values } = strip;
  const factor = Math.max(1, Math.ceil((4 * width) / values.length));
  const data = new Uint8ClampedArray(values.length * factor * 4);
  values.forEach((value, index) => {
    const colour = stripColour(value, strip, theme);
    const channels = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    for (let copy = 0; copy < factor; copy += 1) data.set([...channels, 255], (index * factor + copy) * 4);
  });
  return { width: values.length * factor, height: 1, data };
}

/** The pen of a figure. */
export function penOf(
  input: { readonly theme: FigureTheme; readonly unit: number; readonly width: number; readonly id: string },
  encode: (image: RasterImage) => string = pngDataUrl,
): Pen {
  return { ...input, encode };
}

/** A line across. */
export function drawRule(group: Group, x1: number, x2: number, y: number, colour: string): void {
  const line = group.append('line').attr('x1', round(x1)).attr('x2', round(x2));
  line.attr('y1', round(y)).attr('y2', round(y)).attr('stroke', colour).attr('stroke-width', 1);
}
