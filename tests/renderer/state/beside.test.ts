import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAppStore, NO_RUN } from '../../../renderer/state/app-state.ts';
import { askedBeside, besideSelection } from '../../../renderer/state/beside.ts';
import { Session } from '../../../renderer/state/session.ts';
import { DEBOUNCE_MS } from '../../../renderer/state/text-runner.ts';
import { FakeClient, modelEntry, openedModel, runResult, settle, tokensOf } from '../support.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

async function running() {
  const client = new FakeClient();
  const store = createAppStore();
  const session = new Session(client, store, { modelId: null, firstText: () => 'one two' });
  void session.start();
  await client.last('models.list').answer([modelEntry()]);
  await client.last('model.open').answer(openedModel());
  await client.last('text.run').answer(runResult('t1', tokensOf('one', 'two')));
  session.select({ station: 'pattern', mode: 'all', view: 'beside' });
  const type = async (text: string) => {
    session.beside.set({ text });
    vi.advanceTimersByTime(DEBOUNCE_MS);
    await settle();
  };
  return { client, store, session, type };
}

const closed = (client: FakeClient) => client.all('trace.close').map(({ request }) => request['traceId']);

describe('the run beside', () => {
  it('runs another sentence in the same model, in a lane of its own, once typing rests', async () => {
    const { client, store, session, type } = await running();
    const own = client.last('text.run').request;
    session.beside.set({ text: 'one' });
    expect(client.all('text.run')).toHaveLength(1);
    await type('one three');
    const { request } = client.last('text.run');
    expect(request).toMatchObject({ model: 'tiny', input: { text: 'one three' }, interventions: [] });
    expect(request['lane']).not.toBe(own['lane']);
    expect(client.all('text.run')).toHaveLength(2);
    await client.last('text.run').answer(runResult('b1', tokensOf('one', 'three')));
    expect(store.getState().besideRun).toMatchObject({ status: 'done', result: { traceId: 'b1' } });
    expect(store.getState().run.result?.traceId).toBe('t1');
  });

  it('opens another model for the same sentence', async () => {
    const { client, store, session } = await running();
    session.beside.set({ model: 'other' });
    vi.advanceTimersByTime(DEBOUNCE_MS);
    await settle();
    expect(client.last('model.open').request).toMatchObject({ model: 'other' });
    await client.last('model.open').answer(openedModel({ entry: modelEntry({ id: 'other' }) }));
    expect(client.last('text.run').request).toMatchObject({ model: 'other', input: { text: 'one two' } });
    await client.last('text.run').answer(runResult('b1', tokensOf('one', 'two')));
    expect(store.getState().besideRun.model?.entry.id).toBe('other');
    expect(store.getState().model.opened?.entry.id).toBe('tiny');
  });

  it('closes what it no longer shows, and does nothing where the view is not shown', async () => {
    const { client, store, session, type } = await running();
    await type('one three');
    await client.last('text.run').answer(runResult('b1', tokensOf('one', 'three')));
    await type('one four');
    await client.last('text.run').answer(runResult('b2', tokensOf('one', 'four')));
    expect(closed(client)).toEqual(['b1']);
    session.select({ view: 'matrix' });
    expect(closed(client)).toEqual(['b1', 'b2']);
    expect(store.getState().besideRun).toBe(NO_RUN);
    const count = client.all('text.run').length;
    await type('one five');
    expect(client.all('text.run')).toHaveLength(count);
  });

  it('a failure takes the numbers away and can be tried again', async () => {
    const { client, store, session, type } = await running();
    await type('one three');
    await client.last('text.run').answer(runResult('b1', tokensOf('one', 'three')));
    await type('too long');
    await client.last('text.run').fail({ code: 'bad-request', message: 'too long' });
    expect(store.getState().besideRun).toMatchObject({
      status: 'failed',
      result: null,
      failure: { message: 'too long' },
    });
    session.beside.again();
    vi.advanceTimersByTime(DEBOUNCE_MS);
    await settle();
    await client.last('text.run').answer(runResult('b2', tokensOf('too', 'long')));
    expect(store.getState().besideRun).toMatchObject({ status: 'done', failure: null });
  });
});

describe('what is compared', () => {
  it('is nothing without another sentence or another model', async () => {
    const { store, session } = await running();
    expect(askedBeside(store.getState())).toBeNull();
    session.beside.set({ text: '  ', model: 'tiny' });
    expect(askedBeside(store.getState())).toBeNull();
    session.beside.set({ text: 'three', model: 'tiny' });
    expect(askedBeside(store.getState())).toEqual({ model: 'tiny', input: { text: 'three' } });
  });

  it('is the selected head as far as the other model has it, or the one chosen there', async () => {
    const { store, session, type } = await running();
    await type('one three');
    const [stack] = openedModel().stacks;
    session.select({ layer: (stack?.layers ?? 1) - 1, head: 0 });
    const smaller = openedModel({ stacks: [{ ...stack!, layers: 1 }] });
    store.setState(({ besideRun }) => ({ besideRun: { ...besideRun, model: smaller } }));
    expect(besideSelection(store.getState())).toMatchObject({ layer: 0, head: 0 });
    session.beside.set({ head: { layer: 0, head: 1 } });
    expect(besideSelection(store.getState())).toMatchObject({ layer: 0, head: 1, others: [] });
  });
});
