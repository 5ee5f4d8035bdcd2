/** How much each head writes to the residual stream: norms and inner products after the head's slice of the output projection. */
import type { Value } from '../graph/tensor.ts';
import type { NamedDense } from './dense.ts';
import type { Network } from './network.ts';

/**
 * W_O of the current scope, a slice a head: [heads, d_head, output]. A context of all heads side by side, times W_O, is the sum over
 * the heads of each one's context times its slice.
 */
export function headSlices(net: Network, { name, input, output, layout }: NamedDense, heads: number): Value {
  const { graph } = net;
  return net.scope(name, () => {
    const dHead = input / heads;
    if (layout === 'in-out') {
      return graph.op('Reshape', [net.weight('weight', [input, output]), graph.int64([heads, dHead, output])]);
    }
    const split = graph.op('Reshape', [net.weight('weight', [output, input]), graph.int64([output, heads, dHead])]);
    return graph.op('Transpose', [split], { perm: [1, 2, 0] });
  });
}

/**
 * ‖x·W_O‖₂ of each head and token, without the bias: [batch, heads, token, d_head] → [batch, heads, token]
 * (Kobayashi et al. 2020, "Attention is Not Only a Weight", sections 2–3).
 */
export function writtenNorm({ graph }: Network, x: Value, slices: Value): Value {
  return graph.op('ReduceL2', [graph.op('MatMul', [x, slices]), graph.int64([-1])], { keepdims: 0 });
}

/**
 * What a token can add to the residual stream as inner products, from which the norm of every weighted sum follows:
 * ‖Σ αₚ·fₚ‖² = Σ αₚ·αᵣ·(fₚ·fᵣ). The parts are v·W_O of each head, without the bias: [batch, heads, token, d_head] →
 * [batch·token, heads, heads].
 */
export function writtenGram(net: Network, v: Value, slices: Value, shape: WrittenShape): Value {
  return gramOf(net, writtenParts(net, v, slices, shape));
}

export interface WrittenShape {
  readonly heads: number;
  readonly hidden: number;
}

/** Where attention's output goes: it is added to the residual stream, and the sum may be normalised at once. */
export interface ResidualAddition {
  /** The stream as it was: [batch·token, hidden]. */
  readonly stream: Value;
  /** Scope of the LayerNorm of the sum; null where the norm comes elsewhere. */
  readonly norm: string | null;
}

/**
 * The same with the residual stream as the last part, and with the LayerNorm of their sum where there is one: what is linear in it,
 * (y − mean y)·γ. Its division by the sum's deviation is the same for all parts of a token, and its bias is no token's (Kobayashi
 * et al. 2021, "Incorporating Residual and Normalization Layers into Analysis of Masked Language Models", section 3).
 * @returns [batch·token, heads + 1, heads + 1]
 */
export function mixedGram(
  net: Network,
  v: Value,
  slices: Value,
  { stream, norm }: ResidualAddition,
  shape: WrittenShape,
): Value {
  const { graph } = net;
  const { hidden } = shape;
  const residual = graph.op('Reshape', [stream, graph.int64([-1, 1, hidden])]);
  const parts = graph.op('Concat', [writtenParts(net, v, slices, shape), residual], { axis: 1 });
  if (norm === null) return gramOf(net, parts);
  const mean = graph.op('ReduceMean', [parts, graph.int64([-1])], { keepdims: 1 });
  const gain = net.scope(norm, () => net.weight('weight', [hidden]));
  return gramOf(net, graph.op('Mul', [graph.op('Sub', [parts, mean]), gain]));
}

/** v·W_O, head by head: [batch·token, heads, hidden]. */
function writtenParts({ graph }: Network, v: Value, slices: Value, { heads, hidden }: WrittenShape): Value {
  const written = graph.op('Transpose', [graph.op('MatMul', [v, slices])], { perm: [0, 2, 1, 3] });
  return graph.op('Reshape', [written, graph.int64([-1, heads, hidden])]);
}

/** [row, part, hidden] → [row, part, part]. */
function gramOf({ graph }: Network, parts: Value): Value {
  return graph.op('MatMul', [parts, graph.op('Transpose', [parts], { perm: [0, 2, 1] })]);
}
