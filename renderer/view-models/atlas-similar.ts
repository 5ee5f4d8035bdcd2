/** How alike heads are in this sentence: a distance between their pooled pictures. */
import type { SiteSummary } from '../../electron/api/index.ts';

/** What the distances of a site's heads are reckoned from. */
export interface HeadRows {
  /** How many heads, layer by layer. */
  readonly count: number;
  /** Side of a picture. */
  readonly grid: number;
  /** f32 [head, query tile, key tile]: each row the square roots of weights that sum to 1; all 0 where a picture's row is. */
  readonly roots: Float32Array;
}

const kept = new WeakMap<SiteSummary, HeadRows>();

/**
 * The rows of every picture as distributions over the tiles of keys. A byte is 255·√weight (`siteSummary`), so a row of bytes over
 * its Euclidean length is the square root of the row of weights made to sum to 1. Kept as long as the summary is.
 */
export function headRows(summary: SiteSummary): HeadRows {
  const known = kept.get(summary);
  if (known !== undefined) return known;
  const { layers, heads, grid } = summary;
  const bytes = new Uint8Array(summary.pictures);
  const roots = new Float32Array(layers * heads * grid * grid);
  for (let start = 0; start + grid <= roots.length; start += grid) {
    let squares = 0;
    for (let at = start; at < start + grid; at += 1) squares += bytes[at]! ** 2;
    const length = Math.sqrt(squares);
    if (length > 0) for (let at = start; at < start + grid; at += 1) roots[at] = bytes[at]! / length;
  }
  const rows = { count: layers * heads, grid, roots };
  kept.set(summary, rows);
  return rows;
}

/**
 * How differently two heads look: the mean over the queries' tiles of the Hellinger distance √(1 − Σ √(p·q)) between their rows
 * p and q, 0 (the same) … 1 (nothing in common); a metric, as each row's distance is one (Hellinger 1909; Bhattacharyya 1943).
 * Clark et al. (2019, section 6) compare heads by the Jensen–Shannon divergence of the same rows; this one needs no logarithms.
 * @param a @param b flat indices of heads (layer · heads + head)
 */
export function headDistance({ grid, roots }: HeadRows, a: number, b: number): number {
  if (a === b) return 0;
  const [from, to] = [a * grid * grid, b * grid * grid];
  let sum = 0;
  for (let row = 0; row < grid * grid; row += grid) {
    let overlap = 0;
    for (let at = row; at < row + grid; at += 1) overlap += roots[from + at]! * roots[to + at]!;
    // The squared roots of a row sum to 1 up to rounding.
    if (overlap < 1) sum += Math.sqrt(1 - overlap);
  }
  return sum / grid;
}

/** All distances, f64 [head, head], symmetric with 0 on the diagonal. */
export function headDistances(rows: HeadRows): Float64Array {
  const { count } = rows;
  const distances = new Float64Array(count * count);
  for (let a = 0; a < count; a += 1) {
    for (let b = a + 1; b < count; b += 1) {
      const distance = headDistance(rows, a, b);
      distances[a * count + b] = distance;
      distances[b * count + a] = distance;
    }
  }
  return distances;
}

export interface SimilarHead {
  /** layer · heads + head. */
  readonly index: number;
  /** 0…1, see `headDistance`. */
  readonly distance: number;
}

/** The `most` heads nearest to one, nearest first; equal ones in the order of layers and heads. */
export function nearestHeads(rows: HeadRows, index: number, most: number): readonly SimilarHead[] {
  return Array.from({ length: rows.count }, (_, other) => ({
    index: other,
    distance: headDistance(rows, index, other),
  }))
    .filter((other) => other.index !== index)
    .sort((a, b) => a.distance - b.distance || a.index - b.index)
    .slice(0, most);
}
