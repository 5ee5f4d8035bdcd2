import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createAppStore } from '../../../renderer/state/app-state.ts';
import { Session, firstModel } from '../../../renderer/state/session.ts';
import { FakeClient, modelEntry, openedModel, runResult, scoredHead, settle, tokensOf } from '../support.ts';

const FIRST_TEXT = 'a first sentence';
const MODELS = [modelEntry({ id: 'broken', problem: 'no weights' }), modelEntry(), modelEntry({ id: 'other' })];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function created(modelId: string | null = null) {
  const client = new FakeClient();
  const store = createAppStore();
  const remembered: string[] = [];
  const session = new Session(client, store, {
    modelId,
    onModel: (id) => remembered.push(id),
    firstText: () => FIRST_TEXT,
    firstPlace: () => ({ layer: 1, head: 2 }),
  });
  return { client, store, session, remembered };
}

/** A session with a model open and the first text run. */
async function running() {
  const parts = created();
  const { client, session } = parts;
  void session.start();
  await client.last('models.list').answer(MODELS);
  await client.last('model.open').answer(openedModel());
  await client.last('text.run').answer(runResult('t1', tokensOf('one', 'two')));
  return parts;
}

describe('start', () => {
  it('opens the first usable model, and runs the first sentence where the view begins', async () => {
    const { client, store, remembered } = await running();
    expect(client.last('model.open').request).toEqual({ model: 'tiny', device: 'auto' });
    expect(client.last('text.run').request).toMatchObject({ model: 'tiny', input: { text: FIRST_TEXT } });
    expect(store.getState().run).toMatchObject({ status: 'done', result: { traceId: 't1' } });
    expect(store.getState().selection).toMatchObject({ layer: 1, head: 2, query: 1, station: 'pattern' });
    expect(remembered).toEqual(['tiny']);
  });

  it('prefers the model of the last time, then the bundled ones', () => {
    const bundled = modelEntry({ id: 'headlight-gpt' });
    expect(firstModel([...MODELS, bundled], 'other')?.id).toBe('other');
    expect(firstModel([...MODELS, bundled], 'gone')?.id).toBe('headlight-gpt');
    expect(firstModel(MODELS, 'broken')?.id).toBe('tiny');
    expect(firstModel([MODELS[0]!], null)).toBeNull();
  });

  it('says so when the models cannot be listed, and can try again', async () => {
    const { client, store, session } = created();
    void session.start();
    await client.last('models.list').fail({ code: 'internal', message: 'disk' });
    expect(store.getState().model).toMatchObject({ status: 'failed', failure: { message: 'disk' } });
    session.retry();
    expect(client.all('models.list')).toHaveLength(2);
  });
});

