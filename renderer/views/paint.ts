/** Paints figures' cells on a canvas, in the same places and colours as the figure's own SVG would have them. */
import type { ColourScale } from '../figures/colour-scale.ts';
import { heatmapScale } from '../figures/heatmap-layout.ts';
import type { HeatmapInput, HeatmapLayout } from '../figures/heatmap.ts';
import { paintCells } from '../figures/raster.ts';
import { panelScale } from '../figures/token-vectors-layout.ts';
import type { TokenVectorsInput, TokenVectorsLayout } from '../figures/token-vectors-layout.ts';

/** Sizes a canvas to px of the figure at the screen's own density and clears it. */
export function prepare(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.max(1, Math.round(width * density));
  canvas.height = Math.max(1, Math.round(height * density));
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context?.setTransform(density, 0, 0, density, 0, 0);
  return context;
}

/** A matrix as a canvas of one pixel a value; masked values stay clear. */
function pixelsOf(matrix: Float32Array, rows: number, columns: number, scale: ColourScale): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = columns;
  canvas.height = rows;
  const image = new ImageData(columns, rows);
  paintCells(image, matrix, scale, 'clear');
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}

const paintedPixels = new WeakMap<Float32Array, { readonly key: string; readonly canvas: HTMLCanvasElement }>();

/** `pixelsOf`, kept as long as the matrix: panning and zooming paint no cell again. */
function keptPixels(matrix: Float32Array, rows: number, columns: number, scale: ColourScale): HTMLCanvasElement {
  const key = JSON.stringify([scale.spec, scale.theme.name]);
  const known = paintedPixels.get(matrix);
  if (known?.key === key) return known.canvas;
  const canvas = pixelsOf(matrix, rows, columns, scale);
  paintedPixels.set(matrix, { key, canvas });
  return canvas;
}

/** The hatching of masked cells: 5 px, turned by 45°, as in figures. */
function hatching(context: CanvasRenderingContext2D, scale: ColourScale): CanvasPattern | string {
  const tile = document.createElement('canvas');
  tile.width = 5;
  tile.height = 5;
  const brush = tile.getContext('2d');
  if (brush === null) return scale.masked;
  brush.fillStyle = scale.masked;
  brush.fillRect(0, 0, 5, 5);
  brush.fillStyle = scale.theme.maskedLine;
  brush.fillRect(0, 0, 1.4, 5);
  const pattern = context.createPattern(tile, 'repeat');
  pattern?.setTransform(new DOMMatrix().rotate(45));
  return pattern ?? scale.masked;
}

/** Paints a heatmap's cells; the canvas has the size of the whole figure. */
export function paintHeatmap(canvas: HTMLCanvasElement, input: HeatmapInput, layout: HeatmapLayout): void {
  const context = prepare(canvas, layout.width, layout.height);
  if (context === null) return;
  const { scale } = heatmapScale(input);
  const { cells, plot, cellSize, gap, radius } = layout;
  const masked = hatching(context, scale);
  if (plot !== cells) {
    context.beginPath();
    context.rect(plot.x, plot.y, plot.width, plot.height);
    context.clip();
  }
  if (layout.raster) {
    context.fillStyle = masked;
    context.fillRect(plot.x, plot.y, plot.width, plot.height);
    context.imageSmoothingEnabled = cellSize * (window.devicePixelRatio || 1) < 1;
    const pixels = keptPixels(input.matrix, input.rows, input.columns, scale);
    context.drawImage(pixels, ...partOf(layout, input), plot.x, plot.y, plot.width, plot.height);
    return;
  }
  const side = cellSize - gap;
  input.matrix.forEach((value, index) => {
    const x = cells.x + (index % input.columns) * cellSize + gap / 2;
    const y = cells.y + Math.floor(index / input.columns) * cellSize + gap / 2;
    context.fillStyle = value === -Infinity ? masked : scale.colour(value);
    context.beginPath();
    context.roundRect(x, y, side, side, radius);
    context.fill();
  });
}

/** The pixels of the matrix, one a cell, that are seen: x, y, width, height. */
function partOf(
  { cells, plot, cellSize }: HeatmapLayout,
  { rows, columns }: HeatmapInput,
): [number, number, number, number] {
  if (plot === cells) return [0, 0, columns, rows];
  return [(plot.x - cells.x) / cellSize, (plot.y - cells.y) / cellSize, plot.width / cellSize, plot.height / cellSize];
}

/** Paints the cells of token vectors, a row of pixels a token. */
export function paintVectors(canvas: HTMLCanvasElement, input: TokenVectorsInput, layout: TokenVectorsLayout): void {
  const context = prepare(canvas, layout.width, layout.height);
  if (context === null) return;
  context.imageSmoothingEnabled = false;
  input.panels.forEach((panel, index) => {
    const cells = layout.panels[index]?.cells;
    if (cells === undefined) return;
    const pixels = pixelsOf(panel.matrix, input.rows, panel.columns, panelScale(panel, input.theme));
    for (let row = 0; row < input.rows; row += 1) {
      const y = cells.y + row * layout.rowHeight;
      const height = layout.rowHeight - layout.rowGap;
      context.drawImage(pixels, 0, row, panel.columns, 1, cells.x, y, cells.width, height);
    }
  });
}
