/** The main window. */
import { app, BrowserWindow, nativeTheme, screen } from 'electron';
import path from 'node:path';

import type { Supervisor } from '../host/supervisor.ts';
import { APP_PAGE } from './app-url.ts';
import { sendEvent } from './ipc.ts';
import { openedFileFromArgv, type OpenedFiles } from './opened-files.ts';
import { webPreferences } from './web-preferences.ts';
import type { WindowFile } from './window-file.ts';
import { LEAST_SIZE, placeOn } from './window-state.ts';
import { zoomWindow } from './zoom.ts';

/** What is seen before the page is there; the page's own ground. */
const GROUND = { light: '#FBFBFA', dark: '#14171B' };

export interface WindowParts {
  readonly supervisor: Supervisor;
  readonly preload: string;
  readonly file: WindowFile;
  readonly opened: OpenedFiles;
}

/** Opens the window, again where macOS asks for one, and ends the app with the last one elsewhere. */
export function setupWindow(parts: WindowParts): void {
  openWindow(parts);
  app.on('activate', () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(parts);
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });
}

/**
 * A second start shows the window that is there, with the notebook that it was asked to open. Before `ready`, because macOS names a
 * file that started the app before then. Returns false in the second one, which should end.
 */
export function setupSingleInstance(opened: OpenedFiles): boolean {
  if (!app.requestSingleInstanceLock()) return false;
  opened.open(openedFileFromArgv(process.argv, process.cwd()));
  app.on('open-file', (event, file) => {
    event.preventDefault();
    opened.open(file);
  });
  app.on('second-instance', (_event, argv, folder) => {
    opened.open(openedFileFromArgv(argv, folder));
    const window = BrowserWindow.getAllWindows()[0];
    if (window?.isMinimized() === true) window.restore();
    window?.focus();
  });
  return true;
}

function openWindow({ supervisor, preload, file, opened }: WindowParts): void {
  const { bounds, maximized, fullScreen } = file.state;
  const main = screen.getPrimaryDisplay();
  const screens = [main, ...screen.getAllDisplays().filter(({ id }) => id !== main.id)];
  const window = new BrowserWindow({
    ...placeOn(
      bounds,
      screens.map(({ workArea }) => workArea),
    ),
    minWidth: LEAST_SIZE.width,
    minHeight: LEAST_SIZE.height,
    show: false,
    // Said only where it is true: `false` takes the green button away on macOS.
    ...(fullScreen ? { fullscreen: true } : {}),
    title: 'Headlight',
    icon: iconFile(),
    backgroundColor: nativeTheme.shouldUseDarkColors ? GROUND.dark : GROUND.light,
    webPreferences: webPreferences(preload),
  });
  if (maximized) window.maximize();
  const client = String(window.webContents.id);
  window.once('ready-to-show', () => window.show());
  // A page that was loaded (again) has not heard how the engine is, and waits for nothing that an earlier one asked for.
  window.webContents.on('did-start-loading', () => {
    opened.detach();
    supervisor.drop(client);
  });
  window.webContents.on('did-finish-load', () => {
    window.webContents.setZoomFactor(file.state.zoom);
    sendEvent(window, { name: 'engine', payload: supervisor.state });
    opened.attach((notebook) => sendEvent(window, { name: 'sessionFile', payload: { path: notebook } }));
  });
  window.webContents.on('zoom-changed', (_event, direction) => zoomWindow(window, file, direction));
  window.on('closed', () => {
    opened.detach();
    supervisor.drop(client);
  });
  rememberPlace(window, file);
  void window.loadURL(APP_PAGE);
}

/** Keeps up with where the window is; what is known when it closes is written at once. */
function rememberPlace(window: BrowserWindow, file: WindowFile): void {
  const remember = (): void => {
    if (window.isMinimized()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const bounds = { x, y, width, height };
    file.change({ bounds, maximized: window.isMaximized(), fullScreen: window.isFullScreen() });
  };
  window.on('resize', remember);
  window.on('move', remember);
  window.on('maximize', remember);
  window.on('unmaximize', remember);
  window.on('enter-full-screen', remember);
  window.on('leave-full-screen', remember);
  window.on('close', () => {
    remember();
    file.flush();
  });
}

/** Linux takes the window's icon from here; the other systems from the program. */
function iconFile(): string {
  return app.isPackaged
    ? path.join(process.resourcesPath, 'icon.png')
    : path.join(app.getAppPath(), 'build', 'icons', '512.png');
}
