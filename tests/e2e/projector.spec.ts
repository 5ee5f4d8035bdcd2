import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test, type App } from './support/app.ts';
import { boxOf } from './support/points.ts';
import { closeModels, tokensOf } from './support/reference.ts';

const MODEL = 'headlight-gpt';
const RIVER = 'The man sat by the bank of the river.';
const MONEY = 'She put her money in the bank.';

test.afterAll(closeModels);

async function prepare(app: App, text = RIVER): Promise<void> {
  await app.model(MODEL);
  await app.type(text, (await tokensOf(MODEL, { text })).length);
  await app.page.locator('body').click({ position: { x: 3, y: 3 } });
  await app.station('embedding');
  await app.part('view-projector').focus();
  await app.page.keyboard.press('Enter');
  await settled(app);
}

async function settled(app: App): Promise<void> {
  await expect(app.part('projector')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
}

async function download(page: Page, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const waiting = page.waitForEvent('download');
  await click();
  const saved = await waiting;
  return { name: saved.suggestedFilename(), text: (await readFile(await saved.path())).toString('utf8') };
}

/** The points as the CSV has them: one object a row. */
async function csvOf(app: App): Promise<Record<string, string>[]> {
  const { text } = await download(app.page, () => app.part('projector-save-csv').click());
  const [head = '', ...lines] = text.trim().split('\r\n');
  const names = head.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])));
}

/** Numbers in the brackets of the readout. */
async function readout(app: App): Promise<number[]> {
  const text = await app.part('scatter-read').innerText();
  const inside = /\(([^)]*)\)/.exec(text)?.[1] ?? '';
  return inside.split(', ').map((part) => Number(part.replaceAll('−', '-').replace('·10', 'e')));
}

