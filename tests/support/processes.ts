/** Running other programs from tests: always by argument list, never through a shell where the platform allows it. */
import { spawn, spawnSync, type SpawnOptions } from 'node:child_process';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');
export const cache = path.join(root, 'build/cache');

export interface Outcome {
  readonly ok: boolean;
  /** What the program printed, both streams, or why it could not be started. */
  readonly output: string;
}

/** Runs a program to its end, at most `seconds`; never throws. */
export function attempt(command: string, args: readonly string[], seconds = 600): Outcome {
  const done = spawnSync(command, args, { encoding: 'utf8', timeout: seconds * 1000, maxBuffer: 64 * 2 ** 20 });
  // A program that could not be started has no streams, whatever the types say.
  const printed = [done.stdout, done.stderr].filter(Boolean).join('');
  return { ok: done.status === 0, output: `${printed}${done.error ? done.error.message : ''}`.trim() };
}

/** Runs a program with this terminal's output; resolves to its exit code (1 when it was ended by a signal). */
export async function follow(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', ...options });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

/** `npm run <script> -- <args>` with the npm that started us, else the one on the path. */
export async function npmRun(
  script: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<number> {
  const all = ['run', '--silent', script, ...(args.length > 0 ? ['--', ...args] : [])];
  const options = { env: { ...process.env, ...env } };
  const npm = process.env['npm_execpath'];
  if (npm?.endsWith('js')) return follow(process.execPath, [npm, ...all], options);
  return follow('npm', all, { ...options, shell: process.platform === 'win32' });
}

/** Installs Debian packages where that is possible without asking anyone: as root, or with password-less sudo. */
export function installDebian(packages: readonly string[]): Outcome {
  if (process.platform !== 'linux') return { ok: false, output: 'not a Debian system' };
  const isRoot = process.getuid?.() === 0;
  const run = (args: readonly string[]): Outcome =>
    isRoot ? attempt('apt-get', args) : attempt('sudo', ['-n', 'apt-get', ...args]);
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const first = run(install);
  if (first.ok) return first;
  const update = run(['update']);
  return update.ok ? run(install) : update;
}

/** The last line of a program's output: what usually names the cause. */
export function lastLine(output: string): string {
  return output.trim().split('\n').at(-1)?.trim() ?? '';
}
