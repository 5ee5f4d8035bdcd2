/** What a token flow is drawn from, and the checks on it. */
import type { LineKind } from './head-colours.ts';
import type { AxisLabel } from './heatmap-input.ts';
import type { ThemeName } from './theme.ts';

/** Lines of one colour. */
export interface FlowSet {
  /** `layer 4 · head 2`. */
  readonly label: string;
  /** [rows, columns], row-major: weights, or differences of weights. What is not a number has no line. */
  readonly matrix: Float32Array;
  /** −1: the lines are those of the values below 0. */
  readonly sign: 1 | -1;
  readonly style: LineKind;
}

/** Whose lines `topK` counts: those of a query, or those of a key. */
export type FlowDirection = 'from' | 'to';

export interface FlowFilter {
  /** The least weight with a line, 0…1; what is 0 never has one. */
  readonly threshold: number;
  /** At most so many lines of a token (query for `from`, key for `to`) and set, the largest; null: all. */
  readonly topK: number | null;
  readonly direction: FlowDirection;
}

/** The lines that are wanted. */
export interface FlowLinesInput extends FlowFilter {
  readonly sets: readonly FlowSet[];
  readonly rows: number;
  readonly columns: number;
}

/** Around which token the text is readable where not all of it can be. */
export interface FlowFocus {
  readonly centre: number;
  /** How many tokens; null: as many as there is room for. */
  readonly tokens: number | null;
}

export interface FlowSelection {
  readonly row?: number | undefined;
  readonly column?: number | undefined;
}

export interface TokenFlowInput extends FlowLinesInput {
  readonly rowLabels: readonly AxisLabel[];
  readonly columnLabels: readonly AxisLabel[];
  /** Names of the sides, `query` and `key`. */
  readonly rowTitle: string;
  readonly columnTitle: string;
  /** An empty title or subtitle takes no room. */
  readonly title: string;
  readonly subtitle: string;
  readonly theme: ThemeName;
  /** The lines of the selected query (`from`) or key (`to`) stand out. */
  readonly selection?: FlowSelection | undefined;
  /** Left out or null: all tokens have the same height. */
  readonly focus?: FlowFocus | null;
  /** Room in px. */
  readonly maxWidth: number;
  readonly maxHeight: number;
  /** False: an interface says below the figure what its legend would. Default true. */
  readonly legend?: boolean;
  /** Factor on all type sizes; default 1. */
  readonly textScale?: number;
  /** The most lines drawn; default MOST_LINES. */
  readonly mostLines?: number;
  /** Prefix of the ids inside the SVG. Default `token-flow`. */
  readonly id?: string;
  /** Words in the reader's language; defaults are English. */
  readonly words?: {
    readonly description?: string;
    readonly notes?: (facts: FlowFacts) => readonly string[];
    readonly weight?: string;
  };
}

/** What is to be said about the lines drawn. */
export interface FlowFacts extends FlowFilter {
  /** Lines drawn, and those there would be without a limit to their number. */
  readonly drawn: number;
  readonly found: number;
  /** The part of all weight that the drawn lines hold, 0…1. */
  readonly share: number;
  /** True where neighbouring tokens share lines for want of room. */
  readonly isBundled: boolean;
  /** True where some tokens have no label for want of room. */
  readonly isThinned: boolean;
  /** True where colours come again with other strokes. */
  readonly isDashed: boolean;
}

/** More lines than this make no picture clearer, and a vector file too large. */
export const MOST_LINES = 3000;

/** @throws RangeError `invalid <name>: <value>` when sizes, labels, filter or selection do not fit */
export function checkFlow(input: TokenFlowInput): void {
  checkLines(input);
  const { rows, columns, rowLabels, columnLabels, selection } = input;
  if (rowLabels.length !== rows) throw new RangeError(`invalid rowLabels: ${rowLabels.length} labels for ${rows} rows`);
  if (columnLabels.length !== columns) {
    throw new RangeError(`invalid columnLabels: ${columnLabels.length} labels for ${columns} columns`);
  }
  const inside = (index: number | undefined, count: number) =>
    index === undefined || (Number.isInteger(index) && index >= 0 && index < count);
  if (!inside(selection?.row, rows) || !inside(selection?.column, columns)) {
    const { row, column } = selection ?? {};
    throw new RangeError(`invalid selection: row ${row}, column ${column} of ${rows} × ${columns}`);
  }
  if (!(input.maxWidth > 0 && input.maxHeight > 0)) {
    throw new RangeError(`invalid size: ${input.maxWidth} × ${input.maxHeight}`);
  }
}

/** @throws RangeError `invalid <name>: <value>` when a matrix or the filter does not fit */
export function checkLines({ sets, rows, columns, threshold, topK }: FlowLinesInput): void {
  const whole = (value: number) => Number.isInteger(value) && value > 0;
  if (!whole(rows) || !whole(columns)) throw new RangeError(`invalid size: ${rows} × ${columns} tokens`);
  for (const { label, matrix } of sets) {
    if (matrix.length === rows * columns) continue;
    throw new RangeError(`invalid matrix: ${matrix.length} values of ${label} for ${rows} × ${columns} tokens`);
  }
  if (!(threshold >= 0 && threshold <= 1)) throw new RangeError(`invalid threshold: ${threshold}; expected 0 to 1`);
  if (topK !== null && !whole(topK)) throw new RangeError(`invalid topK: ${topK}; expected a whole number from 1`);
}
