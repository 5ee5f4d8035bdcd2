/** The application menu. */
import { app, BrowserWindow, Menu } from 'electron';

import type { MenuCommand } from '../api/menu.ts';
import { sendEvent } from './ipc.ts';
import { openLogs } from './logs.ts';
import { menuLabels } from './menu-labels.ts';
import { menuTemplate } from './menu-template.ts';
import type { WindowFile } from './window-file.ts';
import { zoomWindow } from './zoom.ts';

export function setupMenu(file: WindowFile): void {
  const window = () => BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const send = (command: MenuCommand): void => {
    const target = window();
    if (target !== undefined) sendEvent(target, { name: 'menu', payload: { command } });
  };
  const template = menuTemplate({
    labels: menuLabels(app.getLocale()),
    isMac: process.platform === 'darwin',
    isDevelopment: !app.isPackaged,
    send,
    zoom: (step) => {
      const target = window();
      if (target !== undefined) zoomWindow(target, file, step);
    },
    openLogs,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
