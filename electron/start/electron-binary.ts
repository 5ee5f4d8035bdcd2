/** Electron's executable: where npm's package keeps it, and fetching it, once. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** How long a download may take, in milliseconds. */
const FETCH_LIMIT = 180_000;

/** The executable that belongs to the installed `electron` package, or null when it was not fetched yet. */
export function findElectron(root: string, env: NodeJS.ProcessEnv = process.env): string | null {
  const folder = path.join(root, 'node_modules', 'electron');
  const pathFile = path.join(folder, 'path.txt');
  const dist = env['ELECTRON_OVERRIDE_DIST_PATH'] ?? path.join(folder, 'dist');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : platformName();
  const file = path.join(dist, name);
  return existsSync(file) ? file : null;
}

export interface FetchOptions {
  /** Try although an earlier try failed. */
  readonly again: boolean;
  readonly say: (line: string) => void;
}

/**
 * Runs Electron's own installer with a time limit. A failure is remembered in build/cache, so that a machine without the way out
 * waits for it once and not at every start.
 */
export async function fetchElectron(
  root: string,
  { again, say }: FetchOptions,
): Promise<{ electron: string } | { problem: string }> {
  const memory = path.join(root, 'build', 'cache', 'electron-fetch-failed');
  if (existsSync(memory) && !again) {
    return { problem: 'its binary could not be fetched earlier (npm start -- --electron tries again)' };
  }
  say('Fetching Electron (about 110 MB, once) …');
  const problem = await install(path.join(root, 'node_modules', 'electron', 'install.js'));
  const electron = findElectron(root);
  if (problem === null && electron !== null) {
    rmSync(memory, { force: true });
    return { electron };
  }
  const text = `its binary could not be fetched (${problem ?? 'the installer left none'})`;
  mkdirSync(path.dirname(memory), { recursive: true });
  writeFileSync(memory, `${text}\n`);
  return { problem: text };
}

function install(script: string): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (data: Buffer) => (errors += data.toString('utf8').slice(0, 10_000)));
    const timer = setTimeout(() => child.kill('SIGKILL'), FETCH_LIMIT);
    const end = (problem: string | null): void => {
      clearTimeout(timer);
      resolve(problem);
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => {
      if (code === 0) end(null);
      else if (signal === 'SIGKILL') end(`not done after ${FETCH_LIMIT / 1000} s`);
      else end(firstLine(errors) ?? `exit code ${String(code)}`);
    });
  });
}

function firstLine(text: string): string | null {
  const line = text.split('\n').find((candidate) => candidate.trim() !== '');
  return line === undefined ? null : line.trim().slice(0, 160);
}

function platformName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
