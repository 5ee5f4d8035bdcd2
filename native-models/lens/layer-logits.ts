/**
 * The logit lens (nostalgebraist 2020, "interpreting GPT: the logit lens"): the norm that follows the last layer, and then the head,
 * applied to the residual stream as it leaves any layer. Layers that end with a norm of their own (BERT) give their output to the head as
 * it is.
 */
import { ModelError } from '../errors.ts';
import type { Model } from '../model.ts';
import type { Fetched } from '../session/runtime.ts';
import { floats } from '../trace/feeds.ts';
import type { Range } from '../trace/rows.ts';
import { sliceTrace } from '../trace/slice.ts';
import type { TraceData } from '../trace/trace.ts';
import type { StackInfo } from '../types.ts';

/** The layer of what enters layer 0. */
export const EMBEDDING = -1;

export type TokenHead = 'next-token' | 'masked-token';

/**
 * The kind of a model whose head predicts tokens.
 * @throws ModelError `bad-request` for other models
 */
export function tokenHeadOf({ head, source }: Pick<Model, 'head' | 'source'>): TokenHead {
  if (source.head !== null && (head === 'next-token' || head === 'masked-token')) return head;
  if (head === 'classification' || head === 'token-classification') {
    const of = head === 'classification' ? 'the whole text' : 'every token';
    const message = `This model chooses among classes of ${of}; it predicts no token of a vocabulary.`;
    throw new ModelError('bad-request', 'no-vocabulary', message);
  }
  throw new ModelError(
    'bad-request',
    'no-head',
    'This model has no prediction head: it makes vectors of a text and predicts no token.',
  );
}

/** The logits of any layer of a run. */
export class LayerLogits {
  readonly stack: StackInfo;
  readonly #trace: TraceData;
  #embedding: Float32Array | null = null;

  constructor(trace: TraceData) {
    const stack = trace.source.traced.stacks.at(-1);
    if (stack === undefined) throw new Error('invalid model: it has no stack');
    this.#trace = trace;
    this.stack = stack;
  }

  /**
   * What the model would predict if it ended after a layer; after the last one, what it does predict.
   * @param layer −1 for the embedding
   * @returns f32 [rows, vocabulary]
   */
  async of(layer: number, rows: Range): Promise<Float32Array> {
    const final = await this.#final(layer, rows);
    const { head } = this.#trace.source;
    const dims = [rows.count, this.stack.hidden];
    return ((await head!.run({ final: floats(final, dims) }, ['logits'])).get('logits') as Fetched).data;
  }

  /** f32 [rows, hidden]: what the head takes. */
  async #final(layer: number, { first, count }: Range): Promise<Float32Array> {
    const { name, layers, hidden } = this.stack;
    const { kept, source } = this.#trace;
    const cut = (data: Float32Array) => data.slice(first * hidden, (first + count) * hidden);
    if (layer === layers - 1) return cut((kept.get(`${name}.final`) as Fetched).data);
    const stream = layer === EMBEDDING ? await this.#entering() : (kept.get(`${name}.${layer}.hidden`) as Fetched).data;
    const norm = await source.finalNorm?.get();
    if (norm === undefined) return cut(stream);
    const results = await norm.run({ stream: floats(cut(stream), [count, hidden]) }, ['final']);
    return (results.get('final') as Fetched).data;
  }

  /** f32 [tokens, hidden]: the residual stream that enters layer 0; where layers end with a norm, the embedding after its own. */
  async #entering(): Promise<Float32Array> {
    const { kept, source } = this.#trace;
    if (source.finalNorm !== null) return (kept.get('embedding.sum') as Fetched).data;
    this.#embedding ??= (await sliceTrace(this.#trace, `${this.stack.name}.0.self.input`)).data;
    return this.#embedding;
  }
}
