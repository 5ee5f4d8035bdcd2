/** How places are written into vectors: the known formulas as matrices, and what any of them says of two tokens so far apart. */
import { weightScale } from '../figures/colour-scale.ts';
import type { ColourScaleSpec } from '../figures/colour-scale.ts';

/** As the field names them; a model has one of them, or none. */
export const POSITION_KINDS = ['learned', 'sinusoidal', 'rotary', 'relative'] as const;
export type PositionKind = (typeof POSITION_KINDS)[number];

/** Of two tokens so far apart: mean, least and most over all pairs with that distance. */
export interface DistanceCurve {
  /** Distances 0, 1, 2, … */
  readonly mean: readonly number[];
  readonly least: readonly number[];
  readonly most: readonly number[];
}

/** What every kind is shown as: a matrix, and a curve against distance. */
export interface PositionPicture {
  readonly matrix: Float32Array;
  readonly rows: number;
  readonly columns: number;
  readonly scale: ColourScaleSpec;
  readonly curve: DistanceCurve;
}

/** The base of the wavelengths, in both formulas. */
const BASE = 10_000;

/**
 * Sinusoidal encoding (Vaswani et al. 2017, section 3.5): PE(p, 2i) = sin(p / 10000^(2i/d)), PE(p, 2i+1) = cos(…).
 * @returns f32 [positions, dims]
 */
export function sinusoidal(positions: number, dims: number): Float32Array {
  const table = new Float32Array(positions * dims);
  for (let position = 0; position < positions; position++) {
    for (let dim = 0; dim < dims; dim++) {
      const angle = position / BASE ** ((dim - (dim % 2)) / dims);
      table[position * dims + dim] = dim % 2 === 0 ? Math.sin(angle) : Math.cos(angle);
    }
  }
  return table;
}

/**
 * Rotary embedding (Su et al. 2021, section 3.2.2): pairs of dimensions are turned by m · θ_i, θ_i = 10000^(−2i/d). Between two tokens m
 * apart the turn of pair i multiplies what q and k of that pair agree in by cos(m θ_i).
 * @returns f32 [distances, dims / 2]: cos(m θ_i)
 */
export function rotary(distances: number, dims: number): Float32Array {
  const pairs = dims >> 1;
  const table = new Float32Array(distances * pairs);
  for (let distance = 0; distance < distances; distance++) {
    for (let pair = 0; pair < pairs; pair++) {
      table[distance * pairs + pair] = Math.cos(distance * BASE ** ((-2 * pair) / dims));
    }
  }
  return table;
}

/** Buckets of distances, and the distance from which on all are one. */
export interface Buckets {
  readonly buckets: number;
  readonly farthest: number;
}

/**
 * The bucket of a relative position (T5; Raffel et al. 2020, section 2.1): half of the buckets are for keys before the query, half for keys after
 * it; of each half, the first half are single distances and the others grow logarithmically up to `farthest`. A head adds one learned number a
 * bucket to its scores.
 * @param distance key − query
 */
export function relativeBucket(distance: number, { buckets, farthest }: Buckets): number {
  const half = buckets >> 1;
  const side = distance > 0 ? half : 0;
  const apart = Math.abs(distance);
  const exact = half >> 1;
  if (apart < exact) return side + apart;
  const grown = exact + Math.floor((Math.log(apart / exact) / Math.log(farthest / exact)) * (half - exact));
  return side + Math.min(half - 1, grown);
}

/** @returns f32 [positions, positions]: query × key */
export function relativeBuckets(positions: number, buckets: Buckets): Float32Array {
  return Float32Array.from({ length: positions * positions }, (_, at) =>
    relativeBucket((at % positions) - Math.floor(at / positions), buckets),
  );
}

/** Dot products of the rows of a table, each with each: f32 [rows, rows]. */
export function dotProducts(table: Float32Array, rows: number, columns: number): Float32Array {
  const products = new Float32Array(rows * rows);
  for (let row = 0; row < rows; row++) {
    for (let other = 0; other <= row; other++) {
      let sum = 0;
      for (let at = 0; at < columns; at++) sum += table[row * columns + at]! * table[other * columns + at]!;
      products[row * rows + other] = sum;
      products[other * rows + row] = sum;
    }
  }
  return products;
}

/** What a symmetric matrix [size, size] says of each distance. */
export function byDistance(matrix: Float32Array, size: number): DistanceCurve {
  const at = Array.from({ length: size }, (_, distance) => {
    let [sum, least, most] = [0, Infinity, -Infinity];
    for (let row = distance; row < size; row++) {
      const value = matrix[row * size + row - distance]!;
      sum += value;
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
    return { mean: sum / (size - distance), least, most };
  });
  return { mean: at.map(({ mean }) => mean), least: at.map(({ least }) => least), most: at.map(({ most }) => most) };
}

/** One value a distance. */
const single = (mean: readonly number[]): DistanceCurve => ({ mean, least: mean, most: mean });

const diverging = (reach: number): ColourScaleSpec => ({
  kind: 'diverging',
  palette: 'puor',
  transform: 'linear',
  domain: [-reach, reach],
});

/** T5's own numbers. */
export const T5_BUCKETS: Buckets = { buckets: 32, farthest: 128 };

/** A kind that is a formula, for so many places and dimensions. */
export function formulaPicture(
  kind: Exclude<PositionKind, 'learned'>,
  positions: number,
  dims: number,
): PositionPicture {
  if (kind === 'sinusoidal') {
    const matrix = sinusoidal(positions, dims);
    const curve = byDistance(dotProducts(matrix, positions, dims), positions);
    return { matrix, rows: positions, columns: dims, scale: diverging(1), curve };
  }
  if (kind === 'rotary') {
    const pairs = dims >> 1;
    const matrix = rotary(positions, dims);
    const mean = Array.from({ length: positions }, (_, distance) => {
      const row = matrix.subarray(distance * pairs, (distance + 1) * pairs);
      return row.reduce((sum, value) => sum + value, 0) / pairs;
    });
    return { matrix, rows: positions, columns: pairs, scale: diverging(1), curve: single(mean) };
  }
  const matrix = relativeBuckets(positions, T5_BUCKETS);
  const mean = Array.from({ length: positions }, (_, distance) => relativeBucket(-distance, T5_BUCKETS));
  const scale = weightScale({ transform: 'linear', max: T5_BUCKETS.buckets - 1 });
  return { matrix, rows: positions, columns: positions, scale, curve: single(mean) };
}

/** A model's own table: the cosine of each place with each. */
export function learnedPicture(cosine: Float32Array, size: number): PositionPicture {
  return { matrix: cosine, rows: size, columns: size, scale: diverging(1), curve: byDistance(cosine, size) };
}
