/**
 * What the atlas shows of a head, computed next to the pattern so that the query × key matrix never leaves the graph:
 * a picture of block maxima and six means over the queries.
 */
import type { Value } from '../graph/tensor.ts';
import type { Network } from './network.ts';

/**
 * - weights f32 [query·key, 5]: a column a linear statistic (distance, first, previous, self, separator), divided by the queries
 * - pads int64 [8]: ONNX Pad's pads that make query and key multiples of the block
 * - tiles int64 [6]: batch, heads, grid, block, grid, block
 */
export interface SummaryControls {
  readonly weights: Value;
  readonly pads: Value;
  readonly tiles: Value;
}

/** The values of one attention site that its summary is made of. */
export interface SummarySource {
  /** q·scale and k: [batch, heads, token, d_head]. */
  readonly scaledQ: Value;
  readonly k: Value;
  /** [batch, heads, query, key], before and after the softmax. */
  readonly masked: Value;
  readonly pattern: Value;
}

/**
 * Traced `<name>.picture` [batch, heads, grid, grid], `.linear` [batch, heads, 1, 5] and `.entropy` [batch, heads].
 * @returns int64 [1], always 0, known when the summary is made; what comes next is to wait for it (zeroAfter)
 */
export function summarise(
  net: Network,
  name: string,
  source: SummarySource,
  heads: number,
  controls: SummaryControls,
): Value {
  const { graph } = net;
  const padded = graph.op('Pad', [source.pattern, controls.pads, graph.float32(0)], { mode: 'constant' });
  const tiles = graph.op('Reshape', [padded, controls.tiles]);
  const columns = graph.op('ReduceMax', [tiles, graph.int64([5])], { keepdims: 0 });
  const picture = graph.op('ReduceMax', [columns, graph.int64([3])], { keepdims: 0 });
  net.trace(`${name}.picture`, picture, ['batch', heads, 'grid', 'grid']);

  const flat = graph.op('Reshape', [source.pattern, graph.int64([0, heads, 1, -1])]);
  const linear = graph.op('MatMul', [flat, controls.weights]);
  net.trace(`${name}.linear`, linear, ['batch', heads, 1, 'linearStatistics']);
  const entropy = meanEntropy(net, source);
  net.trace(`${name}.entropy`, entropy, ['batch', heads]);
  return zeroAfter(net, [picture, linear, entropy]);
}

/**
 * int64 [1], always 0, made of the shapes of values and so after them. ONNX Runtime computes what nothing waits for at the end of a
 * run: without a step that waits for the summary of its layer, the patterns of all layers live until then.
 */
function zeroAfter({ graph }: Network, values: readonly Value[]): Value {
  const shapes = values.map((value) => graph.op('Shape', [value]));
  const zeros = graph.op('Mul', [graph.op('Concat', shapes, { axis: 0 }), graph.int64([0])]);
  return graph.op('ReduceSum', [zeros, graph.int64([0])], { keepdims: 1 });
}

/**
 * Mean entropy of the rows in nats, without a logarithm of every weight. For p = softmax(m): −Σ p log p = lse(m) − Σ p·m, where
 * lse(m) = max m − log max p, and Σⱼ pᵢⱼ·mᵢⱼ = scaledQᵢ·(p·k)ᵢ because a visible key's mask is 0 and a hidden key's p is 0.
 * Rows whose pattern is replaced come out as 0: their mask is not 0, and whoever replaced them knows their entropy.
 */
function meanEntropy({ graph }: Network, { scaledQ, k, masked, pattern }: SummarySource): Value {
  const last = graph.int64([-1]);
  const logPartition = graph.op('Sub', [
    graph.op('ReduceMax', [masked, last]),
    graph.op('Log', [graph.op('ReduceMax', [pattern, last])]),
  ]);
  const expectedKey = graph.op('MatMul', [pattern, k]);
  const expectedScore = graph.op('ReduceSum', [graph.op('Mul', [scaledQ, expectedKey]), last]);
  const entropy = graph.op('Sub', [logPartition, expectedScore]);
  return graph.op('ReduceMean', [entropy, graph.int64([2, 3])], { keepdims: 0 });
}
