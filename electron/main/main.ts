/** Electron's main process: a list of what is set up, in order. */
import { app } from 'electron';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { setupEngine } from './engine.ts';
import { setupHub } from './hub.ts';
import { setupIpc } from './ipc.ts';
import { setupMenu } from './menu.ts';
import { setupProtocol, setupScheme } from './protocol.ts';
import { setupSandbox, setupSecurity } from './security.ts';
import { setupSingleInstance, setupWindow } from './window.ts';

/** build/out, where the four bundles lie side by side. */
const output = path.join(path.dirname(fileURLToPath(import.meta.url)), '..');

setupSandbox();
setupScheme();
if (setupSingleInstance()) void app.whenReady().then(onReady);
else app.quit();

function onReady(): void {
  setupSecurity();
  setupProtocol(path.join(output, 'renderer'));
  const supervisor = setupEngine(path.join(output, 'engine', 'process.js'));
  setupIpc(supervisor, setupHub());
  setupMenu();
  setupWindow(supervisor, path.join(output, 'preload', 'preload.cjs'));
}
