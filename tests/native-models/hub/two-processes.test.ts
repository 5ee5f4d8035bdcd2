/** Two processes that fetch the same model at once: one fetches, the other waits and finds it; or takes over from one that was killed. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { HubServer } from '../../support/hub-server.ts';
import { temporaryFolder } from '../checkpoint/support.ts';
import { expectNoWrongBlob, expectSnapshot, hubWith, randomRepo, REPO } from './support.ts';

const BYTES = 600_000;
const repo = randomRepo(7, BYTES);

interface Outcome {
  readonly fetched: number;
  readonly folder: string;
  readonly stages: readonly string[];
}

function start(hub: HubServer, cacheFolder: string): { child: ChildProcess; done: Promise<Outcome> } {
  const script = path.join(import.meta.dirname, 'fetch-process.ts');
  const env = { ...process.env, HF_ENDPOINT: hub.url, HF_HUB_OFFLINE: '', NO_PROXY: '127.0.0.1' };
  const child = spawn(process.execPath, ['--import', 'tsx', script, cacheFolder], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const done = new Promise<Outcome>((resolve, reject) => {
    let [text, errors] = ['', ''];
    child.stdout.on('data', (piece) => (text += String(piece)));
    child.stderr.on('data', (piece) => (errors += String(piece)));
    child.on('exit', (code) => (code === 0 ? resolve(JSON.parse(text) as Outcome) : reject(new Error(errors))));
  });
  return { child, done };
}

describe('two processes at once', () => {
  it('fetch the weights once and both have the model', async () => {
    const hub = await hubWith({ [REPO]: repo });
    hub.fault = ({ kind }) => (kind === 'cdn' ? { kind: 'drip', bytes: 20_000, pause: 100 } : null);
    const cacheFolder = temporaryFolder();
    const outcomes = await Promise.all([start(hub, cacheFolder).done, start(hub, cacheFolder).done]);
    for (const outcome of outcomes) expectSnapshot(outcome, repo);
    expect(outcomes.map(({ fetched }) => fetched > 0).sort()).toEqual([false, true]);
    expect(outcomes.find(({ fetched }) => fetched === 0)!.stages).toContain('waiting');
    expect(hub.requests.filter(({ kind }) => kind === 'cdn')).toHaveLength(1);
    expectNoWrongBlob(cacheFolder);
  }, 60_000);

  it('go on with what a killed one left, without waiting for it', async () => {
    const hub = await hubWith({ [REPO]: repo });
    hub.fault = ({ kind, range }) =>
      kind === 'cdn' && range === null ? { kind: 'drip', bytes: 10_000, pause: 50 } : null;
    const cacheFolder = temporaryFolder();
    const first = start(hub, cacheFolder);
    const killed = expect(first.done).rejects.toThrow();
    while (hub.sent.bytes < 150_000) await new Promise((resolve) => setTimeout(resolve, 20));
    first.child.kill('SIGKILL');
    await killed;
    const second = await start(hub, cacheFolder).done;
    expectSnapshot(second, repo);
    expect(second.stages).not.toContain('waiting');
    expect(second.fetched).toBeLessThan(BYTES - 50_000);
    expectNoWrongBlob(cacheFolder);
  }, 60_000);
});
