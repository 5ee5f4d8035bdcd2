/** GPT-2 (Radford et al. 2019): pre-norm decoder, learned positions, fused QKV stored [in, out], head tied to the embedding. */
import type { ModelConfig } from '../checkpoint/config.ts';
import type { Value } from '../graph/tensor.ts';
import { declareSelfAttention, selfAttention } from '../layers/attention.ts';
import type { SelfAttention } from '../layers/attention.ts';
import { dense, layerNorm, lookUp, mlp } from '../layers/dense.ts';
import type { Activation } from '../layers/dense.ts';
import type { Network } from '../layers/network.ts';
import { declareTextInputs, headSize, refuse } from './family.ts';
import type { Architecture, Family, HeadKeys, TextInputs } from './family.ts';

const STACK = 'decoder';
const ACTIVATIONS = ['gelu_new', 'gelu', 'relu', 'tanh', 'silu', 'gelu_pytorch_tanh', 'swish'] as const;

interface Sizes {
  readonly hidden: number;
  readonly inner: number;
  readonly epsilon: number;
  readonly activation: Activation;
}

function architecture(config: ModelConfig): Architecture {
  if (!config.boolean('scale_attn_weights', true)) refuse(config, 'scale_attn_weights', 'attention divided by √d_head');
  if (config.boolean('scale_attn_by_inverse_layer_idx', false)) {
    refuse(config, 'scale_attn_by_inverse_layer_idx', 'one scale for all layers');
  }
  if (config.boolean('add_cross_attention', false))
    refuse(config, 'add_cross_attention', 'GPT-2 as a decoder of its own');
  const dHead = headSize(config, 'n_embd', 'n_head');
  const stack = {
    name: STACK,
    sites: ['self'],
    layers: config.positiveInteger('n_layer'),
    heads: config.positiveInteger('n_head'),
    dHead,
    hidden: config.positiveInteger('n_embd'),
    causal: true,
  } as const;
  return {
    stacks: [stack],
    maxTokens: config.positiveInteger('n_positions', 1024),
    firstPosition: 0,
    vocabulary: config.positiveInteger('vocab_size'),
    segments: 0,
    takesPair: false,
    head: 'next-token',
    labels: [],
    scale: 'softmax',
    pooled: false,
  };
}

function sizes(config: ModelConfig): Sizes {
  const hidden = config.positiveInteger('n_embd');
  const activation = config.oneOf('activation_function', ACTIVATIONS, 'gelu_new');
  const names: Readonly<Partial<Record<string, Activation>>> = { gelu_pytorch_tanh: 'gelu_new', swish: 'silu' };
  return {
    hidden,
    inner: config.positiveInteger('n_inner', 4 * hidden),
    epsilon: config.number('layer_norm_epsilon', 1e-5),
    activation: names[activation] ?? (activation as Activation),
  };
}

function emitBody(net: Network, config: ModelConfig, shape: Architecture): Value {
  const [stack] = shape.stacks;
  if (stack === undefined) throw new Error('invalid architecture: gpt2 has one stack');
  const size = sizes(config);
  const inputs = declareTextInputs(net, shape);
  const attention = declareSelfAttention(net, { ...stack, stack: STACK, batchTokens: inputs.batchTokens });
  let hidden = embedding(net, inputs, shape, size);
  for (let layer = 0; layer < stack.layers; layer++) {
    hidden = net.scope(`h.${layer}`, () => block(net, layer, hidden, size, attention));
    net.trace(`${STACK}.${layer}.hidden`, hidden, ['row', size.hidden]);
  }
  const final = emitFinalNorm(net, hidden, config);
  net.trace(`${STACK}.final`, final, ['row', size.hidden]);
  return final;
}

/** The norm of what leaves the last layer: [rows, hidden] → the same shape. */
function emitFinalNorm(net: Network, stream: Value, config: ModelConfig): Value {
  const { hidden, epsilon } = sizes(config);
  return layerNorm(net, 'ln_f', stream, hidden, epsilon);
}

/** Token + position rows of their tables: [rows, hidden]. */
function embedding(net: Network, inputs: TextInputs, shape: Architecture, { hidden }: Sizes): Value {
  const token = lookUp(net, 'wte', inputs.ids, shape.vocabulary, hidden);
  const position = lookUp(net, 'wpe', inputs.positions, shape.maxTokens, hidden);
  const sum = net.graph.op('Add', [token, position]);
  net.trace('embedding.token', token, ['row', hidden]);
  net.trace('embedding.position', position, ['row', hidden]);
  net.trace('embedding.sum', sum, ['row', hidden]);
  return sum;
}

/** x + Attention(LN(x)), then + MLP(LN(·)): [rows, hidden] → [rows, hidden]. */
function block(
  net: Network,
  layer: number,
  x: Value,
  { hidden, inner, epsilon, activation }: Sizes,
  attention: SelfAttention,
): Value {
  const { graph } = net;
  const normed = layerNorm(net, 'ln_1', x, hidden, epsilon);
  const attended = net.scope('attn', () => {
    const fused = dense(net, 'c_attn', normed, { input: hidden, output: 3 * hidden, layout: 'in-out' });
    const [q, k, v] = graph.ops('Split', [fused, graph.int64([hidden, hidden, hidden])], { axis: 1 }, 3) as [
      Value,
      Value,
      Value,
    ];
    const output = { name: 'c_proj', input: hidden, output: hidden, layout: 'in-out' } as const;
    const residual = { stream: x, norm: null };
    return selfAttention(net, layer, attention, { input: normed, q, k, v, output, residual });
  });
  const middle = graph.op('Add', [x, attended]);
  const written = mlp(
    net,
    layerNorm(net, 'ln_2', middle, hidden, epsilon),
    { name: 'mlp.c_fc', input: hidden, output: inner, layout: 'in-out' },
    activation,
    { name: 'mlp.c_proj', input: inner, output: hidden, layout: 'in-out' },
  );
  net.trace(`${STACK}.${layer}.mlp.output`, written, ['row', hidden]);
  return graph.op('Add', [middle, written]);
}

function headKeys(has: (key: string) => boolean): HeadKeys {
  const own = has('lm_head.weight');
  return { weight: own ? 'lm_head.weight' : 'wte.weight', bias: null, tied: !own };
}

/** [selected, hidden] → logits [selected, vocab]. The head is the embedding table unless the file has one of its own. */
function emitHead(net: Network, selected: Value, config: ModelConfig, { vocabulary }: Architecture): void {
  const key = headKeys((name) => net.has(name)).weight;
  const weight = net.weight(key, [vocabulary, config.positiveInteger('n_embd')]);
  const logits = net.graph.op('Gemm', [selected, weight], { transB: 1 });
  net.graph.output('logits', logits, 'float32', ['selected', vocabulary]);
}

export const gpt2: Family = {
  modelType: 'gpt2',
  prefixes: ['transformer.'],
  ignored: [/^h\.\d+\.attn\.(bias|masked_bias)$/u],
  architecture,
  embeddingKeys: { token: 'wte.weight', position: 'wpe.weight' },
  headKeys,
  emitBody,
  emitFinalNorm,
  emitHead,
};
