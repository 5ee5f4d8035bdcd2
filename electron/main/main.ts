/** Electron's main process: a list of what is set up, in order. */
import { app } from 'electron';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Log } from '../host/log-file.ts';
import { setupEngine } from './engine.ts';
import { setupHub } from './hub.ts';
import { setupIpc } from './ipc.ts';
import { logEngine, setupLogs } from './logs.ts';
import { setupMenu } from './menu.ts';
import { OpenedFiles } from './opened-files.ts';
import { setupProtocol, setupScheme } from './protocol.ts';
import { setupSandbox, setupSecurity } from './security.ts';
import { setupSingleInstance, setupWindow } from './window.ts';
import { WindowFile } from './window-file.ts';

/** build/out, where the four bundles lie side by side. */
const output = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

const opened = new OpenedFiles();

setupSandbox();
setupScheme();
if (setupSingleInstance(opened)) start();
else app.quit();

function start(): void {
  const log = setupLogs();
  void app.whenReady().then(() => onReady(log));
}

function onReady(log: Log): void {
  setupSecurity();
  setupProtocol(path.join(output, 'renderer'));
  const supervisor = setupEngine(path.join(output, 'engine', 'process.js'));
  logEngine(supervisor, log);
  setupIpc(supervisor, setupHub());
  const file = new WindowFile(app.getPath('userData'));
  setupMenu(file);
  setupWindow({ supervisor, file, opened, preload: path.join(output, 'preload', 'preload.cjs') });
}
