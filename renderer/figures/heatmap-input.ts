/** What a heatmap is drawn from, and the checks on it. */
import type { ColourScaleSpec } from './colour-scale.ts';
import type { ThemeName } from './theme.ts';

export interface AxisLabel {
  readonly text: string;
  /** `[CLS]` and the like: shown in grey. */
  readonly special: boolean;
}

export interface HeatmapRegion {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
}

export interface HeatmapInput {
  /** [rows, columns], row-major. −Infinity is a masked cell, NaN a value that could not be computed. */
  readonly matrix: Float32Array;
  readonly rows: number;
  readonly columns: number;
  readonly rowLabels: readonly AxisLabel[];
  readonly columnLabels: readonly AxisLabel[];
  /** Names of the axes, `query` and `key`; an empty string leaves one out. */
  readonly rowTitle: string;
  readonly columnTitle: string;
  /** An empty title or subtitle takes no room. */
  readonly title: string;
  readonly subtitle: string;
  /** What the colours stand for, with unit and transform. */
  readonly legendTitle: string;
  readonly scale: ColourScaleSpec;
  readonly theme: ThemeName;
  readonly selection?: { readonly row?: number | undefined; readonly column?: number | undefined } | undefined;
  /** Room in px. A figure grows beyond it only when labels alone do not fit. */
  /** Rows and columns from first to last that are marked together. */
  readonly region?: HeatmapRegion | undefined;
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** Factor on all type sizes; default 1. */
  readonly textScale?: number;
  /** Widest a cell gets, in px; default 36 × textScale. */
  readonly maxCell?: number;
  /** Prefix of the ids inside the SVG; two figures on one page need different ones. Default `heatmap`. */
  readonly id?: string;
  /** Words of the figure in the reader's language; defaults are English. */
  readonly words?: { readonly masked?: string; readonly missing?: string; readonly description?: string };
}

/** Above this many rows or columns a matrix is drawn as one picture. */
export const RASTER_ABOVE = 64;

export function isRaster({ rows, columns }: { readonly rows: number; readonly columns: number }): boolean {
  return rows > RASTER_ABOVE || columns > RASTER_ABOVE;
}

/** @throws RangeError `invalid <name>: <value>` when sizes, labels or selection do not fit the matrix */
export function checkInput(input: HeatmapInput): void {
  const { matrix, rows, columns, rowLabels, columnLabels, selection } = input;
  const whole = (value: number) => Number.isInteger(value) && value > 0;
  if (!whole(rows) || !whole(columns) || matrix.length !== rows * columns) {
    throw new RangeError(`invalid matrix: ${matrix.length} values for ${rows} × ${columns} cells`);
  }
  if (rowLabels.length !== rows) throw new RangeError(`invalid rowLabels: ${rowLabels.length} labels for ${rows} rows`);
  if (columnLabels.length !== columns) {
    throw new RangeError(`invalid columnLabels: ${columnLabels.length} labels for ${columns} columns`);
  }
  const inside = (index: number | undefined, count: number) =>
    index === undefined || (Number.isInteger(index) && index >= 0 && index < count);
  if (!inside(selection?.row, rows) || !inside(selection?.column, columns)) {
    throw new RangeError(
      `invalid selection: row ${selection?.row}, column ${selection?.column} of ${rows} × ${columns}`,
    );
  }
  if (!(input.maxWidth > 0 && input.maxHeight > 0)) {
    throw new RangeError(`invalid size: ${input.maxWidth} × ${input.maxHeight}`);
  }
}