describe('typing', () => {
  it('runs once when the typing pauses', async () => {
    const { client, session } = await running();
    for (const text of ['n', 'ne', 'new']) {
      session.setText(text);
      vi.advanceTimersByTime(100);
    }
    expect(client.all('text.run')).toHaveLength(1);
    vi.advanceTimersByTime(50);
    expect(client.last('text.run').request).toMatchObject({ input: { text: 'new' } });
    expect(client.all('text.run')).toHaveLength(2);
  });

  it('shows the newest text whatever order answers come in, and closes the traces it does not show', async () => {
    const { client, store, session } = await running();
    session.setText('older');
    vi.advanceTimersByTime(150);
    const older = client.last('text.run');
    session.setText('newer');
    vi.advanceTimersByTime(150);
    await client.last('text.run').answer(runResult('newer', tokensOf('newer')));
    await older.answer(runResult('older', tokensOf('older')));
    expect(store.getState().run.result?.traceId).toBe('newer');
    expect(client.all('trace.close').map(({ request }) => request['traceId'])).toEqual(['t1', 'older']);
  });

  it('keeps the figure while the next run is made, and uses one lane for all', async () => {
    const { client, store, session } = await running();
    session.setText('next');
    vi.advanceTimersByTime(150);
    expect(store.getState().run).toMatchObject({ status: 'running', result: { traceId: 't1' } });
    const lanes = new Set(client.all('text.run').map(({ request }) => request['lane']));
    expect(lanes.size).toBe(1);
  });

  it('runs nothing for an empty text and lets go of the trace', async () => {
    const { client, store, session } = await running();
    session.setText('  \n');
    vi.advanceTimersByTime(150);
    expect(store.getState().run).toMatchObject({ status: 'empty', result: null });
    expect(client.all('text.run')).toHaveLength(1);
    expect(client.last('trace.close').request).toEqual({ traceId: 't1' });
  });

  it('sends the second sentence only to a model that takes one', async () => {
    const { client, session } = await running();
    session.setPair('and more');
    vi.advanceTimersByTime(150);
    expect(client.last('text.run').request['input']).toEqual({ text: FIRST_TEXT });
    void session.openModel('pairs');
    await client.last('model.open').answer(openedModel({ takesPair: true }));
    expect(client.last('text.run').request['input']).toEqual({ text: FIRST_TEXT, pair: 'and more' });
  });

  it('keeps the failure of a text that cannot be read, and no figure of another text', async () => {
    const { client, store, session } = await running();
    session.setText('long');
    vi.advanceTimersByTime(150);
    await client.last('text.run').fail({ code: 'bad-text', message: 'too long', reason: 'text-too-long' });
    expect(store.getState().run).toMatchObject({
      status: 'failed',
      result: null,
      failure: { reason: 'text-too-long' },
    });
    expect(client.last('trace.close').request).toEqual({ traceId: 't1' });
  });
});

describe('models', () => {
  it('takes the newest choice when an earlier one opens later', async () => {
    const { client, store, session } = await running();
    void session.openModel('slow');
    const slow = client.last('model.open');
    void session.openModel('fast');
    await client.last('model.open').answer(openedModel({ entry: modelEntry({ id: 'fast' }) }));
    await slow.answer(openedModel({ entry: modelEntry({ id: 'slow' }) }));
    expect(store.getState().model).toMatchObject({ status: 'open', id: 'fast' });
    expect(client.last('text.run').request['model']).toBe('fast');
  });

  it('says why a model cannot be opened and shows no figure of another', async () => {
    const { client, store, session } = await running();
    void session.openModel('bad');
    await client.last('model.open').fail({ code: 'bad-model', message: 'weight h.0 is missing' });
    expect(store.getState().model).toMatchObject({ status: 'failed', id: 'bad', failure: { code: 'bad-model' } });
    expect(store.getState().run).toMatchObject({ status: 'empty', result: null });
  });

  it('opens the model again on another device', async () => {
    const { client, session } = await running();
    session.chooseDevice('cpu');
    expect(client.last('model.open').request).toEqual({ model: 'tiny', device: 'cpu' });
  });

  it('adds a folder, lists it and opens it, unless it has a problem', async () => {
    const { client, session } = await running();
    const adding = session.addFolder('/models/mine');
    await client.last('models.addFolder').answer(modelEntry({ id: '/models/mine' }));
    await client.last('models.list').answer(MODELS);
    expect((await adding).id).toBe('/models/mine');
    expect(client.last('model.open').request['model']).toBe('/models/mine');
    const bad = session.addFolder('/models/bad');
    await client.last('models.addFolder').answer(modelEntry({ id: '/models/bad', problem: 'no config' }));
    await client.last('models.list').answer(MODELS);
    expect((await bad).problem).toBe('no config');
    expect(client.last('model.open').request['model']).toBe('/models/mine');
  });
});

