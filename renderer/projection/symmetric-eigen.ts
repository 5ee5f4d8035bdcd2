/** Eigenvalues and eigenvectors of a symmetric matrix, in double precision. */
import type { Steps } from './steps.ts';
import { ProjectionError } from './types.ts';

export interface Eigen {
  /** Falling. */
  readonly values: readonly number[];
  /** [count, size]: the eigenvectors of the first `values`, as orthonormal rows. */
  readonly vectors: Float64Array;
}

/** Of the whole work, what the reduction to three diagonals takes. */
const REDUCTION = 0.4;
/** QL turns that one eigenvalue may take; two or three are usual. */
const MOST_TURNS = 60;

/**
 * Householder's reduction to a tridiagonal matrix, then implicit QL turns (Martin, Reinsch and Wilkinson 1968; Dubrulle, Martin and
 * Wilkinson 1968).
 * @param symmetric [size, size]; it is overwritten
 * @param count how many eigenvectors are wanted, those of the largest eigenvalues
 * @throws ProjectionError `failed` where the turns do not converge, as with numbers that are not finite
 */
export function* symmetricEigen(symmetric: Float64Array, size: number, count: number): Steps<Eigen> {
  const diagonals = yield* tridiagonal(symmetric, size);
  const rotated = yield* qlTurns(diagonals, size);
  const order = Array.from(diagonals.main, (value, at) => ({ value, at })).sort((a, b) => b.value - a.value);
  const vectors = new Float64Array(count * size);
  for (let row = 0; row < count; row += 1) {
    const { at } = order[row]!;
    const vector = vectors.subarray(row * size, (row + 1) * size);
    vector.set(rotated.subarray(at * size, (at + 1) * size));
    for (let step = size - 3; step >= 0; step -= 1) reflect(vector, symmetric, step, diagonals.factor[step]!);
  }
  return { values: order.slice(0, count).map(({ value }) => value), vectors };
}

interface Diagonals {
  /** [size] */
  readonly main: Float64Array;
  /** [size]: the entry beside `main`; the last is 0. */
  readonly beside: Float64Array;
  /** [size]: 2 ÷ ‖v‖² of each reflection, whose v is left in the upper triangle of the matrix; 0 for none. */
  readonly factor: Float64Array;
}

function* tridiagonal(matrix: Float64Array, size: number): Steps<Diagonals> {
  const diagonals = { main: new Float64Array(size), beside: new Float64Array(size), factor: new Float64Array(size) };
  const change = new Float64Array(size);
  for (let step = 0; step < size - 2; step += 1) {
    const row = step * size;
    let squares = 0;
    for (let at = step + 1; at < size; at += 1) squares += matrix[row + at]! * matrix[row + at]!;
    const first = matrix[row + step + 1]!;
    const along = first > 0 ? -Math.sqrt(squares) : Math.sqrt(squares);
    diagonals.main[step] = matrix[row + step]!;
    diagonals.beside[step] = along;
    const length = squares - first * along;
    if (squares - first * first > 0 && length > 0) {
      matrix[row + step + 1] = first - along;
      diagonals.factor[step] = 1 / length;
      reduceRest(matrix, size, step, { factor: 1 / length, change });
    } else {
      diagonals.beside[step] = first;
    }
    yield REDUCTION * (1 - (1 - step / size) ** 3);
  }
  for (let at = Math.max(0, size - 2); at < size; at += 1) {
    diagonals.main[at] = matrix[at * size + at]!;
    diagonals.beside[at] = at + 1 < size ? matrix[at * size + at + 1]! : 0;
  }
  return diagonals;
}

interface Reflection {
  readonly factor: number;
  /** Room for `size` numbers. */
  readonly change: Float64Array;
}

