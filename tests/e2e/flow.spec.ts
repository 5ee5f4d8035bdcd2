/** The head view: queries left, keys right, a line a weight. */
import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import type { Locator } from '@playwright/test';
import { expect, test, type App } from './support/app.ts';
import { at, tokensOf, valueOf } from './support/reference.ts';

const SENTENCE = 'The animal did not cross the street because it was too tired.';
const LONG = 'one two three four five six seven eight nine ten '.repeat(24);

/** Types a text and opens the view. @returns the number of tokens */
async function lines(app: App, text = SENTENCE): Promise<number> {
  const tokens = (await tokensOf('headlight-gpt', { text })).length;
  await app.type(text, tokens);
  await app.part('view-flow').click();
  await expect(app.part('flow')).toHaveAttribute('data-rows', String(tokens));
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  return tokens;
}

const count = async (flow: Locator, name: string): Promise<number> => Number(await flow.getAttribute(`data-${name}`));

/** The label of a token, where it stands. */
const labelOf = (app: App, side: 'row' | 'column', token: number): Locator =>
  app.part('flow').locator(`.figure-drawing .${side}-labels text`).nth(token);

/** Where a label is; a drawing that is made anew just then takes its labels with it, and has others at once. */
async function boxOf(label: Locator, tries = 20): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await label.boundingBox();
  if (box !== null) return box;
  if (tries === 0) throw new Error('expected a label that is shown');
  await label.page().waitForTimeout(50);
  return boxOf(label, tries - 1);
}

/** Moves the pointer to a label: it is drawn below the pointer's layers, so that it cannot be hovered itself. */
async function point(app: App, label: Locator): Promise<{ x: number; y: number }> {
  const box = await boxOf(label);
  const place = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  await app.page.mouse.move(place.x, place.y);
  return place;
}

/** Pixels of a canvas that are not clear. */
const inked = (canvas: Locator): Promise<number> =>
  canvas.evaluate((element) => {
    const { width, height } = element as HTMLCanvasElement;
    const pixels = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    let count = 0;
    for (let at = 3; at < pixels.length; at += 4) if ((pixels[at] ?? 0) > 0) count += 1;
    return count;
  });

test('there is a line for every weight above the threshold, and the slider takes the weakest away', async ({ app }) => {
  const tokens = await lines(app);
  await app.head(1, 2);
  const pattern = await valueOf('headlight-gpt', { text: SENTENCE }, 'decoder.1.self.pattern', 2);
  const above = (least: number): number => [...pattern.data].filter((weight) => weight > 0 && weight >= least).length;
  await expect(app.part('flow')).toHaveAttribute('data-lines', String(above(0.02)));
  await app.part('flow-threshold').focus();
  for (let step = 0; step < 20; step += 1) await app.page.keyboard.press('ArrowRight');
  const least = Number(await app.part('flow-threshold-value').innerText());
  expect(least).toBeGreaterThan(0.1);
  await expect(app.part('flow')).toHaveAttribute('data-lines', String(above(least)));
  await expect(app.part('flow-notes')).toContainText(`at least ${least}`);
  await app.part('flow-threshold').fill('0');
  await expect(app.part('flow')).toHaveAttribute('data-lines', String(above(0)));
  await app.part('flow-top-k').click();
  await app.part('flow-top-k-1').click();
  await expect(app.part('flow')).toHaveAttribute('data-lines', String(tokens));
  await expect(app.part('flow-notes')).toContainText('at most 1');
});

test('pointing at a token shows its lines and numbers, here and in the inspector', async ({ app }) => {
  await lines(app);
  await app.head(1, 2);
  const pattern = await valueOf('headlight-gpt', { text: SENTENCE }, 'decoder.1.self.pattern', 2);
  const over = app.part('flow').locator('canvas').nth(1);
  await point(app, labelOf(app, 'row', 5));
  await expect(app.part('flow-tooltip')).toBeVisible();
  const row = Array.from({ length: 6 }, (_, key) => at(pattern, 5, key));
  const most = Math.max(...row);
  await expect(app.part('flow-tooltip')).toContainText('looks at');
  await expect(app.part('flow-tooltip')).toContainText(String(Number(most.toPrecision(3))));
  expect(await inked(over)).toBeGreaterThan(100);
  const chips = app.part('tokens').locator('.chip');
  const [query, key] = [await chips.nth(5).innerText(), await chips.nth(row.indexOf(most)).innerText()];
  await expect(app.part('inspector')).toContainText(`${query} looks at ${key}`);
  await point(app, labelOf(app, 'column', 2));
  await expect(app.part('flow-tooltip')).toContainText('is looked at by');
  await app.page.mouse.move(3, 3);
  await expect(app.part('flow-tooltip')).toBeHidden();
});

