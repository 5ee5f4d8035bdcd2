import AxeBuilder from '@axe-core/playwright';
import type { Intervention } from '../../native-models/index.ts';
import { changeOf } from './support/reference.ts';
import { expect, test, type App } from './support/app.ts';

const MODEL = 'headlight-gpt';
const SENTENCE = 'The children played in the garden until the rain came.';
const HEAD = { stack: 'decoder', layer: 2, head: 1 } as const;

/** The number that stands in an element's title in full precision. */
async function exact(app: App, testId: string): Promise<number> {
  return Number(((await app.part(testId).getAttribute('title')) ?? '').replaceAll('−', '-'));
}

/** The sentence run, the head selected, and the What-if panel open. */
async function prepare(app: App): Promise<void> {
  await app.sentence.fill(SENTENCE);
  await app.station('pattern');
  await app.head(HEAD.layer, HEAD.head);
  await app.part('tab-what-if').click();
  await expect(app.part('what-if')).toBeVisible();
}

async function done(app: App): Promise<void> {
  await expect(app.part('what-if-status')).toHaveAttribute('data-status', 'done');
}

/** KL, candidates and layers on the page are those that the engine gives for these interventions. */
async function agrees(app: App, interventions: readonly Intervention[]): Promise<void> {
  await done(app);
  const { prediction, layers } = await changeOf(MODEL, { text: SENTENCE }, interventions);
  await expect.poll(() => exact(app, 'what-if-kl')).toBeCloseTo(prediction.klNats, 6);
  const [first] = prediction.candidates;
  const numbers = app.part(`what-if-candidate-${first!.id}`).locator('td');
  const titles = await numbers.evaluateAll((cells) => cells.map((cell) => cell.getAttribute('title') ?? ''));
  const shown = titles.map((title) => Number(title.replaceAll('−', '-')));
  [first!.before, first!.after, first!.delta].forEach((value, at) => expect(shown[at]).toBeCloseTo(value, 6));
  await expect(app.part('what-if-layers')).toBeVisible();
  for (const [index, layer] of layers.entries()) {
    const title = await app.part(`what-if-layer-${index}`).locator('.layer-hidden').getAttribute('title');
    expect(Number(title), `layer ${index}`).toBeCloseTo(layer.hidden, 5);
  }
}

test('before anything is changed, the panel says what one can do; W opens and closes it', async ({ app, page }) => {
  await app.station('pattern');
  await page.keyboard.press('w');
  await expect(app.part('tab-what-if')).toBeFocused();
  await expect(app.part('what-if-intro')).toBeVisible();
  await expect(app.part('what-if-changes')).toHaveCount(0);
  await page.keyboard.press('w');
  await expect(app.part('what-if')).toHaveCount(0);
  await expect(app.part('number-weight')).toBeVisible();

  await app.part('settings').click();
  await app.part('settings-example').click();
  await page.keyboard.press('w');
  await expect(app.part('what-if-covered')).toContainText('needs a real sentence');
  await app.part('what-if').getByRole('button').click();
  await expect(app.part('what-if-intro')).toBeVisible();
});

test('a head knocked out: KL, Δ and every layer are what the engine computes', async ({ app }) => {
  await prepare(app);
  await expect(app.part('what-if-place')).toHaveText('layer 2, head 1');
  await app.part('what-if-knock-out').click();
  await agrees(app, [{ kind: 'head', site: HEAD, factor: 0 }]);
  await expect(app.part('tab-what-if')).toHaveText('What if (1)');
  await expect(app.part('what-if-name-1')).toHaveText('Knocked out: layer 2, head 1');
  await expect(app.part('what-if-copy-1')).toHaveText('--ablate decoder.2.self:1');
  expect(await exact(app, 'what-if-kl')).toBeGreaterThan(0);

  await app.part('what-if-on-1').uncheck();
  await expect(app.part('what-if-status')).toContainText('Nothing is changed now');
  await expect(app.part('what-if-outcome')).toHaveCount(0);
  await app.part('what-if-on-1').check();
  await done(app);
});

test('a head kept alone, in one step; a cell of a layer chooses the head', async ({ app, page }) => {
  await prepare(app);
  await app.part('what-if-keep-alone').click();
  const site = { stack: HEAD.stack, layer: HEAD.layer };
  await agrees(app, [
    { kind: 'head', site, factor: 0 },
    { kind: 'head', site: HEAD, factor: 1 },
  ]);
  await app.part('what-if-head-3-0').click();
  await expect(app.part('stage-subtitle')).toContainText('layer 3, head 0');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(app.part('tab-what-if')).toHaveText('What if (0)');
});

