/** The app as `npm start -- --browser` starts it, with settings of its own and no models but the bundled ones. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../support/processes.ts';

const START_SECONDS = 60;

export interface AppServer {
  /** The address with its token, as the program printed it. */
  readonly url: string;
  /** Its settings, state and cache; `stop` removes it. */
  readonly place: string;
  /** What the program printed so far. */
  output(): string;
  /** Ends the engine process as a crash would; true when there was one. */
  killEngine(): boolean;
  /** @param keep leaves `place` for another start */
  stop(keep?: boolean): Promise<void>;
}

/**
 * @param models a folder of models in the place of the bundled ones
 * @param variables environment variables besides
 * @param place where its settings, state and cache are; by default a new folder
 * @throws Error with the program's output when it prints no address
 */
export async function startApp(
  models: string | null = null,
  variables: Readonly<Record<string, string>> = {},
  place = mkdtempSync(path.join(tmpdir(), 'headlight-e2e-')),
): Promise<AppServer> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'electron/start/start.ts', '--browser', '--no-open', '--port', '0'],
    { cwd: root, env: { ...environment(place, models), ...variables }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (output += String(data)));
  const url = await printedUrl(child, () => output);
  return {
    url,
    place,
    output: () => output,
    killEngine: () => {
      const children = childrenOf(child.pid ?? 0);
      for (const pid of children) process.kill(pid, 'SIGKILL');
      return children.length > 0;
    },
    stop: async (keep = false) => {
      await end(child);
      if (!keep) rmSync(place, { recursive: true, force: true });
    },
  };
}

/** Nothing of the user's, and nothing kept from an earlier test. */
function environment(place: string, models: string | null): NodeJS.ProcessEnv {
  const { HUGGINGFACE_HUB_CACHE: _hub, HEADLIGHT_BUNDLED_MODELS: _bundled, ...env } = process.env;
  const at = (name: string): string => path.join(place, name);
  return {
    ...env,
    ...(models === null ? {} : { HEADLIGHT_BUNDLED_MODELS: models }),
    HEADLIGHT_SETTINGS: at('settings'),
    HEADLIGHT_STATE: at('state'),
    HF_HOME: place,
    HF_HUB_CACHE: at('hub'),
    // No test asks anything of the network.
    HF_ENDPOINT: 'http://127.0.0.1:9',
    HF_TOKEN: '',
  };
}

async function printedUrl(child: ChildProcess, output: () => string): Promise<string> {
  const until = Date.now() + START_SECONDS * 1000;
  while (Date.now() < until && child.exitCode === null) {
    const url = /http:\/\/127\.0\.0\.1:\d+\/\S*/.exec(output())?.[0];
    if (url !== undefined) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  child.kill('SIGKILL');
  throw new Error(`the app printed no address within ${START_SECONDS} s:\n${output()}`);
}

/** Process ids of a process's children. */
function childrenOf(pid: number): number[] {
  const list =
    process.platform === 'win32'
      ? execFileSync('powershell', [
          '-Command',
          `(Get-CimInstance Win32_Process -Filter 'ParentProcessId=${pid}').ProcessId`,
        ])
      : execFileSync('ps', ['-A', '-o', 'ppid=,pid=']);
  const lines = String(list).trim().split(/\r?\n/);
  if (process.platform === 'win32') return lines.map(Number).filter((id) => id > 0);
  const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.filter(([parent, id]) => parent === pid && id !== undefined).map(([, id]) => id!);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await gone;
  clearTimeout(timer);
}
