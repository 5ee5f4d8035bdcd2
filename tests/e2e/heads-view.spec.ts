/** Several heads at once: chosen in the atlas, grouped by likeness, and all of them large. */
import { at, valueOf } from './support/reference.ts';
import { expect, numberIn, test, type App } from './support/app.ts';

const SENTENCE = 'One two three four five six seven eight nine ten.';
const TOKENS = 11;
/** Near the longest that headlight-gpt reads: several tokens share a cell of the pooled pictures. */
const LONG = 'one two three four five six seven eight nine ten '.repeat(12).trim();

/** The heads that are chosen, by their names. */
async function chosen(app: App): Promise<string[]> {
  const cells = app.part('atlas').locator('[role=gridcell][aria-selected=true]');
  return cells.evaluateAll((all) =>
    all.map((cell) => `${cell.getAttribute('data-layer') ?? ''}.${cell.getAttribute('data-head') ?? ''}`),
  );
}

async function largeAtlas(app: App): Promise<void> {
  await app.station('pattern');
  await app.part('view-heads').click();
  await expect(app.part('heads-cells')).toHaveAttribute('data-scale', /\d/);
}

/** How large a head is drawn, in px, once the view is at rest. */
async function scale(app: App): Promise<number> {
  await expect(app.part('heads-cells')).not.toHaveAttribute('data-moving');
  return Number(await app.part('heads-cells').getAttribute('data-scale'));
}

test('Ctrl and Shift choose several heads, a plain click keeps them, and “clear” lets them go', async ({
  app,
  page,
}) => {
  await app.part('head-1-2').click();
  await app.part('head-3-4').click({ modifiers: ['Control'] });
  await app.part('head-0-5').click({ modifiers: ['Shift'] });
  expect(await chosen(app)).toEqual(['0.5', '1.2', '3.4']);
  await expect(app.part('stage-subtitle')).toContainText('layer 1, head 2');
  await expect(app.part('head-3-4')).toHaveAccessibleName('layer 3, head 4, also chosen');
  await expect(app.part('atlas').getByRole('grid')).toHaveAttribute('aria-multiselectable', 'true');
  await app.part('head-3-4').click({ modifiers: ['Control'] });
  expect(await chosen(app)).toEqual(['0.5', '1.2']);
  await app.part('head-2-2').click();
  expect(await chosen(app)).toEqual(['0.5', '2.2']);
  await app.part('head-2-2').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(app.part('head-2-3')).toBeFocused();
  expect(await chosen(app)).toEqual(['0.5', '2.2']);
  await page.keyboard.press('Shift+Enter');
  expect(await chosen(app)).toEqual(['0.5', '2.2', '2.3']);
  await expect(app.part('atlas-chosen')).toContainText('2 heads chosen beside this one');
  await app.part('atlas-clear').click();
  expect(await chosen(app)).toEqual(['2.2']);
  await expect(app.part('atlas-clear')).toHaveCount(0);
});

test('by likeness every head stands in one group, and a group is chosen by its name', async ({ app }) => {
  await app.type(SENTENCE, TOKENS);
  await app.order('similar');
  const sections = app.part('atlas-ranked').getByRole('rowgroup');
  const groups = await sections.evaluateAll((all) =>
    all.map((section) =>
      [...section.querySelectorAll('[role=gridcell]')].map(
        (cell) => `${cell.getAttribute('data-layer') ?? ''}.${cell.getAttribute('data-head') ?? ''}`,
      ),
    ),
  );
  expect(new Set(groups.flat()).size).toBe(36);
  expect(groups.flat()).toHaveLength(36);
  const small = groups.findIndex((heads) => heads.length > 1 && heads.length <= 16);
  expect(small).toBeGreaterThanOrEqual(0);
  await sections.nth(small).getByTestId('atlas-group').click();
  expect((await chosen(app)).sort()).toEqual([...groups[small]!].sort());
  await app.order('position');
  expect((await chosen(app)).sort()).toEqual([...groups[small]!].sort());
});

