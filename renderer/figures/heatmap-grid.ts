/** How large the cells of a heatmap can be, and which token labels fit around them without touching. */
import { isRaster } from './heatmap-input.ts';
import type { AxisLabel, HeatmapInput } from './heatmap-input.ts';
import type { Rect, TextLine } from './legend.ts';
import { fitText, labelText, textWidth } from './text.ts';
import { TYPE } from './theme.ts';

/** A label that is shown; `text` may be cut. Column labels are turned by −`columnAngle`° around their point. */
export interface PlacedLabel extends TextLine {
  readonly index: number;
  readonly full: string;
}

/** Size of the cells, and of the labels around them. */
export interface Grid {
  readonly cellSize: number;
  readonly size: number;
  readonly angle: 45 | 90;
  /** Room left of and above the cells for labels and axis titles; `overhang` px right of them. */
  readonly rowRoom: number;
  readonly columnRoom: number;
  readonly overhang: number;
  /** Longest a label may be drawn, in px. */
  readonly rowCap: number;
  readonly columnCap: number;
}

const LINE = 1.1;
const SIN45 = Math.SQRT1_2;

/** Least distance in px between two neighbouring labels' points. */
function rowPitch(size: number): number {
  return size * LINE;
}
function columnPitch(size: number, angle: 45 | 90): number {
  return angle === 45 ? (size * 1.15) / SIN45 : size * LINE;
}

/** The largest type and the calmest angle with which every label shows; else the densest, and labels are left out. */
export function fitGrid(input: HeatmapInput, unit: number, free: { width: number; height: number }): Grid {
  const dense = TYPE.dense * unit;
  const choices: [number, 45 | 90][] = [
    [TYPE.label * unit, 45],
    [(TYPE.label - 1) * unit, 45],
    [dense, 45],
    [dense, 90],
  ];
  let grid: Grid | undefined;
  for (const [size, angle] of choices) {
    grid = gridOf(input, unit, free, size, angle);
    if (grid.cellSize >= rowPitch(size) && grid.cellSize >= columnPitch(size, angle)) return grid;
  }
  return grid!;
}

function gridOf(
  input: HeatmapInput,
  unit: number,
  free: { width: number; height: number },
  size: number,
  angle: 45 | 90,
): Grid {
  const rowCap = Math.max(48 * unit, Math.min(170 * unit, free.width * 0.28));
  const columnCap = Math.max(48 * unit, Math.min(170 * unit, free.height * (angle === 45 ? 0.48 : 0.2)));
  const widest = (labels: readonly AxisLabel[], cap: number) =>
    Math.min(
      cap,
      labels.reduce((most, label) => Math.max(most, textWidth(labelText(label.text), size, 'mono')), 0),
    );
  const titleSize = TYPE.label * unit;
  const titles = [`${input.rowTitle} ↓`, `${input.columnTitle} →`].map((text) =>
    textWidth(text, titleSize, 'word', true),
  );
  const rowRoom = Math.max(widest(input.rowLabels, rowCap), ...titles) + 9 * unit;
  const columnReach = widest(input.columnLabels, columnCap);
  const labelHeight = angle === 45 ? columnReach * SIN45 + size * 0.8 : columnReach + 2 * unit;
  const columnRoom = Math.max(labelHeight, 2.6 * titleSize) + 7 * unit;
  const limit = input.maxCell ?? 36 * unit;
  const lastReach = Math.min(columnCap, textWidth(labelText(input.columnLabels.at(-1)!.text), size, 'mono'));
  const lean = angle === 45 ? lastReach * SIN45 + size * 0.3 : 0;
  const fit = (overhang: number) =>
    Math.min(limit, (free.width - rowRoom - overhang) / input.columns, (free.height - columnRoom) / input.rows);
  const raw = Math.max(isRaster(input) ? 0.25 : 3, fit(Math.max(0, lean - fit(lean) / 2)));
  const cellSize = raw >= 4 ? Math.floor(raw) : Math.floor(raw * 100) / 100;
  return { cellSize, size, angle, rowRoom, columnRoom, overhang: Math.max(0, lean - cellSize / 2), rowCap, columnCap };
}

/** Indices whose labels are shown: every step-th, and the selected one in place of neighbours that it would touch. */
export function shownIndices(count: number, cellSize: number, pitch: number, selected?: number): number[] {
  const step = Math.max(1, Math.ceil(pitch / cellSize - 1e-9));
  const indices: number[] = [];
  for (let index = 0; index < count; index += step) {
    if (selected === undefined || Math.abs(index - selected) >= step) indices.push(index);
  }
  if (selected !== undefined) indices.push(selected);
  return indices.sort((a, b) => a - b);
}

export function placeRows(input: HeatmapInput, grid: Grid, cells: Rect, unit: number): PlacedLabel[] {
  const shown = shownIndices(input.rows, grid.cellSize, rowPitch(grid.size), input.selection?.row);
  return shown.map((index) => {
    const full = labelText(input.rowLabels[index]!.text);
    return {
      index,
      full,
      text: fitText(full, grid.rowCap, grid.size, 'mono'),
      x: cells.x - 7 * unit,
      y: cells.y + (index + 0.5) * grid.cellSize + grid.size * 0.35,
      anchor: 'end' as const,
    };
  });
}

export function placeColumns(input: HeatmapInput, grid: Grid, cells: Rect, unit: number): PlacedLabel[] {
  const pitch = columnPitch(grid.size, grid.angle);
  const shown = shownIndices(input.columns, grid.cellSize, pitch, input.selection?.column);
  return shown.map((index) => {
    const full = labelText(input.columnLabels[index]!.text);
    return {
      index,
      full,
      text: fitText(full, grid.columnCap, grid.size, 'mono'),
      x: cells.x + (index + 0.5) * grid.cellSize + grid.size * (grid.angle === 45 ? 0.18 : 0.35),
      y: cells.y - 6 * unit,
      anchor: 'start' as const,
    };
  });
}

/** The axes' names stand in the corner between the labels: `key →` above `query ↓`. */
export function axisTitles(input: HeatmapInput, cells: Rect, unit: number) {
  const x = cells.x - 7 * unit;
  const size = TYPE.label * unit;
  const place = (text: string, y: number): TextLine | null => (text === '' ? null : { x, y, text, anchor: 'end' });
  const rowTitle = input.rowTitle === '' ? '' : `${input.rowTitle} ↓`;
  const columnTitle = input.columnTitle === '' ? '' : `${input.columnTitle} →`;
  return {
    rowTitle: place(rowTitle, cells.y - 7 * unit),
    columnTitle: place(columnTitle, cells.y - 7 * unit - size * 1.4),
  };
}
