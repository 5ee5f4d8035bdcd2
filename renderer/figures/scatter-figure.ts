/** A scatter plot as a detached SVG element: its points as shapes, or as one raster where they are many; words as text. */
import { select } from 'd3';
import type { Selection } from 'd3';
import { drawHeading, placeHeading, placeLine } from './heading.ts';
import { round } from './legend.ts';
import { pngDataUrl } from './png.ts';
import { placePoint, placePoints } from './scatter-camera.ts';
import type { Cloud, Placing, Room } from './scatter-camera.ts';
import { LABEL_SIZE } from './scatter-labels.ts';
import type { PointLabel } from './scatter-labels.ts';
import { rasterPoints, SQUARE } from './scatter-raster.ts';
import { paintOrder, sizeAt, strengthOf } from './scatter-style.ts';
import type { PointStyle } from './scatter-style.ts';
import { cleanText, textWidth, wrapText } from './text.ts';
import { THEMES, TYPE, WORD_FONT } from './theme.ts';
import type { FigureTheme, ThemeName } from './theme.ts';

export interface ScatterLine {
  readonly points: readonly number[];
  readonly colour: string;
  /** Lengths of strokes and gaps in px; null: without gaps. */
  readonly dash: readonly number[] | null;
  /** One a point; empty for none. */
  readonly words: readonly string[];
  /** In px; default 2. */
  readonly width?: number;
  /** 0 to 1; default 1. */
  readonly opacity?: number;
}

/** A colour, and a shape (0 disc, 1 square, 2 diamond) or a line, with what it stands for. */
export interface ScatterKey {
  readonly label: string;
  readonly colour: string;
  readonly shape: number | 'line';
}