/** Four digits are shown. */
function near(shown: number, exact: string | undefined): void {
  const value = Number(exact);
  expect(Math.abs(shown - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-3 + 1e-6);
}

const shareOf = async (app: App): Promise<number> =>
  Number(await app.part('projector-kept-share').getAttribute('data-share'));

test('PCA of a sentence: its points, what they explain, and the numbers of a point', async ({ app }) => {
  await prepare(app);
  const tokens = await tokensOf(MODEL, { text: RIVER });
  const rows = await csvOf(app);
  expect(rows).toHaveLength(tokens.length);
  expect(rows.map(({ id }) => Number(id))).toEqual(tokens.map(({ id }) => id));
  await expect(app.part('scatter').locator('canvas')).toHaveAttribute('data-drawn', String(tokens.length));
  const shares = [...(await app.part('projector-explained').innerText()).matchAll(/([\d.]+) %/g)].map(Number0);
  const [first = 0, second = 0, sum = 0] = shares;
  expect(first).toBeGreaterThanOrEqual(second);
  expect(sum).toBeLessThanOrEqual(100);
  expect(first + second).toBeCloseTo(sum, 0);
  const share = await shareOf(app);
  expect(share).toBeGreaterThan(0);
  expect(share).toBeLessThanOrEqual(1);
  await app.part('projector-kept-share').click();
  await expect(app.part('projector-why')).toContainText('Chance alone would keep');
  await app.part('projector-kept-share').click();
  await app.part('token-5').click();
  await expect(app.part('scatter-read')).toContainText('“bank”');
  const [x = NaN, y = NaN] = await readout(app);
  near(x, rows[5]?.['x']);
  near(y, rows[5]?.['y']);
});

const Number0 = (match: RegExpMatchArray): number => Number(match[1]);

test('the point under the pointer is the one whose coordinates are there', async ({ app, page }) => {
  await prepare(app);
  const rows = await csvOf(app);
  const box = await boxOf(app.part('scatter'));
  const xs = rows.map(({ x }) => Number(x));
  const ys = rows.map(({ y }) => Number(y));
  const middle = (values: number[]) => (Math.min(...values) + Math.max(...values)) / 2;
  const half = (values: number[]) => (Math.max(...values) - Math.min(...values)) / 2;
  // As the picture is laid out: all points in the room, with 24 px beside them and 36 above and below.
  const scale = Math.min((box.width / 2 - 24) / half(xs), (box.height / 2 - 36) / half(ys));
  for (const at of [0, 1, 6]) {
    const [x = 0, y = 0] = [xs[at], ys[at]];
    await page.mouse.move(
      box.x + box.width / 2 + (x - middle(xs)) * scale,
      box.y + box.height / 2 - (y - middle(ys)) * scale,
    );
    await expect(app.part('scatter-read')).toContainText(`token ${at} `);
  }
});

test('another layer is another picture with the same token; sentences are means or first tokens', async ({ app }) => {
  await prepare(app);
  const last = await csvOf(app);
  await app.part('token-1').click();
  await app.part('projector-layer').selectOption('-1');
  await settled(app);
  await expect(app.part('scatter-read')).toContainText('“man”');
  await expect(app.part('scatter-read')).toContainText('entering layer 0');
  const first = await csvOf(app);
  expect(first.map(({ layer }) => layer)).toEqual(last.map(() => '-1'));
  expect(first.map(({ x }) => x)).not.toEqual(last.map(({ x }) => x));
  await app.part('projector-what').selectOption('sentences');
  await expect(app.part('projector-problem')).toContainText('PCA takes 2 points or more, and there are 1');
  await app.part('projector-keep').click();
  const tokens = await tokensOf(MODEL, { text: MONEY });
  await app.type(MONEY, tokens.length);
  await settled(app);
  const means = await csvOf(app);
  expect(means.map(({ label }) => label)).toEqual([MONEY, RIVER]);
  await app.part('projector-pooling-first').click();
  await settled(app);
  await expect(async () => expect((await csvOf(app)).map(({ x }) => x)).not.toEqual(means.map(({ x }) => x))).toPass();
});

test('the path of “bank” through all layers in two sentences', async ({ app }) => {
  await prepare(app);
  await app.part('projector-keep').click();
  await app.type(MONEY, (await tokensOf(MODEL, { text: MONEY })).length);
  await app.part('projector-what').selectOption('path');
  await app.part('token-6').click();
  await settled(app);
  const paths = app.part('scatter').locator('.scatter-path');
  await expect(paths).toHaveCount(2);
  const layers = ['in', '0', '1', '2', '3', '4', '5'];
  await expect(paths.first().locator('text')).toHaveText(layers);
  const table = app.part('projector-paths');
  await expect(table.locator('tbody th')).toHaveText(layers);
  await expect(table.locator('thead button')).toHaveText(['0:6', '1:5']);
  const cosines = await table
    .locator('tbody td:nth-child(3)')
    .evaluateAll((all) => all.map((cell) => Number(cell.getAttribute('title'))));
  expect(cosines).toHaveLength(layers.length);
  for (const cosine of cosines) expect(cosine).toBeLessThan(1);
  await expect(table.locator('tbody td:nth-child(2)')).toHaveText(layers.map(() => '1.000'));
  await app
    .part('projector-kept')
    .getByRole('button', { name: `Let go of “${RIVER}”` })
    .click();
  await settled(app);
  await expect(paths).toHaveCount(1);
});

test('UMAP tells how far it is, is stopped and goes on; t-SNE; the same seed gives the same picture', async ({
  app,
}) => {
  test.setTimeout(180_000);
  await prepare(app);
  await app.part('projector-what').selectOption('table');
  await settled(app);
  await app.part('projector-method-umap').click();
  const progress = app.part('projector-progress');
  await expect(progress).toContainText(/Step \d of 4/);
  await app.part('projector-cancel').click();
  await expect(app.part('projector-problem')).toContainText('The projection was stopped.');
  await app.part('projector-rows').selectOption('500');
  await settled(app);
  await expect(app.part('projector-used')).toContainText('15 neighbours, least distance 0.1, seed 0.');
  const first = await csvOf(app);
  expect(first).toHaveLength(500);
  await app.part('projector-next-seed').click();
  await expect(app.part('projector-used')).toContainText('seed 1.');
  expect((await csvOf(app))[0]?.['x']).not.toBe(first[0]?.['x']);
  await app.part('projector-seed').fill('0');
  await app.part('projector-seed').press('Enter');
  await expect(app.part('projector-used')).toContainText('seed 0.');
  expect((await csvOf(app)).map(({ x }) => x)).toEqual(first.map(({ x }) => x));
  await app.part('projector-neighbours').fill('1');
  await app.part('projector-neighbours').press('Enter');
  await expect(app.part('projector-neighbours')).toHaveAttribute('aria-invalid', 'true');
  await app.part('projector-neighbours').press('Escape');
  await app.part('projector-what').selectOption('states');
  await app.part('projector-method-tsne').click();
  await settled(app);
  // Never more than a third of the other points.
  await expect(app.part('projector-used')).toContainText('Perplexity 3');
  expect(await csvOf(app)).toHaveLength(10);
});

test('a lasso marks points and lists what is near them, by pointer and by keyboard alone', async ({ app, page }) => {
  await prepare(app);
  const box = await boxOf(app.part('scatter'));
  await app.part('projector-lasso').click();
  const corners = [
    [0.55, 0.1],
    [0.98, 0.2],
    [0.98, 0.6],
    [0.55, 0.6],
  ] as const;
  const at = ([x, y]: readonly [number, number]) => [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(corners[0]));
  await page.mouse.down();
  for (const corner of corners) await page.mouse.move(...at(corner), { steps: 4 });
  await page.mouse.up();
  const table = app.part('projector-table').locator('tbody tr');
  await expect(app.part('projector-clear')).toBeVisible();
  const marked = await table.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-row'))));
  expect(marked.length).toBeGreaterThan(1);
  expect(marked.length).toBeLessThan(10);
  const nearby = async () =>
    app
      .part('projector-near')
      .locator('button')
      .evaluateAll((all) => all.map((each) => Number(each.dataset['point'])));
  const byPointer = await nearby();
  expect(byPointer.some((point) => marked.includes(point))).toBe(false);
  expect([...byPointer, ...marked].sort((a, b) => a - b)).toEqual(Array.from({ length: 10 }, (_, point) => point));
  await app.part('projector-clear').focus();
  await page.keyboard.press('Enter');
  await expect(app.part('projector-clear')).toHaveCount(0);
  // The same points, by keys alone.
  await app.part('scatter').focus();
  await page.keyboard.press('Home');
  for (let point = 0; point < 10; point += 1) {
    await expect(app.part('scatter-read')).toContainText(`token ${point} `);
    if (marked.includes(point)) await page.keyboard.press('Space');
    await page.keyboard.press('.');
  }
  await expect.poll(nearby).toEqual(byPointer);
  await app.part('projector-find').focus();
  await page.keyboard.type('the');
  await expect(table).toHaveCount(3);
});

test('arrow keys go to the point in their direction; a picture of three dimensions is turned by keys', async ({
  app,
  page,
}) => {
  await prepare(app);
  const scatter = app.part('scatter');
  await scatter.focus();
  await page.keyboard.press('Home');
  const [x = 0] = await readout(app);
  await page.keyboard.press('ArrowRight');
  await expect.poll(async () => (await readout(app))[0]).toBeGreaterThan(x);
  await app.part('projector-components-3').click();
  await settled(app);
  expect(await readout(app)).toHaveLength(3);
  const ring = scatter.locator('.scatter-ring');
  const place = async () => [await ring.getAttribute('cx'), await ring.getAttribute('cy')].map(Number);
  const before = await place();
  await scatter.focus();
  for (let turn = 0; turn < 4; turn += 1) await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(place).not.toEqual(before);
  await page.keyboard.press('0');
  await expect.poll(place).toEqual(before);
  await page.keyboard.press('+');
  // About the chosen point, which keeps its place.
  await expect
    .poll(async () => Math.hypot(...(await place()).map((each, at) => each - (before[at] ?? 0))))
    .toBeLessThan(0.01);
  await page.keyboard.press('c');
  const box = await boxOf(scatter);
  await expect.poll(async () => Math.abs(((await place())[0] ?? 0) - box.width / 2)).toBeLessThan(2);
});

test('what colours stand for: an order, things, and what has no colour left', async ({ app }) => {
  await prepare(app);
  const legend = app.part('projector-legend');
  await expect(legend).toHaveAttribute('data-kind', 'steps');
  await expect(legend.locator('li')).toHaveText(Array.from({ length: 10 }, (_, at) => String(at)));
  await app.part('projector-colour').selectOption('token');
  await expect(legend).toHaveAttribute('data-kind', 'items');
  await expect(legend.locator('li').first()).toHaveText('the 2');
  await app.part('projector-colour').selectOption('part');
  await expect(legend.locator('li')).toHaveText(['first part 10']);
  await app.part('projector-colour').selectOption('sentence');
  await expect(legend.locator('li')).toHaveText([`0: ${RIVER.slice(0, 28)}… 10`]);
  await app.part('projector-what').selectOption('path');
  await settled(app);
  await app.part('projector-colour').selectOption('layer');
  await expect(legend.locator('li')).toHaveText(['in', '0', '1', '2', '3', '4', '5']);
  await app.part('projector-what').selectOption('table');
  await settled(app);
  await expect(legend).toHaveAttribute('data-kind', 'ramp');
  await expect(legend.locator('li').last()).toHaveText('1999');
});

test('stays as it was while another view is looked at, and after a reload', async ({ app, page }) => {
  await prepare(app);
  await app.part('projector-keep').click();
  await app.part('projector-components-3').click();
  await app.part('projector-colour').selectOption('token');
  await app.part('projector-what').selectOption('path');
  await settled(app);
  await app.part('view-neighbours').click();
  await expect(app.part('neighbours')).toBeVisible();
  await app.part('view-projector').click();
  await expect(app.part('projector-what')).toHaveValue('path');
  await expect(app.part('projector-components-3')).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(() => page.evaluate(() => window.location.hash)).toContain('p.kept');
  await page.reload();
  await expect(app.part('projector-what')).toHaveValue('path', { timeout: 30_000 });
  await settled(app);
  await expect(app.part('projector-components-3')).toHaveAttribute('aria-pressed', 'true');
  await expect(app.part('projector-colour')).toHaveValue('token');
  await expect(app.part('projector-keep')).toBeDisabled();
});

test('exports the figure as it is seen, with its words as text, and the numbers', async ({ app, page }) => {
  await prepare(app);
  const svg = await download(page, async () => {
    await app.part('export').click();
    await app.part('export-svg').click();
  });
  expect(svg.name).toBe(`${MODEL}-embedding-projector.svg`);
  expect(svg.text).toContain('Variance explained');
  expect(svg.text).toContain('>river</text>');
  const json = await download(page, () => app.part('projector-save-json').click());
  const { rows, explained, settings } = JSON.parse(json.text) as {
    rows: unknown[];
    explained: number[];
    settings: { method: string };
  };
  expect(rows).toHaveLength(10);
  expect(explained).toHaveLength(2);
  expect(settings.method).toBe('pca');
});

test('a kept sentence that is too long for a model is left out by name, and let go; the engine’s end is survived', async ({
  app,
  page,
  problems,
}) => {
  const long = Array.from({ length: 260 }, (_, at) => ['the', 'sea', 'is', 'old'][at % 4]).join(' ');
  await prepare(app);
  await expect.poll(() => page.evaluate(() => window.location.hash)).toContain('view=projector');
  const kept = encodeURIComponent(JSON.stringify([[long, '']]));
  await page.evaluate((part) => {
    window.location.hash = `${window.location.hash}&p.kept=${part}`;
  }, kept);
  await expect(app.part('projector-unread')).toContainText('is left out.', { timeout: 30_000 });
  await settled(app);
  expect(await csvOf(app)).toHaveLength(10);
  await app.part('projector-unread').getByRole('button').click();
  await expect(app.part('projector-unread')).toHaveCount(0);
  expect(app.server.killEngine()).toBe(true);
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
  await app.type(MONEY, (await tokensOf(MODEL, { text: MONEY })).length);
  await settled(app);
  expect(await csvOf(app)).toHaveLength(8);
  problems.length = 0;
});

test('speaks Dutch', async ({ app, page }) => {
  await prepare(app);
  await app.part('settings').click();
  await app.part('settings-language-nl').click();
  await page.keyboard.press('Escape');
  await expect(app.part('projector-trust')).toContainText('dichtstbijzijnde buren bewaard');
  await expect(app.part('projector-keep')).toHaveText('Bewaar deze zin');
  expect(await app.part('projector').innerText()).not.toMatch(/projector\.|\{\{/);
});

test('axe finds nothing, light or dark; nothing is cut', async ({ app, page }) => {
  for (const theme of ['light', 'dark'] as const) {
    await app.theme(theme);
    await prepare(app);
    await app.part('projector-what').selectOption('path');
    await settled(app);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
});
