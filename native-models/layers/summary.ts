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

/** The smallest weight whose logarithm is taken; 0·log 0 counts as 0, as in Shannon's entropy. */
const SMALLEST = 1e-30;

/** pattern [batch, heads, query, key] → traced `<name>.picture` [batch, heads, grid, grid], `.linear` and `.entropy`. */
export function summarise(net: Network, name: string, pattern: Value, heads: number, controls: SummaryControls): void {
  const { graph } = net;
  const padded = graph.op('Pad', [pattern, controls.pads, graph.float32(0)], { mode: 'constant' });
  const tiles = graph.op('Reshape', [padded, controls.tiles]);
  const columns = graph.op('ReduceMax', [tiles, graph.int64([5])], { keepdims: 0 });
  const picture = graph.op('ReduceMax', [columns, graph.int64([3])], { keepdims: 0 });
  net.trace(`${name}.picture`, picture, ['batch', heads, 'grid', 'grid']);

  const flat = graph.op('Reshape', [pattern, graph.int64([0, heads, 1, -1])]);
  const linear = graph.op('MatMul', [flat, controls.weights]);
  net.trace(`${name}.linear`, linear, ['batch', heads, 1, 'linearStatistics']);

  const log = graph.op('Log', [graph.op('Max', [flat, graph.float32(SMALLEST)])]);
  const column = graph.op('Reshape', [log, graph.int64([0, heads, -1, 1])]);
  const entropy = graph.op('MatMul', [flat, column]);
  net.trace(`${name}.negativeEntropy`, entropy, ['batch', heads, 1, 1]);
}
