/** A part of a heatmap drawn as large as the whole: the same places, legend and words around enlarged cells. */
import { shownIndices } from './heatmap-grid.ts';
import type { PlacedLabel } from './heatmap-grid.ts';
import type { AxisLabel, HeatmapInput } from './heatmap-input.ts';
import type { HeatmapLayout } from './heatmap-layout.ts';
import { fitText, labelText } from './text.ts';

/** Where the first cell's corner is drawn, in px of the figure, and the side of a cell. */
export interface HeatmapView {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** The layout of an enlarged part: of the same size, its cells reach out of `plot`; with the labels of what is seen. */
export function zoomedLayout(layout: HeatmapLayout, input: HeatmapInput, { x, y, scale }: HeatmapView): HeatmapLayout {
  const { plot, labelSize } = layout;
  if (scale <= layout.cellSize) return layout;
  const cells = { x, y, width: scale * input.columns, height: scale * input.rows };
  const gap = labelSize * 0.6;
  const turned = layout.columnAngle === 45 ? 0.18 : 0.35;
  const rows = { first: (plot.y - y) / scale, count: plot.height / scale };
  const columns = { first: (plot.x - x) / scale, count: plot.width / scale };
  const rowLabels = labelsSeen(input.rowLabels, rows, scale, labelSize, input.selection?.row).map(
    (label): PlacedLabel => ({
      ...label,
      text: fitText(label.full, plot.x - 2 * gap, labelSize, 'mono'),
      x: plot.x - gap,
      y: y + (label.index + 0.5) * scale + labelSize * 0.35,
      anchor: 'end',
    }),
  );
  const columnLabels = labelsSeen(input.columnLabels, columns, scale, labelSize, input.selection?.column).map(
    (label): PlacedLabel => ({
      ...label,
      text: fitText(label.full, layout.columnReach, labelSize, 'mono'),
      x: x + (label.index + 0.5) * scale + labelSize * turned,
      y: plot.y - gap,
      anchor: 'start',
    }),
  );
  return { ...layout, cells, cellSize: scale, rowLabels, columnLabels };
}

/** Labels whose middle is seen, as many as fit. */
function labelsSeen(
  labels: readonly AxisLabel[],
  { first, count }: { readonly first: number; readonly count: number },
  distance: number,
  size: number,
  selected: number | undefined,
): { index: number; full: string }[] {
  const seen = (index: number): boolean => index + 0.5 >= first && index + 0.5 <= first + count;
  const chosen = selected !== undefined && seen(selected) ? selected : undefined;
  return shownIndices(labels.length, distance, size * 1.1, chosen)
    .filter(seen)
    .map((index) => ({ index, full: labelText(labels[index]!.text) }));
}
