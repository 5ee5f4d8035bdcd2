import { expect, it } from 'vitest';
import { GraphBuilder } from '../../../native-models/graph/builder.ts';
import { serialize } from '../../../native-models/graph/serialize.ts';
import { LazySession } from '../../../native-models/session/lazy-session.ts';
import { Session } from '../../../native-models/session/runtime.ts';

function square(): Promise<Session> {
  const graph = new GraphBuilder('square');
  const x = graph.input('x', 'float32', ['n']);
  graph.output('y', graph.op('Mul', [x, x]), 'float32', ['n']);
  return Session.create(serialize(graph.finish()), { device: 'cpu' });
}

it('makes one session for all who ask, and none for nobody', async () => {
  let made = 0;
  const lazy = new LazySession(() => {
    made++;
    return square();
  });
  expect(made).toBe(0);
  const [first, second] = await Promise.all([lazy.get(), lazy.get()]);
  expect([made, first === second]).toEqual([1, true]);
  await lazy.dispose();
  await expect(lazy.get()).rejects.toThrow('invalid session: it was disposed');
  await expect(first.run({}, ['y'])).rejects.toThrow('invalid session: it was disposed');
});

it('tries again after a failure', async () => {
  let made = 0;
  const lazy = new LazySession(() => (made++ === 0 ? Promise.reject(new Error('no memory')) : square()));
  await expect(lazy.get()).rejects.toThrow('no memory');
  expect((await lazy.get()).outputNames).toEqual(['y']);
  await lazy.dispose();
});

it('may be disposed before anyone asked, or after a failure', async () => {
  await new LazySession(square).dispose();
  const failing = new LazySession(() => Promise.reject(new Error('no memory')));
  await expect(failing.get()).rejects.toThrow('no memory');
  await failing.dispose();
});
