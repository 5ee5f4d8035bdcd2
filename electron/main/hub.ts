/** The hub in Electron's main process: it downloads while the window is open, and goes on at the next start. */
import { app, BrowserWindow, safeStorage } from 'electron';

import { createHub, type Hub } from '../hub/hub.ts';
import { sendEvent } from './ipc.ts';
import { safeTokenStore } from './token-store.ts';

export function setupHub(): Hub {
  const settingsFolder = app.getPath('userData');
  const hub = createHub({ settingsFolder, tokens: safeTokenStore(safeStorage, settingsFolder) });
  hub.downloads.subscribe((downloads) => {
    for (const window of BrowserWindow.getAllWindows())
      sendEvent(window, { name: 'downloads', payload: { downloads } });
  });
  // What is cut off here goes on at the next start: partial files and the list of downloads are on the disk.
  app.on('will-quit', () => void hub.stop());
  void hub.downloads.restore();
  return hub;
}
