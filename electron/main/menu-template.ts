/** The application menu as data. Items of the page's own send its command; the rest are the system's roles. */
import type { MenuItemConstructorOptions } from 'electron';

import type { MenuCommand } from '../api/menu.ts';
import type { MenuLabels } from './menu-labels.ts';

type Item = MenuItemConstructorOptions;

export interface MenuOptions {
  readonly labels: MenuLabels;
  readonly isMac: boolean;
  /** Shows the developer tools' item; off in packaged apps. */
  readonly isDevelopment: boolean;
  /** Tells the focused window's page. */
  readonly send: (command: MenuCommand) => void;
}

const SEPARATOR: Item = { type: 'separator' };

export function menuTemplate(options: MenuOptions): Item[] {
  const { labels, isMac } = options;
  const menus = [fileMenu(options), editMenu(options), viewMenu(options), windowMenu(options), helpMenu(options)];
  return isMac ? [macAppMenu(labels), ...menus] : menus;
}

function fileMenu({ labels, isMac, send }: MenuOptions): Item {
  return {
    label: labels.file,
    submenu: [
      command(labels.openFolder, 'open-folder', send, 'CmdOrCtrl+O'),
      command(labels.openLibrary, 'open-library', send, 'CmdOrCtrl+Shift+L'),
      SEPARATOR,
      command(labels.exportSvg, 'export-svg', send, 'CmdOrCtrl+E'),
      command(labels.exportPng, 'export-png', send, 'CmdOrCtrl+Shift+E'),
      SEPARATOR,
      isMac ? { role: 'close', label: labels.close } : { role: 'quit', label: labels.quit },
    ],
  };
}

function editMenu({ labels, send }: MenuOptions): Item {
  return {
    label: labels.edit,
    submenu: [
      { role: 'undo', label: labels.undo },
      { role: 'redo', label: labels.redo },
      SEPARATOR,
      { role: 'cut', label: labels.cut },
      { role: 'copy', label: labels.copy },
      { role: 'paste', label: labels.paste },
      { role: 'selectAll', label: labels.selectAll },
      SEPARATOR,
      command(labels.editSentence, 'edit-sentence', send, 'CmdOrCtrl+L'),
    ],
  };
}

function viewMenu({ labels, isDevelopment, send }: MenuOptions): Item {
  return {
    label: labels.view,
    submenu: [
      { label: labels.theme, submenu: themeItems(labels, send) },
      { label: labels.language, submenu: languageItems(labels, send) },
      SEPARATOR,
      { role: 'zoomIn', label: labels.zoomIn },
      { role: 'zoomOut', label: labels.zoomOut },
      { role: 'resetZoom', label: labels.actualSize },
      { role: 'togglefullscreen', label: labels.fullScreen },
      ...(isDevelopment ? [SEPARATOR, { role: 'toggleDevTools' as const, label: labels.developerTools }] : []),
    ],
  };
}

function themeItems(labels: MenuLabels, send: MenuOptions['send']): Item[] {
  return [
    command(labels.themeSystem, 'theme-system', send),
    command(labels.themeLight, 'theme-light', send),
    command(labels.themeDark, 'theme-dark', send),
    command(labels.themeContrast, 'theme-contrast', send),
  ];
}

/** Languages are named in themselves, so that who chose wrongly finds the way back. */
function languageItems(labels: MenuLabels, send: MenuOptions['send']): Item[] {
  return [
    command(labels.languageSystem, 'language-system', send),
    command('English', 'language-en', send),
    command('Nederlands', 'language-nl', send),
  ];
}

function windowMenu({ labels, isMac }: MenuOptions): Item {
  const minimize: Item = { role: 'minimize', label: labels.minimize };
  const rest: Item[] = isMac
    ? [{ role: 'zoom', label: labels.zoom }, SEPARATOR, { role: 'front', label: labels.front }]
    : [{ role: 'close', label: labels.close }];
  return { label: labels.window, role: 'window', submenu: [minimize, ...rest] };
}

function helpMenu({ labels, isMac, send }: MenuOptions): Item {
  const about: Item[] = isMac ? [] : [SEPARATOR, { role: 'about', label: labels.about }];
  return { label: labels.help, role: 'help', submenu: [command(labels.keys, 'help-keys', send, 'F1'), ...about] };
}

function macAppMenu(labels: MenuLabels): Item {
  return {
    role: 'appMenu',
    label: 'Headlight',
    submenu: [
      { role: 'about', label: labels.about },
      SEPARATOR,
      { role: 'services', label: labels.services },
      SEPARATOR,
      { role: 'hide', label: labels.hide },
      { role: 'hideOthers', label: labels.hideOthers },
      { role: 'unhide', label: labels.unhide },
      SEPARATOR,
      { role: 'quit', label: labels.quit },
    ],
  };
}

function command(label: string, name: MenuCommand, send: MenuOptions['send'], accelerator?: string): Item {
  return { label, id: name, click: () => send(name), ...(accelerator === undefined ? {} : { accelerator }) };
}
