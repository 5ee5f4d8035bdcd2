/**
 * One download of a repository at a time, across processes: a file in the cache's `.locks` folder, kept fresh while it is held. It saves
 * work and keeps two from writing one partial file; that a file is right when it gets its final name rests on its hash alone.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { ModelError } from '../errors.ts';

const BEAT = 5_000;
/** A lock that nobody refreshed for this long is left over, in milliseconds. */
const STALE = 30_000;
const POLL = 500;

export interface Lock {
  /** @throws ModelError 'network' `hub-lock-lost` when another process took it because this one stood still too long */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

interface LockOwner {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
}

/** The lock at `file`, or null while another process (or another download of this one) has it. */
export async function tryLock(file: string): Promise<Lock | null> {
  await mkdir(dirname(file), { recursive: true });
  const owner: LockOwner = { id: randomUUID(), pid: process.pid, host: hostname() };
  if (await create(file, owner)) return held(file, owner);
  if (!(await removeStale(file))) return null;
  return (await create(file, owner)) ? held(file, owner) : null;
}

/** Waits for the lock. @param onWait called once when another process has it */
export async function takeLock(
  file: string,
  {
    signal,
    wait,
    onWait,
  }: { signal: AbortSignal; wait: (ms: number, signal: AbortSignal) => Promise<void>; onWait: () => void },
): Promise<Lock> {
  for (let waited = false; ; waited = true) {
    signal.throwIfAborted();
    const lock = await tryLock(file);
    if (lock !== null) return lock;
    if (!waited) onWait();
    await wait(POLL, signal);
  }
}

async function create(file: string, owner: LockOwner): Promise<boolean> {
  // The file appears with its content: a reader never sees an empty one.
  const draft = `${file}.${owner.id}`;
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(JSON.stringify(owner));
  } finally {
    await handle.close();
  }
  try {
    return await linkNew(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** A second name for `draft` unless `file` exists; where the disk has no hard links, an exclusive copy. */
async function linkNew(draft: string, file: string): Promise<boolean> {
  const { constants, copyFile, link } = await import('node:fs/promises');
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
  }
  try {
    await copyFile(draft, file, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function held(file: string, owner: LockOwner): Lock {
  let beatAt = Date.now();
  const beat = setInterval(() => {
    beatAt = Date.now();
    void utimes(file, new Date(), new Date()).catch(() => undefined);
  }, BEAT);
  beat.unref();
  return {
    assertHeld: async () => {
      if (Date.now() - beatAt < STALE / 2) return;
      if ((await ownerOf(file))?.id !== owner.id) {
        const message = 'Another process took this download over while this one stood still.';
        throw new ModelError('network', 'hub-lock-lost', message);
      }
      beatAt = Date.now();
    },
    release: async () => {
      clearInterval(beat);
      if ((await ownerOf(file))?.id === owner.id) await rm(file, { force: true });
    },
  };
}

/** Moves a left-over lock away; true when it is gone. Only the process whose rename succeeds goes on. */
async function removeStale(file: string): Promise<boolean> {
  const found = await ownerOf(file);
  const facts = await stat(file).catch(() => null);
  if (facts === null) return true;
  const dead = found !== null && found.host === hostname() && !isAlive(found.pid);
  if (!dead && Date.now() - facts.mtimeMs < STALE) return false;
  const grave = `${file}.${randomUUID()}`;
  try {
    await rename(file, grave);
  } catch {
    return false;
  }
  const moved = await ownerOf(grave);
  const wrong = moved?.id !== found?.id;
  // Somebody was faster, and what was moved is their fresh lock: it goes back.
  if (wrong) await linkNew(grave, file).catch(() => false);
  await rm(grave, { force: true });
  return !wrong;
}

async function ownerOf(file: string): Promise<LockOwner | null> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const { id, pid, host } = value as Partial<Record<keyof LockOwner, unknown>>;
    return typeof id === 'string' && typeof pid === 'number' && typeof host === 'string' ? { id, pid, host } : null;
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
