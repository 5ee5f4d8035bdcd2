/** The rows of an embedding table that are nearest to a vector: exact, over the whole table. */
import type { EmbeddingTable } from './table.ts';

export interface Neighbour {
  /** Row of the table. */
  readonly id: number;
  /** (v · row) / (‖v‖ ‖row‖), −1 to 1; 0 where either has no length. */
  readonly cosine: number;
  /** v · row */
  readonly dot: number;
}

export interface Neighbours {
  /** Rows that were looked at: all but the excluded one. */
  readonly among: number;
  /** Length of the vector, ‖v‖. */
  readonly norm: number;
  /** Largest first; of equal ones the lower row. */
  readonly byCosine: readonly Neighbour[];
  readonly byDot: readonly Neighbour[];
}

/** Rows that are read at a time: some megabytes. */
const BLOCK = 2048;

/**
 * @param vector f32 [columns]
 * @param count how many of each list
 * @param options.except a row that is left out: the vector's own
 */
export async function nearestRows(
  table: EmbeddingTable,
  vector: Float32Array,
  count: number,
  { except = -1 }: { readonly except?: number } = {},
): Promise<Neighbours> {
  const norm = Math.sqrt(dot(vector, vector));
  const [byCosine, byDot] = [new Largest(count, 'cosine'), new Largest(count, 'dot')];
  for (let first = 0; first < table.rows; first += BLOCK) {
    const rows = Math.min(BLOCK, table.rows - first);
    const block = await table.read(first, rows);
    for (let row = 0; row < rows; row++) {
      if (first + row === except) continue;
      const at = row * table.columns;
      const own = block.subarray(at, at + table.columns);
      const product = dot(vector, own);
      const length = norm * Math.sqrt(dot(own, own));
      const neighbour = { id: first + row, cosine: length === 0 ? 0 : product / length, dot: product };
      byCosine.offer(neighbour);
      byDot.offer(neighbour);
    }
  }
  const among = table.rows - (except >= 0 && except < table.rows ? 1 : 0);
  return { among, norm, byCosine: byCosine.list, byDot: byDot.list };
}

/** Sum of products, in double precision. */
function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += a[at]! * b[at]!;
  return sum;
}

/** The largest that were offered, in order. */
class Largest {
  readonly list: Neighbour[] = [];
  readonly #count: number;
  readonly #by: 'cosine' | 'dot';

  constructor(count: number, by: 'cosine' | 'dot') {
    this.#count = count;
    this.#by = by;
  }

  offer(neighbour: Neighbour): void {
    const { list } = this;
    const value = neighbour[this.#by];
    const last = list.at(-1);
    if (list.length === this.#count && (last === undefined || value <= last[this.#by])) return;
    let at = list.length;
    while (at > 0 && value > (list[at - 1]?.[this.#by] ?? Infinity)) at -= 1;
    list.splice(at, 0, neighbour);
    if (list.length > this.#count) list.pop();
  }
}
