/** What a config and the headers say about a model's size, family by family. */
import type { ModelConfig } from '../checkpoint/config.ts';
import type { TensorEntry } from '../checkpoint/safetensors.ts';

/** The config keys of one family; `maxTokens` may have the family's default. */
interface SizeKeys {
  readonly layers: string;
  readonly heads: string;
  readonly hidden: string;
  readonly maxTokens: string;
  readonly defaultMaxTokens?: number;
  /** Positions that no text can use (RoBERTa counts from its padding id). */
  readonly reservedPositions?: number;
}

const USUAL_KEYS: SizeKeys = {
  layers: 'num_hidden_layers',
  heads: 'num_attention_heads',
  hidden: 'hidden_size',
  maxTokens: 'max_position_embeddings',
};
const ROBERTA_KEYS: SizeKeys = { ...USUAL_KEYS, defaultMaxTokens: 514, reservedPositions: 2 };
const T5_KEYS: SizeKeys = { layers: 'num_layers', heads: 'num_heads', hidden: 'd_model', maxTokens: 'n_positions' };

const SIZE_KEYS: ReadonlyMap<string, SizeKeys> = new Map([
  ['bert', { ...USUAL_KEYS, defaultMaxTokens: 512 }],
  ['roberta', ROBERTA_KEYS],
  ['xlm-roberta', ROBERTA_KEYS],
  ['distilbert', { layers: 'n_layers', heads: 'n_heads', hidden: 'dim', maxTokens: 'max_position_embeddings' }],
  ['gpt2', { layers: 'n_layer', heads: 'n_head', hidden: 'n_embd', maxTokens: 'n_positions', defaultMaxTokens: 1024 }],
  ['t5', T5_KEYS],
  ['mt5', T5_KEYS],
]);

export interface Sizes {
  readonly layers: number | null;
  readonly heads: number | null;
  readonly hidden: number | null;
  readonly maxTokens: number | null;
  readonly vocabulary: number | null;
}

/**
 * The sizes that a config names; null for one it does not name.
 *
 * @throws ModelError 'bad-model' `config-wrong-type` for one that is not a whole number of at least 1
 */
export function sizesOf(config: ModelConfig): Sizes {
  const keys = SIZE_KEYS.get(config.modelType) ?? USUAL_KEYS;
  const read = (key: string): number | null => (config.has(key) ? config.positiveInteger(key) : null);
  const positions = read(keys.maxTokens) ?? keys.defaultMaxTokens ?? null;
  return {
    layers: read(keys.layers),
    heads: read(keys.heads),
    hidden: read(keys.hidden),
    maxTokens: positions === null ? null : positions - (keys.reservedPositions ?? 0),
    vocabulary: read('vocab_size'),
  };
}

/** Stored tensors that are no weights: position ids, causal masks, precomputed rotary frequencies. */
const BUFFERS = [/(^|\.)position_ids$/u, /(^|\.)h\.\d+\.attn\.(bias|masked_bias)$/u, /(^|\.)rotary_emb\.inv_freq$/u];

/** Number of stored weights and the dtype that most of them have. Tied weights that are stored twice count twice. */
export function weightFacts(tensors: Iterable<TensorEntry>): { parameters: number; dtype: string | null } {
  const byDtype = new Map<string, number>();
  let parameters = 0;
  for (const { name, dtype, shape } of tensors) {
    if (BUFFERS.some((pattern) => pattern.test(name))) continue;
    const count = shape.reduce((product, axis) => product * axis, 1);
    parameters += count;
    byDtype.set(dtype, (byDtype.get(dtype) ?? 0) + count);
  }
  const [most] = [...byDtype].sort(([, a], [, b]) => b - a);
  return { parameters, dtype: most?.[0] ?? null };
}
