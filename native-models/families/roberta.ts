/** RoBERTa (Liu et al. 2019): BERT's post-norm encoder with positions that count from the padding id; heads of its own. */
import type { ModelConfig } from '../checkpoint/config.ts';
import { ModelError } from '../errors.ts';
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
import { isSavedAs, labelFacts } from './labels.ts';

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
  if (config.boolean('is_decoder', false)) refuse(config, 'is_decoder', 'RoBERTa as an encoder');
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
  return {
    stacks: [stack],
    ...places(config),
    vocabulary: config.positiveInteger('vocab_size'),
    segments: config.positiveInteger('type_vocab_size', 2),
    takesPair: true,
    head,
    ...labelFacts(config, head),
    pooled: has('pooler.dense.weight'),
  };
}

/** Tokens count from the padding id + 1: of 514 rows with padding id 1, a text has 512. */
function places(config: ModelConfig): Pick<Architecture, 'maxTokens' | 'firstPosition'> {
  const rows = config.positiveInteger('max_position_embeddings', 512);
  const firstPosition = paddingId(config) + 1;
  if (rows > firstPosition) return { maxTokens: rows - firstPosition, firstPosition };
  const message = `${config.path}: "max_position_embeddings" is ${rows}; expected more than ${firstPosition}, where positions begin.`;
  throw new ModelError('bad-model', 'config-wrong-type', message, {
    file: config.path,
    key: 'max_position_embeddings',
  });
}

function paddingId(config: ModelConfig): number {
  const id = config.number('pad_token_id', 1);
  return Number.isSafeInteger(id) && id >= 0 ? id : refuse(config, 'pad_token_id', 'positions that count from an id');
}

/** The head is what the file holds: masked-LM weights, a classifier of the text or of every token, or nothing that is computed. */
function headOf(config: ModelConfig, has: (key: string) => boolean): HeadKind {
  if (has('lm_head.dense.weight')) return 'masked-token';
  if (has('classifier.out_proj.weight')) return 'classification';
  return has('classifier.weight') && isSavedAs(config, 'ForTokenClassification') ? 'token-classification' : 'none';
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
  if (stack === undefined) throw new Error('invalid architecture: roberta has one stack');
  const size = sizes(config);
  const inputs = declareTextInputs(net, shape);
  const attention = declareSelfAttention(net, { ...stack, stack: STACK, batchTokens: inputs.batchTokens });
  const positions = positionsFrom(net, inputs, paddingId(config));
  let hidden = net.scope('embeddings', () => embedding(net, { ...inputs, positions }, shape, size));
  for (let layer = 0; layer < stack.layers; layer++) {
    hidden = net.scope(`encoder.layer.${layer}`, () => postNormBlock(net, layer, hidden, attention, size, LAYER));
    net.trace(`${STACK}.${layer}.hidden`, hidden, ['row', size.hidden]);
  }
  net.trace(`${STACK}.final`, hidden, ['row', size.hidden]);
  return hidden;
}

/**
 * Rows of the position table, int64 [rows]: the padding id + 1, 2, 3 … over the tokens that are not padding, which itself has the row
 * of its id (transformers' `create_position_ids_from_input_ids`). A `<pad>` that was typed is padding too.
 */
function positionsFrom({ graph }: Network, { grid }: TextInputs, padding: number): Value {
  const pad = graph.int64([padding], []);
  const counts = graph.op('Cast', [graph.op('Not', [graph.op('Equal', [grid, pad])])], { to: INT64 });
  const counted = graph.op('Mul', [graph.op('CumSum', [counts, graph.int64([1], [])]), counts]);
  return graph.op('Reshape', [graph.op('Add', [counted, pad]), graph.int64([-1])]);
}

/** TensorProto.DataType.INT64. */
const INT64 = 7;

