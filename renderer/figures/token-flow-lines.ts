/** Which weights become lines of a token flow, and how lines of neighbouring tokens become one. */
import { checkLines, MOST_LINES } from './token-flow-input.ts';
import type { FlowLinesInput, FlowSet } from './token-flow-input.ts';
import type { FlowAxis } from './token-flow-axis.ts';

/** The weights that have lines. */
export interface FlowCells {
  /** A set each: indices row · columns + column, ascending. */
  readonly cells: readonly Int32Array[];
  /** The sum of all weights of all sets, drawn or not. */
  readonly total: number;
}

/**
 * Chooses the weights with lines: above 0, at least `threshold`, and where `topK` is set only the largest of a token and set; of
 * equal ones the first.
 * @throws RangeError `invalid <name>: …` when a matrix or the filter does not fit
 */
export function flowCells(input: FlowLinesInput): FlowCells {
  checkLines(input);
  const { rows, columns, topK, direction } = input;
  // Weights are float32: compared with the float32 nearest the threshold, a weight that reads the same is drawn.
  const threshold = Math.fround(input.threshold);
  const cells = input.sets.map((set) => {
    if (topK === null) return cellsAbove(set, threshold);
    const groups = direction === 'from' ? rows : columns;
    const shape =
      direction === 'from' ? { length: columns, from: columns, step: 1 } : { length: rows, from: 1, step: columns };
    const found: number[] = [];
    for (let group = 0; group < groups; group += 1) {
      largest(set, { threshold, topK, start: group * shape.from, step: shape.step, length: shape.length }, found);
    }
    return Int32Array.from(found).sort();
  });
  return { cells, total: input.sets.reduce((sum, set) => sum + setTotal(set), 0) };
}

function setTotal({ matrix, sign }: FlowSet): number {
  let sum = 0;
  for (const value of matrix) {
    const weight = sign * value;
    if (weight > 0 && weight < Infinity) sum += weight;
  }
  return sum;
}

function cellsAbove({ matrix, sign }: FlowSet, threshold: number): Int32Array {
  const isLine = (cell: number): boolean => {
    const weight = sign * matrix[cell]!;
    return weight > 0 && weight >= threshold && weight < Infinity;
  };
  let count = 0;
  for (let cell = 0; cell < matrix.length; cell += 1) if (isLine(cell)) count += 1;
  const cells = new Int32Array(count);
  let at = 0;
  for (let cell = 0; cell < matrix.length; cell += 1) if (isLine(cell)) cells[at++] = cell;
  return cells;
}

/** Adds the cells of the largest weights of one row or column to `found`. */
function largest(
  { matrix, sign }: FlowSet,
  {
    threshold,
    topK,
    start,
    step,
    length,
  }: { threshold: number; topK: number; start: number; step: number; length: number },
  found: number[],
): void {
  const best: number[] = [];
  for (let at = 0; at < length; at += 1) {
    const cell = start + at * step;
    const weight = sign * matrix[cell]!;
    if (!(weight > 0 && weight >= threshold && weight < Infinity)) continue;
    const isFull = best.length === topK;
    if (isFull && weight <= sign * matrix[best[topK - 1]!]!) continue;
    if (isFull) best.pop();
    let place = best.length;
    while (place > 0 && sign * matrix[best[place - 1]!]! < weight) place -= 1;
    best.splice(place, 0, cell);
  }
  found.push(...best);
}

/** Lines from bundles of queries to bundles of keys, weakest first, so that strong ones are drawn on top. */
export interface FlowLines {
  readonly count: number;
  readonly set: Uint8Array;
  /** Bundles of the two sides. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** The sum of the line's weights. */
  readonly sum: Float32Array;
  /** What its width goes by: the weight from a query of the bundle to all keys of the other, mean over the queries; at most 1. */
  readonly strength: Float32Array;
  /** How many lines there would be without a limit. */
  readonly found: number;
}

/**
 * Joins the lines of tokens that share a bundle on both sides, a set each. Where every bundle is one token, each weight is a line of
 * its own. Like merging pieces into words: sum over keys, mean over queries (Clark et al. 2019, section 4.1).
 * @param most the most lines; the weakest beyond are left out
 */
