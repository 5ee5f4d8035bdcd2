import { describe, expect, it } from 'vitest';
import { GraphBuilder } from '../../../native-models/graph/builder.ts';
import { serialize } from '../../../native-models/graph/serialize.ts';
import { runText } from '../../../native-models/index.ts';
import { Session } from '../../../native-models/session/runtime.ts';
import { openFixture } from '../../support/fixtures.ts';

function square(): Uint8Array {
  const graph = new GraphBuilder('square');
  const x = graph.input('x', 'float32', ['n']);
  graph.output('y', graph.op('Mul', [x, x]), 'float32', ['n']);
  return serialize(graph.finish());
}

const feed = (value: number) => ({ x: { type: 'float32', data: Float32Array.of(value), dims: [1] } }) as const;

describe('Session', () => {
  it('answers runs that were asked for at once in order, one at a time', async () => {
    const session = await Session.create(square(), { device: 'cpu' });
    const results = await Promise.all([2, 3, 4].map((value) => session.run(feed(value), ['y'])));
    expect(results.map((result) => result.get('y')!.data[0])).toEqual([4, 9, 16]);
    await session.dispose();
  });

  it('a failed run does not stop the next', async () => {
    const session = await Session.create(square(), { device: 'cpu' });
    await expect(session.run({}, ['y'])).rejects.toThrow();
    expect((await session.run(feed(5), ['y'])).get('y')!.data[0]).toBe(25);
    await session.dispose();
  });

  it('refuses to run after dispose, and may be disposed twice', async () => {
    const session = await Session.create(square(), { device: 'cpu' });
    await session.dispose();
    await session.dispose();
    await expect(session.run(feed(1), ['y'])).rejects.toThrow('invalid session: it was disposed');
  });

  it('rejects bytes that are no model', async () => {
    await expect(Session.create(new Uint8Array([1, 2, 3]), { device: 'cpu' })).rejects.toThrow();
  });

  it(
    'opening, running and disposing a model over and over does not grow the process',
    { timeout: 120_000 },
    async () => {
      const cycle = async () => {
        const model = await openFixture('tiny-bert');
        await runText(model, { text: 'The sea.' });
        await model.dispose();
      };
      for (let round = 0; round < 20; round++) await cycle();
      const before = process.memoryUsage.rss();
      for (let round = 0; round < 60; round++) await cycle();
      expect(process.memoryUsage.rss() - before).toBeLessThan(60e6);
    },
  );
});
