/** A whole server process with its engine, and the ways it ends. POSIX process groups show that nothing is left behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { serve } from '../../../electron/server/serve.ts';
import { openPage } from '../support/page.ts';

const script = fileURLToPath(new URL('../support/serve-process.ts', import.meta.url));
let folder: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headlight-serve-'));
  await writeFile(path.join(folder, 'index.html'), '<!doctype html><title>page</title>');
});
afterEach(() => {
  for (const child of started.splice(0)) if (isGroupAlive(child)) signalGroup(child, 'SIGKILL');
});
afterAll(() => rm(folder, { recursive: true }));

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
  readonly exitCode: Promise<number | null>;
}

/** Starts the process as the leader of its own group, as a terminal does, and waits until its engine has answered. */
async function start(): Promise<Server> {
  const env = { ...process.env, HEADLIGHT_SETTINGS: folder };
  const args = ['--import', 'tsx', script, folder];
  const child = spawn(process.execPath, args, { detached: true, env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const exitCode = new Promise<number | null>((resolve) => child.on('exit', resolve));
  const url = await new Promise<string>((resolve) => createInterface(child.stdout).once('line', resolve));
  const { port, searchParams } = new URL(url);
  const page = await openPage({
    port: Number(port),
    token: searchParams.get('token') ?? '',
    url,
    close: async () => undefined,
  });
  await page.request('engine.info', {});
  page.close();
  return { child, url, exitCode };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): void {
  if (child.pid !== undefined) process.kill(-child.pid, signal);
}

function isGroupAlive(child: ChildProcess): boolean {
  try {
    signalGroup(child, 0);
    return true;
  } catch {
    return false;
  }
}

const groupIsGone = (child: ChildProcess): Promise<void> =>
  vi.waitFor(
    () => {
      expect(isGroupAlive(child)).toBe(false);
    },
    { timeout: 5000 },
  );

// Skipped on Windows, which has no SIGINT to send to another process.
describe.skipIf(process.platform === 'win32')('a server process', () => {
  it('ends cleanly at Ctrl-C, its engine too', async () => {
    const { child, url, exitCode } = await start();
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=/u);
    expect((await fetch(url)).status).toBe(403); // the redirect's cookie is not kept by fetch: the page itself stays closed
    signalGroup(child, 'SIGINT');
    expect(await exitCode).toBe(0);
    await groupIsGone(child);
  });

  it('ends cleanly at SIGTERM', async () => {
    const { child, exitCode } = await start();
    child.kill('SIGTERM');
    expect(await exitCode).toBe(0);
    await groupIsGone(child);
  });

  it('leaves no engine behind even when it is killed', async () => {
    const { child } = await start();
    child.kill('SIGKILL');
    await groupIsGone(child);
  });
});

it('says what to do where the page is not built', async () => {
  const serving = serve({ port: 0, staticFolder: path.join(folder, 'none') });
  await expect(serving).rejects.toThrow('The page is not built yet; run `npm run build:renderer` first.');
});
