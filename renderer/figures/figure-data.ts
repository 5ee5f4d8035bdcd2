/** The numbers behind a figure, for other programs. */

/** One line of a table; null where there is no number. */
export type DataRow = Readonly<Record<string, string | number | null>>;

export interface DataArray {
  readonly name: string;
  /** Row-major. */
  readonly data: Float32Array | Float64Array;
  readonly dims: readonly number[];
}

export interface DataStrings {
  readonly name: string;
  readonly strings: readonly string[];
}

export interface FigureData {
  /** Numbers with their axes, and the labels of those axes. */
  readonly arrays: readonly (DataArray | DataStrings)[];
  /** The same, or what has no axes, as a table; made when it is asked for. */
  readonly rows: () => readonly DataRow[];
  /** Sums, and what else is one value. */
  readonly facts?: Readonly<Record<string, unknown>>;
  /** True: the rows say only what the arrays say. */
  readonly rowsFollow?: boolean;
}

/** A table alone. @param facts what is one value */
export function tableData(rows: () => readonly DataRow[], facts: Readonly<Record<string, unknown>> = {}): FigureData {
  return { arrays: [], rows, facts };
}

/**
 * A table's columns as arrays: numbers as float64 with NaN where there is none, everything else as text.
 */
export function columnArrays(rows: readonly DataRow[]): readonly (DataArray | DataStrings)[] {
  const names = Object.keys(rows[0] ?? {});
  return names.map((name) => {
    const values = rows.map((row) => row[name] ?? null);
    const isNumeric = values.every((value) => value === null || typeof value === 'number');
    if (!isNumeric) return { name, strings: values.map((value) => (value === null ? '' : String(value))) };
    const data = Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN));
    return { name, data, dims: [data.length] };
  });
}
