/** A matrix of one head as a heatmap with token labels and legend: a detached SVG element. */
import { select } from 'd3';
import type { Selection } from 'd3';
import type { ColourScale } from './colour-scale.ts';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeLine } from './heading.ts';
import type { PlacedLabel } from './heatmap-grid.ts';
import type { HeatmapInput, HeatmapRegion } from './heatmap-input.ts';
import { heatmapLayout, heatmapScale } from './heatmap-layout.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';
import { defineMasked, drawLegend, placeRect, round } from './legend.ts';
import type { Rect } from './legend.ts';
import { pngDataUrl } from './png.ts';
import { rasterise } from './raster.ts';
import type { RasterImage } from './raster.ts';
import { MONO_FONT, THEMES, TYPE } from './theme.ts';
import type { FigureTheme, ThemeName } from './theme.ts';

export { cellAt, heatmapLayout } from './heatmap-layout.ts';
export type { HeatmapLayout } from './heatmap-layout.ts';
export type { PlacedLabel } from './heatmap-grid.ts';
export type { AxisLabel, HeatmapInput } from './heatmap-input.ts';

export interface HeatmapOptions {
  /** The document that makes the elements: the browser's, or one of linkedom in Node. */
  readonly document: Document;
  /** `omit` leaves cells and background out, for an interface that paints them on a canvas below. */
  readonly cells: 'draw' | 'omit';
  /** How a large matrix becomes the URL of an embedded picture; default: a PNG `data:` URL. */
  readonly encodeRaster?: (image: RasterImage) => string;
  /** The layout of an enlarged part (heatmap-zoom.ts); default: the whole. Only with `cells: 'omit'`. */
  readonly layout?: HeatmapLayout;
}

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

/**
 * Draws a heatmap.
 * @returns a detached `<svg>` of layout.width × layout.height px, with text as text and a title and description for screen readers
 * @throws RangeError as heatmapLayout and colourScale
 */
export function heatmap(input: HeatmapInput, options: HeatmapOptions): SVGSVGElement {
  const layout = options.layout ?? heatmapLayout(input);
  const { theme, scale } = heatmapScale(input);
  const id = input.id ?? 'heatmap';
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg: Svg = select(element);
  drawFrame(svg, layout, {
    id,
    names: [input.title, input.subtitle],
    unnamed: 'Heatmap',
    description: input.words?.description ?? describe(input),
  });
  if (layout.legend.swatches.some(({ kind }) => kind === 'masked')) defineMasked(svg, scale, id);
  if (options.cells === 'draw') {
    svg.append('rect').attr('width', layout.width).attr('height', layout.height).attr('fill', theme.panel);
    if (layout.raster) drawRaster(svg, input, layout, scale, id, options.encodeRaster ?? pngDataUrl);
    else drawCells(svg, input, layout, scale, id);
  }
  drawHeading(svg, layout, theme, input.textScale ?? 1);
  drawLabels(svg, input, layout, theme);
  const legend = svg
    .append('g')
    .attr('class', 'legend')
    .attr('transform', `translate(${round(layout.legend.x)},${round(layout.legend.y)})`);
  drawLegend(legend, layout.legend, scale, id);
  const marks = [
    ...(input.region ? [regionMark(layout, input.region, input.theme, options)] : []),
    ...(input.selection ? [heatmapSelection(layout, input.selection, input.theme, options)] : []),
  ];
  const clip = marks.length > 0 && layout.plot !== layout.cells ? `url(#${clipToPlot(svg, layout, id)})` : null;
  for (const mark of marks) {
    if (clip !== null) mark.setAttribute('clip-path', clip);
    element.append(mark);
  }
  return element;
}

/** What is drawn on an enlarged part ends where the part does, with room for a frame. */
function clipToPlot(svg: Svg, { plot }: HeatmapLayout, id: string): string {
  const name = `${id}-plot`;
  const room = 3;
  const clip = svg.append('clipPath').attr('id', name).append('rect');
  placeRect(clip, {
    x: plot.x - room,
    y: plot.y - room,
    width: plot.width + 2 * room,
    height: plot.height + 2 * room,
  });
  return name;
}

function describe({ rows, columns, rowTitle, columnTitle, legendTitle }: HeatmapInput): string {
  return `Heatmap of ${rows} rows (${rowTitle}) by ${columns} columns (${columnTitle}); colour: ${legendTitle}.`;
}

function drawCells(svg: Svg, input: HeatmapInput, layout: HeatmapLayout, scale: ColourScale, id: string): void {
  const { cells, cellSize, gap, radius } = layout;
  const group = svg.append('g').attr('class', 'cells');
  if (gap === 0) group.attr('shape-rendering', 'crispEdges');
  const side = round(cellSize - gap);
  for (let row = 0; row < input.rows; row += 1) {
    for (let column = 0; column < input.columns; column += 1) {
      const value = input.matrix[row * input.columns + column]!;
      const cell = group
        .append('rect')
        .attr('x', round(cells.x + column * cellSize + gap / 2))
        .attr('y', round(cells.y + row * cellSize + gap / 2))
        .attr('width', side)
        .attr('height', side)
        .attr('fill', value === -Infinity ? `url(#${id}-masked)` : scale.colour(value));
      if (radius > 0) cell.attr('rx', radius);
    }
  }
}

