import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Supervisor, type EngineState } from '../../../electron/host/supervisor.ts';
import { FakeChild } from '../support/fake-child.ts';
import { failureOf } from '../support/failure-of.ts';

const children: FakeChild[] = [];
const newest = (): FakeChild => children.at(-1) ?? expect.unreachable('no engine was spawned');

function supervise(options: Partial<ConstructorParameters<typeof Supervisor>[0]> = {}): Supervisor {
  return new Supervisor({
    spawn: () => {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    backoff: [100, 200],
    ...options,
  });
}

function supervised(options: Partial<ConstructorParameters<typeof Supervisor>[0]> = {}): Supervisor {
  const supervisor = supervise(options);
  newest().say({ kind: 'ready' });
  return supervisor;
}

const run = (supervisor: Supervisor, text: string, lane = 'main', client = 'a'): Promise<unknown> =>
  supervisor.request('text.run', { lane, text }, client);

beforeEach(() => {
  vi.useFakeTimers();
  children.length = 0;
});
afterEach(() => vi.useRealTimers());

describe('requests', () => {
  it('wait until the engine is ready, then go one at a time in the order they came', async () => {
    const supervisor = supervise();
    const first = supervisor.request('models.list', { n: 1 }, 'a');
    const second = supervisor.request('models.list', { n: 2 }, 'a');
    expect(newest().requests).toHaveLength(0);
    newest().say({ kind: 'ready' });
    expect(newest().requests.map(({ payload }) => payload)).toEqual([{ n: 1 }]);
    newest().answer('one');
    expect(newest().requests.map(({ payload }) => payload)).toEqual([{ n: 1 }, { n: 2 }]);
    newest().answer('two');
    expect(await Promise.all([first, second])).toEqual(['one', 'two']);
  });

  it('fail with the failure the engine sends', async () => {
    const supervisor = supervised();
    const failure = failureOf(supervisor.request('model.open', {}, 'a'));
    newest().say({ kind: 'response', id: 1, ok: false, failure: { code: 'bad-model', message: 'No config.json.' } });
    expect(await failure).toEqual({ code: 'bad-model', message: 'No config.json.' });
  });

  it('ignore answers to requests that are not running', async () => {
    const supervisor = supervised();
    const request = supervisor.request('models.list', {}, 'a');
    newest().say({ kind: 'response', id: 99, ok: true, value: 'stray' });
    newest().answer('mine');
    expect(await request).toBe('mine');
  });

  it('are refused above the queue limit', async () => {
    const supervisor = supervise({ queueLimit: 2 });
    void supervisor.request('models.list', {}, 'a').catch(() => undefined);
    void supervisor.request('models.list', {}, 'a').catch(() => undefined);
    expect(await failureOf(supervisor.request('models.list', {}, 'a'))).toMatchObject({ reason: 'queue-full' });
  });
});

describe('newest wins', () => {
  it('rejects the waiting run of the lane and still delivers the one that was running', async () => {
    const supervisor = supervised();
    const stale = run(supervisor, 'T');
    const waiting = failureOf(run(supervisor, 'Th'));
    const latest = run(supervisor, 'The');
    expect(await waiting).toMatchObject({ code: 'superseded' });
    newest().answer('stale');
    expect(await stale).toBe('stale');
    newest().answer('latest');
    expect(await latest).toBe('latest');
    expect(newest().requests.map(({ payload }) => (payload as { text: string }).text)).toEqual(['T', 'The']);
  });

  it('leaves other lanes, other clients and other channels alone', async () => {
    const supervisor = supervised();
    const all = [
      supervisor.request('models.list', {}, 'a'),
      run(supervisor, 'one', 'left'),
      run(supervisor, 'two', 'right'),
      run(supervisor, 'three', 'left', 'b'),
      supervisor.request('trace.slice', { lane: 'left' }, 'a'),
    ];
    for (const value of [1, 2, 3, 4, 5]) newest().answer(value);
    expect(await Promise.all(all)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('cancel', () => {
  it('kills the engine, fails running and waiting requests as cancelled, and starts a new engine', async () => {
    const supervisor = supervised();
    const running = failureOf(run(supervisor, 'a'));
    const waiting = failureOf(supervisor.request('models.list', {}, 'b'));
    const old = newest();
    expect(supervisor.cancel()).toBe(true);
    expect(await running).toMatchObject({ code: 'cancelled' });
    expect(await waiting).toMatchObject({ code: 'cancelled' });
    expect(old.killed).toBe(true);
    expect(children).toHaveLength(2);
    expect(supervisor.state).toMatchObject({ state: 'restarting', cause: 'cancelled', restarts: 1 });
    old.exit('signal SIGKILL');
    newest().say({ kind: 'ready' });
    expect(supervisor.state).toMatchObject({ state: 'ready', restarts: 1 });
    expect(children).toHaveLength(2);
  });

  it('leaves an idle engine alone', () => {
    const supervisor = supervised();
    expect(supervisor.cancel()).toBe(false);
    expect(newest().killed).toBe(false);
  });
});

describe('a crash', () => {
  it('fails the running request as engine-lost in words, keeps the waiting one, and sends nothing twice', async () => {
    const supervisor = supervised();
    const lost = failureOf(run(supervisor, 'a'));
    const waiting = supervisor.request('models.list', { waits: true }, 'a');
    newest().exit('signal SIGSEGV');
    const failure = await lost;
    expect(failure.code).toBe('engine-lost');
    expect(failure.message).toBe(
      'The part of Headlight that runs the models ended while it worked on running your text (signal SIGSEGV); it is being restarted. Nothing you typed is lost.',
    );
    expect(supervisor.state).toMatchObject({ state: 'restarting', cause: 'crashed', restarts: 1 });
    expect(children).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(100);
    expect(children).toHaveLength(2);
    newest().say({ kind: 'ready' });
    expect(newest().requests.map(({ payload }) => payload)).toEqual([{ waits: true }]);
    newest().answer('done');
    expect(await waiting).toBe('done');
  });

  it('is forgiven after the backoff; after too many quick ones the engine stays stopped and says so', async () => {
    const states: EngineState[] = [];
    const supervisor = supervise();
    supervisor.subscribe({ onEngine: (state) => states.push(state) });
    const waiting = failureOf(supervisor.request('models.list', {}, 'a'));
    newest().exit('exit code 1');
    await vi.advanceTimersByTimeAsync(100);
    newest().exit('exit code 1');
    await vi.advanceTimersByTimeAsync(100);
    expect(children).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(100);
    expect(children).toHaveLength(3);
    newest().exit('exit code 1');
    expect(states.map(({ state, cause }) => `${state} ${cause ?? ''}`)).toEqual([
      'restarting crashed',
      'restarting crashed',
      'stopped gave-up',
    ]);
    expect(supervisor.state.reason).toBe(
      'The part of Headlight that runs the models ended 3 times in a row (exit code 1).',
    );
    expect(await waiting).toMatchObject({ code: 'engine-lost', reason: 'engine-stopped' });
    expect(await failureOf(supervisor.request('models.list', {}, 'a'))).toMatchObject({ reason: 'engine-stopped' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(children).toHaveLength(3);
  });

  it('after a calm time counts as the first one again', async () => {
    const supervisor = supervised({ calmAfter: 1000 });
    for (let crash = 0; crash < 5; crash++) {
      await vi.advanceTimersByTimeAsync(1500);
      newest().exit('signal SIGSEGV');
      await vi.advanceTimersByTimeAsync(100);
      newest().say({ kind: 'ready' });
    }
    expect(supervisor.state).toMatchObject({ state: 'ready', restarts: 5 });
  });

  it('cancel starts a stopped engine again', async () => {
    const supervisor = supervise({ backoff: [] });
    newest().exit('exit code 1');
    expect(supervisor.state.state).toBe('stopped');
    supervisor.cancel();
    expect(children).toHaveLength(2);
    newest().say({ kind: 'ready' });
    const request = supervisor.request('models.list', {}, 'a');
    newest().answer('back');
    expect(await request).toBe('back');
  });

  it('counts an engine that cannot be spawned, and one that never gets ready', async () => {
    const supervisor = supervise({ startLimit: 1000, backoff: [10] });
    await vi.advanceTimersByTimeAsync(1000);
    expect(newest().killed).toBe(true);
    expect(supervisor.state).toMatchObject({ state: 'restarting' });
    expect(supervisor.state.reason).toContain('it did not start within 1 s');
    const broken = new Supervisor({
      backoff: [],
      spawn: () => {
        throw new Error('no such file');
      },
    });
    expect(broken.state).toMatchObject({ state: 'stopped', cause: 'gave-up' });
    expect(broken.state.reason).toContain('it could not be started: no such file');
  });
});

describe('clients', () => {
  it('get the progress of their own running request, with its channel and lane', () => {
    const supervisor = supervised();
    const heard: unknown[] = [];
    supervisor.subscribe({ onProgress: (progress, client) => heard.push({ ...progress, client }) });
    newest().say({ kind: 'event', name: 'progress', payload: { stage: 'running', fraction: null } });
    void run(supervisor, 'x', 'left', 'window 7');
    newest().say({ kind: 'event', name: 'progress', payload: { stage: 'running', fraction: null } });
    expect(heard).toEqual([
      { stage: 'running', fraction: null, channel: 'text.run', lane: 'left', client: 'window 7' },
    ]);
  });

  it('that are gone wait for nothing any more', async () => {
    const supervisor = supervised();
    const running = supervisor.request('models.list', {}, 'gone');
    const waiting = failureOf(supervisor.request('models.list', {}, 'gone'));
    const other = supervisor.request('models.list', { other: true }, 'stays');
    supervisor.drop('gone');
    expect(await waiting).toMatchObject({ code: 'cancelled' });
    newest().answer(1);
    newest().answer(2);
    expect(await Promise.all([running, other])).toEqual([1, 2]);
    expect(newest().requests).toHaveLength(2);
  });
});

describe('stop', () => {
  it('lets an idle engine free its memory, then kills it', async () => {
    const supervisor = supervised();
    const stopping = supervisor.stop();
    expect(newest().received.at(-1)).toEqual({ kind: 'dispose' });
    expect(newest().killed).toBe(false);
    newest().say({ kind: 'disposed' });
    await stopping;
    expect(newest().killed).toBe(true);
    expect(supervisor.state).toMatchObject({ state: 'stopped', cause: 'closed' });
    newest().exit('signal SIGKILL');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(children).toHaveLength(1);
  });

  it('kills an engine that does not answer within the grace', async () => {
    const supervisor = supervised({ grace: 500 });
    const stopping = supervisor.stop();
    await vi.advanceTimersByTimeAsync(499);
    expect(newest().killed).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await stopping;
    expect(newest().killed).toBe(true);
  });

  it('kills a busy engine at once and cancels its requests, also later ones', async () => {
    const supervisor = supervised();
    const running = failureOf(run(supervisor, 'x'));
    await supervisor.stop();
    expect(newest().killed).toBe(true);
    expect(await running).toMatchObject({ code: 'cancelled' });
    expect(await failureOf(run(supervisor, 'y'))).toMatchObject({ code: 'cancelled' });
    expect(supervisor.cancel()).toBe(false);
  });
});