test('the heads most like the selected one are named nearest first, and can be chosen together', async ({ app }) => {
  await app.type(SENTENCE, TOKENS);
  await app.part('head-2-1').click();
  const similar = app.part('similar-heads').locator('li button');
  await expect(similar).toHaveCount(5);
  const differences = (await similar.evaluateAll((all) => all.map((each) => each.getAttribute('title') ?? ''))).map(
    numberIn,
  );
  expect(differences).toEqual([...differences].sort((a, b) => a - b));
  const names = await similar.allInnerTexts();
  await app.part('choose-similar').click();
  expect((await chosen(app)).sort()).toEqual([...names, '2.1'].sort());
  await expect(app.part('stage-subtitle')).toContainText('layer 2, head 1');
});

test('colours go from 0 to 1, or to the largest weight of each head, and the legend says which', async ({ app }) => {
  const pixels = (): Promise<string> =>
    app
      .part('atlas')
      .locator('.atlas-canvas')
      .evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
  const shared = await pixels();
  await expect(app.part('atlas-legend')).toContainText('weight, √ scale');
  await app.part('atlas-range-own').click();
  await expect(app.part('atlas-legend')).toContainText('of each head’s largest weight');
  expect(await pixels()).not.toBe(shared);
  await app.part('atlas-range-shared').click();
  await expect.poll(pixels).toBe(shared);
});

test('the large atlas zooms at the pointer, and the number under it is the model’s own', async ({ app, page }) => {
  await app.type(SENTENCE, TOKENS);
  await largeAtlas(app);
  const room = (await app.part('heads-room').boundingBox())!;
  const start = await scale(app);
  for (const [layer, head, across, down] of [
    [4, 1, 0.32, 0.71],
    [1, 4, 0.05, 0.93],
    [5, 5, 0.61, 0.84],
  ] as const) {
    await page.keyboard.press('Escape');
    await app.part('heads-zoom-all').click();
    await expect.poll(() => scale(app)).toBe(start);
    const cell = (await app.part(`large-head-${layer}-${head}`).boundingBox())!;
    const point = { x: cell.x + across * cell.width, y: cell.y + down * cell.height };
    await page.mouse.move(point.x, point.y);
    await expect(app.part('tooltip')).toContainText(`layer ${layer}, head ${head}: `);
    for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, -150);
    await expect.poll(() => scale(app)).toBeGreaterThan(6 * start);
    const near = (await app.part(`large-head-${layer}-${head}`).boundingBox())!;
    // The point of the head that was under the pointer still is.
    expect((point.x - near.x) / near.width).toBeCloseTo(across, 1);
    expect((point.y - near.y) / near.height).toBeCloseTo(down, 1);
    const [query, key] = [Math.floor(down * TOKENS), Math.floor(across * TOKENS)];
    const pattern = await valueOf('headlight-gpt', { text: SENTENCE }, `decoder.${layer}.self.pattern`, head);
    const expected = at(pattern, query, key);
    await expect.poll(async () => (await app.part('tooltip').innerText()).includes('≈')).toBe(false);
    const shown = numberIn(await app.part('tooltip').innerText());
    expect(Math.abs(shown - expected)).toBeLessThanOrEqual(1e-3 * expected + 1e-9);
    await page.mouse.click(point.x, point.y);
    await expect(app.part(`head-${layer}-${head}`)).toHaveAttribute('aria-selected', 'true');
    await expect(app.part(`large-head-${layer}-${head}`)).toHaveAttribute('aria-selected', 'true');
    await page.mouse.move(room.x + room.width / 2, room.y - 40);
    const off = async (): Promise<number> =>
      Math.abs(numberIn((await app.part('number-weight').textContent()) ?? '') - expected);
    await expect.poll(off).toBeLessThanOrEqual(1e-3 * expected + 1e-9);
  }
});

