/** How a model knows the places of tokens, and how alike the vectors of its places are. */
import type { Model } from '../model.ts';

export interface LearnedPositions {
  readonly kind: 'learned';
  /** Places that the table has, and the numbers of each. */
  readonly rows: number;
  readonly columns: number;
  /** The first places, as many as are compared. */
  readonly shown: number;
  /** f32 [shown, shown]: (p · r) / (‖p‖ ‖r‖); 0 where either has no length. */
  readonly cosine: Float32Array;
  /** f32 [shown]: ‖p‖ */
  readonly norms: Float32Array;
}

/** `none`: nothing is added to embeddings; a family with relative or rotary positions tells of them in its layers. */
export type ModelPositions = LearnedPositions | { readonly kind: 'none' };

/** As many places are compared: their matrix is then 4 MiB. */
export const MOST_POSITIONS = 1024;

/** The vectors of the model's places, each compared with each. */
export async function positions(model: Model): Promise<ModelPositions> {
  const { position: table } = model.embeddings;
  if (table === null) return { kind: 'none' };
  const shown = Math.min(table.rows, MOST_POSITIONS);
  const { columns } = table;
  const unit = await table.read(0, shown);
  const norms = new Float32Array(shown);
  for (let row = 0; row < shown; row++) {
    const own = unit.subarray(row * columns, (row + 1) * columns);
    const norm = Math.sqrt(product(own, own));
    norms[row] = norm;
    for (let at = 0; at < columns; at++) own[at] = norm === 0 ? 0 : own[at]! / norm;
  }
  const cosine = new Float32Array(shown * shown);
  for (let row = 0; row < shown; row++) {
    const own = unit.subarray(row * columns, (row + 1) * columns);
    for (let other = 0; other <= row; other++) {
      const value = product(own, unit.subarray(other * columns, (other + 1) * columns));
      cosine[row * shown + other] = value;
      cosine[other * shown + row] = value;
    }
  }
  return { kind: 'learned', rows: table.rows, columns, shown, cosine, norms };
}

/** Sum of products, in double precision. */
function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}
