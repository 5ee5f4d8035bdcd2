/** Rows of the table that final states are multiplied with to give logits, read from the checkpoint one by one. */
import { readRows } from '../checkpoint/tensor-rows.ts';
import type { ExternalTensor } from '../graph/tensor.ts';
import type { HeadRows } from '../trace/source.ts';

export class HeadTable implements HeadRows {
  readonly #folder: string;
  readonly #weight: ExternalTensor;
  readonly #bias: ExternalTensor | null;
  /** True where it is the embedding table. */
  readonly tied: boolean;

  /**
   * @param folder the real path of the folder with the files
   * @param weight [vocabulary, hidden]
   * @param bias [vocabulary]; null for a head without
   */
  constructor(folder: string, weight: ExternalTensor, bias: ExternalTensor | null, tied: boolean) {
    this.#folder = folder;
    this.#weight = weight;
    this.#bias = bias;
    this.tied = tied;
  }

  /** @param id a token of the vocabulary */
  async row(id: number): Promise<{ readonly row: Float32Array; readonly bias: number }> {
    const row = await readRows(this.#folder, this.#weight, id, 1);
    const bias = this.#bias === null ? 0 : ((await readRows(this.#folder, this.#bias, id, 1))[0] ?? 0);
    return { row, bias };
  }
}
