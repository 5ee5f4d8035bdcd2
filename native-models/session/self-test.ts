/**
 * The self-test of a device: one transformer-like graph on the device and on the CPU, compared number by number, then timed. It uses
 * the operators that the families use, −∞ in a softmax included.
 */
import { GraphBuilder } from '../graph/builder.ts';
import { serialize } from '../graph/serialize.ts';
import type { DeviceId } from '../types.ts';
import { Session } from './runtime.ts';
import type { Feeds } from './runtime.ts';

const ROWS = 192;
const FEATURES = 256;
const HEADS = 4;
const TIMED_RUNS = 3;

/** Largest difference from the CPU that a device may show, relative to 1 + |expected|. */
export const SELF_TEST_TOLERANCE = 1e-3;

export interface SelfTestResult {
  /** Largest |device − cpu| ÷ (1 + |cpu|). */
  readonly error: number;
  /** Median seconds of a run on the device, transfers included. */
  readonly seconds: number;
}

/** @throws Error of ONNX Runtime when the device cannot be used at all */
export async function selfTest(device: DeviceId): Promise<SelfTestResult> {
  const model = serialize(selfTestGraph());
  const feeds = selfTestFeeds();
  const expected = await onDevice(model, 'cpu', feeds, 1);
  const actual = await onDevice(model, device, feeds, TIMED_RUNS);
  return { error: largestDifference(actual.data, expected.data), seconds: actual.seconds };
}

async function onDevice(model: Uint8Array, device: DeviceId, feeds: Feeds, runs: number) {
  const session = await Session.create(model, { device });
  try {
    const first = await session.run(feeds, ['y']);
    const times: number[] = [];
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      await session.run(feeds, ['y']);
      times.push((performance.now() - start) / 1000);
    }
    times.sort((a, b) => a - b);
    return { data: first.get('y')?.data ?? new Float32Array(), seconds: times[Math.floor(runs / 2)] ?? NaN };
  } finally {
    await session.dispose();
  }
}

/** x → LayerNorm → heads → masked softmax attention → Gelu(·W): y [ROWS, FEATURES]. */
function selfTestGraph() {
  const graph = new GraphBuilder('self-test');
  const x = graph.input('x', 'float32', [ROWS, FEATURES]);
  const w = graph.input('w', 'float32', [FEATURES, FEATURES]);
  const ones = graph.input('ones', 'float32', [FEATURES]);
  const mask = graph.input('mask', 'float32', [ROWS, ROWS]);
  const normed = graph.op('LayerNormalization', [x, ones, ones], { axis: -1, epsilon: { float: 1e-5 } });
  const split = graph.op('Reshape', [normed, graph.int64([1, ROWS, HEADS, FEATURES / HEADS])]);
  const heads = graph.op('Transpose', [split], { perm: [0, 2, 1, 3] });
  const keys = graph.op('Transpose', [heads], { perm: [0, 1, 3, 2] });
  const scores = graph.op('Add', [graph.op('MatMul', [heads, keys]), mask]);
  const context = graph.op('MatMul', [graph.op('Softmax', [scores], { axis: -1 }), heads]);
  const merged = graph.op('Reshape', [
    graph.op('Transpose', [context], { perm: [0, 2, 1, 3] }),
    graph.int64([ROWS, FEATURES]),
  ]);
  const y = graph.op('Gelu', [graph.op('Gemm', [merged, w, null], { transB: 1 })], { approximate: 'tanh' });
  graph.output('y', y, 'float32', [ROWS, FEATURES]);
  return graph.finish();
}

function selfTestFeeds(): Feeds {
  const wave = (length: number, step: number, size: number) =>
    Float32Array.from({ length }, (_, index) => size * Math.sin(step * index + 0.3));
  const mask = new Float32Array(ROWS * ROWS);
  for (let query = 0; query < ROWS; query++) mask.fill(-Infinity, query * ROWS + query + 1, (query + 1) * ROWS);
  return {
    x: { type: 'float32', data: wave(ROWS * FEATURES, 0.731, 1), dims: [ROWS, FEATURES] },
    w: { type: 'float32', data: wave(FEATURES * FEATURES, 1.913, 0.1), dims: [FEATURES, FEATURES] },
    ones: { type: 'float32', data: new Float32Array(FEATURES).fill(0.5), dims: [FEATURES] },
    mask: { type: 'float32', data: mask, dims: [ROWS, ROWS] },
  };
}

function largestDifference(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Infinity;
  let largest = 0;
  for (let index = 0; index < expected.length; index++) {
    const want = expected[index] ?? NaN;
    const difference = Math.abs((actual[index] ?? NaN) - want) / (1 + Math.abs(want));
    // A NaN compares false with everything; it must count as the worst difference, not as none.
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}