test('temperature by keyboard: one entry, one step, the numbers of that temperature', async ({ app, page }) => {
  await prepare(app);
  await app.part('what-if-scope-layer').click();
  await app.part('what-if-temperature').focus();
  for (let step = 0; step < 15; step += 1) await page.keyboard.press('ArrowRight');
  await expect(app.part('what-if-temperature-field')).toHaveValue('2.00');
  await expect(app.part('what-if-changes').locator('li')).toHaveCount(1);
  const factor = await exact(app, 'what-if-factor');
  await agrees(app, [{ kind: 'scale', site: { stack: HEAD.stack, layer: HEAD.layer }, factor }]);

  await app.part('what-if-temperature-field').fill('0,5');
  await page.keyboard.press('Enter');
  await expect.poll(() => exact(app, 'what-if-factor')).toBeCloseTo(4 * factor, 9);
  await app.part('what-if-temperature-field').fill('hot');
  await expect(app.part('what-if').getByRole('alert')).toContainText('from 0.001 to 1000');
  await app.part('what-if-unscaled').click();
  await expect.poll(() => exact(app, 'what-if-factor')).toBe(1);
  await expect(app.part('what-if-changes').locator('li')).toHaveCount(1);

  for (const expected of [4 * factor, factor]) {
    await app.part('what-if-undo').click();
    await expect.poll(() => exact(app, 'what-if-factor')).toBeCloseTo(expected, 9);
  }
  await app.part('what-if-undo').click();
  await expect(app.part('what-if-changes').locator('li')).toHaveCount(0);
});

test('rename, reorder, remove, undo and redo by keyboard; what comes last counts', async ({ app, page }) => {
  await prepare(app);
  await app.part('what-if-pattern-uniform').click();
  await app.part('what-if-pattern-first').click();
  const names = app.part('what-if-changes').locator('li .change-text > span:first-child');
  await expect(names).toHaveText([/same weight/, /first token/]);
  await agrees(app, [{ kind: 'pattern', site: HEAD, pattern: 'first' }]);

  await app.part('what-if-rename-1').press('Enter');
  await app.part('what-if-name-field-1').fill('spread out');
  await page.keyboard.press('Enter');
  await expect(app.part('what-if-name-1')).toHaveText('spread out');
  await expect(app.part('what-if-rename-1')).toBeFocused();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(names).toHaveText([/first token/, 'spread out']);
  await expect(app.part('what-if-rename-1')).toBeFocused();
  await agrees(app, [{ kind: 'pattern', site: HEAD, pattern: 'uniform' }]);

  await app.part('what-if-remove-2').press('Enter');
  await expect(names).toHaveText(['spread out']);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(names).toHaveText([/first token/, 'spread out']);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(names).toHaveText(['spread out', /first token/]);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(names).toHaveText([/first token/, 'spread out']);
  await page.keyboard.press('Control+y');
  await expect(names).toHaveText(['spread out']);
  await app.part('what-if-clear').click();
  await expect(names).toHaveCount(0);
});

test('a row redrawn: with the pointer and the keys, its weights sum to 1 and are what the engine runs', async ({
  app,
  page,
}) => {
  await prepare(app);
  await app.cell(5, 2);
  const weights = () =>
    app
      .part('what-if')
      .locator('.row-bar')
      .evaluateAll((bars) => bars.map((bar) => Number(bar.getAttribute('data-weight'))));
  const sum = async () => (await weights()).reduce((total, weight) => total + weight, 0);
  await expect.poll(sum).toBeCloseTo(1, 9);
  const original = await weights();
  expect(original.slice(6).every((weight) => weight === 0)).toBe(true);

  const track = (await app.part('what-if-weight-2').locator('[data-track]').boundingBox())!;
  await page.mouse.move(track.x + track.width / 2, track.y + track.height - 2);
  await page.mouse.down();
  for (const share of [0.3, 0.6, 0.75])
    await page.mouse.move(track.x + track.width / 2, track.y + track.height * (1 - share));
  await page.mouse.up();
  await expect.poll(async () => (await weights())[2]).toBeCloseTo(0.75, 1);
  const drawn = await weights();
  expect(await sum()).toBeCloseTo(1, 9);
  expect(drawn[0]! / drawn[1]!).toBeCloseTo(original[0]! / original[1]!, 5);
  await expect(app.part('what-if-changes').locator('li')).toHaveCount(1);
  await expect(app.part('what-if-changes')).toContainText('The command line has no form for this');
  await agrees(app, [{ kind: 'pattern', site: HEAD, pattern: [{ query: 5, weights: drawn }] }]);

  await app.part('what-if-weight-2').focus();
  await page.keyboard.press('End');
  await expect(app.part('what-if-weight-2')).toHaveAttribute('aria-valuetext', '1.00');
  await page.keyboard.press('PageDown');
  await expect(app.part('what-if-weight-2')).toHaveAttribute('aria-valuetext', '0.900');
  await page.keyboard.press('ArrowLeft');
  await expect(app.part('what-if-weight-1')).toBeFocused();
  await app.part('what-if-weight-8').focus();
  await page.keyboard.press('End');
  await expect(app.part('what-if-weight-8')).toHaveAttribute('aria-disabled', 'true');
  expect((await weights())[8]).toBe(0);

  await app.part('what-if-row-reset').click();
  await expect.poll(weights).toEqual(original);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(async () => (await weights())[2]).toBeCloseTo(0.9, 9);
});