/** One picture of a pixel a cell; masked cells are clear in it, over a hatched plate. */
function drawRaster(
  svg: Svg,
  input: HeatmapInput,
  layout: HeatmapLayout,
  scale: ColourScale,
  id: string,
  encode: (image: RasterImage) => string,
): void {
  const { cells, cellSize, legend } = layout;
  if (legend.swatches.some(({ kind }) => kind === 'masked')) {
    placeRect(svg.append('rect'), cells).attr('fill', `url(#${id}-masked)`);
  }
  const picture = placeRect(svg.append('image'), cells)
    .attr('preserveAspectRatio', 'none')
    .attr('href', encode(rasterise(input.matrix, input.rows, input.columns, scale, 'clear')));
  // Below one px a cell, nearest-neighbour sampling would drop cells: let the viewer average them.
  // An attribute, not a style: a strict CSP blocks inline styles.
  if (cellSize >= 1) picture.attr('image-rendering', 'pixelated');
  placeRect(svg.append('rect'), cells).attr('fill', 'none').attr('stroke', scale.theme.line);
}

function drawLabels(svg: Svg, input: HeatmapInput, layout: HeatmapLayout, theme: FigureTheme): void {
  const axisSize = TYPE.label * (input.textScale ?? 1);
  if (layout.rowTitle) placeLine(svg, layout.rowTitle, axisSize, theme.queryText).attr('font-weight', 600);
  if (layout.columnTitle) placeLine(svg, layout.columnTitle, axisSize, theme.keyText).attr('font-weight', 600);
  const groupOf = (name: string) =>
    svg
      .append('g')
      .attr('class', name)
      .attr('font-family', MONO_FONT)
      .attr('font-size', layout.labelSize)
      .attr('fill', theme.ink);
  const label = (group: ReturnType<typeof groupOf>, placed: PlacedLabel, special: boolean, selected: string | null) => {
    const text = group.append('text').text(placed.text);
    if (selected) text.attr('fill', selected).attr('font-weight', 700);
    else if (special) text.attr('fill', theme.grey);
    if (placed.text !== placed.full) text.append('title').text(placed.full);
    return text;
  };
  const rows = groupOf('row-labels').attr('text-anchor', 'end');
  for (const placed of layout.rowLabels) {
    const chosen = placed.index === input.selection?.row ? theme.queryText : null;
    label(rows, placed, input.rowLabels[placed.index]!.special, chosen)
      .attr('x', round(placed.x))
      .attr('y', round(placed.y));
  }
  const columns = groupOf('column-labels');
  for (const placed of layout.columnLabels) {
    const chosen = placed.index === input.selection?.column ? theme.keyText : null;
    const turned = `translate(${round(placed.x)},${round(placed.y)}) rotate(${-layout.columnAngle})`;
    label(columns, placed, input.columnLabels[placed.index]!.special, chosen).attr('transform', turned);
  }
}

/** The outline of a region. */
function regionMark(
  { cells, cellSize }: HeatmapLayout,
  { rows: [top, bottom], columns: [left, right] }: HeatmapRegion,
  theme: ThemeName,
  { document }: Pick<HeatmapOptions, 'document'>,
): SVGGElement {
  const element = document.createElementNS(NAMESPACE, 'g');
  const rect = select(element).attr('class', 'region').append('rect');
  placeRect(rect, {
    x: cells.x + left * cellSize - 1,
    y: cells.y + top * cellSize - 1,
    width: (right - left + 1) * cellSize + 2,
    height: (bottom - top + 1) * cellSize + 2,
  })
    .attr('fill', 'none')
    .attr('stroke', THEMES[theme].ink)
    .attr('stroke-width', 1.5)
    .attr('stroke-dasharray', '5 3');
  return element;
}

/** Which row (query) and column (key) are chosen; either may be missing. */
export interface HeatmapSelection {
  readonly row?: number | undefined;
  readonly column?: number | undefined;
}

/**
 * The marks of a selection, for an interface that redraws them alone: the query's row outlined in Q's colour, the key's column in
 * K's, their cell in the selection's.
 * @returns a detached `<g>` in px of the figure
 */
export function heatmapSelection(
  layout: Pick<HeatmapLayout, 'cells' | 'cellSize'>,
  selection: HeatmapSelection,
  theme: ThemeName,
  options: { readonly document: Document },
): SVGGElement {
  const { row, column } = selection;
  const { cells, cellSize } = layout;
  const colours = THEMES[theme];
  const element = options.document.createElementNS(NAMESPACE, 'g');
  const group = select(element).attr('class', 'selection').attr('fill', 'none').attr('pointer-events', 'none');
  const outline = (rect: Rect, colour: string, stroke: number) =>
    placeRect(group.append('rect'), rect).attr('rx', 2).attr('stroke', colour).attr('stroke-width', stroke);
  const x = cells.x + (column ?? 0) * cellSize;
  const y = cells.y + (row ?? 0) * cellSize;
  if (column !== undefined) {
    outline({ x: x - 0.5, y: cells.y - 1, width: cellSize + 1, height: cells.height + 2 }, colours.key, 1.5);
  }
  if (row !== undefined) {
    outline({ x: cells.x - 1, y: y - 0.5, width: cells.width + 2, height: cellSize + 1 }, colours.query, 1.5);
  }
  if (row !== undefined && column !== undefined) {
    // Around a small cell, so that the cell itself stays visible.
    const grow = cellSize < 8 ? 1.5 : 0;
    const side = cellSize + 2 * grow;
    outline({ x: x - grow, y: y - grow, width: side, height: side }, colours.selection, 2.5);
  }
  return element;
}
