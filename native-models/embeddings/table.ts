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
  /** null for models whose positions are not learned. */
  readonly position: EmbeddingTable | null;
}

export class StoredTable implements EmbeddingTable {
  readonly rows: number;
  readonly columns: number;
  readonly #folder: string;
  readonly #tensor: TensorEntry;

  /**
   * @param folder the real path of the folder with the files
   * @param tensor [rows, columns]
   */
  constructor(folder: string, tensor: TensorEntry) {
    const [rows = 0, columns = 0] = tensor.shape;
    this.rows = rows;
    this.columns = columns;
    this.#folder = folder;
    this.#tensor = tensor;
  }

  read(first: number, count: number): Promise<Float32Array> {
    return readRows(this.#folder, this.#tensor, first, count);
  }
}
