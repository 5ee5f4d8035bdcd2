/** The vectors in the rows of the walk's keys: k and q⊙k in the view by dimensions, α·v at the weighted sum. */
import type { StripHue } from '../figures/vector-strip.ts';
import type { Matrix } from '../state/slices.ts';
import { products, reach, row } from './inspector.ts';
import type { KeyStation } from './walk-names.ts';
import { weighted } from './walk.ts';
import type { WalkRow } from './walk.ts';

/** [token, d_head] of one head, each. */
export interface StripVectors {
  readonly q: Matrix;
  readonly k: Matrix;
  readonly v: Matrix;
  readonly context: Matrix;
}

export interface RowStrip {
  readonly id: 'k' | 'product' | 'value';
  readonly values: Float32Array;
  readonly hue: StripHue;
  /** Magnitude with the full colour: one for the whole column. */
  readonly reach: number;
}

export interface RowStrips {
  /** Keys of the column titles, `walk.head.…`. */
  readonly titles: readonly ('strip' | 'kStrip' | 'productStrip')[];
  readonly of: (item: WalkRow) => readonly RowStrip[];
}

/** The strips of every row. @param query whose row it is */
export function rowStrips(
  station: KeyStation,
  detail: 'bars' | 'dimensions',
  rows: readonly WalkRow[],
  vectors: StripVectors,
  query: number,
): RowStrips {
  if (detail === 'dimensions') {
    const q = row(vectors.q, query);
    const parts = new Map(rows.map(({ key }) => [key, products(q, row(vectors.k, key))]));
    const [reachOfK, most] = [reach(vectors.k.data), largest([...parts.values()])];
    return {
      titles: ['kStrip', 'productStrip'],
      of: ({ key }) => [
        { id: 'k', values: row(vectors.k, key), hue: 'key', reach: reachOfK },
        { id: 'product', values: parts.get(key) ?? new Float32Array(), hue: 'product', reach: most },
      ],
    };
  }
  if (station !== 'context') return { titles: [], of: () => [] };
  const parts = new Map(rows.map(({ key, weight }) => [key, weighted(row(vectors.v, key), weight)]));
  const most = Math.max(reach(row(vectors.context, query)), largest([...parts.values()]));
  return {
    titles: ['strip'],
    of: ({ key }) => [{ id: 'value', values: parts.get(key) ?? new Float32Array(), hue: 'value', reach: most }],
  };
}

const largest = (vectors: readonly Float32Array[]): number =>
  vectors.reduce((most, vector) => Math.max(most, reach(vector)), 0);
