/** The application menu as data. Items of the page's own send its command; the rest are the system's roles. */
import type { MenuItemConstructorOptions } from 'electron';

import type { MenuCommand } from '../api/menu.ts';
import type { MenuLabels } from './menu-labels.ts';
import type { ZoomStep } from './zoom.ts';

type Item = MenuItemConstructorOptions;

export interface MenuOptions {
  readonly labels: MenuLabels;
  readonly isMac: boolean;
  /** Shows the developer tools' item; off in packaged apps. */
  readonly isDevelopment: boolean;
  /** Tells the focused window's page. */
  readonly send: (command: MenuCommand) => void;
  /** Zooms the focused window. */
  readonly zoom: (step: ZoomStep) => void;
  /** Shows the logs' folder. */
  readonly openLogs: () => void;
}

const SEPARATOR: Item = { type: 'separator' };

export function menuTemplate(options: MenuOptions): Item[] {
  const { isMac } = options;
  const menus = [fileMenu(options), editMenu(options), viewMenu(options), windowMenu(options), helpMenu(options)];
  return isMac ? [macAppMenu(options), ...menus] : menus;
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

function editMenu({ labels, isMac, send }: MenuOptions): Item {
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
      ...(isMac ? [] : [SEPARATOR, preferences(labels, send)]),
    ],
  };
}

function viewMenu({ labels, isDevelopment, send, zoom }: MenuOptions): Item {
  return {
    label: labels.view,
    submenu: [
      command(labels.commandPalette, 'command-palette', send, 'CmdOrCtrl+K'),
      SEPARATOR,
      { label: labels.theme, submenu: themeItems(labels, send) },
      { label: labels.language, submenu: languageItems(labels, send) },
      SEPARATOR,
      ...zoomItems(labels, zoom),
      { role: 'togglefullscreen', label: labels.fullScreen },
      ...(isDevelopment ? [SEPARATOR, { role: 'toggleDevTools' as const, label: labels.developerTools }] : []),
    ],
  };
}

/** Own items instead of the system's, so that the zoom is kept. The hidden one is the key with + on it, without Shift. */
function zoomItems(labels: MenuLabels, zoom: MenuOptions['zoom']): Item[] {
  const item = (label: string, step: ZoomStep, accelerator: string): Item => ({
    label,
    id: `zoom-${step}`,
    accelerator,
    click: () => zoom(step),
  });
  const unshifted: Item = { visible: false, acceleratorWorksWhenHidden: true };
  return [
    item(labels.zoomIn, 'in', 'CmdOrCtrl+Plus'),
    { ...item(labels.zoomIn, 'in', 'CmdOrCtrl+='), ...unshifted, id: 'zoom-in-unshifted' },
    item(labels.zoomOut, 'out', 'CmdOrCtrl+-'),
    item(labels.actualSize, 'reset', 'CmdOrCtrl+0'),
  ];
}

function preferences(labels: MenuLabels, send: MenuOptions['send']): Item {
  return command(labels.preferences, 'preferences', send, 'CmdOrCtrl+,');
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

function helpMenu({ labels, isMac, send, openLogs }: MenuOptions): Item {
  return {
    label: labels.help,
    role: 'help',
    submenu: [
      command(labels.keys, 'help-keys', send, 'F1'),
      SEPARATOR,
      command(labels.selfCheck, 'self-check', send),
      { label: labels.openLogs, id: 'open-logs', click: () => openLogs() },
      ...(isMac ? [] : [SEPARATOR, command(labels.about, 'about', send)]),
    ],
  };
}

function macAppMenu({ labels, send }: MenuOptions): Item {
  return {
    role: 'appMenu',
    label: 'Headlight',
    submenu: [
      command(labels.about, 'about', send),
      SEPARATOR,
      preferences(labels, send),
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
