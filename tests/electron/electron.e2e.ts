/**
 * The app in real Electron: `npx tsx tests/electron/electron.e2e.ts [--require] [--packaged]`. Needs Electron's binary
 * (`npx install-electron`) and a display (`xvfb-run -a` on a bare Linux). Where one is missing it says so and ends with 0, or with 1 under
 * `--require`. With `--packaged` it is the app that `npm run package:dir -- --e2e` made, which brings its own Electron.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';

import { executableOf } from '../../build/package/packed.ts';
import { targetOf } from '../../build/package/target.ts';
import { packageRoot } from '../../electron/host/versions.ts';
import { electronBuild, ensureBuilt, rendererBuild } from '../../electron/start/builds.ts';
import { hasDisplay } from '../../electron/start/choose.ts';
import { findElectron } from '../../electron/start/electron-binary.ts';
import { checks } from './electron-checks.ts';

/** A cold first start of Electron on a busy runner. */
const START_LIMIT = 60_000;
const CHECK_LIMIT = 60_000;
const CLOSE_LIMIT = 15_000;

interface Running {
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** A program, and what it is started with before the tests' own arguments. */
interface Program {
  readonly executable: string;
  readonly args: readonly string[];
}

const isPackaged = process.argv.includes('--packaged');
process.exitCode = await main(process.argv.includes('--require'));

async function main(required: boolean): Promise<number> {
  const root = packageRoot();
  const program = isPackaged ? packagedProgram(root) : installedProgram(root);
  const missing =
    program === null ? reasonMissing() : hasDisplay() ? null : 'there is no display (xvfb-run -a gives one)';
  if (program === null || missing !== null) {
    console.log(`Electron end-to-end: NOT RUN, ${missing ?? 'no program'}.`);
    return required ? 1 : 0;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'headlight-electron-'));
  try {
    return await runAll(await launch(program, folder), folder);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Electron as npm installed it, with the app built into build/out. */
function installedProgram(root: string): Program | null {
  const executable = findElectron(root);
  if (executable === null) return null;
  const say = (line: string): void => console.log(line);
  ensureBuilt(root, rendererBuild, say);
  ensureBuilt(root, electronBuild, say);
  return { executable, args: [root] };
}

/** The packed app, whose archive says by itself what to start. */
function packagedProgram(root: string): Program | null {
  const executable = executableOf(
    path.join(root, 'build', 'packages', 'e2e'),
    targetOf(process.platform, process.arch),
  );
  return existsSync(executable) ? { executable, args: [] } : null;
}

function reasonMissing(): string {
  return isPackaged
    ? 'nothing is packed (npm run package:dir -- --e2e does it)'
    : "Electron's binary is not installed (npx install-electron fetches it)";
}

async function launch(program: Program, folder: string): Promise<Running> {
  const { ELECTRON_RUN_AS_NODE: _unused, ...rest } = process.env;
  const env = Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  // Runners of CI have no set-up sandbox for Electron; users' machines are not started like this.
  const sandbox = process.platform === 'linux' ? ['--no-sandbox'] : [];
  const args = [...program.args, `--user-data-dir=${path.join(folder, 'user')}`, ...sandbox];
  const app = await _electron.launch({ executablePath: program.executable, args, env, timeout: START_LIMIT });
  const page = await app.firstWindow({ timeout: START_LIMIT });
  await page.waitForLoadState('load');
  return { app, page };
}

async function runAll({ app, page }: Running, folder: string): Promise<number> {
  const failed: string[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const start = performance.now();
    try {
      await within(CHECK_LIMIT, check({ app, page, folder }));
      console.log(`  ok      ${name} (${Math.round(performance.now() - start)} ms)`);
    } catch (error) {
      failed.push(name);
      console.log(`  FAILED  ${name}\n${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  if (!(await close(app))) failed.push('closes by itself');
  const total = Object.keys(checks).length + 1;
  console.log(`Electron end-to-end: ${total - failed.length} passed, ${failed.length} failed.`);
  return failed.length === 0 ? 0 : 1;
}

/** Closing has been seen to wait for ever, so it gets a limit and then no choice. */
async function close(app: ElectronApplication): Promise<boolean> {
  const child = app.process();
  try {
    await within(CLOSE_LIMIT, app.close());
    return true;
  } catch {
    child.kill('SIGKILL');
    return false;
  }
}

async function within<T>(limit: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${limit / 1000} s`)), limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
