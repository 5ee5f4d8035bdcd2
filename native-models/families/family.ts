/** What a family file provides: how to read its config, which names its checkpoints use, and how to emit its network. */
import type { ModelConfig } from '../checkpoint/config.ts';
import { ModelError } from '../errors.ts';
import type { Value } from '../graph/tensor.ts';
import type { Network } from '../layers/network.ts';
import type { HeadKind, Scale, StackInfo } from '../types.ts';

/** The sizes and kinds that a config and the weights' names settle, before anything is built. */
export interface Architecture {
  readonly stacks: readonly StackInfo[];
  /** The longest text, special tokens included. */
  readonly maxTokens: number;
  /** The row of the position table that a text's first token takes; 0 but for families that count from their padding id. */
  readonly firstPosition: number;
  readonly vocabulary: number;
  /** Number of token types (segments); 0 for families without them. */
  readonly segments: number;
  /** Whether it can tell two texts apart, where its tokenizer separates them. */
  readonly takesPair: boolean;
  readonly head: HeadKind;
  /** Label names in the order of the logits; empty unless `head` is `classification` or `token-classification`. */
  readonly labels: readonly string[];
  /** What the logits of `head` mean. */
  readonly scale: Scale;
  /** True where the network makes a pooled vector of the first token. */
  readonly pooled: boolean;
}

/** The keys of the table that final states are multiplied with to give the logits of a vocabulary. */
export interface HeadKeys {
  /** [vocabulary, hidden] */
  readonly weight: string;
  /** [vocabulary]; null for a head without. */
  readonly bias: string | null;
  /** Whether the table is that of the embedding. */
  readonly tied: boolean;
}

/** The keys of the tables that ids and places are looked up in. */
export interface EmbeddingKeys {
  /** [vocabulary, hidden] */
  readonly token: string;
  /** [firstPosition + maxTokens, hidden]; null for families whose positions are not learned. */
  readonly position: string | null;
}

export interface Family {
  /** `model_type` in config.json. */
  readonly modelType: string;
  /** Prefixes that checkpoints may put before a key. */
  readonly prefixes: readonly string[];
  /** Buffers that are no weights. */
  readonly ignored: readonly RegExp[];
  /**
   * @param has whether the checkpoint has a weight of this key
   * @throws ModelError `bad-model` naming the config key at fault
   */
  architecture(config: ModelConfig, has: (key: string) => boolean): Architecture;
  /** Emits ids → final hidden states [rows, hidden]; its inputs are those of `declareTextInputs`. */
  emitBody(net: Network, config: ModelConfig, architecture: Architecture): Value;
  /**
   * Emits the norm between the last layer and the head for some rows of the residual stream [rows, hidden]; null for families whose
   * layers end with a norm of their own.
   */
  readonly emitFinalNorm:
    ((net: Network, stream: Value, config: ModelConfig, architecture: Architecture) => Value) | null;
  readonly embeddingKeys: EmbeddingKeys;
  /**
   * The table of a head that predicts tokens; called for no other head.
   * @param has whether the checkpoint has a weight of this key
   */
  headKeys(has: (key: string) => boolean): HeadKeys;
  /**
   * Emits final hidden states of some rows [selected, hidden] → `logits` and `pooled`, whichever the checkpoint has; and `features`
   * [selected, hidden], where something else than the final states is multiplied with the head's table.
   */
  emitHead(net: Network, selected: Value, config: ModelConfig, architecture: Architecture): void;
}

/** Inputs shared by all text networks, flattened to rows (batch·token). */
export interface TextInputs {
  /** int64 [batch, token], as it comes. */
  readonly grid: Value;
  /** int64 [rows] */
  readonly ids: Value;
  readonly positions: Value;
  readonly segments: Value | null;
  /** int64 [2]: batch, tokens. */
  readonly batchTokens: Value;
}

export function declareTextInputs(net: Network, architecture: Architecture): TextInputs {
  const { graph } = net;
  const grid = (name: string) => graph.input(name, 'int64', ['batch', 'token']);
  const flat = (value: Value) => graph.op('Reshape', [value, graph.int64([-1])]);
  const ids = grid('ids');
  return {
    grid: ids,
    ids: flat(ids),
    positions: flat(grid('positions')),
    segments: architecture.segments === 0 ? null : flat(grid('segments')),
    batchTokens: graph.op('Shape', [ids]),
  };
}

/** Fails where `hidden` does not divide into `heads`. */
export function headSize(config: ModelConfig, hiddenKey: string, headsKey: string): number {
  const hidden = config.positiveInteger(hiddenKey);
  const heads = config.positiveInteger(headsKey);
  if (hidden % heads === 0) return hidden / heads;
  throw new ModelError(
    'bad-model',
    'config-heads',
    `${config.path}: "${hiddenKey}" is ${hidden}, which ${heads} heads ("${headsKey}") do not divide evenly.`,
    { hidden, heads },
  );
}

/** Refuses a config that asks for a variant of the architecture that is not computed here. */
export function refuse(config: ModelConfig, key: string, supported: string): never {
  throw new ModelError(
    'bad-model',
    'config-unsupported',
    `${config.path}: "${key}" is ${JSON.stringify(config.raw[key])}; Headlight computes ${supported} only.`,
    { key },
  );
}
