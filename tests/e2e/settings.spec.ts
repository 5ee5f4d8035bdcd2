/** The settings dialog, what is remembered of texts and models, the cache's folder, and larger type. */
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { App, expect, test } from './support/app.ts';
import { boxOf } from './support/points.ts';
import { startApp } from './support/server.ts';

/** Longer than a text must stand still to be remembered. */
const SETTLED = 2500;

async function remembered(app: App, text: string): Promise<void> {
  await app.sentence.fill(text);
  await app.page.waitForTimeout(SETTLED);
}

test('sentences that were used last are listed, recalled by key, and forgotten', async ({ app, page }) => {
  await app.part('history').click();
  await expect(app.part('history-none')).toBeVisible();
  await page.keyboard.press('Escape');
  await remembered(app, 'The ship sailed over the sea.');
  await remembered(app, 'Snow fell on the old town.');
  await page.reload();
  await app.shows(8);
  await app.part('history').click();
  await expect(app.part('history-0')).toHaveText('Snow fell on the old town.');
  await app.part('history-1').click();
  await expect(app.sentence).toHaveValue('The ship sailed over the sea.');

  await app.sentence.fill('Half a sen');
  await app.sentence.press('Home');
  await page.keyboard.press('ArrowUp');
  await expect(app.sentence).toHaveValue(/^(Snow|The ship)/);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowDown');
  await expect(app.sentence).toHaveValue('Half a sen');

  await app.part('history').click();
  await app.part('history-forget').click();
  await app.part('history').click();
  await expect(app.part('history-none')).toBeVisible();
});

test('nothing is kept while nothing is to be remembered: no list, no address, no storage', async ({ app, page }) => {
  await remembered(app, 'A secret sentence.');
  await page.keyboard.press('Control+,');
  await app.part('set-history-off').click();
  await expect(app.part('history-state')).toHaveText('The history is empty.');
  await page.keyboard.press('Escape');
  await remembered(app, 'Another secret sentence.');
  await app.part('history').click();
  await expect(app.part('history-none')).toContainText('not remembered');
  expect(page.url()).not.toContain('secret');
  const kept = await page.evaluate(() => JSON.stringify(window.localStorage));
  expect(kept).not.toContain('secret');
});

test('a model that was used last stands at the top of the list', async ({ app }) => {
  await app.model('headlight-bert');
  await app.part('model-picker').click();
  await app.part('recent-headlight-gpt').click();
  await expect(app.part('status')).toContainText('headlight-gpt', { timeout: 30_000 });
});

test('language, theme and motion take effect at once, by keyboard, and pass axe in both themes', async ({
  app,
  page,
}) => {
  await page.keyboard.press('Control+,');
  await expect(app.part('preferences')).toBeVisible();
  for (const theme of ['dark', 'light']) {
    await app.part(`set-theme-${theme}`).focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme);
    const { violations } = await new AxeBuilder({ page }).include('[data-testid=preferences]').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
  await app.part('set-motion-off').press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-motion', 'off');
  await app.part('set-language-nl').press('Enter');
  await expect(app.part('preferences').getByRole('heading', { level: 2 })).toHaveText('Instellingen');
  await app.part('set-language-en').press('Enter');
  await app.part('set-device-cpu').press('Enter');
  await page.keyboard.press('Escape');
  await expect(app.part('device-picker')).toContainText('CPU');
});

test('an environment variable decides on the cache, and says so', async ({ app, page }) => {
  await page.keyboard.press('Control+,');
  await expect(app.part('cache-place')).toContainText(path.join(app.server.place, 'hub'));
  await expect(app.part('cache-from')).toContainText('HF_HUB_CACHE');
  await expect(app.part('cache-choose')).toHaveCount(0);
});

test('another cache folder is chosen, kept, and given up again', async ({ page }) => {
  const server = await startApp(null, { HF_HUB_CACHE: '', HF_HOME: '', XDG_CACHE_HOME: '', HEADLIGHT_HUB_CACHE: '' });
  const app = new App(page, server);
  await app.open();
  await page.keyboard.press('Control+,');
  await expect(app.part('cache-from')).toContainText('the usual place');
  await app.part('cache-choose').click();
  await app.part('cache-path').fill('not/absolute');
  await app.part('cache-use').click();
  await expect(app.part('cache-problem')).toContainText('whole path');
  const chosen = path.join(server.place, 'my models');
  mkdirSync(path.dirname(chosen), { recursive: true });
  await app.part('cache-path').fill(chosen);
  await page.keyboard.press('Enter');
  await expect(app.part('cache-moved')).toContainText(chosen);
  await expect(app.part('cache-from')).toContainText('You chose this folder');
  expect(existsSync(chosen)).toBe(true);
  await page.reload();
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
  await page.keyboard.press('Control+,');
  await expect(app.part('cache-place')).toContainText(chosen);
  await app.part('cache-reset').click();
  await expect(app.part('cache-from')).toContainText('the usual place');
  await page.goto('about:blank');
  await server.stop();
});

test('larger type: everything has its room at 150 %, and the pointer finds its cell', async ({ app, page }) => {
  await page.setViewportSize({ width: 1920, height: 1080 });
  await page.keyboard.press('Control+,');
  await app.part('set-zoom-1.5').click();
  await page.keyboard.press('Escape');
  await expect(app.part('preferences')).toHaveCount(0);
  await app.type('The ship sailed over the sea.', 7);
  const size = (await app.sentence.evaluate((element) => element.getBoundingClientRect().height)) / 22;
  expect(size).toBeCloseTo(1.5, 1);
  const boxes = await page.evaluate(() =>
    ['.header', '.ribbon', '.atlas', '.stage', '.inspector', '.status'].map((name) => {
      const { left, top, right, bottom } = document.querySelector(name)?.getBoundingClientRect() ?? new DOMRect();
      return { name, left, top, right, bottom };
    }),
  );
  for (const box of boxes) {
    expect(box.right, box.name).toBeLessThanOrEqual(1921);
    expect(box.bottom, box.name).toBeLessThanOrEqual(1081);
    for (const other of boxes.filter(({ name }) => name > box.name)) {
      const apart =
        box.right <= other.left + 1 ||
        other.right <= box.left + 1 ||
        box.bottom <= other.top + 1 ||
        other.bottom <= box.top + 1;
      expect(apart, `${box.name} over ${other.name}`).toBe(true);
    }
  }
  // What is marked under the pointer is under the pointer.
  const { x, y, width, height } = await boxOf(app.matrix);
  let marked = 0;
  for (const [across, down] of [
    [0.4, 0.45],
    [0.55, 0.6],
    [0.65, 0.7],
  ] as const) {
    const [left, top] = [x + width * across, y + height * down];
    await page.mouse.move(left, top);
    await page.waitForTimeout(100);
    if (!(await app.part('tooltip').isVisible())) continue;
    const frame = await boxOf(page.locator('.pointer-frame').first());
    expect(left).toBeGreaterThanOrEqual(frame.x - 1);
    expect(left).toBeLessThanOrEqual(frame.x + frame.width + 1);
    expect(top).toBeGreaterThanOrEqual(frame.y - 1);
    expect(top).toBeLessThanOrEqual(frame.y + frame.height + 1);
    marked += 1;
  }
  expect(marked).toBeGreaterThan(0);
});
