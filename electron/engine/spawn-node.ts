/** The engine as a child of plain Node: what the server and the command line use. */
import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { EngineChild, EngineMessage } from '../host/messages.ts';

/**
 * Forks `script` with structured-clone messages, so that ArrayBuffers cross as bytes. TypeScript files run through tsx.
 * @param script the engine's entry; by default the one beside this file, or the bundle beside the bundle that this file is in
 * @param args its arguments, e.g. `['--settings', folder]`
 */
export function spawnNodeEngine(args: readonly string[] = [], script = defaultScript()): EngineChild {
  const child = fork(script, [...args], {
    serialization: 'advanced',
    execArgv: script.endsWith('.ts') ? ['--import', tsxLoader()] : [],
    // Nothing of the engine may get into the stdout of a command.
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return nodeChild(child);
}

function defaultScript(): string {
  const here = fileURLToPath(import.meta.url);
  const folder = path.dirname(here);
  return here.endsWith('.ts') ? path.join(folder, 'process.ts') : path.join(folder, '..', 'engine', 'process.js');
}

function tsxLoader(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}

function nodeChild(child: ChildProcess): EngineChild {
  return {
    // A child that is gone reports through onExit; the callback keeps the failed write from throwing.
    send: (message) => void child.send(message, () => undefined),
    onMessage: (listener) => void child.on('message', (message) => listener(message as EngineMessage)),
    onExit: (listener) => {
      let told = false;
      const tell = (detail: string): void => {
        if (!told) listener(detail);
        told = true;
      };
      child.on('exit', (code, signal) => tell(signal === null ? `exit code ${String(code)}` : `signal ${signal}`));
      child.on('error', (error) => tell(error.message));
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
