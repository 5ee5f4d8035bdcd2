import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Intervention } from '../../../electron/api/index.ts';
import { createAppStore, NO_RUN } from '../../../renderer/state/app-state.ts';
import { appliedInterventions, shownRun, shownView } from '../../../renderer/state/changed-run.ts';
import { Session } from '../../../renderer/state/session.ts';
import { addChange, removeChange, switchChange } from '../../../renderer/state/what-if.ts';
import { FakeClient, modelEntry, openedModel, runResult, settle, tokensOf } from '../support.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const knockOut = (layer: number, head: number): Intervention => {
  return { kind: 'head', site: { stack: 'decoder', layer, head }, factor: 0 };
};
const hide = (query: number, key: number): Intervention => ({ kind: 'mask', site: {}, query, key, visible: false });

async function running() {
  const client = new FakeClient();
  const store = createAppStore();
  const session = new Session(client, store, { modelId: null, firstText: () => 'one two' });
  void session.start();
  await client.last('models.list').answer([modelEntry()]);
  await client.last('model.open').answer(openedModel());
  await client.last('text.run').answer(runResult('t1', tokensOf('one', 'two')));
  const add = (intervention: Intervention) => session.changes.edit((list) => addChange(list, intervention));
  return { client, store, session, add };
}

const closed = (client: FakeClient) => client.all('trace.close').map(({ request }) => request['traceId']);

describe('the changed run', () => {
  it('runs the same text with the changes, beside the original and in a lane of its own', async () => {
    const { client, store, add } = await running();
    const plain = client.last('text.run').request;
    add(knockOut(1, 2));
    const { request } = client.last('text.run');
    expect(request).toMatchObject({ model: 'tiny', input: { text: 'one two' }, interventions: [knockOut(1, 2)] });
    expect(request['lane']).not.toBe(plain['lane']);
    expect(shownRun(store.getState()).result?.traceId).toBe('t1');
    await client.last('text.run').answer(runResult('c1', tokensOf('one', 'two')));
    const state = store.getState();
    expect(state.changed).toMatchObject({ status: 'done', result: { traceId: 'c1' }, interventions: [knockOut(1, 2)] });
    expect(state.run.result?.traceId).toBe('t1');
    expect([shownView(state), shownRun(state).result?.traceId]).toEqual(['both', 'c1']);
  });

  it('keeps the last numbers while the next are made, and closes the traces that it no longer shows', async () => {
    const { client, store, add } = await running();
    add(knockOut(0, 0));
    await client.last('text.run').answer(runResult('c1', tokensOf('one', 'two')));
    add(knockOut(0, 1));
    expect(store.getState().changed).toMatchObject({ status: 'running', result: { traceId: 'c1' } });
    await client.last('text.run').answer(runResult('c2', tokensOf('one', 'two')));
    expect(store.getState().changed.result?.traceId).toBe('c2');
    expect(closed(client)).toEqual(['c1']);
  });

  it('has one run under way at a time, however fast a slider moves, and ends with the newest list', async () => {
    const { client, store, add } = await running();
    const before = client.all('text.run').length;
    for (const head of [0, 1, 2]) add(knockOut(0, head));
    expect(client.all('text.run')).toHaveLength(before + 1);
    await client.last('text.run').answer(runResult('c1', tokensOf('one', 'two')));
    expect(store.getState().changed).toMatchObject({ status: 'running', result: { traceId: 'c1' } });
    expect(client.all('text.run')).toHaveLength(before + 2);
    expect(client.last('text.run').request['interventions']).toHaveLength(3);
    await client.last('text.run').answer(runResult('c2', tokensOf('one', 'two')));
    expect(store.getState().changed).toMatchObject({ status: 'done', result: { traceId: 'c2' } });
    expect(closed(client)).toEqual(['c1']);
  });

  it('closes an answer that comes after the text has changed', async () => {
    const { client, store, session, add } = await running();
    add(knockOut(0, 0));
    const late = client.last('text.run');
    session.setText('new');
    vi.advanceTimersByTime(150);
    await client.last('text.run').answer(runResult('t2', tokensOf('new')));
    await client.last('text.run').answer(runResult('c2', tokensOf('new')));
    await late.answer(runResult('late', tokensOf('one', 'two')));
    expect(store.getState().changed.result?.traceId).toBe('c2');
    expect(closed(client)).toEqual(['t1', 'late']);
  });

  it('stays stopped when the user stops it, also after the engine’s restart, until it is asked for or the list changes', async () => {
    const { client, store, session, add } = await running();
    add(knockOut(0, 0));
    void session.cancel();
    expect(client.last('engine.cancel').request).toEqual({});
    expect(store.getState().changed.status).toBe('cancelled');
    client.emit('engine', { state: 'restarting', cause: 'cancelled', reason: null, restarts: 1 });
    client.emit('engine', { state: 'ready', cause: null, reason: null, restarts: 1 });
    const asked = client.all('text.run').length;
    expect(client.last('text.run').request['interventions']).toBeUndefined();
    await client.last('text.run').answer(runResult('t2', tokensOf('one', 'two')));
    expect(client.all('text.run')).toHaveLength(asked);
    expect(store.getState().changed.status).toBe('cancelled');
    session.changes.run.again();
    expect(client.last('text.run').request['interventions']).toEqual([knockOut(0, 0)]);
  });

  it('is the original alone again when the last change is switched off or removed', async () => {
    const { client, store, session, add } = await running();
    add(knockOut(0, 0));
    await client.last('text.run').answer(runResult('c1', tokensOf('one', 'two')));
    const asked = client.all('text.run').length;
    session.changes.edit((list) => switchChange(list, 1, false));
    expect(store.getState().changed).toBe(NO_RUN);
    expect(shownView(store.getState())).toBe('original');
    session.changes.undo();
    expect(client.all('text.run')).toHaveLength(asked + 1);
    session.changes.edit((list) => removeChange(list, 1));
    expect(store.getState().changed).toBe(NO_RUN);
    expect(closed(client)).toContain('c1');
  });

  it('does not run again for edits that change nothing of what is applied', async () => {
    const { client, session, add } = await running();
    add(knockOut(0, 0));
    await client.last('text.run').answer(runResult('c1', tokensOf('one', 'two')));
    const asked = client.all('text.run').length;
    session.changes.set({ isOpen: true, scope: 'all' });
    session.select({ head: 2 });
    add(knockOut(7, 0));
    expect(client.all('text.run')).toHaveLength(asked);
  });

  it('follows the text: drops the numbers of the old one, and leaves out what does not fit the new one', async () => {
    const { client, store, session, add } = await running();
    add(knockOut(0, 0));
    add(hide(1, 0));
    await client.last('text.run').answer(runResult('c1', tokensOf('one', 'two')));
    session.setText('one');
    vi.advanceTimersByTime(150);
    await client.last('text.run').answer(runResult('t2', tokensOf('one')));
    expect(store.getState().changed).toMatchObject({ status: 'running', result: null });
    expect(client.last('text.run').request).toMatchObject({
      input: { text: 'one' },
      interventions: [knockOut(0, 0)],
    });
    expect(appliedInterventions(store.getState())).toEqual([knockOut(0, 0)]);
    expect(store.getState().whatIf.list.changes).toHaveLength(2);
  });

  it('keeps the failure of a list that cannot be applied, and no numbers of another; can be asked again', async () => {
    const { client, store, session, add } = await running();
    add(hide(0, 0));
    const failure = { code: 'bad-request', reason: 'query-sees-nothing', message: 'no key' } as const;
    await client.last('text.run').fail(failure);
    expect(store.getState().changed).toMatchObject({ status: 'failed', failure, result: null });
    const asked = client.all('text.run').length;
    session.changes.run.again();
    expect(client.all('text.run')).toHaveLength(asked + 1);
  });

  it('waits while the engine is lost, and runs again with the text', async () => {
    const { client, store, add } = await running();
    add(knockOut(0, 0));
    client.emit('engine', { state: 'restarting', cause: 'crashed', reason: 'x', restarts: 1 });
    await client.last('text.run').fail({ code: 'engine-lost', message: 'gone' });
    expect(store.getState().changed.status).toBe('waiting');
    client.emit('engine', { state: 'ready', cause: null, reason: null, restarts: 1 });
    await client.last('text.run').answer(runResult('t2', tokensOf('one', 'two')));
    expect(client.last('text.run').request).toMatchObject({ interventions: [knockOut(0, 0)] });
    expect(store.getState().changed.status).toBe('running');
  });

  it('is off under the worked example, and back after it', async () => {
    const { client, store, session, add } = await running();
    add(knockOut(0, 0));
    await client.last('text.run').answer(runResult('c1', tokensOf('one', 'two')));
    session.openExample('two words');
    expect(store.getState().changed).toBe(NO_RUN);
    expect(shownRun(store.getState()).result?.traceId).toBe('worked-example');
    session.changes.add((site) => [{ kind: 'scale', site, factor: 1 }]);
    expect(store.getState().whatIf.list.changes).toHaveLength(1);
    session.leaveExample();
    await settle();
    expect(client.last('text.run').request).toMatchObject({ interventions: [knockOut(0, 0)] });
  });
});

