/** Texts near the model's longest: lists have only their rows in view in the document. */
import type { Locator } from '@playwright/test';
import { expect, test, type App } from './support/app.ts';

const LONG = 'one two three four five six seven eight nine ten '.repeat(24);

/** Types a long text and shows every key of its last token. @returns the number of tokens */
async function longText(app: App, station: string): Promise<number> {
  await app.sentence.fill(LONG);
  await expect(app.part('status-tokens')).toHaveText(/^2\d\d tokens$/);
  // The box is as high as its text while one types in it.
  await app.page.locator('body').click({ position: { x: 3, y: 3 } });
  await app.station(station);
  return parseInt(await app.part('status-tokens').innerText());
}

/** Lists every key of the last token, and goes to the first: the button for it stands at the end of the short list. */
async function showAll(app: App): Promise<Locator> {
  await app.part('mode-one').click();
  await app.part('walk-show-all').click();
  const room = app.page.locator('.keys-room');
  await expect(app.part('walk-more')).toHaveCount(0);
  await room.evaluate((element) => element.scrollTo(0, 0));
  await expect(app.part('walk-row-0')).toBeInViewport();
  return room;
}

async function scrollToEnd(room: Locator): Promise<void> {
  await room.evaluate((element) => element.scrollTo(0, element.scrollHeight));
}

test('a list of hundreds of keys has its rows in view only, by wheel and by keyboard', async ({ app, page }) => {
  const tokens = await longText(app, 'masked');
  const room = await showAll(app);
  await expect(app.part('walk-keys')).toHaveAttribute('data-keys', String(tokens));
  const table = room.locator('table');
  const rows = () => table.locator('tr').count();
  const last = app.part(`walk-row-${tokens - 1}`);
  expect(await rows()).toBeLessThan(120);
  await expect(last).toHaveCount(0);
  await expect(table).toHaveAttribute('aria-rowcount', String(tokens + 2));

  await app.part('walk-key-0').focus();
  await scrollToEnd(room);
  await expect(last).toBeInViewport();
  await expect(last).toHaveAttribute('aria-rowindex', String(tokens + 1));
  expect(await rows()).toBeLessThan(120);
  // Scrolled out of view, the key that has the focus keeps it.
  await expect(app.part('walk-key-0')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(app.part('walk-key-1')).toBeFocused();
  await expect(app.part('walk-key-1')).toBeInViewport();
  await page.keyboard.press('End');
  await expect(app.part(`walk-key-${tokens - 1}`)).toBeFocused();
  await expect(last).toBeInViewport();
  await page.keyboard.press('ArrowUp');
  await expect(app.part(`walk-key-${tokens - 2}`)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(app.part('walk-key-0')).toBeFocused();
  await expect(app.part('walk-row-0')).toBeInViewport();
});

test('the scroll height is that of all rows, and each stands where it would', async ({ app }) => {
  const tokens = await longText(app, 'pattern');
  const room = await showAll(app);
  const height = () => room.evaluate((element) => element.scrollHeight);
  const before = await height();
  const row = await app.part('walk-row-0').evaluate((element) => element.getBoundingClientRect().height);
  expect(Math.abs(before - row * tokens)).toBeLessThan(4 * row);
  for (const key of [40, 120, 200]) {
    await room.evaluate((element, top) => element.scrollTo(0, top), row * key);
    await expect(app.part(`walk-row-${key}`)).toBeInViewport();
    expect(Math.abs((await height()) - before)).toBeLessThanOrEqual(2);
  }
});

test('dimensions, opened products and tokens of a long text: few rows, and the last can be reached', async ({
  app,
  page,
}) => {
  const tokens = await longText(app, 'scores');
  const room = await showAll(app);
  await app.part('walk-detail-dimensions').click();
  expect(await room.locator('tr').count()).toBeLessThan(120);
  await app.part('walk-key-3').click();
  await expect(app.part('walk-products')).toBeVisible();
  await scrollToEnd(room);
  await expect(app.part(`walk-row-${tokens - 1}`)).toBeInViewport();
  expect(await room.locator('tr').count()).toBeLessThan(120);

  await app.station('tokens');
  const list = page.locator('.table-room');
  expect(await list.locator('tr').count()).toBeLessThan(120);
  await expect(list.locator('table')).toHaveAttribute('aria-rowcount', String(tokens + 1));
  await scrollToEnd(list);
  const final = list.locator(`[data-row="${tokens - 1}"]`);
  await expect(final).toBeInViewport();
  await final.click();
  await expect(final).toHaveClass('query');
});
