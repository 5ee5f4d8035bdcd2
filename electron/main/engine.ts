/** The engine in an Electron utility process, under the same supervisor as everywhere. */
import { app, utilityProcess } from 'electron';
import path from 'node:path';

import type { EngineChild, EngineMessage } from '../host/messages.ts';
import { Supervisor } from '../host/supervisor.ts';

/** Starts the engine; `script` is its bundle. Quitting waits until its memory is freed, then kills it. */
export function setupEngine(script: string): Supervisor {
  const supervisor = new Supervisor({ spawn: () => spawnUtilityEngine(script) });
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    void supervisor.stop().finally(() => {
      stopped = true;
      app.quit();
    });
  });
  return supervisor;
}

function spawnUtilityEngine(script: string): EngineChild {
  const child = utilityProcess.fork(script, ['--settings', app.getPath('userData')], {
    serviceName: 'Headlight engine',
    stdio: 'inherit',
    env: { HEADLIGHT_BUNDLED_MODELS: modelsFolder(), ...process.env },
  });
  return {
    send: (message) => child.postMessage(message),
    onMessage: (listener) => void child.on('message', (message: EngineMessage) => listener(message)),
    onExit: (listener) => void child.on('exit', (code) => listener(`exit code ${code}`)),
    // Electron's own kill() asks politely; a process inside ONNX Runtime does not listen.
    kill: () => {
      if (child.pid === undefined) child.kill();
      else killNow(child.pid);
    },
  };
}

/** A package keeps the bundled models outside its archive, where ONNX Runtime can map them into memory. */
function modelsFolder(): string {
  return app.isPackaged
    ? path.join(process.resourcesPath, 'models')
    : path.join(app.getAppPath(), 'native-models', 'bundled');
}

function killNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in the meantime.
  }
}
