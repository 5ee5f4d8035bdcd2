/** Sums of products of centred columns or rows: what the principal components are found from. */
import type { Steps } from './steps.ts';
import type { Points } from './types.ts';

/** Rows that are added at a time: a panel of them stays in the processor's cache. */
const PANEL = 256;
/** Columns of one tile of products. */
const TILE = 4;

/** The mean of each column, in double precision: [dims]. */
export function columnMeans({ data, count, dims }: Points): Float64Array {
  const mean = new Float64Array(dims);
  for (let row = 0; row < count; row += 1) {
    for (let column = 0; column < dims; column += 1) mean[column]! += data[row * dims + column]!;
  }
  return mean.map((sum) => sum / count);
}

/** Σ over points of (x − mean)(x − mean)ᵀ, in double precision: [dims, dims], symmetric. */
export function* scatterMatrix(points: Points, mean: Float64Array): Steps<Float64Array> {
  const { data, count, dims } = points;
  const products = new Float64Array(dims * dims);
  const panel = new Float64Array(dims * PANEL);
  for (let first = 0; first < count; first += PANEL) {
    const rows = Math.min(PANEL, count - first);
    for (let row = 0; row < rows; row += 1) {
      const at = (first + row) * dims;
      for (let column = 0; column < dims; column += 1) panel[column * PANEL + row] = data[at + column]! - mean[column]!;
    }
    addProducts(panel, { vectors: dims, length: rows, stride: PANEL }, products);
    yield (first + rows) / count;
  }
  mirror(products, dims);
  return products;
}

/** (x_i − mean)·(x_j − mean) of every two points, in double precision: [count, count], symmetric. */
export function* gramMatrix(centred: Float64Array, count: number, dims: number): Steps<Float64Array> {
  const products = new Float64Array(count * count);
  for (let first = 0; first < dims; first += PANEL) {
    const length = Math.min(PANEL, dims - first);
    addProducts(centred.subarray(first), { vectors: count, length, stride: dims }, products);
    yield (first + length) / dims;
  }
  mirror(products, count);
  return products;
}

interface Panel {
  readonly vectors: number;
  /** Numbers of each vector. */
  readonly length: number;
  /** From one vector to the next. */
  readonly stride: number;
}

/** Adds the dot products of every two vectors to the upper triangle, a tile of 4 × 4 at a time. */
function addProducts(panel: Float64Array, { vectors, length, stride }: Panel, products: Float64Array): void {
  const whole = vectors - (vectors % TILE);
  for (let i = 0; i < whole; i += TILE) {
    for (let j = i; j < whole; j += TILE) addTile(panel, [i, j, length, stride], products, vectors);
  }
  for (let j = whole; j < vectors; j += 1) {
    for (let i = 0; i <= j; i += 1) {
      let sum = 0;
      for (let at = 0; at < length; at += 1) sum += panel[i * stride + at]! * panel[j * stride + at]!;
      products[i * vectors + j]! += sum;
    }
  }
}

function addTile(
  panel: Float64Array,
  [i, j, length, stride]: readonly [number, number, number, number],
  products: Float64Array,
  width: number,
): void {
  const c0 = j * stride;
  const c1 = c0 + stride;
  const c2 = c1 + stride;
  const c3 = c2 + stride;
  for (let row = i; row < i + TILE; row += 1) {
    const r0 = row * stride;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let at = 0; at < length; at += 1) {
      const value = panel[r0 + at]!;
      s0 += value * panel[c0 + at]!;
      s1 += value * panel[c1 + at]!;
      s2 += value * panel[c2 + at]!;
      s3 += value * panel[c3 + at]!;
    }
    const place = row * width + j;
    products[place]! += s0;
    products[place + 1]! += s1;
    products[place + 2]! += s2;
    products[place + 3]! += s3;
  }
}

function mirror(products: Float64Array, size: number): void {
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j < i; j += 1) products[i * size + j] = products[j * size + i]!;
  }
}
