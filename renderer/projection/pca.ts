/** Principal component analysis (Pearson 1901; Hotelling 1933), exact and in double precision. */
import { columnMeans, gramMatrix, scatterMatrix } from './covariance.ts';
import { finishSteps, partOf } from './steps.ts';
import type { Steps } from './steps.ts';
import { symmetricEigen } from './symmetric-eigen.ts';
import { ProjectionError } from './types.ts';
import type { PcaModel, Points } from './types.ts';

/** Of the whole work, what the products take; the rest is the eigen-decomposition. */
const PRODUCTS = 0.7;
/** An eigenvalue below this share of the largest one is rounding: its direction is none of the data's. */
const ROUNDING = 1e-13;

/** @throws ProjectionError as `pcaSteps` */
export function fitPca(points: Points, components: number): PcaModel {
  return finishSteps(pcaSteps(points, components));
}

/**
 * The directions of largest variance, from the eigenvectors of the covariance, or of the Gram matrix where there are fewer points than
 * dimensions; the same up to rounding as those of a singular value decomposition of the centred points.
 * @param components 1 to the points' dimensions
 * @throws ProjectionError `too-few-points` for fewer than two, `invalid-setting` for components that are not there
 */
export function* pcaSteps(points: Points, components: number): Steps<PcaModel> {
  const { count, dims } = points;
  if (count < 2) throw new ProjectionError('too-few-points', `PCA takes 2 points or more; there are ${count}.`);
  if (!Number.isInteger(components) || components < 1 || components > dims) {
    throw new ProjectionError('invalid-setting', `invalid components: ${components} of points with ${dims} dimensions`);
  }
  const mean = columnMeans(points);
  const found = count < dims ? yield* byGram(points, mean, components) : yield* byCovariance(points, mean, components);
  const axes = orthonormal(found.axes, components, dims);
  for (let axis = 0; axis < components; axis += 1) pointUp(axes.subarray(axis * dims, (axis + 1) * dims));
  const explained = found.values.map((value) => (found.total > 0 ? Math.max(0, value) / found.total : 0));
  return { dims, components, mean, axes, explained };
}

/** Points in the coordinates of a fitted model, new ones too: [count, components]. */
export function applyPca({ mean, axes, dims, components }: PcaModel, points: Points): Float32Array {
  if (points.dims !== dims) {
    throw new ProjectionError('invalid-setting', `invalid points: ${points.dims} dimensions for a PCA of ${dims}`);
  }
  const coordinates = new Float32Array(points.count * components);
  for (let row = 0; row < points.count; row += 1) {
    for (let axis = 0; axis < components; axis += 1) {
      let sum = 0;
      for (let column = 0; column < dims; column += 1) {
        sum += (points.data[row * dims + column]! - mean[column]!) * axes[axis * dims + column]!;
      }
      coordinates[row * components + axis] = sum;
    }
  }
  return coordinates;
}

interface Found {
  /** [components, dims]; a row of zeros where the points have no more directions. */
  readonly axes: Float64Array;
  /** Sums of squares along the axes, and in all. */
  readonly values: readonly number[];
  readonly total: number;
}

function* byCovariance(points: Points, mean: Float64Array, components: number): Steps<Found> {
  const { dims } = points;
  const scatter = yield* partOf(scatterMatrix(points, mean), 0, PRODUCTS);
  const total = trace(scatter, dims);
  const { values, vectors } = yield* partOf(symmetricEigen(scatter, dims, components), PRODUCTS, 1 - PRODUCTS);
  return { axes: vectors, values, total };
}

function* byGram({ data, count, dims }: Points, mean: Float64Array, components: number): Steps<Found> {
  const centred = Float64Array.from(data, (value, at) => value - mean[at % dims]!);
  const gram = yield* partOf(gramMatrix(centred, count, dims), 0, PRODUCTS);
  const taken = Math.min(components, count);
  const total = trace(gram, count);
  const { values, vectors } = yield* partOf(symmetricEigen(gram, count, taken), PRODUCTS, 1 - PRODUCTS);
  const axes = new Float64Array(components * dims);
  for (let axis = 0; axis < taken; axis += 1) {
    if (values[axis]! <= ROUNDING * values[0]!) continue;
    for (let row = 0; row < count; row += 1) {
      const weight = vectors[axis * count + row]!;
      for (let column = 0; column < dims; column += 1) {
        axes[axis * dims + column]! += weight * centred[row * dims + column]!;
      }
    }
  }
  return { axes, values: Array.from({ length: components }, (_, axis) => values[axis] ?? 0), total };
}

function trace(square: Float64Array, size: number): number {
  let sum = 0;
  for (let at = 0; at < size; at += 1) sum += square[at * size + at]!;
  return sum;
}

/** Rows made orthonormal in their order (Gram and Schmidt, twice); rows of zeros become directions that the others leave free. */
function orthonormal(axes: Float64Array, components: number, dims: number): Float64Array {
  let spare = 0;
  for (let axis = 0; axis < components; axis += 1) {
    const row = axes.subarray(axis * dims, (axis + 1) * dims);
    while (!normalised(row, axes, axis)) {
      row.fill(0);
      row[spare] = 1;
      spare += 1;
    }
  }
  return axes;
}

/** Takes the rows before out of a row and gives it length 1; false where hardly anything of it is left. */
function normalised(row: Float64Array, axes: Float64Array, before: number): boolean {
  const dims = row.length;
  const start = length(row);
  if (start === 0) return false;
  row.forEach((value, at) => (row[at] = value / start));
  for (let turn = 0; turn < 2; turn += 1) {
    for (let other = 0; other < before; other += 1) {
      let along = 0;
      for (let at = 0; at < dims; at += 1) along += row[at]! * axes[other * dims + at]!;
      for (let at = 0; at < dims; at += 1) row[at]! -= along * axes[other * dims + at]!;
    }
  }
  const rest = length(row);
  if (rest < 1e-6) return false;
  row.forEach((value, at) => (row[at] = value / rest));
  return true;
}

function length(row: Float64Array): number {
  let sum = 0;
  for (const value of row) sum += value * value;
  return Math.sqrt(sum);
}

/** An axis and its opposite are as good: the one whose entry of largest size is positive is taken. */
function pointUp(axis: Float64Array): void {
  let largest = 0;
  for (const value of axis) if (Math.abs(value) > Math.abs(largest)) largest = value;
  if (largest < 0) axis.forEach((value, at) => (axis[at] = -value));
}
