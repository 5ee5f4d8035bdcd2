import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../native-models/graph/builder.ts';
import type { Graph } from '../../../native-models/graph/builder.ts';
import { extract } from '../../../native-models/graph/extract.ts';
import { serialize } from '../../../native-models/graph/serialize.ts';
import { Session } from '../../../native-models/session/runtime.ts';

/** y = x + 1, and z = 2·y + t, with outputs y, z and `again`, which is y under a second name. */
function whole(): Graph {
  const graph = new GraphBuilder('whole');
  const x = graph.input('x', 'float32', ['n']);
  const t = graph.input('t', 'float32', ['n']);
  const y = graph.op('Add', [x, graph.float32(1)]);
  const z = graph.op('Add', [graph.op('Mul', [y, graph.float32(2)]), t]);
  graph.output('y', y, 'float32', ['n']);
  graph.output('again', y, 'float32', ['n']);
  graph.output('z', z, 'float32', ['n']);
  return graph.finish();
}

async function run(graph: Graph, feeds: Record<string, number>, output: string): Promise<number[]> {
  const session = await Session.create(serialize(graph), { device: 'cpu' });
  const tensors = Object.entries(feeds).map(
    ([name, value]) => [name, { type: 'float32', data: Float32Array.of(value), dims: [1] }] as const,
  );
  const results = await session.run(Object.fromEntries(tensors), [output]);
  await session.dispose();
  return Array.from(results.get(output)!.data);
}

describe('extract', () => {
  it('keeps only what the outputs are computed from', async () => {
    const part = extract(whole(), ['y']);
    expect(part.nodes.map(({ opType }) => opType)).toEqual(['Add']);
    expect(part.inputs.map(({ name }) => name)).toEqual(['x']);
    expect(part.initializers).toHaveLength(1);
    expect(await run(part, { x: 3 }, 'y')).toEqual([4]);
  });

  it('begins at values that are given, under their public names', async () => {
    const part = extract(whole(), ['z'], ['y']);
    expect(part.inputs.map(({ name }) => name).sort()).toEqual(['t', 'y']);
    expect(part.nodes.map(({ opType }) => opType)).toEqual(['Mul', 'Add']);
    expect(await run(part, { y: 10, t: 5 }, 'z')).toEqual([25]);
  });

  it('takes no input for a given value that nothing needs', () => {
    expect(extract(whole(), ['y'], ['z']).inputs.map(({ name }) => name)).toEqual(['x']);
  });

  it('hands a given value on where it is an output under another name', async () => {
    const part = extract(whole(), ['again'], ['y']);
    expect([part.nodes, part.inputs.map(({ name }) => name)]).toEqual([[], ['y']]);
    expect(await run(part, { y: 7 }, 'again')).toEqual([7]);
  });

  it('leaves the whole graph as it was', async () => {
    const graph = whole();
    extract(graph, ['z'], ['y']);
    expect(graph).toEqual(whole());
    expect(await run(extract(graph, ['y', 'again', 'z']), { x: 3, t: 1 }, 'z')).toEqual([9]);
  });
});
