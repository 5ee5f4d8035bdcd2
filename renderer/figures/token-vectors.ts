/** One vector a token as a strip of colour, tokens below each other: a detached SVG element. */
import { select } from 'd3';
import type { Selection } from 'd3';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeLine } from './heading.ts';
import { RASTER_ABOVE } from './heatmap-input.ts';
import { drawLegend, placeRect, round } from './legend.ts';
import { pngDataUrl } from './png.ts';
import { rasterise } from './raster.ts';
import type { RasterImage } from './raster.ts';
import { MONO_FONT, THEMES, TYPE } from './theme.ts';
import type { FigureTheme } from './theme.ts';
import { panelScale, tokenVectorsLayout } from './token-vectors-layout.ts';
import type { PanelLayout, TokenVectorsInput, TokenVectorsLayout, VectorPanel } from './token-vectors-layout.ts';

export { panelScale, tokenVectorsLayout, vectorAt } from './token-vectors-layout.ts';
export type { TokenVectorsInput, TokenVectorsLayout, VectorPanel } from './token-vectors-layout.ts';

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

/**
 * Draws the panels of an input.
 * @param options `cells: 'omit'` leaves cells and background out, for an interface that paints them on a canvas below
 * @returns a detached `<svg>` of layout.width × layout.height px, with text as text
 * @throws RangeError as tokenVectorsLayout
 */
export function tokenVectors(
  input: TokenVectorsInput,
  options: {
    readonly document: Document;
    readonly cells: 'draw' | 'omit';
    readonly encodeRaster?: (image: RasterImage) => string;
  },
): SVGSVGElement {
  const layout = tokenVectorsLayout(input);
  const theme = THEMES[input.theme];
  const unit = input.textScale ?? 1;
  const id = input.id ?? 'vectors';
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg = select<SVGSVGElement, unknown>(element);
  const names = [input.title, input.subtitle];
  drawFrame(svg, layout, { id, names, unnamed: 'Vectors', description: describe(input) });
  if (options.cells === 'draw') {
    svg.append('rect').attr('width', layout.width).attr('height', layout.height).attr('fill', theme.panel);
  }
  drawHeading(svg, layout.heading, theme, unit);
  drawRowLabels(svg, input, layout, theme);
  for (const [index, panel] of input.panels.entries()) {
    const place = layout.panels[index]!;
    if (options.cells === 'draw') drawPanelCells(svg, input, panel, layout, place, options.encodeRaster ?? pngDataUrl);
    drawPanelFrame(svg, panel, place, theme, unit);
    const legend = svg.append('g').attr('class', 'legend');
    legend.attr('transform', `translate(${round(place.legend.x)},${round(place.legend.y)})`);
    drawLegend(legend, place.legend, panelScale(panel, input.theme), `${id}-${index}`);
  }
  return element;
}

function describe({ panels, rows, columnTitle }: TokenVectorsInput): string {
  const sizes = panels.map(({ title, columns }) => `${title} ${rows} × ${columns}`.trim()).join('; ');
  return `Tokens by ${columnTitle}: ${sizes}.`;
}

function drawRowLabels(svg: Svg, input: TokenVectorsInput, layout: TokenVectorsLayout, theme: FigureTheme): void {
  const group = svg.append('g').attr('class', 'row-labels').attr('font-family', MONO_FONT);
  for (const line of layout.rowLabels) {
    const colour = input.rowLabels[line.index]!.special ? theme.grey : theme.ink;
    const text = placeLine(group, line, layout.labelSize, colour);
    if (line.text !== line.full) text.append('title').text(line.full);
  }
}

/** Up to 64 × 64 one rectangle a cell, above that one picture. */
function drawPanelCells(
  svg: Svg,
  input: TokenVectorsInput,
  panel: VectorPanel,
  layout: TokenVectorsLayout,
  { cells }: PanelLayout,
  encode: (image: RasterImage) => string,
): void {
  const scale = panelScale(panel, input.theme);
  const { rowHeight, rowGap } = layout;
  const group = svg.append('g').attr('class', 'cells').attr('shape-rendering', 'crispEdges');
  if (input.rows > RASTER_ABOVE || panel.columns > RASTER_ABOVE) {
    for (let row = 0; row < input.rows; row += 1) {
      const values = panel.matrix.subarray(row * panel.columns, (row + 1) * panel.columns);
      placeRect(group.append('image'), { ...cells, y: cells.y + row * rowHeight, height: rowHeight - rowGap })
        .attr('preserveAspectRatio', 'none')
        .attr('href', encode(widened(rasterise(values, 1, panel.columns, scale), cells.width)));
    }
    return;
  }
  const pitch = cells.width / panel.columns;
  panel.matrix.forEach((value, cell) => {
    const column = cell % panel.columns;
    const x = round(cells.x + column * pitch);
    const y = round(cells.y + Math.floor(cell / panel.columns) * rowHeight);
    const width = round(cells.x + (column + 1) * pitch) - x;
    placeRect(group.append('rect'), { x, y, width, height: rowHeight - rowGap }).attr('fill', scale.colour(value));
  });
}

/** The picture with every pixel repeated to about four a px of its place, so that no viewer smears neighbours together. */
function widened(image: RasterImage, width: number): RasterImage {
  const factor = Math.max(1, Math.ceil((4 * width) / image.width));
  const data = new Uint8ClampedArray(image.data.length * factor);
  const from = new Uint32Array(image.data.buffer, image.data.byteOffset, image.width);
  new Uint32Array(data.buffer).forEach((_, index, pixels) => {
    pixels[index] = from[Math.floor(index / factor)]!;
  });
  return { width: image.width * factor, height: 1, data };
}

function drawPanelFrame(svg: Svg, panel: VectorPanel, place: PanelLayout, theme: FigureTheme, unit: number): void {
  const colours = { query: theme.queryText, key: theme.keyText, value: theme.valueText, product: theme.ink } as const;
  if (place.title) placeLine(svg, place.title, TYPE.text * unit, colours[panel.hue]).attr('font-weight', 600);
  const ticks = svg.append('g').attr('class', 'ticks').attr('font-family', MONO_FONT);
  for (const tick of place.ticks) placeLine(ticks, tick, (TYPE.label - 1) * unit, theme.grey);
}