export interface ScatterFigureInput {
  readonly title: string;
  readonly subtitle: string;
  readonly cloud: Cloud;
  readonly style: PointStyle;
  readonly placing: Placing;
  /** Of the plot, in px. */
  readonly room: Room;
  readonly labels: readonly string[];
  /** The names that are shown. */
  readonly names: readonly PointLabel[];
  readonly lines: readonly ScatterLine[];
  readonly legendTitle: string;
  readonly legend: readonly ScatterKey[];
  /** What is to be known with it, a paragraph each. */
  readonly notes: readonly string[];
  readonly theme: ThemeName;
  /** Prefix of the ids inside the SVG. Default `scatter`. */
  readonly id?: string;
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
const PAD = 16;
const ROW = 18;
/** More points than these are one raster, with so many pixels in a px. */
const MOST_SHAPES = 5000;
const DENSITY = 3;

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;
type Group = Selection<SVGGElement, unknown, null, undefined>;

/** @returns a detached `<svg>` as wide as the plot and its margins */
export function scatterFigure(input: ScatterFigureInput, options: { readonly document: Document }): SVGSVGElement {
  const { room, id = 'scatter' } = input;
  const theme = THEMES[input.theme];
  const heading = placeHeading(input.title, input.subtitle, { unit: 1, pad: PAD, room: room.width });
  const top = heading.bottom + 10;
  const keys = placeKeys(input, top + room.height + ROW);
  const notes = input.notes.flatMap((note) => wrapText(note, room.width, TYPE.label));
  const width = Math.ceil(room.width + 2 * PAD);
  const height = Math.ceil(keys.bottom + notes.length * ROW + PAD);
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg = select<SVGSVGElement, unknown>(element);
  svg.attr('xmlns', NAMESPACE).attr('width', width).attr('height', height).attr('viewBox', `0 0 ${width} ${height}`);
  svg.attr('font-family', WORD_FONT).attr('role', 'img').attr('aria-labelledby', `${id}-title`);
  const name = [input.title, input.subtitle].filter(Boolean).join(', ');
  svg.append('title').attr('id', `${id}-title`).text(cleanText(name));
  svg.append('rect').attr('width', width).attr('height', height).attr('fill', theme.panel);
  drawHeading(svg, heading, theme, 1);
  drawPlot(svg, input, top, theme, id);
  drawKeys(svg, keys, theme);
  notes.forEach((text, at) => {
    placeLine(svg, { x: PAD, y: keys.bottom + ROW * (at + 0.8), text, anchor: 'start' }, TYPE.label, theme.grey);
  });
  return element;
}

function drawPlot(svg: Svg, input: ScatterFigureInput, top: number, theme: FigureTheme, id: string): void {
  const { room, cloud, placing } = input;
  const { width, height } = room;
  svg.append('clipPath').attr('id', `${id}-clip`).append('rect').attr('width', width).attr('height', height);
  const plot = svg.append('g').attr('transform', `translate(${PAD},${round(top)})`);
  plot.append('rect').attr('width', width).attr('height', height).attr('fill', 'none').attr('stroke', theme.line);
  const inside = plot.append('g').attr('clip-path', `url(#${id}-clip)`);
  const places = placePoints(cloud, placing);
  if (places.length > 3 * MOST_SHAPES) {
    const url = pngDataUrl(rasterPoints(places, input.style, room, DENSITY));
    inside.append('image').attr('width', width).attr('height', height).attr('href', url);
  } else drawPoints(inside, places, input.style);
  for (const line of input.lines) drawLine(inside, line, input, theme);
  for (const { point, dx, dy } of input.names) {
    const [x, y] = placePoint(cloud, placing, point);
    const text = cleanText(input.labels[point] ?? '');
    outlined(placeLine(inside, { x: x + dx, y: y + dy, text, anchor: 'start' }, LABEL_SIZE, theme.ink), theme);
  }
}

function drawPoints(group: Group, places: Float32Array, style: PointStyle): void {
  for (const point of paintOrder(places, style)) {
    const [x, y, depth] = [places[point * 3]!, places[point * 3 + 1]!, places[point * 3 + 2]!];
    drawShape(group, style.shapes[point] ?? 0, [x, y, sizeAt(style, depth) / 2])
      .attr('fill', style.colours[point] ?? '#000000')
      .attr('fill-opacity', strengthOf(style, point));
  }
}

function drawShape(group: Group, shape: number, [x, y, half]: readonly [number, number, number]) {
  return group.append('path').attr('d', shapePath(shape, x, y, half));
}

function shapePath(shape: number, x: number, y: number, half: number): string {
  const [left, right, top, bottom] = [x - half, x + half, y - half, y + half].map(round);
  if (shape === 2) return `M${round(x)},${top}L${right},${round(y)}L${round(x)},${bottom}L${left},${round(y)}Z`;
  if (shape === 1) {
    const side = round(2 * half * SQUARE);
    return `M${round(x - half * SQUARE)},${round(y - half * SQUARE)}h${side}v${side}h${-side}Z`;
  }
  const [radius, across] = [round(half), round(2 * half)];
  return `M${left},${round(y)}a${radius},${radius} 0 1,0 ${across},0a${radius},${radius} 0 1,0 ${-across},0Z`;
}

const outlined = (text: Selection<SVGTextElement, unknown, null, undefined>, theme: FigureTheme) =>
  text.attr('stroke', theme.panel).attr('stroke-width', 3).attr('paint-order', 'stroke');

function drawLine(group: Group, line: ScatterLine, { cloud, placing }: ScatterFigureInput, theme: FigureTheme): void {
  const places = line.points.map((point) => placePoint(cloud, placing, point));
  group
    .append('polyline')
    .attr('points', places.map((place) => place.map(round).join(',')).join(' '))
    .attr('fill', 'none')
    .attr('stroke', line.colour)
    .attr('stroke-width', round(line.width ?? 2))
    .attr('stroke-opacity', line.opacity === undefined ? null : round(line.opacity))
    .attr('stroke-dasharray', line.dash?.join(' ') ?? null);
  line.words.forEach((text, at) => {
    const [x = 0, y = 0] = places[at] ?? [];
    const placed = placeLine(group, { x: x - 7, y: y - 7, text, anchor: 'end' }, TYPE.label - 1, line.colour);
    outlined(placed, theme).attr('font-weight', 600);
  });
}

interface PlacedKeys {
  readonly title: { readonly text: string; readonly y: number };
  readonly keys: readonly (ScatterKey & { readonly x: number; readonly y: number })[];
  readonly bottom: number;
}

/** The legend's items one after the other, in as many rows as they need. */
function placeKeys({ legend, legendTitle, room }: ScatterFigureInput, top: number): PlacedKeys {
  if (legend.length === 0) return { title: { text: '', y: top }, keys: [], bottom: top };
  let [x, y] = [PAD + textWidth(legendTitle, TYPE.label, 'word', true) + 14, top];
  const keys = legend.map((key) => {
    const label = cleanText(key.label);
    const width = 16 + textWidth(label, TYPE.label, 'word') + 14;
    if (x + width > PAD + room.width && x > PAD) [x, y] = [PAD, y + ROW];
    const placed = { ...key, label, x, y };
    x += width;
    return placed;
  });
  return { title: { text: legendTitle, y: top }, keys, bottom: y + ROW };
}

function drawKeys(svg: Svg, { title, keys }: PlacedKeys, theme: FigureTheme): void {
  const line = { x: PAD, y: title.y + 4, text: cleanText(title.text), anchor: 'start' } as const;
  placeLine(svg, line, TYPE.label, theme.grey).attr('font-weight', 600);
  const group = svg.append('g');
  for (const { x, y, label, colour, shape } of keys) {
    if (shape === 'line') {
      group
        .append('path')
        .attr('d', `M${round(x)},${round(y)}h12`)
        .attr('stroke', colour)
        .attr('stroke-width', 2);
    } else drawShape(group, shape, [x + 6, y, 5]).attr('fill', colour);
    placeLine(group, { x: x + 16, y: y + 4, text: label, anchor: 'start' }, TYPE.label, theme.ink);
  }
}
