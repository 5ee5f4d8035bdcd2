/** What an intervention did inside the model: two runs of the same text compared, a layer at a time. */
import type { Fetched } from '../session/runtime.ts';
import type { Stepwise } from '../stepwise.ts';
import { assertSameText } from '../trace/compare.ts';
import { sliceTrace } from '../trace/slice.ts';
import type { TraceData } from '../trace/trace.ts';
import type { LayerChange, StackInfo } from '../types.ts';

/** The changes of every layer of every stack, in the order of the computation. */
export class RunChanges implements Stepwise<readonly LayerChange[]> {
  readonly #before: TraceData;
  readonly #after: TraceData;
  readonly #layers: readonly { readonly stack: StackInfo; readonly layer: number }[];
  readonly #done: LayerChange[] = [];

  /** @throws ModelError `bad-request` with reason `texts-differ` */
  constructor(before: TraceData, after: TraceData) {
    assertSameText(before, after);
    this.#before = before;
    this.#after = after;
    this.#layers = before.source.traced.stacks.flatMap((stack) =>
      Array.from({ length: stack.layers }, (_, layer) => ({ stack, layer })),
    );
  }

  get fraction(): number {
    return this.#layers.length === 0 ? 1 : this.#done.length / this.#layers.length;
  }

  async step(): Promise<readonly LayerChange[] | null> {
    const next = this.#layers[this.#done.length];
    if (next !== undefined) this.#done.push(await this.#change(next.stack, next.layer));
    return this.#done.length < this.#layers.length ? null : this.#done;
  }

  async #change(stack: StackInfo, layer: number): Promise<LayerChange> {
    const hidden = `${stack.name}.${layer}.hidden`;
    const [was, is] = [this.#before, this.#after].map(({ kept }) => (kept.get(hidden) as Fetched).data);
    const pattern = `${stack.name}.${layer}.self.pattern`;
    const old = await sliceTrace(this.#before, pattern);
    const now = await sliceTrace(this.#after, pattern);
    const size = old.data.length / stack.heads;
    const heads = Array.from({ length: stack.heads }, (_, head) => {
      const part = (data: Float32Array) => data.subarray(head * size, (head + 1) * size);
      return totalVariation(part(old.data), part(now.data), this.#before.ids.length);
    });
    return { stack: stack.name, layer, hidden: relativeChange(was!, is!), heads };
  }
}

/**
 * ‖after − before‖ ÷ ‖before‖ over all tokens and dimensions (Frobenius norms); 0 where nothing changed.
 * @param before f32 [token, hidden], as `after`
 */
export function relativeChange(before: Float32Array, after: Float32Array): number {
  let [difference, norm] = [0, 0];
  for (let at = 0; at < before.length; at++) {
    difference += (after[at]! - before[at]!) ** 2;
    norm += before[at]! ** 2;
  }
  return difference === 0 ? 0 : Math.sqrt(difference / norm);
}

/**
 * The mean over the queries of ½·Σⱼ|after(i, j) − before(i, j)|, the share of the weight that moved to other keys: 0…1 (the total
 * variation distance of two distributions; Jain and Wallace 2019, "Attention is not Explanation", section 4.2).
 * @param before f32 [query, key], rows of sum 1, as `after`
 */
export function totalVariation(before: Float32Array, after: Float32Array, queries: number): number {
  let sum = 0;
  for (let at = 0; at < before.length; at++) sum += Math.abs(after[at]! - before[at]!);
  return sum / 2 / queries;
}