test('a list that cannot run says why in one sentence, and goes on when it is mended', async ({ app, page }) => {
  await prepare(app);
  await app.cell(0, 0);
  await app.part('what-if-mask-cell').click();
  await expect(app.part('what-if-failure')).toHaveText(/^Query 0 would see no key at all/);
  await expect(app.part('what-if-outcome')).toHaveCount(0);
  await app.part('language').click();
  await expect(app.part('what-if-failure')).toHaveText(/^Query 0 zou geen enkele key meer zien/);
  await app.part('language').click();
  await app.part('what-if-mask-cell').click();
  await expect(app.part('what-if-failure')).toHaveCount(0);
  await app.cell(5, 2);
  await app.part('what-if-mask-cell').click();
  await agrees(app, [{ kind: 'mask', site: HEAD, query: 5, key: 2, visible: false }]);
  await expect(app.part('what-if-mask-cell')).toContainText('see');
  await app.part('what-if-mask-clicks').click();
  await expect(app.part('figure-masked')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(app.part('what-if-mask-cell')).toContainText('Hide');
});

test('an entry that does not fit the text is kept and says so', async ({ app }) => {
  await prepare(app);
  await app.cell(7, 2);
  await app.part('what-if-mask-cell').click();
  await done(app);
  await app.type('The sun rose.', 4);
  await expect(app.part('what-if-misfit-1')).toContainText('no such token');
  await expect(app.part('what-if-status')).toContainText('Nothing is changed now');
  await app.sentence.fill(SENTENCE);
  await expect(app.part('what-if-misfit-1')).toHaveCount(0);
  await done(app);
});

test('a model that fills in masks, in a text without one: the prediction at the query is compared', async ({ app }) => {
  await app.model('headlight-bert');
  await app.type('The sun rose over the sea.', 9);
  await app.part('tab-what-if').click();
  await app.part('what-if-scope-all').click();
  await app.part('what-if-pattern-uniform').click();
  await done(app);
  await expect(app.part('what-if-kl')).toBeVisible();
  await expect(app.part('what-if-layers')).toBeVisible();
});

for (const { theme, width, height } of [
  { theme: 'light', width: 1280, height: 720 },
  { theme: 'dark', width: 1920, height: 1080 },
] as const) {
  test(`${theme}, ${width}×${height}: accessible, and nothing cut sideways`, async ({ app, page }) => {
    await page.setViewportSize({ width, height });
    await app.theme(theme);
    await prepare(app);
    await app.part('what-if-knock-out').click();
    await app.part('what-if-pattern-previous').click();
    await done(app);
    await expect(app.part('what-if-layers')).toBeVisible();
    const scan = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']).analyze();
    const serious = scan.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`))).toEqual([]);
    const cut = await app.part('inspector').evaluate((place) => {
      const { right } = place.getBoundingClientRect();
      const inside = (each: Element) => each.closest('.row-bars') !== null || each.closest('.hidden') !== null;
      const wide = [...place.querySelectorAll('*')].filter(
        (each) => !inside(each) && each.getBoundingClientRect().right > right,
      );
      return { wide: wide.map((each) => each.getAttribute('class')), sideways: place.scrollWidth - place.clientWidth };
    });
    expect(cut).toEqual({ wide: [], sideways: 0 });
  });
}