describe('interruptions', () => {
  const engine = (state: string, cause: string | null = null) => ({ state, cause, reason: null, restarts: 1 });

  it('runs the text again by itself when the engine is back', async () => {
    const { client, store, session } = await running();
    session.setText('next');
    vi.advanceTimersByTime(150);
    await client.last('text.run').fail({ code: 'engine-lost', message: 'gone' });
    expect(store.getState().run.status).toBe('waiting');
    client.emit('engine', engine('restarting', 'crashed'));
    client.emit('engine', engine('ready'));
    expect(client.all('text.run')).toHaveLength(3);
    await client.last('text.run').answer(runResult('t2', tokensOf('next')));
    expect(store.getState().run).toMatchObject({ status: 'done', result: { traceId: 't2' } });
  });

  it('opens the model again when the engine was lost while it opened', async () => {
    const { client, session } = await running();
    void session.openModel('other');
    await client.last('model.open').fail({ code: 'engine-lost', message: 'gone' });
    client.emit('engine', engine('restarting', 'crashed'));
    client.emit('engine', engine('ready'));
    expect(client.all('model.open').map(({ request }) => request['model'])).toEqual(['tiny', 'other', 'other']);
  });

  it('stops when asked to, and stays stopped until asked to run', async () => {
    const { client, store, session } = await running();
    session.setText('next');
    vi.advanceTimersByTime(150);
    void session.cancel();
    expect(store.getState().run.status).toBe('cancelled');
    expect(client.all('engine.cancel')).toHaveLength(1);
    client.emit('engine', engine('restarting', 'cancelled'));
    client.emit('engine', engine('ready'));
    expect(client.all('text.run')).toHaveLength(2);
    session.retry();
    expect(client.all('text.run')).toHaveLength(3);
  });

  it('stops the opening of a model', async () => {
    const { client, store, session } = await running();
    void session.openModel('huge');
    const opening = client.last('model.open');
    void session.cancel();
    await opening.fail({ code: 'cancelled', message: 'stopped' });
    expect(store.getState().model).toMatchObject({ status: 'failed', id: 'huge', failure: { code: 'cancelled' } });
    session.retry();
    expect(client.last('model.open').request['model']).toBe('huge');
  });

  it('runs again over a new connection', async () => {
    const { client, store, session } = await running();
    client.connection('lost');
    expect(store.getState().connection).toBe('lost');
    session.reconnect();
    expect(client.reconnects).toBe(1);
    client.connection('connecting');
    client.connection('open');
    expect(client.all('text.run')).toHaveLength(2);
  });

  it('runs again when a slice finds its trace gone', async () => {
    const { client, session } = await running();
    session.slices.want('t1', { name: 'decoder.0.self.q', head: 0 });
    await client.last('trace.slice').fail({ code: 'not-found', message: 'gone', reason: 'trace-gone' });
    vi.advanceTimersByTime(200);
    await settle();
    expect(client.all('text.run')).toHaveLength(2);
  });

  it('shows progress only while something is under way', async () => {
    const { client, store, session } = await running();
    session.setText('next');
    vi.advanceTimersByTime(150);
    client.emit('progress', { channel: 'text.run', lane: null, stage: 'running', fraction: null });
    expect(store.getState().progress?.stage).toBe('running');
    await client.last('text.run').answer(runResult('t2', tokensOf('next')));
    expect(store.getState().progress).toBeNull();
  });
});

it('saves through the host and tells what came of it', async () => {
  const { client, session } = created();
  const save = async (answer: { supported: boolean; path: string | null }) => {
    const saving = session.saveFile('f.svg', 'image/svg+xml', new ArrayBuffer(1));
    await client.last('dialog.saveFile').answer(answer);
    return saving;
  };
  expect(await save({ supported: true, path: '/tmp/f.svg' })).toBe('saved');
  expect(await save({ supported: true, path: null })).toBe('declined');
  expect(await save({ supported: false, path: null })).toBe('unsupported');
});

