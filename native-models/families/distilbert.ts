/** DistilBERT (Sanh et al. 2019): BERT's post-norm encoder without segments and pooler; masked-LM head or classifiers where present. */
import type { ModelConfig } from '../checkpoint/config.ts';
import type { Value } from '../graph/tensor.ts';
import { declareSelfAttention } from '../layers/attention.ts';
import { activate, dense, layerNorm, lookUp } from '../layers/dense.ts';
import type { Activation, DenseShape } from '../layers/dense.ts';
import type { Network } from '../layers/network.ts';
import { postNormBlock } from '../layers/post-norm-block.ts';
import type { PostNormNames, PostNormSizes } from '../layers/post-norm-block.ts';
import type { HeadKind } from '../types.ts';
import { declareTextInputs, headSize } from './family.ts';
import type { Architecture, Family, HeadKeys, TextInputs } from './family.ts';
import { assertWeight, isSavedAs, labelFacts } from './labels.ts';

const STACK = 'encoder';
const ACTIVATIONS = ['gelu', 'gelu_new', 'relu', 'tanh', 'silu'] as const satisfies readonly Activation[];
/** Of every LayerNorm; no config names it. */
const EPSILON = 1e-12;

const LAYER: PostNormNames = {
  q: 'attention.q_lin',
  k: 'attention.k_lin',
  v: 'attention.v_lin',
  output: 'attention.out_lin',
  attentionNorm: 'sa_layer_norm',
  up: 'ffn.lin1',
  down: 'ffn.lin2',
  mlpNorm: 'output_layer_norm',
};

/** `sinusoidal_pos_embds` only says what the position table began as: it is stored like a learned one. */
function architecture(config: ModelConfig, has: (key: string) => boolean): Architecture {
  const stack = {
    name: STACK,
    sites: ['self'],
    layers: config.positiveInteger('n_layers', 6),
    heads: config.positiveInteger('n_heads'),
    dHead: headSize(config, 'dim', 'n_heads'),
    hidden: config.positiveInteger('dim'),
    causal: false,
  } as const;
  const head = headOf(config, has);
  return {
    stacks: [stack],
    maxTokens: config.positiveInteger('max_position_embeddings', 512),
    firstPosition: 0,
    vocabulary: config.positiveInteger('vocab_size'),
    segments: 0,
    takesPair: true,
    head,
    ...labelFacts(config, head),
    pooled: false,
  };
}

/** The head is what the file holds: masked-LM weights, a classifier of the text or of every token, or nothing that is computed. */
function headOf(config: ModelConfig, has: (key: string) => boolean): HeadKind {
  if (has('vocab_transform.weight')) return 'masked-token';
  if (!has('classifier.weight') || isSavedAs(config, 'ForMultipleChoice')) return 'none';
  if (isSavedAs(config, 'ForTokenClassification')) return 'token-classification';
  assertWeight(config, has, 'pre_classifier.weight', 'classifier.weight');
  return 'classification';
}

function sizes(config: ModelConfig): PostNormSizes {
  return {
    hidden: config.positiveInteger('dim'),
    inner: config.positiveInteger('hidden_dim'),
    epsilon: EPSILON,
    activation: config.oneOf('activation', ACTIVATIONS, 'gelu'),
  };
}

function emitBody(net: Network, config: ModelConfig, shape: Architecture): Value {
  const [stack] = shape.stacks;
  if (stack === undefined) throw new Error('invalid architecture: distilbert has one stack');
  const size = sizes(config);
  const inputs = declareTextInputs(net, shape);
  const attention = declareSelfAttention(net, { ...stack, stack: STACK, batchTokens: inputs.batchTokens });
  let hidden = net.scope('embeddings', () => embedding(net, inputs, shape, size));
  for (let layer = 0; layer < stack.layers; layer++) {
    hidden = net.scope(`transformer.layer.${layer}`, () => postNormBlock(net, layer, hidden, attention, size, LAYER));
    net.trace(`${STACK}.${layer}.hidden`, hidden, ['row', size.hidden]);
  }
  net.trace(`${STACK}.final`, hidden, ['row', size.hidden]);
  return hidden;
}

/** LayerNorm(token + position): [rows, hidden]; `embedding.sum` is the sum before the norm. */
function embedding(net: Network, inputs: TextInputs, shape: Architecture, { hidden, epsilon }: PostNormSizes): Value {
  const token = lookUp(net, 'word_embeddings', inputs.ids, shape.vocabulary, hidden);
  const position = lookUp(net, 'position_embeddings', inputs.positions, shape.maxTokens, hidden);
  const sum = net.graph.op('Add', [token, position]);
  net.trace('embedding.token', token, ['row', hidden]);
  net.trace('embedding.position', position, ['row', hidden]);
  net.trace('embedding.sum', sum, ['row', hidden]);
  return layerNorm(net, 'LayerNorm', sum, hidden, epsilon);
}

function emitHead(net: Network, selected: Value, config: ModelConfig, shape: Architecture): void {
  const size = sizes(config);
  if (shape.head === 'masked-token') maskedHead(net, selected, shape, size);
  if (shape.head === 'token-classification') classifier(net, selected, shape, size);
  if (shape.head === 'classification') classifier(net, preClassifier(net, selected, size), shape, size);
}

function headKeys(has: (key: string) => boolean): HeadKeys {
  const own = has('vocab_projector.weight');
  return {
    weight: own ? 'vocab_projector.weight' : 'embeddings.word_embeddings.weight',
    bias: 'vocab_projector.bias',
    tied: !own,
  };
}

/** Transform, then the embedding table as projector (unless the file has its own), plus a bias: [selected, hidden] → [selected, vocab]. */
function maskedHead(net: Network, selected: Value, { vocabulary }: Architecture, size: PostNormSizes): void {
  const { graph } = net;
  const { hidden, epsilon, activation } = size;
  const keys = headKeys((name) => net.has(name));
  const square: DenseShape = { input: hidden, output: hidden, layout: 'out-in' };
  const transformed = activate(net, activation, dense(net, 'vocab_transform', selected, square));
  const normed = layerNorm(net, 'vocab_layer_norm', transformed, hidden, epsilon);
  net.trace('features', normed, ['selected', hidden]);
  const projector = net.weight(keys.weight, [vocabulary, hidden]);
  const bias = net.weight('vocab_projector.bias', [vocabulary]);
  const logits = graph.op('Gemm', [normed, projector, bias], { transB: 1 });
  graph.output('logits', logits, 'float32', ['selected', vocabulary]);
}

/** max(0, W·x + b) of the first token: [selected, hidden] → the same shape. */
function preClassifier(net: Network, selected: Value, { hidden }: PostNormSizes): Value {
  return activate(
    net,
    'relu',
    dense(net, 'pre_classifier', selected, { input: hidden, output: hidden, layout: 'out-in' }),
  );
}

/** [selected, hidden] → [selected, labels]. */
function classifier(net: Network, x: Value, { labels }: Architecture, { hidden }: PostNormSizes): void {
  const logits = dense(net, 'classifier', x, { input: hidden, output: labels.length, layout: 'out-in' });
  net.graph.output('logits', logits, 'float32', ['selected', labels.length]);
}

export const distilbert: Family = {
  modelType: 'distilbert',
  prefixes: ['distilbert.'],
  ignored: [/^embeddings\.position_ids$/u],
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
