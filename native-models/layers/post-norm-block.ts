/** The encoder layer of Vaswani et al. 2017 (section 3.1): attention and MLP, each added to what it reads and normalised after. */
import type { Value } from '../graph/tensor.ts';
import { selfAttention } from './attention.ts';
import type { SelfAttention } from './attention.ts';
import { dense, layerNorm, mlp } from './dense.ts';
import type { Activation, DenseShape } from './dense.ts';
import type { Network } from './network.ts';

export interface PostNormSizes {
  readonly hidden: number;
  /** Width of the MLP between its two maps. */
  readonly inner: number;
  readonly epsilon: number;
  readonly activation: Activation;
}

/** The scopes of a layer's weights, in the scope of the layer. */
export interface PostNormNames {
  readonly q: string;
  readonly k: string;
  readonly v: string;
  readonly output: string;
  readonly attentionNorm: string;
  readonly up: string;
  readonly down: string;
  readonly mlpNorm: string;
}

/** LN(x + Attention(x)), then LN(· + MLP(·)): [rows, hidden] → [rows, hidden]. Traces the layer's values but what leaves it. */
export function postNormBlock(
  net: Network,
  layer: number,
  x: Value,
  attention: SelfAttention,
  { hidden, inner, epsilon, activation }: PostNormSizes,
  names: PostNormNames,
): Value {
  const { graph } = net;
  const square: DenseShape = { input: hidden, output: hidden, layout: 'out-in' };
  const attended = selfAttention(net, layer, attention, {
    input: x,
    q: dense(net, names.q, x, square),
    k: dense(net, names.k, x, square),
    v: dense(net, names.v, x, square),
    output: { name: names.output, ...square },
    residual: { stream: x, norm: names.attentionNorm },
  });
  const middle = layerNorm(net, names.attentionNorm, graph.op('Add', [x, attended]), hidden, epsilon);
  const written = mlp(net, middle, { name: names.up, input: hidden, output: inner, layout: 'out-in' }, activation, {
    name: names.down,
    input: inner,
    output: hidden,
    layout: 'out-in',
  });
  net.trace(`${attention.shape.stack}.${layer}.mlp.output`, written, ['row', hidden]);
  return layerNorm(net, names.mlpNorm, graph.op('Add', [middle, written]), hidden, epsilon);
}