describe('comparisons and rankings', () => {
  it('ask for the shown prediction and forget what is about traces that are gone', async () => {
    const { client, store, session, add } = await running();
    expect(session.changes.comparisonQuestion()).toBeNull();
    add(knockOut(0, 0));
    await client.last('text.run').answer(runResult('c1', tokensOf('one', 'two')));
    const question = session.changes.comparisonQuestion();
    expect(question).toEqual({ before: 't1', after: 'c1', position: null });
    session.changes.comparisons.want(question!);
    expect(client.last('trace.compare').request).toEqual({ before: 't1', after: 'c1', candidates: 10 });
    await client.last('trace.compare').answer({ predictions: [], fraction: 0.5, layers: null });
    expect(client.all('trace.compare')).toHaveLength(2);
    await client.last('trace.compare').answer({ predictions: [], fraction: 1, layers: [] });
    expect(session.changes.comparisons.peek(question!)).toMatchObject({ status: 'ready', part: { layers: [] } });
    session.select({ position: 0 });
    expect(session.changes.comparisonQuestion()).toEqual({ before: 't1', after: 'c1', position: 0 });
    session.changes.comparisons.want(session.changes.comparisonQuestion()!);
    expect(client.last('trace.compare').request).toMatchObject({ positions: [0] });
    await client.last('trace.compare').answer({ predictions: [], fraction: 0.5, layers: null });
    expect(client.all('trace.compare')).toHaveLength(3);
    session.changes.rankings.want({ traceId: 't1', position: null });
    add(knockOut(0, 1));
    await client.last('text.run').answer(runResult('c2', tokensOf('one', 'two')));
    expect(session.changes.comparisons.peek(question!)).toEqual({ status: 'none' });
    expect(session.changes.rankings.peek({ traceId: 't1', position: null }).status).toBe('pending');
    expect(store.getState().changed.result?.traceId).toBe('c2');
  });
});
