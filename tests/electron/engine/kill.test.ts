/** The real engine killed at random moments: the host says so, starts another one, and the same question has the same numbers. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { ApiError } from '../../../electron/api/errors.ts';
import { spawnNodeEngine } from '../../../electron/engine/spawn-node.ts';
import type { EngineChild } from '../../../electron/host/messages.ts';
import { Supervisor, type EngineState } from '../../../electron/host/supervisor.ts';
import { seeded } from '../../native-models/checkpoint/mutations.ts';

const MOMENTS = 50;
const MODEL = fileURLToPath(new URL('../../fixtures/tiny-gpt2', import.meta.url));
const OTHER = fileURLToPath(new URL('../../fixtures/tiny-bert', import.meta.url));
const STAGES = ['loading', 'running', 'slicing'] as const;
type Stage = (typeof STAGES)[number];

let settings: string;
let supervisor: Supervisor;
let child: EngineChild;
const states: EngineState[] = [];

beforeAll(async () => {
  settings = await mkdtemp(path.join(tmpdir(), 'headlight-kill-'));
  const spawn = (): EngineChild => (child = spawnNodeEngine(['--settings', settings]));
  // Here every crash is wanted, so none makes the supervisor give up.
  supervisor = new Supervisor({ spawn, backoff: Array<number>(MOMENTS + 1).fill(1) });
  supervisor.subscribe({ onEngine: (state) => states.push(state) });
});
afterAll(async () => {
  await supervisor.stop();
  await rm(settings, { recursive: true });
});

const ask = <T>(channel: string, payload: unknown): Promise<T> =>
  supervisor.request(channel, payload, 'a') as Promise<T>;
const open = (model = MODEL): Promise<unknown> => ask('model.open', { model, device: 'cpu' });
const run = (model = MODEL): Promise<{ traceId: string }> => {
  const input = { text: 'the cat sat on the mat' };
  return ask('text.run', { model, device: 'cpu', input, lane: 'main', interventions: [], candidates: 5 });
};
/** A model that no engine has open yet, as each is killed before it is asked for it again. */
const load = async (): Promise<unknown> => {
  await open(OTHER);
  return run(OTHER);
};
const slice = async (traceId: string): Promise<number[]> => {
  const { data } = await ask<{ data: ArrayBuffer }>('trace.slice', { traceId, name: 'decoder.1.self.pattern' });
  return [...new Float32Array(data)];
};

/** All three, from nothing. */
async function numbers(): Promise<number[]> {
  await open();
  return slice((await run()).traceId);
}

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** Begins the stage; `done` rejects where the engine is lost on the way. */
async function begin(stage: Stage): Promise<{ done: Promise<unknown> }> {
  if (stage === 'loading') return { done: load() };
  await open();
  if (stage === 'running') return { done: run() };
  const { traceId } = await run();
  return { done: slice(traceId) };
}

/** What became of the request: its answer, or a sentence that says what was lost. */
async function outcomeOf(done: Promise<unknown>): Promise<'answered' | 'lost'> {
  try {
    await done;
    return 'answered';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    expect(error.failure).toMatchObject({ code: 'engine-lost', reason: 'engine-lost' });
    expect(error.failure.message).toContain('it is being restarted. Nothing you typed is lost.');
    return 'lost';
  }
}

describe('an engine killed while it loads, runs or slices', () => {
  it('is replaced, and the same question has the same numbers (50 moments)', { timeout: 300_000 }, async () => {
    const random = seeded(20261202);
    const reference = await numbers();
    expect(new Set(reference).size).toBeGreaterThan(10);
    const { traceId } = await run();
    const spans: Record<Stage, number> = {
      loading: await millisecondsOf(load),
      running: await millisecondsOf(() => run()),
      slicing: await millisecondsOf(() => slice(traceId)),
    };
    const outcomes = { answered: 0, lost: 0 };
    for (let index = 0; index < MOMENTS; index++) {
      const stage = STAGES[index % STAGES.length] ?? 'loading';
      const { done } = await begin(stage);
      const outcome = outcomeOf(done);
      await pause(random.next() * spans[stage]);
      child.kill();
      outcomes[await outcome]++;
      await vi.waitFor(() => expect(supervisor.state.restarts).toBe(index + 1), 20_000);
      expect(await numbers(), `after moment ${index}, ${stage}`).toEqual(reference);
      expect(supervisor.state).toMatchObject({ state: 'ready', restarts: index + 1 });
    }
    expect(outcomes.lost, JSON.stringify({ outcomes, spans })).toBeGreaterThan(5);
    const told = states.filter(({ state }) => state === 'restarting');
    expect(told).toHaveLength(MOMENTS);
    for (const { cause, reason } of told) {
      expect(cause).toBe('crashed');
      expect(reason).toContain('SIGKILL');
    }
  });
});
