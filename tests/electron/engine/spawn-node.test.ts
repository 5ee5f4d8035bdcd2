/** The supervisor over real processes: what fake children cannot show. */
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { spawnNodeEngine } from '../../../electron/engine/spawn-node.ts';
import { Supervisor } from '../../../electron/host/supervisor.ts';
import { failureOf } from '../support/failure-of.ts';

const script = fileURLToPath(new URL('../support/fake-engine.mjs', import.meta.url));
const running: Supervisor[] = [];

function supervise(args: readonly string[] = []): Supervisor {
  const supervisor = new Supervisor({ spawn: () => spawnNodeEngine(args, script), backoff: [10, 10] });
  running.push(supervisor);
  return supervisor;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

afterEach(() => Promise.all(running.splice(0).map((supervisor) => supervisor.stop())));

describe('an engine process', () => {
  it('receives and returns ArrayBuffers as bytes, NaN and -0 as they are', async () => {
    const supervisor = supervise();
    const data = new Float32Array([1.5, NaN, -0, -Infinity]).buffer;
    const back = (await supervisor.request('echo', { data, list: [NaN, -0] }, 'a')) as {
      data: ArrayBuffer;
      list: number[];
    };
    expect(back.data).toBeInstanceOf(ArrayBuffer);
    expect([...new Float32Array(back.data)]).toEqual([1.5, NaN, -0, -Infinity]);
    expect(back.list).toEqual([NaN, -0]);
  });

  it('that crashes fails the running request as engine-lost; the next one is answered by a new process', async () => {
    const supervisor = supervise();
    const first = await supervisor.request('pid', {}, 'a');
    const failure = await failureOf(supervisor.request('crash', {}, 'a'));
    expect(failure).toMatchObject({ code: 'engine-lost' });
    expect(failure.message).toContain('signal SIGSEGV');
    const second = await supervisor.request('pid', {}, 'a');
    expect(second).not.toBe(first);
    expect(supervisor.state).toMatchObject({ state: 'ready', restarts: 1 });
  });

  it('that exits by itself says its exit code', async () => {
    const failure = await failureOf(supervise().request('exit', {}, 'a'));
    expect(failure.message).toContain('exit code 3');
  });

  it('that hangs in a loop without an event loop is killed by cancel', async () => {
    const supervisor = supervise();
    const pid = (await supervisor.request('pid', {}, 'a')) as number;
    const spinning = failureOf(supervisor.request('spin', {}, 'a'));
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(supervisor.cancel()).toBe(true);
    expect(await spinning).toMatchObject({ code: 'cancelled' });
    await vi.waitFor(() => {
      expect(isAlive(pid)).toBe(false);
    });
    expect(await supervisor.request('pid', {}, 'a')).not.toBe(pid);
  });

  it('that never starts is given up, with its exit code in the reason', async () => {
    const supervisor = supervise(['--broken']);
    await failureOf(supervisor.request('pid', {}, 'a'));
    expect(supervisor.state).toMatchObject({ state: 'stopped', cause: 'gave-up' });
    expect(supervisor.state.reason).toContain('exit code 7');
  });

  it('is gone after stop', async () => {
    const supervisor = supervise();
    const pid = (await supervisor.request('pid', {}, 'a')) as number;
    await supervisor.stop();
    await vi.waitFor(() => {
      expect(isAlive(pid)).toBe(false);
    });
  });
});
