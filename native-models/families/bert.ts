/** BERT (Devlin et al. 2019): post-norm encoder with segments; masked-LM head, pooler, sequence and token classification where present. */
import type { ModelConfig } from '../checkpoint/config.ts';
import type { Value } from '../graph/tensor.ts';
import { declareSelfAttention } from '../layers/attention.ts';
import { activate, dense, layerNorm, lookUp } from '../layers/dense.ts';
import type { Activation, DenseShape } from '../layers/dense.ts';
import type { Network } from '../layers/network.ts';
import { postNormBlock } from '../layers/post-norm-block.ts';
import type { PostNormNames, PostNormSizes } from '../layers/post-norm-block.ts';
import type { HeadKind } from '../types.ts';
import { declareTextInputs, headSize, refuse } from './family.ts';
import type { Architecture, Family, HeadKeys, TextInputs } from './family.ts';
import { assertWeight, isSavedAs, labelFacts } from './labels.ts';

const STACK = 'encoder';
const ACTIVATIONS = ['gelu', 'gelu_new', 'relu', 'tanh', 'silu'] as const satisfies readonly Activation[];

const LAYER: PostNormNames = {
  q: 'attention.self.query',
  k: 'attention.self.key',
  v: 'attention.self.value',
  output: 'attention.output.dense',
  attentionNorm: 'attention.output.LayerNorm',
  up: 'intermediate.dense',
  down: 'output.dense',
  mlpNorm: 'output.LayerNorm',
};

function architecture(config: ModelConfig, has: (key: string) => boolean): Architecture {
  if (config.string('position_embedding_type', 'absolute') !== 'absolute') {
    refuse(config, 'position_embedding_type', 'absolute positions');
  }
  if (config.boolean('is_decoder', false)) refuse(config, 'is_decoder', 'BERT as an encoder');
  const stack = {
    name: STACK,
    sites: ['self'],
    layers: config.positiveInteger('num_hidden_layers'),
    heads: config.positiveInteger('num_attention_heads'),
    dHead: headSize(config, 'hidden_size', 'num_attention_heads'),
    hidden: config.positiveInteger('hidden_size'),
    causal: false,
  } as const;
  const head = headOf(config, has);
  const segments = config.positiveInteger('type_vocab_size', 2);
  return {
    stacks: [stack],
    maxTokens: config.positiveInteger('max_position_embeddings', 512),
    firstPosition: 0,
    vocabulary: config.positiveInteger('vocab_size'),
    segments,
    takesPair: segments > 1,
    head,
    ...labelFacts(config, head),
    pooled: has('pooler.dense.weight'),
  };
}

/** The head is what the file holds: masked-LM weights, a classifier over the pooler or over every token, or nothing that is computed. */
function headOf(config: ModelConfig, has: (key: string) => boolean): HeadKind {
  if (has('cls.predictions.transform.dense.weight')) return 'masked-token';
  if (!has('classifier.weight') || isSavedAs(config, 'ForMultipleChoice')) return 'none';
  if (isSavedAs(config, 'ForTokenClassification')) return 'token-classification';
  assertWeight(config, has, 'pooler.dense.weight', 'classifier.weight');
  return 'classification';
}

function sizes(config: ModelConfig): PostNormSizes {
  return {
    hidden: config.positiveInteger('hidden_size'),
    inner: config.positiveInteger('intermediate_size'),
    epsilon: config.number('layer_norm_eps', 1e-12),
    activation: config.oneOf('hidden_act', ACTIVATIONS, 'gelu'),
  };
}

function emitBody(net: Network, config: ModelConfig, shape: Architecture): Value {
  const [stack] = shape.stacks;
  if (stack === undefined) throw new Error('invalid architecture: bert has one stack');
  const size = sizes(config);
  const inputs = declareTextInputs(net, shape);
  const attention = declareSelfAttention(net, { ...stack, stack: STACK, batchTokens: inputs.batchTokens });
  let hidden = net.scope('embeddings', () => embedding(net, inputs, shape, size));
  for (let layer = 0; layer < stack.layers; layer++) {
    hidden = net.scope(`encoder.layer.${layer}`, () => postNormBlock(net, layer, hidden, attention, size, LAYER));
    net.trace(`${STACK}.${layer}.hidden`, hidden, ['row', size.hidden]);
  }
  net.trace(`${STACK}.final`, hidden, ['row', size.hidden]);
  return hidden;
}

