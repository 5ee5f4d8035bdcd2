/** What a family file provides: how to read its config, which names its checkpoints use, and how to emit its network. */
import type { ModelConfig } from '../checkpoint/config.ts';
import { ModelError } from '../errors.ts';
import type { Value } from '../graph/tensor.ts';
import type { Network } from '../layers/network.ts';
import type { HeadKind, StackInfo } from '../types.ts';

/** The sizes and kinds that a config and the weights' names settle, before anything is built. */
export interface Architecture {
  readonly stacks: readonly StackInfo[];
  readonly maxTokens: number;
  readonly vocabulary: number;
  /** Number of token types (segments); 0 for families without them. */
  readonly segments: number;
  readonly head: HeadKind;
  /** Class names in the order of the logits; empty unless `head` is `classification`. */
  readonly labels: readonly string[];
  /** True where the network makes a pooled vector of the first token. */
  readonly pooled: boolean;
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
  /** Emits final hidden states of some rows [selected, hidden] → `logits` and `pooled`, whichever the checkpoint has. */
  emitHead(net: Network, selected: Value, config: ModelConfig, architecture: Architecture): void;
}

/** Inputs shared by all text networks, flattened to rows (batch·token). */
export interface TextInputs {
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

/** Class names of a classification head: id2label in the order of its ids, or LABEL_0 … */
export function classNames(config: ModelConfig, classes: number): readonly string[] {
  const names = config.stringMap('id2label', {});
  return Array.from({ length: classes }, (_, id) => names[String(id)] ?? `LABEL_${id}`);
}
