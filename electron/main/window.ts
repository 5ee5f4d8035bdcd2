/** The main window. */
import { app, BrowserWindow, nativeTheme } from 'electron';

import type { Supervisor } from '../host/supervisor.ts';
import { APP_PAGE } from './app-url.ts';
import { sendEvent } from './ipc.ts';
import { webPreferences } from './web-preferences.ts';

/** What is seen before the page is there; the page's own ground. */
const GROUND = { light: '#FBFBFA', dark: '#14171B' };

/** Opens the window, again where macOS asks for one, and ends the app with the last one elsewhere. */
export function setupWindow(supervisor: Supervisor, preload: string): void {
  openWindow(supervisor, preload);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(supervisor, preload);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/** A second start shows the window that is there. Returns false in the second one, which should end. */
export function setupSingleInstance(): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  app.on('second-instance', () => {
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  return true;
}

function openWindow(supervisor: Supervisor, preload: string): void {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 640,
    minHeight: 480,
    show: false,
    title: 'Headlight',
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: webPreferences(preload),
  });
  const client = String(window.webContents.id);
  window.once('ready-to-show', () => window.show());
  // A page that was loaded (again) has not heard how the engine is, and waits for nothing that an earlier one asked for.
  window.webContents.on('did-start-loading', () => supervisor.drop(client));
  window.webContents.on('did-finish-load', () => sendEvent(window, { name: 'engine', payload: supervisor.state }));
  window.on('closed', () => supervisor.drop(client));
  void window.loadURL(APP_PAGE);
}
