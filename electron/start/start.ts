/** `npm start`: the app in Electron where that works here, else in the browser; one line says which of the two, and why. */
import { spawn } from 'node:child_process';
import { parseArgs } from 'node:util';

import { packageRoot } from '../host/versions.ts';
import { serve, untilInterrupted } from '../server/serve.ts';
import { ensureBuilt, electronBuild, rendererBuild } from './builds.ts';
import { chooseHost, choiceLine, hasDisplay } from './choose.ts';
import { fetchElectron, findElectron } from './electron-binary.ts';
import { openBrowser } from './open-browser.ts';

const USAGE = `npm start [-- OPTIONS]
  --browser   in the browser, even where Electron is installed
  --electron  fetch Electron again although that failed before
  --port N    the server's port in the browser (default: any free one)
  --no-open   print the address, open no browser`;

/** Electron that ends with an error this soon never showed a window (a sandbox that is not set up, a missing library). */
const FALSE_START = 10_000;

interface Options {
  readonly browser: boolean;
  readonly again: boolean;
  readonly port: number;
  readonly open: boolean;
}

const say = (line: string): void => console.log(line);

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  let options: Options | null;
  try {
    options = readOptions(args);
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n${USAGE}`);
    return 2;
  }
  if (options === null) {
    say(USAGE);
    return 0;
  }
  try {
    return await start(options);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return 1;
  }
}

function readOptions(args: readonly string[]): Options | null {
  const { values } = parseArgs({
    args: [...args],
    options: {
      browser: { type: 'boolean', default: false },
      electron: { type: 'boolean', default: false },
      port: { type: 'string', default: '0' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return null;
  const port = Number(values.port);
  if (!/^\d+$/u.test(values.port) || port > 65_535) throw new Error(`invalid --port: ${values.port} (0 to 65535)`);
  return { browser: values.browser, again: values.electron, port, open: !values['no-open'] };
}

async function start(options: Options): Promise<number> {
  const root = packageRoot();
  const choice = await chooseHost({
    browserAsked: options.browser,
    hasDisplay: hasDisplay(),
    isLinuxRoot: process.platform === 'linux' && process.getuid?.() === 0,
    electron: findElectron(root),
    fetch: () => fetchElectron(root, { again: options.again, say }),
  });
  say(choiceLine(choice));
  ensureBuilt(root, rendererBuild, say);
  if (choice.host === 'electron') {
    ensureBuilt(root, electronBuild, say);
    const problem = await runElectron(choice.electron, root);
    if (problem === null) return 0;
    say(choiceLine({ host: 'browser', why: `Electron ended at once (${problem})` }));
  }
  return runBrowser(options);
}

/** Runs Electron to its end; the reason when it ended with an error before it can have been of use. */
function runElectron(electron: string, root: string): Promise<string | null> {
  const env = { ...process.env };
  // Set by some editors' terminals; Electron would then be a plain Node.
  delete env['ELECTRON_RUN_AS_NODE'];
  const started = Date.now();
  const child = spawn(electron, [root], { stdio: 'inherit', env });
  // Ctrl-C reaches Electron too; this process waits for it to end.
  process.on('SIGINT', () => undefined);
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.on('error', (error) => resolve(error.message));
    child.on('exit', (code, signal) => {
      const failed = code !== 0 && signal !== 'SIGINT' && signal !== 'SIGTERM';
      const soon = Date.now() - started < FALSE_START;
      resolve(failed && soon ? (signal ?? `exit code ${String(code)}`) : null);
    });
  });
}

async function runBrowser({ port, open }: Options): Promise<number> {
  const serving = await serve({ port });
  say(`Headlight is at ${serving.url}`);
  const interrupted = untilInterrupted();
  if (open && hasDisplay() && !(await openBrowser(serving.url))) say('Open this address in a browser.');
  say('Ctrl-C ends it.');
  await interrupted;
  await serving.stop();
  return 0;
}
