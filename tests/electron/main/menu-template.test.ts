import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';

import { eventContract } from '../../../electron/api/contract.ts';
import { MENU_COMMANDS, type MenuCommand } from '../../../electron/api/menu.ts';
import { menuLabels } from '../../../electron/main/menu-labels.ts';
import { menuTemplate } from '../../../electron/main/menu-template.ts';

type Item = MenuItemConstructorOptions;

function flat(items: readonly Item[]): Item[] {
  return items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])]);
}

function build(locale: string, isMac = false, isDevelopment = false) {
  const sent: MenuCommand[] = [];
  const send = (command: MenuCommand): number => sent.push(command);
  const menus = menuTemplate({ labels: menuLabels(locale), isMac, isDevelopment, send });
  return { menus, items: flat(menus), sent };
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

  it('sends every command of the contract, each from one item', () => {
    const { items, sent } = build('en');
    for (const item of items) (item.click as (() => void) | undefined)?.();
    expect([...sent].sort()).toEqual([...MENU_COMMANDS].sort());
    for (const command of sent) eventContract.menu.parse({ command });
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
