import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/app.ts';

/** Violations of WCAG 2.2 A and AA that axe calls serious or critical, with the elements. */
async function violations(page: Page): Promise<string[]> {
  const { violations: all } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return all
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}

for (const theme of ['light', 'dark', 'contrast'] as const) {
  test(`${theme}: no serious accessibility violation at any station`, async ({ app, page }) => {
    await app.theme(theme);
    for (const station of ['pattern', 'qkv', 'tokens', 'prediction']) {
      await app.station(station);
      expect(await violations(page), station).toEqual([]);
    }
    await app.station('tokens');
    for (const view of ['pieces', 'tokenizers', 'vocabulary']) {
      await app.part(`view-${view}`).click();
      await expect(page.locator('.stage-body table').first()).toBeVisible();
      expect(await violations(page), view).toEqual([]);
    }
    await app.sentence.fill('');
    await expect(app.part('state-empty')).toBeVisible();
    expect(await violations(page), 'empty').toEqual([]);
  });
}

test('open menus and the list of keys have no serious violation', async ({ app, page }) => {
  for (const button of ['model-picker', 'device-picker', 'settings', 'export']) {
    await app.part(button).click();
    await expect(page.getByRole('menu')).toBeVisible();
    expect(await violations(page), button).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
  await page.keyboard.press('?');
  await expect(app.part('help')).toBeVisible();
  expect(await violations(page), 'help').toEqual([]);
});

test('dark is dark and light is light, and the choice survives a reload', async ({ app, page }) => {
  const ground = () =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.slice(0, 3).map(Number));
  const mean = async () => (await ground()).reduce((sum, part) => sum + part, 0) / 3;
  await app.theme('dark');
  expect(await mean()).toBeLessThan(60);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await app.theme('light');
  expect(await mean()).toBeGreaterThan(230);
});

test('the system decides the theme until the user does', async ({ app, page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'light');
  await expect(app.matrix).toBeVisible();
});

test('Dutch: a click turns the words of the window, not its numbers', async ({ app, page }) => {
  const weight = await app.part('number-weight').innerText();
  await app.part('language').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await expect(app.part('ribbon')).toHaveAttribute('aria-label', /berekening/i);
  await expect(app.readout).toContainText('kijkt naar');
  expect(await app.part('number-weight').innerText()).toBe(weight);
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await app.part('language').click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
});
