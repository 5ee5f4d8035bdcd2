/** How much each head writes to the residual stream: norms after the head's slice of the output projection. */
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
