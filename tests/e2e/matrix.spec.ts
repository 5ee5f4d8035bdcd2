/** The matrix: several heads, words, regions, enlarging; and the address that comes back to what was shown. */
import { expect, numberIn, test, type App } from './support/app.ts';
import { boxOf, checkPoints } from './support/points.ts';
import { at, valueOf } from './support/reference.ts';

const SENTENCE = 'The children played in the garden until the rain came.';
const LONG = 'one two three four five six seven eight nine ten '.repeat(24);

test('at every zoom, the picture under the pointer is the number beside it and in the inspector', async ({
  app,
  page,
}) => {
  await app.sentence.fill(LONG);
  await expect(app.part('status-tokens')).toHaveText(/^2\d\d tokens$/);
  await page.locator('body').click({ position: { x: 3, y: 3 } });
  await app.head(1, 2);
  expect(await checkPoints(app, [0, 2, 3, 4], [6e-4, 1e-12])).toBeGreaterThan(12);
});

test('a region is marked by dragging and by keys, and its tokens in the text', async ({ app, page }) => {
  await app.type(SENTENCE, 11);
  await app.station('pattern');
  await app.cell(3, 1);
  await app.matrix.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(app.part('region')).toBeVisible();
  const marked = (kind: string) =>
    page
      .locator(`.chip.marked-${kind}`)
      .evaluateAll((chips) => chips.map((chip) => Number((chip as HTMLElement).dataset['index'])));
  expect(await marked('query')).toEqual([3, 4, 5]);
  expect(await marked('key')).toEqual([1, 2]);
  await app.part('clear-region').click();
  await expect(app.part('region')).toHaveCount(0);
  const { x, y, width, height } = await boxOf(app.matrix);
  await page.mouse.move(x + width * 0.5, y + height * 0.5);
  await page.mouse.down();
  await page.mouse.move(x + width * 0.6, y + height * 0.6, { steps: 4 });
  await page.mouse.move(x + width * 0.65, y + height * 0.65, { steps: 2 });
  await page.mouse.up();
  await expect(app.part('region')).toBeVisible();
  expect((await marked('query')).length).toBeGreaterThan(1);
});

test('several heads stand side by side, each with its own numbers, or together', async ({ app, page }) => {
  await app.sentence.fill(SENTENCE);
  await app.station('pattern');
  await app.head(0, 1);
  for (const head of ['head-2-3', 'head-1-0']) await app.part(head).click({ modifiers: ['Control'] });
  await expect(app.part('chosen-2-3')).toBeVisible();
  await expect(app.part('matrix-2-3')).toBeVisible();
  await app.cell(6, 2);
  const weight = async (layer: number, head: number) =>
    at(await valueOf('headlight-gpt', { text: SENTENCE }, `decoder.${layer}.self.pattern`, head), 6, 2);
  const [a, b, c] = [await weight(0, 1), await weight(2, 3), await weight(1, 0)];
  const readout = async (panel: string) => numberIn(await app.part(panel).getByTestId('readout').innerText());
  const near = (shown: number, expected: number) =>
    expect(Math.abs(shown - expected)).toBeLessThanOrEqual(Math.abs(expected) * 6e-4 + 1e-7);
  near(await readout('matrix'), a);
  near(await readout('matrix-2-3'), b);
  near(await readout('matrix-1-0'), c);
  await app.part('lens-combine-mean').click();
  await expect(app.part('matrix-2-3')).toHaveCount(0);
  near(await readout('matrix'), (a + b + c) / 3);
  await app.part('lens-combine-difference').click();
  near(await readout('matrix'), a - (b + c) / 2);
  await app.part('only-selected').click();
  await expect(app.part('heads-bar')).toHaveCount(0);
  await expect(page.locator('.run-panels')).toHaveCount(0);
});

async function shownPlace(app: App): Promise<string> {
  const [subtitle, tokens, readout] = [app.part('stage-subtitle'), app.part('status-tokens'), app.readout.first()];
  return `${await subtitle.innerText()} | ${await tokens.innerText()} | ${await readout.innerText()}`;
}

test('the address comes back to the sentence, the place and the way of looking', async ({ app, page }) => {
  await app.sentence.fill('A hedgehog sleeps & dreams #1.');
  await app.station('pattern');
  await app.head(3, 4);
  await app.part('head-2-3').click({ modifiers: ['Control'] });
  await app.cell(4, 1);
  await app.part('lens-unit-words').click();
  await expect(app.part('lens-unit-words')).toHaveAttribute('aria-pressed', 'true');
  const before = await shownPlace(app);
  await expect.poll(() => new URL(page.url()).hash).toContain('unit=words');
  await page.reload();
  await expect(app.part('matrix')).toBeVisible({ timeout: 30_000 });
  await expect(app.sentence).toHaveValue('A hedgehog sleeps & dreams #1.');
  await expect(app.part('lens-unit-words')).toHaveAttribute('aria-pressed', 'true');
  await expect(app.part('chosen-2-3')).toBeVisible();
  await expect.poll(() => shownPlace(app)).toBe(before);
});
