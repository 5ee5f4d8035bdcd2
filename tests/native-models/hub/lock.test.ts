import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, utimesSync, writeFileSync, mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeLock, tryLock } from '../../../native-models/hub/lock.ts';
import { temporaryFolder } from '../checkpoint/support.ts';

const place = (): string => join(temporaryFolder(), '.locks', 'models--a--b', 'headlight.lock');

/** A lock as another process would have written it. */
function foreignLock(file: string, owner: { pid: number; host: string }, age = 0): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ id: 'other', ...owner }));
  const at = new Date(Date.now() - age);
  utimesSync(file, at, at);
}

const deadPid = (): number => spawnSync(process.execPath, ['-e', '']).pid;

describe('the lock', () => {
  it('is held by one at a time, and leaves nothing', async () => {
    const file = place();
    const first = await tryLock(file);
    expect(first).not.toBeNull();
    expect(await tryLock(file)).toBeNull();
    await first!.release();
    expect(readdirSync(dirname(file))).toEqual([]);
    const second = await tryLock(file);
    await second!.assertHeld();
    await second!.release();
  });

  it('of many at once goes to one', async () => {
    const file = place();
    const locks = await Promise.all(Array.from({ length: 20 }, () => tryLock(file)));
    const held = locks.filter((lock) => lock !== null);
    expect(held).toHaveLength(1);
    await held[0]!.release();
  });

  it('of a process that ended is taken over, by one', async () => {
    const file = place();
    foreignLock(file, { pid: deadPid(), host: hostname() });
    const locks = await Promise.all(Array.from({ length: 10 }, () => tryLock(file)));
    expect(locks.filter((lock) => lock !== null).length).toBeLessThanOrEqual(1);
    const held = locks.find((lock) => lock !== null) ?? (await tryLock(file));
    expect(held).not.toBeNull();
    await held!.release();
    expect(existsSync(file)).toBe(false);
  });

  it('of another machine is taken over only when nobody refreshed it', async () => {
    const file = place();
    foreignLock(file, { pid: 1, host: 'elsewhere' });
    expect(await tryLock(file)).toBeNull();
    foreignLock(file, { pid: 1, host: 'elsewhere' }, 60_000);
    await (await tryLock(file))!.release();
  });

  it('is waited for until it is free, or until the signal', async () => {
    const file = place();
    const first = await tryLock(file);
    let waits = 0;
    const wait = async (): Promise<void> => {
      waits += 1;
      if (waits === 3) await first!.release();
    };
    let said = 0;
    const second = await takeLock(file, { signal: new AbortController().signal, wait, onWait: () => (said += 1) });
    expect([waits, said]).toEqual([3, 1]);
    const stop = new AbortController();
    const third = takeLock(file, {
      signal: stop.signal,
      wait: async () => {
        stop.abort(new Error('stop'));
      },
      onWait: () => undefined,
    });
    await expect(third).rejects.toThrow('stop');
    await second.release();
  });
});