export function bundleLines(
  { sets, columns }: FlowLinesInput,
  { cells }: FlowCells,
  { rows, keys, most = MOST_LINES }: { readonly rows: FlowAxis; readonly keys: FlowAxis; readonly most?: number },
): FlowLines {
  const width = keys.starts.length - 1;
  const sums = new Float64Array((rows.starts.length - 1) * width);
  const lines: { set: number; bundle: number; sum: number; strength: number }[] = [];
  let floor = 0;
  let found = 0;
  sets.forEach(({ matrix, sign }, set) => {
    sums.fill(0);
    for (const cell of cells[set]!) {
      const row = Math.floor(cell / columns);
      sums[rows.bundleOf[row]! * width + keys.bundleOf[cell - row * columns]!]! += sign * matrix[cell]!;
    }
    for (let bundle = 0; bundle < sums.length; bundle += 1) {
      const sum = sums[bundle]!;
      if (sum === 0) continue;
      found += 1;
      const row = Math.floor(bundle / width);
      const strength = Math.min(1, sum / (rows.starts[row + 1]! - rows.starts[row]!));
      if (strength >= floor) lines.push({ set, bundle, sum, strength });
      // Keeps the list short while it grows; what is dropped here could not be among the strongest.
      if (lines.length >= 4 * most + 64) floor = keepStrongest(lines, most);
    }
  });
  keepStrongest(lines, most);
  lines.reverse();
  return {
    count: lines.length,
    set: Uint8Array.from(lines, ({ set }) => set),
    from: Int32Array.from(lines, ({ bundle }) => Math.floor(bundle / width)),
    to: Int32Array.from(lines, ({ bundle }) => bundle % width),
    sum: Float32Array.from(lines, ({ sum }) => sum),
    strength: Float32Array.from(lines, ({ strength }) => strength),
    found,
  };
}

/** Sorts strongest first and cuts. @returns the strength of the last that stays, 0 while there is room */
function keepStrongest(lines: { set: number; bundle: number; strength: number }[], most: number): number {
  lines.sort((a, b) => b.strength - a.strength || a.set - b.set || a.bundle - b.bundle);
  if (lines.length < most) return 0;
  lines.length = most;
  return lines.at(-1)?.strength ?? 0;
}

/** One weight of a token that has a line. */
export interface TokenLine {
  readonly set: number;
  readonly row: number;
  readonly column: number;
  readonly weight: number;
}

/** The lines of one token that are drawn at most. */
const MOST_OF_TOKEN = 800;

/**
 * The lines of one query (`from`) or of one key (`to`), among those chosen, weakest first. Neighbours keep lines of their own here.
 */
export function tokenLines(
  { sets, rows, columns }: FlowLinesInput,
  { cells }: FlowCells,
  direction: 'from' | 'to',
  token: number,
): readonly TokenLine[] {
  const lines: TokenLine[] = [];
  sets.forEach(({ matrix, sign }, set) => {
    const chosen = cells[set]!;
    const add = (cell: number): void => {
      const row = Math.floor(cell / columns);
      lines.push({ set, row, column: cell - row * columns, weight: sign * matrix[cell]! });
    };
    if (direction === 'from') {
      const end = lowerBound(chosen, (token + 1) * columns);
      for (let at = lowerBound(chosen, token * columns); at < end; at += 1) add(chosen[at]!);
      return;
    }
    for (let row = 0; row < rows; row += 1) {
      const cell = row * columns + token;
      // Looks for the cell only where its weight says that it may be there.
      if (sign * matrix[cell]! > 0 && chosen[lowerBound(chosen, cell)] === cell) add(cell);
    }
  });
  lines.sort((a, b) => a.weight - b.weight || b.set - a.set || b.row - a.row || b.column - a.column);
  return lines.slice(-MOST_OF_TOKEN);
}

/** The first place of an ascending list whose value is not below `value`. */
function lowerBound(list: Int32Array, value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
