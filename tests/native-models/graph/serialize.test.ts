import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../native-models/graph/builder.ts';
import { serialize } from '../../../native-models/graph/serialize.ts';
import { Session } from '../../../native-models/session/runtime.ts';

/** Runs a graph that takes x f32 [2] in the real engine. */
async function run(graph: GraphBuilder, output: string, weightsFolder?: string): Promise<number[]> {
  const session = await Session.create(serialize(graph.finish()), {
    device: 'cpu',
    ...(weightsFolder === undefined ? {} : { weightsFolder }),
  });
  const results = await session.run({ x: { type: 'float32', data: Float32Array.of(1, 2), dims: [2] } }, [output]);
  await session.dispose();
  return Array.from(results.get(output)!.data);
}

describe('serialize', () => {
  it('gives ONNX Runtime a graph that it runs, with outputs under their public names', async () => {
    const graph = new GraphBuilder('sum');
    const x = graph.input('x', 'float32', ['n']);
    graph.output('decoder.0.hidden', graph.op('Add', [x, graph.float32(0.5)]), 'float32', ['n']);
    expect(await run(graph, 'decoder.0.hidden')).toEqual([1.5, 2.5]);
  });

  it('lets one value be an output under two names, and an input be an output', async () => {
    const graph = new GraphBuilder('twice');
    const x = graph.input('x', 'float32', ['n']);
    const doubled = graph.op('Add', [x, x]);
    graph.output('first', doubled, 'float32', ['n']);
    graph.output('second', doubled, 'float32', ['n']);
    graph.output('same', x, 'float32', ['n']);
    for (const [name, expected] of [
      ['first', [2, 4]],
      ['second', [2, 4]],
      ['same', [1, 2]],
    ] as const) {
      expect(await run(graph, name)).toEqual(expected);
    }
  });

  it.each([
    ['F32', Buffer.from(Float32Array.of(10, -20).buffer)],
    ['F16', Buffer.from(Uint16Array.of(0x4900, 0xcd00).buffer)],
    ['BF16', Buffer.from(Uint16Array.of(0x4120, 0xc1a0).buffer)],
  ])('reads %s weights in place at their offset', async (dtype, bytes) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'headlight-graph-'));
    writeFileSync(path.join(folder, 'w.bin'), Buffer.concat([Buffer.alloc(7, 0xff), bytes]));
    const graph = new GraphBuilder('weights');
    const x = graph.input('x', 'float32', ['n']);
    const w = graph.weight('w', { dtype, shape: [2], file: 'w.bin', offset: 7, length: bytes.length });
    graph.output('y', graph.op('Mul', [x, w]), 'float32', ['n']);
    expect(await run(graph, 'y', folder)).toEqual([10, -40]);
  });

  it('names nodes by their scopes and stores equal constants once', () => {
    const graph = new GraphBuilder('scopes');
    const x = graph.input('x', 'float32', ['n']);
    graph.scope('h.0', () => graph.scope('attn', () => graph.op('Add', [x, graph.float32(1)])));
    graph.op('Mul', [x, graph.float32(1)]);
    const { nodes, initializers } = graph.finish();
    expect(nodes.map(({ name }) => name)).toEqual(['h.0/attn/Add_0', 'Mul_1']);
    expect(initializers).toHaveLength(1);
  });

  it('refuses names that are taken, large constants and dtypes that are no weights', () => {
    const graph = new GraphBuilder('bad');
    const x = graph.input('x', 'float32', ['n']);
    graph.output('y', x, 'float32', ['n']);
    expect(() => graph.input('x', 'float32', ['n'])).toThrow('invalid input name: x');
    expect(() => {
      graph.output('y', x, 'float32', ['n']);
    }).toThrow('invalid output name: y');
    expect(() => graph.int64(new Array<number>(65).fill(0))).toThrow('invalid constant');
    const weight = { dtype: 'I8', shape: [1], file: 'w', offset: 0, length: 1 };
    expect(() => graph.weight('w', weight)).toThrow('invalid weight dtype: I8');
  });
});