function emitHead(net: Network, selected: Value, config: ModelConfig, shape: Architecture): void {
  const size = sizes(config);
  const pooled = shape.pooled ? pooler(net, selected, size.hidden) : null;
  if (shape.head === 'masked-token') maskedHead(net, selected, shape, size);
  if (shape.head === 'classification' && pooled !== null) classifier(net, pooled, shape, size);
  if (shape.head === 'token-classification') classifier(net, selected, shape, size);
}

/** LayerNorm(token + segment + position): [rows, hidden]; `embedding.sum` is the sum before the norm. */
function embedding(net: Network, inputs: TextInputs, shape: Architecture, { hidden, epsilon }: PostNormSizes): Value {
  if (inputs.segments === null) throw new Error('invalid architecture: bert has segments');
  const token = lookUp(net, 'word_embeddings', inputs.ids, shape.vocabulary, hidden);
  const segment = lookUp(net, 'token_type_embeddings', inputs.segments, shape.segments, hidden);
  const position = lookUp(net, 'position_embeddings', inputs.positions, shape.maxTokens, hidden);
  const sum = net.graph.op('Add', [net.graph.op('Add', [token, segment]), position]);
  net.trace('embedding.token', token, ['row', hidden]);
  net.trace('embedding.position', position, ['row', hidden]);
  net.trace('embedding.segment', segment, ['row', hidden]);
  net.trace('embedding.sum', sum, ['row', hidden]);
  return layerNorm(net, 'LayerNorm', sum, hidden, epsilon);
}

/** tanh(W·x + b) of the selected rows (the first token's, for a sentence vector): [selected, hidden]. */
function pooler(net: Network, selected: Value, hidden: number): Value {
  const projected = dense(net, 'pooler.dense', selected, { input: hidden, output: hidden, layout: 'out-in' });
  const pooled = activate(net, 'tanh', projected);
  net.graph.output('pooled', pooled, 'float32', ['selected', hidden]);
  return pooled;
}

function headKeys(has: (key: string) => boolean): HeadKeys {
  const head = 'cls.predictions';
  const own = has(`${head}.decoder.weight`);
  return {
    weight: own ? `${head}.decoder.weight` : 'embeddings.word_embeddings.weight',
    bias: has(`${head}.decoder.bias`) ? `${head}.decoder.bias` : `${head}.bias`,
    tied: !own,
  };
}

/** Transform, then the embedding table as decoder (unless the file has its own), plus a bias: [selected, vocab]. */
function maskedHead(
  net: Network,
  selected: Value,
  shape: Architecture,
  { hidden, epsilon, activation }: PostNormSizes,
): void {
  const { graph } = net;
  const keys = headKeys((name) => net.has(name));
  const decoder = net.weight(keys.weight, [shape.vocabulary, hidden]);
  const logits = net.scope('cls.predictions', () => {
    const square: DenseShape = { input: hidden, output: hidden, layout: 'out-in' };
    const transformed = activate(net, activation, dense(net, 'transform.dense', selected, square));
    const normed = layerNorm(net, 'transform.LayerNorm', transformed, hidden, epsilon);
    const bias = net.has('decoder.bias') ? 'decoder.bias' : 'bias';
    if (bias === 'decoder.bias' && net.has('bias')) net.weight('bias', [shape.vocabulary]);
    net.trace('features', normed, ['selected', hidden]);
    return graph.op('Gemm', [normed, decoder, net.weight(bias, [shape.vocabulary])], { transB: 1 });
  });
  graph.output('logits', logits, 'float32', ['selected', shape.vocabulary]);
}

/** Pooled vectors, or tokens: [selected, hidden] → [selected, labels]. */
function classifier(net: Network, x: Value, { labels }: Architecture, { hidden }: PostNormSizes): void {
  const logits = dense(net, 'classifier', x, { input: hidden, output: labels.length, layout: 'out-in' });
  net.graph.output('logits', logits, 'float32', ['selected', labels.length]);
}

export const bert: Family = {
  modelType: 'bert',
  prefixes: ['bert.'],
  ignored: [/^embeddings\.(position_ids|token_type_ids)$/u],
  architecture,
  embeddingKeys: {
    token: 'embeddings.word_embeddings.weight',
    position: 'embeddings.position_embeddings.weight',
  },
  headKeys,
  emitBody,
  emitFinalNorm: null,
  emitHead,
};