/** A − v·wᵀ − w·vᵀ for the part of the matrix after `step`, with v in row `step`. */
function reduceRest(matrix: Float64Array, size: number, step: number, { factor, change }: Reflection): void {
  const v = step * size;
  let inner = 0;
  for (let i = step + 1; i < size; i += 1) {
    let sum = 0;
    for (let j = step + 1; j < size; j += 1) sum += matrix[i * size + j]! * matrix[v + j]!;
    change[i] = factor * sum;
    inner += change[i]! * matrix[v + i]!;
  }
  const half = (factor / 2) * inner;
  for (let i = step + 1; i < size; i += 1) change[i]! -= half * matrix[v + i]!;
  for (let i = step + 1; i < size; i += 1) {
    const a = matrix[v + i]!;
    const b = change[i]!;
    for (let j = step + 1; j < size; j += 1) matrix[i * size + j]! -= a * change[j]! + b * matrix[v + j]!;
  }
}

/** x − factor·v·(v·x), with v in row `step` after the diagonal. */
function reflect(x: Float64Array, matrix: Float64Array, step: number, factor: number): void {
  if (factor === 0) return;
  const v = step * x.length;
  let inner = 0;
  for (let at = step + 1; at < x.length; at += 1) inner += matrix[v + at]! * x[at]!;
  for (let at = step + 1; at < x.length; at += 1) x[at]! -= factor * inner * matrix[v + at]!;
}

/** Turns until the entries beside the main diagonal are 0 beside it: eigenvectors of the three diagonals as rows [size, size]. */
function* qlTurns(diagonals: Diagonals, size: number): Steps<Float64Array> {
  const vectors = new Float64Array(size * size);
  for (let at = 0; at < size; at += 1) vectors[at * size + at] = 1;
  for (let low = 0; low < size; low += 1) {
    for (let turn = 0; ; turn += 1) {
      const high = blockEnd(diagonals, low, size);
      if (high === low) break;
      if (turn === MOST_TURNS) throw new ProjectionError('failed', 'The principal components could not be found.');
      qlTurn(diagonals, low, high, vectors);
      yield REDUCTION + (1 - REDUCTION) * (low / size);
    }
  }
  return vectors;
}

/** The first place from `low` on beside which nothing is left. */
function blockEnd({ main, beside }: Diagonals, low: number, size: number): number {
  for (let at = low; at < size - 1; at += 1) {
    const around = Math.abs(main[at]!) + Math.abs(main[at + 1]!);
    if (Math.abs(beside[at]!) <= Number.EPSILON * around) return at;
  }
  return size - 1;
}

function qlTurn({ main, beside }: Diagonals, low: number, high: number, vectors: Float64Array): void {
  const apart = (main[low + 1]! - main[low]!) / (2 * beside[low]!);
  const root = Math.hypot(apart, 1);
  let g = main[high]! - main[low]! + beside[low]! / (apart + (apart >= 0 ? root : -root));
  let [sine, cosine, moved] = [1, 1, 0];
  for (let at = high - 1; at >= low; at -= 1) {
    const [f, b] = [sine * beside[at]!, cosine * beside[at]!];
    const length = Math.hypot(f, g);
    beside[at + 1] = length;
    if (length === 0) {
      main[at + 1]! -= moved;
      beside[high] = 0;
      return;
    }
    [sine, cosine] = [f / length, g / length];
    g = main[at + 1]! - moved;
    const turned = (main[at]! - g) * sine + 2 * cosine * b;
    moved = sine * turned;
    main[at + 1] = g + moved;
    g = cosine * turned - b;
    rotate(vectors, at, main.length, sine, cosine);
  }
  main[low]! -= moved;
  beside[low] = g;
  beside[high] = 0;
}

/** Turns rows `at` and `at + 1` in their plane. */
function rotate(vectors: Float64Array, at: number, size: number, sine: number, cosine: number): void {
  const upper = at * size;
  const lower = upper + size;
  for (let column = 0; column < size; column += 1) {
    const a = vectors[upper + column]!;
    const b = vectors[lower + column]!;
    vectors[lower + column] = sine * a + cosine * b;
    vectors[upper + column] = cosine * a - sine * b;
  }
}
