/** The host's channels in Electron: who we are, and the native dialogs. */
import { app, BrowserWindow, dialog, webContents } from 'electron';
import path from 'node:path';

import type { hubContract } from '../api/hub.ts';
import type { HostHandlers } from '../host/dispatch.ts';
import { checkHost } from '../host/self-check.ts';
import type { Hub } from '../hub/hub.ts';
import { filtersOf, safeFileName, saveFile } from './save-file.ts';

export function hostHandlers(hub: Pick<Hub, 'cache'>): Omit<HostHandlers, keyof typeof hubContract> {
  return {
    'host.info': () => ({ kind: 'electron', locale: app.getLocale(), version: app.getVersion() }),
    'host.selfCheck': async () => {
      const { folder, from } = await hub.cache();
      const [settings, logs] = [app.getPath('userData'), app.getPath('logs')];
      return checkHost({ kind: 'electron', settings, logs, cache: folder, cacheFrom: from });
    },
    'dialog.openFolder': async ({ title }, client) => {
      const options = { title, properties: ['openDirectory' as const] };
      const window = windowOf(client);
      const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options));
      return { supported: true, folder: filePaths[0] ?? null };
    },
    'dialog.saveFile': async ({ name, mimeType, data }, client) => {
      const defaultPath = path.join(app.getPath('documents'), safeFileName(name));
      const options = { defaultPath, filters: filtersOf(mimeType) };
      const window = windowOf(client);
      const { filePath } = await (window ? dialog.showSaveDialog(window, options) : dialog.showSaveDialog(options));
      if (filePath === '') return { supported: true, path: null };
      await saveFile(filePath, data);
      return { supported: true, path: filePath };
    },
  };
}

function windowOf(client: string) {
  const contents = webContents.fromId(Number(client));
  return contents === undefined ? null : BrowserWindow.fromWebContents(contents);
}
