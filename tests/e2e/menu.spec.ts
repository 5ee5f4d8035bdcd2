import { App, expect, test } from './support/app.ts';

declare global {
  interface Window {
    chooseMenuItem: (command: string) => void;
  }
}

/** Electron's bridge as the page sees it, with a menu and with a host that has not answered yet. */
function installBridge(): void {
  const listeners = new Set<(event: unknown) => void>();
  const bridge = {
    request: () => new Promise<never>(() => undefined),
    onEvent: (listener: (event: unknown) => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  Object.defineProperty(window, 'headlight', { value: bridge });
  window.chooseMenuItem = (command) => {
    for (const listener of listeners) listener({ name: 'menu', payload: { command } });
  };
}

test('items of the application menu do what they say', async ({ page, server }) => {
  await page.addInitScript(installBridge);
  await page.goto(new App(page, server).server.url);
  const html = page.locator('html');
  const choose = (command: string) => page.evaluate((name) => window.chooseMenuItem(name), command);

  await expect(page.locator('#sentence')).toBeVisible();
  for (const theme of ['dark', 'contrast', 'light']) {
    await choose(`theme-${theme}`);
    await expect(html).toHaveAttribute('data-theme', theme);
  }
  for (const language of ['nl', 'en']) {
    await choose(`language-${language}`);
    await expect(html).toHaveAttribute('lang', language);
  }
  await choose('edit-sentence');
  await expect(page.locator('#sentence')).toBeFocused();
  for (const [command, dialog] of [
    ['preferences', 'preferences'],
    ['command-palette', 'palette'],
    ['self-check', 'self-check'],
    ['about', 'about'],
  ] as const) {
    await choose(command);
    await expect(page.getByTestId(dialog)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByTestId(dialog)).toHaveCount(0);
  }
  await choose('help-keys');
  await expect(page.getByRole('dialog')).toBeVisible();
});
