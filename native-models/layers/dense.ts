/** Affine maps, norms, activations and tables on [rows, features] values. */
import type { Value } from '../graph/tensor.ts';
import type { Network } from './network.ts';

export interface DenseShape {
  readonly input: number;
  readonly output: number;
  /** How the checkpoint stores the matrix: `out-in` (torch Linear) or `in-out` (GPT-2's Conv1D). */
  readonly layout: 'out-in' | 'in-out';
}

/** An affine map and the scope of its weights. */
export interface NamedDense extends DenseShape {
  readonly name: string;
}

/** x·W + b: [rows, input] → [rows, output], with `weight` and `bias` of the scope `name`. */
export function dense(net: Network, name: string, x: Value, { input, output, layout }: DenseShape): Value {
  return net.scope(name, () => {
    const transposed = layout === 'out-in';
    const weight = net.weight('weight', transposed ? [output, input] : [input, output]);
    const bias = net.has('bias') ? net.weight('bias', [output]) : null;
    return net.graph.op('Gemm', [x, weight, bias], { transB: transposed ? 1 : 0 });
  });
}

/** LayerNorm over features (Ba et al. 2016): [rows, features] → the same shape. */
export function layerNorm(net: Network, name: string, x: Value, features: number, epsilon: number): Value {
  return net.scope(name, () => {
    const weight = net.weight('weight', [features]);
    const bias = net.weight('bias', [features]);
    return net.graph.op('LayerNormalization', [x, weight, bias], { axis: -1, epsilon: { float: epsilon } });
  });
}

export type Activation = 'gelu' | 'gelu_new' | 'relu' | 'tanh' | 'silu';

/** The activation functions by their Hugging Face names; `gelu_new` is the tanh approximation (Hendrycks & Gimpel 2016). */
export function activate(net: Network, kind: Activation, x: Value): Value {
  switch (kind) {
    case 'gelu':
      return net.graph.op('Gelu', [x], { approximate: 'none' });
    case 'gelu_new':
      return net.graph.op('Gelu', [x], { approximate: 'tanh' });
    case 'relu':
      return net.graph.op('Relu', [x]);
    case 'tanh':
      return net.graph.op('Tanh', [x]);
    case 'silu':
      return net.graph.op('Mul', [x, net.graph.op('Sigmoid', [x])]);
  }
}

/** Rows of the scope's `weight` table [size, features] by index: [rows] → [rows, features]. */
export function lookUp(net: Network, name: string, indices: Value, size: number, features: number): Value {
  return net.scope(name, () => net.graph.op('Gather', [net.weight('weight', [size, features]), indices], { axis: 0 }));
}

/** Two affine maps with an activation between them: [rows, hidden] → [rows, hidden]. */
export function mlp(net: Network, x: Value, up: NamedDense, activation: Activation, down: NamedDense): Value {
  const inner = activate(net, activation, dense(net, up.name, x, up));
  return dense(net, down.name, inner, down);
}