test('a long text: cells say they stand for several tokens, until the head is large enough for every weight', async ({
  app,
  page,
}) => {
  await app.sentence.fill(LONG);
  await expect(app.part('status-tokens')).toHaveText(/^1\d\d tokens$/);
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  const tokens = parseInt(await app.part('status-tokens').innerText());
  // The box is as high as its text while one types in it.
  await page.locator('body').click({ position: { x: 3, y: 3 } });
  await largeAtlas(app);
  await expect(app.part('heads-legend')).toContainText(/largest weight among \d × \d tokens/);
  const cell = (await app.part('large-head-3-2').boundingBox())!;
  const point = { x: cell.x + 0.4 * cell.width, y: cell.y + 0.6 * cell.height };
  await page.mouse.move(point.x, point.y);
  await expect(app.part('tooltip')).toContainText('at most');
  const pattern = await valueOf('headlight-gpt', { text: LONG }, 'decoder.3.self.pattern', 2);
  for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, -150);
  await expect(app.part('tooltip')).not.toContainText('at most');
  await expect(app.part('tooltip')).not.toContainText('≈');
  await scale(app);
  const near = (await app.part('large-head-3-2').boundingBox())!;
  const index = (from: number, length: number, value: number): number => Math.floor((tokens * (value - from)) / length);
  const [query, key] = [index(near.y, near.height, point.y), index(near.x, near.width, point.x)];
  const expected = at(pattern, query, key);
  const shown = numberIn(await app.part('tooltip').innerText());
  expect(Math.abs(shown - expected)).toBeLessThanOrEqual(1e-3 * expected + 1e-9);
});

test('keys: arrows go from head to head, Enter enlarges, + − 0 zoom, and the head stays in view', async ({
  app,
  page,
}) => {
  await app.type(SENTENCE, TOKENS);
  await app.part('head-2-2').click();
  await largeAtlas(app);
  const start = await scale(app);
  await app.part('large-head-2-2').focus();
  await page.keyboard.press('ArrowRight');
  await expect(app.part('large-head-2-3')).toBeFocused();
  await expect(app.part('head-2-3')).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect.poll(() => scale(app)).toBeGreaterThan(3 * start);
  await page.keyboard.press('ArrowDown');
  await expect(app.part('large-head-3-3')).toBeFocused();
  const room = (await app.part('heads-room').boundingBox())!;
  await expect
    .poll(async () => {
      const box = (await app.part('large-head-3-3').boundingBox())!;
      return box.x >= room.x && box.y >= room.y && box.x + box.width <= room.x + room.width + 1;
    })
    .toBe(true);
  const large = await scale(app);
  await page.keyboard.press('-');
  await expect.poll(() => scale(app)).toBeLessThan(large);
  await page.keyboard.press('+');
  await expect.poll(() => scale(app)).toBeCloseTo(large, 1);
  await page.keyboard.press('0');
  await expect.poll(() => scale(app)).toBe(start);
});

test('a drag moves the heads and selects none of them; double click enlarges one, and again shows all', async ({
  app,
  page,
}) => {
  await app.type(SENTENCE, TOKENS);
  await app.part('head-0-0').click();
  await largeAtlas(app);
  const start = await scale(app);
  const cell = async (): Promise<{ x: number; y: number; width: number; height: number }> =>
    (await app.part('large-head-2-3').boundingBox())!;
  const first = await cell();
  await page.mouse.dblclick(first.x + first.width / 2, first.y + first.height / 2);
  expect(await chosen(app)).toEqual(['2.3']);
  await expect.poll(() => scale(app)).toBeGreaterThan(3 * start);
  const before = await cell();
  const middle = { x: before.x + before.width / 2, y: before.y + before.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.down();
  await page.mouse.move(middle.x - 60, middle.y + 25, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await cell()).x - before.x)).toBe(-60);
  expect(Math.round((await cell()).y - before.y)).toBe(25);
  expect(await chosen(app)).toEqual(['2.3']);
  await page.mouse.dblclick(middle.x - 60, middle.y + 25);
  await expect.poll(() => scale(app)).toBe(start);
});

test('the large atlas is exported in the order in which the heads stand, with the names of the groups', async ({
  app,
  page,
}) => {
  await app.type(SENTENCE, TOKENS);
  await app.order('similar');
  await largeAtlas(app);
  const names = await app.part('atlas-group').allInnerTexts();
  const file = page.waitForEvent('download');
  await app.part('export').click();
  await app.part('export-svg').click();
  const stream = await (await file).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const svg = Buffer.concat(chunks).toString('utf8');
  for (const name of names) expect(svg).toContain(name);
  expect(svg).toContain('order: similarity');
});
