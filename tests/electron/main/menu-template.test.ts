import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';

import { eventContract } from '../../../electron/api/contract.ts';
import { MENU_COMMANDS, type MenuCommand } from '../../../electron/api/menu.ts';
import { menuLabels } from '../../../electron/main/menu-labels.ts';
import type { ZoomStep } from '../../../electron/main/zoom.ts';
import { menuTemplate } from '../../../electron/main/menu-template.ts';

type Item = MenuItemConstructorOptions;

function flat(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

function build(locale: string, isMac = false, isDevelopment = false) {
  const sent: MenuCommand[] = [];
  const send = (command: MenuCommand): number => sent.push(command);
  const done: string[] = [];
  const zoom = (step: ZoomStep): number => done.push(`zoom ${step}`);
  const openLogs = (): number => done.push('logs');
  const menus = menuTemplate({ labels: menuLabels(locale), isMac, isDevelopment, send, zoom, openLogs });
  return { menus, items: flat(menus), sent, done };
}

describe('the menu', () => {
  it.each([
    ['en-GB', ['File', 'Edit', 'View', 'Window', 'Help']],
    ['nl', ['Bestand', 'Bewerken', 'Beeld', 'Venster', 'Help']],
    ['nl-BE', ['Bestand', 'Bewerken', 'Beeld', 'Venster', 'Help']],
    ['nlx', ['File', 'Edit', 'View', 'Window', 'Help']],
    ['de', ['File', 'Edit', 'View', 'Window', 'Help']],
  ])('in %s', (locale, labels) => {
    expect(build(locale).menus.map(({ label }) => label)).toEqual(labels);
  });

  it.each([true, false])('sends every command of the contract, each from one item (macOS: %s)', (isMac) => {
    const { items, sent, done } = build('en', isMac);
    for (const item of items) (item.click as (() => void) | undefined)?.();
    expect([...sent].sort()).toEqual([...MENU_COMMANDS].sort());
    for (const command of sent) eventContract.menu.parse({ command });
    expect(done.sort()).toEqual(['logs', 'zoom in', 'zoom in', 'zoom out', 'zoom reset']);
  });

  it('has preferences and about where each system looks for them', () => {
    const labels = (isMac: boolean, menu: number) => {
      const { submenu } = build('en', isMac).menus[menu] ?? {};
      return (Array.isArray(submenu) ? submenu : []).flatMap(({ label }) => label ?? []);
    };
    expect(labels(true, 0).slice(0, 2)).toEqual(['About Headlight', 'Preferences…']);
    expect(labels(false, 1).at(-1)).toBe('Preferences…');
    expect(labels(false, 4).at(-1)).toBe('About Headlight');
    expect(labels(true, 5)).toEqual(['Keyboard Shortcuts', 'Check this Installation…', 'Open Logs Folder']);
  });

  it('zooms with the key that has + on it, with and without Shift', () => {
    const { items } = build('en');
    const zooming = items.filter(({ id }) => id?.startsWith('zoom-in') === true);
    expect(zooming.map(({ accelerator, visible }) => [accelerator, visible ?? true])).toEqual([
      ['CmdOrCtrl+Plus', true],
      ['CmdOrCtrl+=', false],
    ]);
  });

  it('gives no key combination twice', () => {
    const keys = build('en').items.flatMap(({ accelerator }) => (accelerator === undefined ? [] : [accelerator]));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain('CmdOrCtrl+E');
  });

  it('names every item itself, so that none is in the system’s language by accident', () => {
    for (const item of build('nl', true, true).items)
      expect(item.type === 'separator' || Boolean(item.label)).toBe(true);
  });

  it('has an application menu on macOS and quits from the file menu elsewhere', () => {
    expect(build('en', true).menus[0]).toMatchObject({ role: 'appMenu', label: 'Headlight' });
    const rolesOf = (isMac: boolean) => flat([build('en', isMac).menus[isMac ? 1 : 0] ?? {}]).map(({ role }) => role);
    expect(rolesOf(false)).toContain('quit');
    expect(rolesOf(true)).not.toContain('quit');
  });

  it('shows developer tools in development only', () => {
    const tools = (isDevelopment: boolean) =>
      build('en', false, isDevelopment).items.some(({ role }) => role === 'toggleDevTools');
    expect([tools(true), tools(false)]).toEqual([true, false]);
  });
});