/** LayerNorm(token + segment + position): [rows, hidden]; `embedding.sum` is the sum before the norm. */
function embedding(net: Network, inputs: TextInputs, shape: Architecture, { hidden, epsilon }: PostNormSizes): Value {
  if (inputs.segments === null) throw new Error('invalid architecture: roberta has segments');
  const token = lookUp(net, 'word_embeddings', inputs.ids, shape.vocabulary, hidden);
  const segment = lookUp(net, 'token_type_embeddings', inputs.segments, shape.segments, hidden);
  const rows = shape.firstPosition + shape.maxTokens;
  const position = lookUp(net, 'position_embeddings', inputs.positions, rows, hidden);
  const sum = net.graph.op('Add', [net.graph.op('Add', [token, segment]), position]);
  net.trace('embedding.token', token, ['row', hidden]);
  net.trace('embedding.position', position, ['row', hidden]);
  net.trace('embedding.segment', segment, ['row', hidden]);
  net.trace('embedding.sum', sum, ['row', hidden]);
  return layerNorm(net, 'LayerNorm', sum, hidden, epsilon);
}

function emitHead(net: Network, selected: Value, config: ModelConfig, shape: Architecture): void {
  const size = sizes(config);
  if (shape.pooled) pooler(net, selected, size.hidden);
  if (shape.head === 'masked-token') maskedHead(net, selected, shape, size);
  if (shape.head === 'token-classification') classifier(net, 'classifier', selected, shape, size);
  if (shape.head === 'classification') sequenceHead(net, selected, shape, size);
}

/** tanh(W·x + b) of the first token, in encoders that were saved with it; no head here reads it. */
function pooler(net: Network, selected: Value, hidden: number): void {
  const projected = dense(net, 'pooler.dense', selected, { input: hidden, output: hidden, layout: 'out-in' });
  net.graph.output('pooled', activate(net, 'tanh', projected), 'float32', ['selected', hidden]);
}

function headKeys(has: (key: string) => boolean): HeadKeys {
  const own = has('lm_head.decoder.weight');
  return {
    weight: own ? 'lm_head.decoder.weight' : 'embeddings.word_embeddings.weight',
    bias: has('lm_head.decoder.bias') ? 'lm_head.decoder.bias' : 'lm_head.bias',
    tied: !own,
  };
}

/** GELU whatever the config's activation, a norm, then the embedding table as decoder (unless the file has its own): [selected, vocab]. */
function maskedHead(net: Network, selected: Value, shape: Architecture, { hidden, epsilon }: PostNormSizes): void {
  const { graph } = net;
  const keys = headKeys((name) => net.has(name));
  const decoder = net.weight(keys.weight, [shape.vocabulary, hidden]);
  const logits = net.scope('lm_head', () => {
    const square: DenseShape = { input: hidden, output: hidden, layout: 'out-in' };
    const transformed = activate(net, 'gelu', dense(net, 'dense', selected, square));
    const normed = layerNorm(net, 'layer_norm', transformed, hidden, epsilon);
    const bias = net.has('decoder.bias') ? 'decoder.bias' : 'bias';
    if (bias === 'decoder.bias' && net.has('bias')) net.weight('bias', [shape.vocabulary]);
    net.trace('features', normed, ['selected', hidden]);
    return graph.op('Gemm', [normed, decoder, net.weight(bias, [shape.vocabulary])], { transB: 1 });
  });
  graph.output('logits', logits, 'float32', ['selected', shape.vocabulary]);
}

/** tanh(W·x + b) of the first token, then the classifier: [selected, hidden] → [selected, labels]. */
function sequenceHead(net: Network, selected: Value, shape: Architecture, size: PostNormSizes): void {
  const { hidden } = size;
  const projected = dense(net, 'classifier.dense', selected, { input: hidden, output: hidden, layout: 'out-in' });
  classifier(net, 'classifier.out_proj', activate(net, 'tanh', projected), shape, size);
}

/** [selected, hidden] → [selected, labels]. */
function classifier(net: Network, name: string, x: Value, { labels }: Architecture, { hidden }: PostNormSizes): void {
  const logits = dense(net, name, x, { input: hidden, output: labels.length, layout: 'out-in' });
  net.graph.output('logits', logits, 'float32', ['selected', labels.length]);
}

export const roberta: Family = {
  modelType: 'roberta',
  prefixes: ['roberta.'],
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
