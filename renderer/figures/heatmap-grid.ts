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
  /** Of how many labels one is shown. */
  readonly rowStep: number;
  readonly columnStep: number;
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
    grid = gridOf(input, unit, free, { size, angle, rowStep: 1, columnStep: 1 });
    if (grid.cellSize >= rowPitch(size) && grid.cellSize >= columnPitch(size, angle)) return grid;
  }
  // Labels that are left out need no room; the cells can only grow by that, so the steps still fit.
  const step = (pitch: number) => Math.max(1, Math.ceil(pitch / grid!.cellSize - 1e-9));
  const steps = { rowStep: step(rowPitch(dense)), columnStep: step(columnPitch(dense, 90)) };
  return gridOf(input, unit, free, { size: dense, angle: 90, ...steps });
}

function gridOf(
  input: HeatmapInput,
  unit: number,
  free: { width: number; height: number },
  choice: Pick<Grid, 'size' | 'angle' | 'rowStep' | 'columnStep'>,
): Grid {
  const { size, angle, rowStep, columnStep } = choice;
  const rowCap = Math.max(48 * unit, Math.min(170 * unit, free.width * 0.28));
  const columnCap = Math.max(48 * unit, Math.min(170 * unit, free.height * (angle === 45 ? 0.48 : 0.2)));
  // A selected label is shown too, whatever the step; room for most of them, so that the layout does not depend on the selection.
  const usual = 13 * textWidth('m', size, 'mono');
  const widest = (labels: readonly AxisLabel[], step: number, cap: number) => {
    let shown = 0;
    let all = 0;
    labels.forEach(({ text }, index) => {
      const width = textWidth(labelText(text), size, 'mono');
      all = Math.max(all, width);
      if (index % step === 0) shown = Math.max(shown, width);
    });
    return Math.min(cap, Math.max(shown, Math.min(all, usual)));
  };
  const titleSize = TYPE.label * unit;
  const titles = [`${input.rowTitle} ↓`, `${input.columnTitle} →`].map((text) =>
    textWidth(text, titleSize, 'word', true),
  );
  const rowReach = widest(input.rowLabels, rowStep, rowCap);
  const rowRoom = Math.max(rowReach, ...titles) + 9 * unit;
  const columnReach = widest(input.columnLabels, columnStep, columnCap);
  const labelHeight = angle === 45 ? columnReach * SIN45 + size * 0.8 : columnReach + 2 * unit;
  const columnRoom = Math.max(labelHeight, 2.6 * titleSize + size / 2) + 7 * unit;
  const limit = input.maxCell ?? 36 * unit;
  const lastReach = Math.min(columnCap, textWidth(labelText(input.columnLabels.at(-1)!.text), size, 'mono'));
  const lean = angle === 45 ? lastReach * SIN45 + size * 0.3 : 0;
  const fit = (overhang: number) =>
    Math.min(limit, (free.width - rowRoom - overhang) / input.columns, (free.height - columnRoom) / input.rows);
  const raw = Math.max(isRaster(input) ? 0.25 : 3, fit(Math.max(0, lean - fit(lean) / 2)));
  const cellSize = raw >= 4 ? Math.floor(raw) : Math.floor(raw * 100) / 100;
  const overhang = Math.max(0, lean - cellSize / 2);
  return { ...choice, cellSize, rowRoom, columnRoom, overhang, rowCap: rowRoom - 9 * unit, columnCap: columnReach };
}

/**
 * Indices whose labels are shown: every so many, and the selected one in place of neighbours that it would touch.
 * @param distance from one label to the next, in px
 * @param pitch the least distance that labels need, in px
 */
export function shownIndices(count: number, distance: number, pitch: number, selected?: number): number[] {
  const step = Math.max(1, Math.ceil(pitch / distance - 1e-9));
  const indices: number[] = [];
  for (let index = 0; index < count; index += step) {
    if (selected === undefined || Math.abs(index - selected) >= step) indices.push(index);
  }
  if (selected !== undefined) indices.push(selected);
  return indices.sort((a, b) => a - b);
}

export function placeRows(input: HeatmapInput, grid: Grid, cells: Rect, unit: number): PlacedLabel[] {
  const shown = shownIndices(input.rows, 1, grid.rowStep, input.selection?.row);
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
  const shown = shownIndices(input.columns, 1, grid.columnStep, input.selection?.column);
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
export function axisTitles(input: HeatmapInput, grid: Grid, cells: Rect, unit: number) {
  const x = cells.x - 7 * unit;
  const size = TYPE.label * unit;
  // A label higher than its row reaches above the first row.
  const y = cells.y - 7 * unit - Math.max(0, grid.size - grid.cellSize) / 2;
  const place = (text: string, y: number): TextLine | null => (text === '' ? null : { x, y, text, anchor: 'end' });
  const rowTitle = input.rowTitle === '' ? '' : `${input.rowTitle} ↓`;
  const columnTitle = input.columnTitle === '' ? '' : `${input.columnTitle} →`;
  return {
    rowTitle: place(rowTitle, y),
    columnTitle: place(columnTitle, y - size * 1.4),
  };
}
