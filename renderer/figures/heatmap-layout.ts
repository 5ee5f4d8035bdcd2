/** Where everything of a heatmap lies, in px: pure numbers, so that a canvas and an SVG can share them. */
import { colourScale } from './colour-scale.ts';
import type { ColourScale } from './colour-scale.ts';
import { placeHeading } from './heading.ts';
import { axisTitles, fitGrid, placeColumns, placeRows } from './heatmap-grid.ts';
import type { PlacedLabel } from './heatmap-grid.ts';
import { checkInput, isRaster } from './heatmap-input.ts';
import type { HeatmapInput } from './heatmap-input.ts';
import { legendLayout } from './legend.ts';
import type { LegendLayout, Rect, TextLine } from './legend.ts';
import { THEMES } from './theme.ts';
import type { FigureTheme } from './theme.ts';

export interface HeatmapLayout {
  readonly width: number;
  readonly height: number;
  /** The whole matrix; of an enlarged part, it reaches out of `plot`. */
  readonly cells: Rect;
  /** Where cells are drawn. */
  readonly plot: Rect;
  /** Side of a cell's square, gap included; `gap` px of it stay empty. */
  readonly cellSize: number;
  readonly gap: number;
  readonly radius: number;
  /** True when the matrix is one embedded picture and not one rectangle a cell. */
  readonly raster: boolean;
  readonly labelSize: number;
  readonly rowLabels: readonly PlacedLabel[];
  readonly columnLabels: readonly PlacedLabel[];
  readonly columnAngle: 45 | 90;
  /** Longest a column's label may be drawn, in px. */
  readonly columnReach: number;
  readonly titleLines: readonly TextLine[];
  readonly subtitleLines: readonly TextLine[];
  readonly rowTitle: TextLine | null;
  readonly columnTitle: TextLine | null;
  readonly legend: LegendLayout & { readonly x: number; readonly y: number };
}

/**
 * Checks an input and lays it out.
 * @throws RangeError `invalid <name>: <value>` when sizes, labels or selection do not fit the matrix
 */
export function heatmapLayout(input: HeatmapInput): HeatmapLayout {
  checkInput(input);
  const scale = colourScale(input.scale, THEMES[input.theme]);
  return layoutWith(input, scale);
}

/** The theme of an input and its scale. */
export function heatmapScale(input: HeatmapInput): { theme: FigureTheme; scale: ColourScale } {
  const theme = THEMES[input.theme];
  return { theme, scale: colourScale(input.scale, theme) };
}

function layoutWith(input: HeatmapInput, scale: ColourScale): HeatmapLayout {
  const unit = input.textScale ?? 1;
  const pad = 16 * unit;
  const room = Math.max(160 * unit, input.maxWidth - 2 * pad);
  const heading = placeHeading(input.title, input.subtitle, { unit, pad, room });
  const off = offScale(input);
  const measure = (barWidth: number, besideWidth: number) =>
    legendLayout({ scale, title: input.legendTitle, off, width: room, barWidth, besideWidth, textScale: unit });
  // Reckoned with its title below the bar, the taller of its two shapes.
  const draftLegend = measure(240 * unit, 0);
  const top = heading.bottom + (heading.bottom > pad ? 12 * unit : 0);
  const legendGap = 14 * unit;
  const free = {
    width: room,
    height: Math.max(120 * unit, input.maxHeight - top - draftLegend.height - legendGap - pad),
  };
  const grid = fitGrid(input, unit, free);
  const cells: Rect = {
    x: pad + grid.rowRoom,
    y: top + grid.columnRoom,
    width: grid.cellSize * input.columns,
    height: grid.cellSize * input.rows,
  };
  const used = Math.max(heading.right, cells.x + cells.width + grid.overhang);
  const legend = measure(Math.min(240 * unit, Math.max(150 * unit, cells.width)), used - cells.x);
  const right = pad + room;
  const legendX = cells.x + legend.width <= right ? cells.x : Math.max(pad, right - legend.width);
  const legendY = cells.y + cells.height + legendGap;
  const content = Math.max(used, legendX + legend.width);
  return {
    width: Math.ceil(content + pad),
    height: Math.ceil(legendY + legend.height + pad),
    cells,
    plot: cells,
    cellSize: grid.cellSize,
    gap: grid.cellSize >= 6 && !isRaster(input) ? 1 : 0,
    radius: grid.cellSize >= 12 ? 2 : 0,
    raster: isRaster(input),
    labelSize: grid.size,
    columnAngle: grid.angle,
    columnReach: grid.columnCap,
    rowLabels: placeRows(input, grid, cells, unit),
    columnLabels: placeColumns(input, grid, cells, unit),
    titleLines: heading.titleLines,
    subtitleLines: heading.subtitleLines,
    ...axisTitles(input, grid, cells, unit),
    legend: { ...legend, x: legendX, y: legendY },
  };
}

function offScale({ matrix, words }: HeatmapInput): { kind: 'masked' | 'missing'; text: string }[] {
  let masked = false;
  let missing = false;
  for (const value of matrix) {
    if (value === -Infinity) masked = true;
    else if (value !== value) missing = true;
  }
  return [
    ...(masked ? [{ kind: 'masked' as const, text: words?.masked ?? 'masked (−∞)' }] : []),
    ...(missing ? [{ kind: 'missing' as const, text: words?.missing ?? 'not a number' }] : []),
  ];
}

/** The cell under a point of the figure, or null. */
export function cellAt(
  layout: HeatmapLayout,
  input: { readonly rows: number; readonly columns: number },
  x: number,
  y: number,
): { row: number; column: number } | null {
  const { plot } = layout;
  if (x < plot.x || y < plot.y || x >= plot.x + plot.width || y >= plot.y + plot.height) return null;
  const row = Math.floor((y - layout.cells.y) / layout.cellSize);
  const column = Math.floor((x - layout.cells.x) / layout.cellSize);
  return row >= 0 && column >= 0 && row < input.rows && column < input.columns ? { row, column } : null;
}
