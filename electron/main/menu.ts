/** The application menu. */
import { app, BrowserWindow, Menu } from 'electron';

import type { MenuCommand } from '../api/menu.ts';
import { sendEvent } from './ipc.ts';
import { menuLabels } from './menu-labels.ts';
import { menuTemplate } from './menu-template.ts';

export function setupMenu(): void {
  const send = (command: MenuCommand): void => {
    const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
    if (window !== undefined) sendEvent(window, { name: 'menu', payload: { command } });
  };
  const template = menuTemplate({
    labels: menuLabels(app.getLocale()),
    isMac: process.platform === 'darwin',
    isDevelopment: !app.isPackaged,
    send,
  });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