test('a click selects; arrow keys move and turn, and a screen reader hears it', async ({ app, page }) => {
  await lines(app);
  const place = await point(app, labelOf(app, 'row', 4));
  await page.mouse.click(place.x, place.y);
  await expect(app.part('token-4')).toHaveClass(/query/);
  await expect(app.part('flow')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(app.part('token-5')).toHaveClass(/query/);
  await expect(app.part('flow-readout')).toContainText('looks at');
  await page.keyboard.press('ArrowRight');
  await expect(app.part('flow-readout')).toContainText('is looked at by');
  await page.keyboard.press('Home');
  await expect(app.part('token-0')).toHaveClass(/key/);
  await expect(app.part('token-5')).toHaveClass(/query/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('End');
  await expect(app.part('flow-readout')).toContainText('. looks at');
});

test('several heads have a colour each; one can be shown alone, one taken out', async ({ app }) => {
  await lines(app);
  await app.head(0, 0);
  const one = await count(app.part('flow'), 'lines');
  for (const head of ['head-0-1', 'head-1-0']) await app.part(head).click({ modifiers: ['Control'] });
  const entries = app.part('flow-heads').getByRole('listitem');
  await expect(entries).toHaveText(['Head 0 · 0', 'Head 0 · 1', 'Head 1 · 0']);
  const strokes = await entries.locator('line').evaluateAll((all) => all.map((line) => getComputedStyle(line).stroke));
  expect(new Set(strokes).size).toBe(3);
  await expect.poll(() => count(app.part('flow'), 'lines')).toBeGreaterThan(one);
  await app.part('flow-head-0').click();
  await expect.poll(() => count(app.part('flow'), 'lines')).toBe(one);
  await app.part('flow-head-0').click();
  await app.part('chosen-0-1').click();
  await expect(entries).toHaveText(['Head 0 · 0', 'Head 1 · 0']);
  await app.part('lens-combine-difference').click();
  await expect(entries).toHaveText(['more in head 0 · 0', 'more in head 1 · 0']);
});

test('a long text: some of it readable, the rest close together, by wheel, buttons and selection', async ({
  app,
  page,
}) => {
  await app.head(0, 0);
  const tokens = await lines(app, LONG);
  const flow = app.part('flow');
  const first = () => count(flow, 'first');
  const readable = async () => (await count(flow, 'last')) - (await first()) + 1;
  expect(await readable()).toBeLessThan(60);
  expect(await flow.locator('.row-labels text').count()).toBeLessThan(80);
  expect(await count(flow, 'lines')).toBeLessThanOrEqual(3000);
  await expect(app.part('flow-notes')).toContainText('neighbouring tokens share lines');
  await flow.focus();
  await page.keyboard.press('Home');
  await expect.poll(first).toBe(0);
  await flow.hover();
  await page.mouse.wheel(0, 300);
  await expect.poll(first).toBeGreaterThan(5);
  const before = await readable();
  await app.part('flow-shorter').click();
  await expect.poll(readable).toBeLessThan(before);
  await app.part('flow-whole').click();
  await expect.poll(readable).toBe(tokens);
  await app.part('flow-whole').click();
  await flow.focus();
  await page.keyboard.press('End');
  await expect.poll(() => count(flow, 'last')).toBe(tokens - 1);
});

test('pointing costs less than a frame of script, in a long text with several heads', async ({ app, page }) => {
  await lines(app, LONG);
  for (const head of ['head-0-1', 'head-1-0', 'head-1-1']) await app.part(head).click({ modifiers: ['Control'] });
  await expect(app.part('flow-heads').getByRole('listitem')).toHaveCount(4);
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  const box = await app.part('flow').boundingBox();
  if (box === null) throw new Error('expected the figure');
  // The time of the callbacks that a move asks for, by their own clock.
  await page.evaluate(() => {
    const times: number[] = [];
    Object.assign(window, { times });
    const ask = window.requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (callback) =>
      ask((now) => {
        const start = performance.now();
        callback(now);
        times.push(performance.now() - start);
      });
  });
  for (let step = 0; step < 40; step += 1) {
    await page.mouse.move(box.x + 30 + (step % 2) * (box.width - 60), box.y + 30 + (step / 40) * (box.height - 60));
    await page.waitForTimeout(40);
  }
  const times = await page.evaluate(() => (window as unknown as { times: number[] }).times);
  const sorted = times.sort((a, b) => a - b);
  expect(sorted.length).toBeGreaterThan(20);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(16);
});

test('exports what is shown: lines as paths, words as text', async ({ app }) => {
  await lines(app);
  await app.head(1, 2);
  const shown = await count(app.part('flow'), 'lines');
  const waiting = app.page.waitForEvent('download');
  await app.part('export').click();
  await app.part('export-svg').click();
  const file = (await readFile(await (await waiting).path())).toString('utf8');
  const read = await app.page.evaluate((source) => {
    const svg = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      errors: svg.querySelectorAll('parsererror').length,
      paths: svg.querySelectorAll('.lines:not(.chosen) path').length,
      texts: [...svg.querySelectorAll('text')].map((text) => text.textContent),
    };
  }, file);
  expect(read).toMatchObject({ errors: 0, paths: shown });
  expect(read.texts).toContain('animal');
  expect(read.texts.join(' ')).toContain('Head 1 · 2');
  expect(read.texts.join(' ')).toContain('of the weight');
});

for (const theme of ['light', 'dark'] as const) {
  test(`${theme}: no violation of accessibility rules`, async ({ app, page }) => {
    await app.theme(theme);
    await lines(app);
    const { violations } = await new AxeBuilder({ page }).include('.flow').analyze();
    expect(violations).toEqual([]);
  });
}