describe('head scores', () => {
  it('asks on the model and device that are open, and leaves the sentence alone', async () => {
    const { client, store, session } = await running();
    const opened = store.getState().model.opened!;
    session.headScores.want(opened);
    expect(client.last('model.heads').request).toEqual({ model: 'tiny', device: 'auto' });
    session.setText('meanwhile');
    vi.advanceTimersByTime(150);
    await client.last('text.run').answer(runResult('t2', tokensOf('meanwhile')));
    expect(store.getState().run).toMatchObject({ status: 'done', result: { traceId: 't2' } });
    expect(session.headScores.peek(opened).status).toBe('pending');
    client.emit('progress', { channel: 'model.heads', lane: null, stage: 'scoring', fraction: null });
    await client.last('model.heads').answer({ fraction: 0.5, heads: null });
    expect(store.getState().progress).not.toBeNull();
    await client.last('model.heads').answer({ fraction: 1, heads: [scoredHead(0, 1)] });
    expect(session.headScores.peek(opened)).toEqual({ status: 'ready', heads: [scoredHead(0, 1)] });
    expect(store.getState().progress).toBeNull();
    expect(client.all('text.run')).toHaveLength(2);
  });

  it('forgets the question when another model is opened', async () => {
    const { client, store, session } = await running();
    const opened = store.getState().model.opened!;
    session.headScores.want(opened);
    void session.openModel('other');
    await client.last('model.heads').answer({ fraction: 1, heads: [scoredHead(0, 1)] });
    expect(session.headScores.peek(opened)).toEqual({ status: 'none' });
  });

  it('can be asked again after the engine restarted', async () => {
    const { client, store, session } = await running();
    const opened = store.getState().model.opened!;
    session.headScores.want(opened);
    client.emit('engine', { state: 'restarting', cause: 'crashed', reason: null, restarts: 1 });
    await client.last('model.heads').fail({ code: 'engine-lost', message: 'gone' });
    expect(session.headScores.peek(opened).status).toBe('failed');
    client.emit('engine', { state: 'ready', cause: null, reason: null, restarts: 1 });
    expect(session.headScores.peek(opened).status).toBe('none');
  });
});

describe('the worked example', () => {
  it('stands in the place of the sentence without a word to the engine, and goes again', async () => {
    const { client, session, store } = await running();
    const before = store.getState();
    const calls = client.calls.length;
    session.openExample('two words');
    expect(store.getState()).toMatchObject({
      covered: { run: before.run },
      run: { status: 'done', result: { traceId: 'worked-example', model: 'two words' } },
      selection: { stack: 'encoder', station: 'qkv', mode: 'one', layer: 0, head: 0 },
    });
    const request = { name: 'encoder.0.self.scores', head: 0 };
    session.slices.want('worked-example', request);
    await settle();
    expect(session.slices.peek('worked-example', request)).toMatchObject({ status: 'ready' });
    session.slices.want('worked-example', { name: 'embedding.sum' });
    await settle();
    expect(session.slices.peek('worked-example', { name: 'embedding.sum' })).toMatchObject({ status: 'failed' });
    expect(store.getState().run).toMatchObject({ status: 'done' });
    session.leaveExample();
    expect(store.getState()).toMatchObject({ covered: null, run: before.run, selection: before.selection });
    expect(client.calls.length).toBe(calls);
  });

  it('gives way to typing, and to a model', async () => {
    const { client, session, store } = await running();
    session.openExample('two words');
    session.setText('a new text');
    expect(store.getState()).toMatchObject({ covered: null, text: 'a new text' });
    session.openExample('two words');
    void session.openModel('other');
    expect(store.getState().covered).toBeNull();
    expect(client.all('trace.close').map(({ request }) => request)).toEqual([]);
  });

  it('stops a run that is under way, which starts again afterwards', async () => {
    const { client, session, store } = await running();
    const runs = () => client.all('text.run').length;
    void session.runner.runNow();
    const started = runs();
    session.openExample('two words');
    await client.last('text.run').answer(runResult('t2', tokensOf('one')));
    expect(store.getState().run.result?.traceId).toBe('worked-example');
    session.leaveExample();
    await settle();
    expect(runs()).toBe(started + 1);
  });
});
