/** The tables that ids and places are looked up in, read from the checkpoint as far as they are wanted. */
import type { TensorEntry } from '../checkpoint/safetensors.ts';
import { readRows } from '../checkpoint/tensor-rows.ts';

export interface EmbeddingTable {
  readonly rows: number;
  readonly columns: number;
  /** f32 [count, columns] */
  read(first: number, count: number): Promise<Float32Array>;
}

export interface EmbeddingTables {
  readonly token: EmbeddingTable;
  /** A row a place of a text, the first token's first; null for models whose positions are not learned. */
  readonly position: EmbeddingTable | null;
}

export class StoredTable implements EmbeddingTable {
  readonly rows: number;
  readonly columns: number;
  readonly #folder: string;
  readonly #tensor: TensorEntry;
  readonly #first: number;

  /**
   * @param folder the real path of the folder with the files
   * @param tensor [first + rows, columns]
   * @param first rows of the tensor that come before the table's own
   */
  constructor(folder: string, tensor: TensorEntry, first = 0) {
    const [rows = 0, columns = 0] = tensor.shape;
    this.rows = rows - first;
    this.#first = first;
    this.columns = columns;
    this.#folder = folder;
    this.#tensor = tensor;
  }

  read(first: number, count: number): Promise<Float32Array> {
    return readRows(this.#folder, this.#tensor, this.#first + first, count);
  }
}
