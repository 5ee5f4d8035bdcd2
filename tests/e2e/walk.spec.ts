import AxeBuilder from '@axe-core/playwright';
import { at, valueOf } from './support/reference.ts';
import { expect, test, type App } from './support/app.ts';

const SENTENCE = 'The children played in the garden until the rain came.';
const WALKED = ['embedding', 'qkv', 'scores', 'scaled', 'masked', 'pattern', 'context', 'output', 'residual'];

const plain = (text: string): number => Number(text.replaceAll('−', '-').replace('∞', 'Infinity'));

/** The number that stands in an element's title in full precision. */
async function exact(app: App, testId: string): Promise<number> {
  return plain((await app.part(testId).getAttribute('title')) ?? '');
}

/** Presses Tab until an element has the focus, as someone without a mouse would. */
async function tabTo({ page }: App, testId: string): Promise<void> {
  const focused = () => page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid']);
  for (let press = 0; press < 150; press += 1) {
    if ((await focused()) === testId) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Tab does not reach ${testId}`);
}

async function press({ page }: App, key: string, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
}

/** Types the sentence and goes to a layer, a head, a query and a key, all by keyboard; ends at the first station. */
async function stand(app: App, place: { layer: number; head: number; query: number; key: number }): Promise<void> {
  const { page } = app;
  await page.keyboard.press('/');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(SENTENCE);
  await expect(app.part('token-7')).toBeVisible();
  await expect(app.part('tokens')).toContainText('rain');
  const query = await app.part('tokens').locator('.chip.query').getAttribute('data-testid');
  await tabTo(app, query ?? '');
  await page.keyboard.press('Home');
  await press(app, 'ArrowRight', place.query);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Home');
  await press(app, 'ArrowRight', place.key);
  await page.keyboard.press('Shift+Enter');
  await tabTo(app, 'station-tokens');
  await page.keyboard.press('Enter');
  await press(app, 'ArrowUp', 8);
  await press(app, 'ArrowLeft', 8);
  await press(app, 'ArrowDown', place.layer);
  await press(app, 'ArrowRight', place.head);
  await expect(app.part('layer-select')).toContainText(`Layer ${place.layer}`);
  await expect(app.part('head-select')).toContainText(`Head ${place.head}`);
  await expect(app.part('figure-tokens')).toBeVisible();
}

/** What a strip says about a dimension when the keyboard is on it. */
async function dimension(app: App, strip: string, index: number): Promise<number> {
  await tabTo(app, `${strip}-strip`);
  await app.page.keyboard.press('Home');
  for (let step = 0; step < index; step += 1) await app.page.keyboard.press('ArrowRight');
  const text = await app.part(`${strip}-number`).innerText();
  expect(text).toContain(`dimension ${index}:`);
  return plain(text.split(': ')[1] ?? '');
}

/** Steps to the next station by keyboard and waits for its walk. */
async function next(app: App, station: string): Promise<void> {
  await app.page.keyboard.press(']');
  await expect(app.part(`figure-${station}`)).toBeVisible();
  await expect(app.part('walk')).toHaveAttribute('data-station', station);
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
}

const close = (actual: number, expected: number, what: string): void =>
  expect(Math.abs(actual - expected), `${what}: ${actual} for ${expected}`).toBeLessThanOrEqual(
    Math.abs(expected) * 1e-4 + 1e-5,
  );

for (const { id, stack } of [
  { id: 'headlight-gpt', stack: 'decoder' },
  { id: 'headlight-bert', stack: 'encoder' },
]) {
  test(`${id}: the walk by keyboard alone, every number as native-models computes it`, async ({ app, page }) => {
    if (id !== 'headlight-gpt') await app.model(id);
    const [layer, head, query] = [2, 3, 6];
    await stand(app, { layer, head, query, key: 1 });
    const site = `${stack}.${layer}.self`;
    const value = async (name: string, ofHead?: number) => valueOf(id, { text: SENTENCE }, name, ofHead);
    await page.keyboard.press('t');

    await next(app, 'embedding');
    for (const part of ['token', 'position', 'sum']) {
      const expected = at(await value(`embedding.${part}`), query, 2);
      close(await dimension(app, `walk-embedding-${part}`, 2), expected, part);
    }
    close(await dimension(app, 'walk-enters', 1), at(await value(`${stack}.${layer - 1}.hidden`), query, 1), 'enters');

    await next(app, 'qkv');
    for (const part of ['q', 'k', 'v']) {
      close(await dimension(app, `walk-${part}`, 3), at(await value(`${site}.${part}`, head), query, 3), part);
    }

    await next(app, 'scores');
    const scores = await value(`${site}.scores`, head);
    for (const key of [0, 1, 6, 8]) close(await exact(app, `walk-score-${key}`), at(scores, query, key), 'score');
    await next(app, 'scaled');
    const scaled = await value(`${site}.scaled`, head);
    for (const key of [0, 1, 6]) close(await exact(app, `walk-scaled-${key}`), at(scaled, query, key), 'scaled');
    await next(app, 'masked');
    const masked = await value(`${site}.masked`, head);
    if (stack === 'decoder') expect(await exact(app, 'walk-masked-8')).toBe(-Infinity);
    else close(await exact(app, 'walk-masked-8'), at(masked, query, 8), 'masked');
    close(await exact(app, 'walk-masked-2'), at(masked, query, 2), 'masked');

    await next(app, 'pattern');
    const pattern = await value(`${site}.pattern`, head);
    for (const key of [0, 1, 6]) {
      close(await exact(app, `walk-weight-${key}`), at(pattern, query, key), 'weight');
      const quotient = (await exact(app, `walk-exponential-${key}`)) / (await exact(app, 'walk-sum'));
      close(quotient, at(pattern, query, key), 'exp ÷ sum');
    }
    close(await exact(app, 'walk-total'), 1, 'sum of weights');

    await next(app, 'context');
    close(await dimension(app, 'walk-z', 4), at(await value(`${site}.context`, head), query, 4), 'z');
    const valueNorm = await value(`${site}.valueNorm`);
    const contribution = at(pattern, query, 1) * at(valueNorm, head, 1);
    close(await exact(app, 'walk-contribution-1'), contribution, 'contribution');

    await next(app, 'output');
    const outputNorm = await value(`${site}.outputNorm`);
    for (const other of [0, 3]) close(await exact(app, `walk-head-${other}`), at(outputNorm, other, query), 'head');
    close(await dimension(app, 'walk-output', 0), at(await value(`${site}.output`), query, 0), 'output');
    await next(app, 'residual');
    close(await dimension(app, 'walk-leaves', 2), at(await value(`${stack}.${layer}.hidden`), query, 2), 'leaves');
    close(await dimension(app, 'walk-mlp', 2), at(await value(`${stack}.${layer}.mlp.output`), query, 2), 'mlp');
  });
}

test('an opened key shows its products; they add up to the score, in place and sorted', async ({ app, page }) => {
  await app.sentence.fill(SENTENCE);
  await app.head(1, 0);
  await app.cell(5, 2);
  await app.station('scores');
  await page.keyboard.press('t');
  await app.part('walk-key-2').focus();
  await page.keyboard.press('ArrowDown');
  await expect(app.part('walk-key-3')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(app.part('walk-products')).toBeVisible();
  const score = await exact(app, 'walk-score-3');
  close(await exact(app, 'products-sum'), score, 'sum');
  expect(await app.part('products-sum').innerText()).toBe(await app.part('walk-score-3').innerText());
  const order = () =>
    app
      .part('products-bars')
      .locator('.product')
      .evaluateAll((bars) => bars.map((bar) => bar.dataset['dimension']));
  const inPlace = await order();
  expect(inPlace).toEqual(inPlace.map((_, index) => String(index)));
  await app.part('products-order-size').click();
  expect(await order()).not.toEqual(inPlace);
  close(await exact(app, 'products-sum'), score, 'sum, sorted');
  await app.part('walk-key-3').click();
  await expect(app.part('walk-products')).toHaveCount(0);
});

test('dimensions: every key’s k and q ⊙ k for the query; another query draws them anew', async ({ app, page }) => {
  await app.sentence.fill(SENTENCE);
  await app.head(1, 0);
  await app.station('scores');
  await app.part('see-dimensions').click();
  const tokens = await app.part('tokens').getByRole('button').count();
  await expect(app.part('walk-keys').locator('.key-strip canvas')).toHaveCount(2 * tokens);
  await expect(app.part('mode-one')).toHaveAttribute('aria-pressed', 'true');
  const picture = () =>
    app
      .part('walk-product-strip-1')
      .locator('canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
  await app.part('token-3').click();
  const before = await picture();
  await app.part('token-4').click();
  await expect.poll(picture).not.toBe(before);
  const q = await valueOf('headlight-gpt', { text: SENTENCE }, 'decoder.1.self.q', 0);
  close(await dimension(app, 'walk-query', 1), at(q, 4, 1), 'q');
  await page.keyboard.press('t');
  await expect(app.matrix).toBeVisible();
});

test('one token or all: the same place, and its row is marked', async ({ app, page }) => {
  await app.station('qkv');
  await app.part('token-2').click();
  await page.keyboard.press('t');
  await expect(app.part('walk')).toContainText('row 2 of Q');
  await app.part('walk-see-all').click();
  await expect(app.part('vectors')).toBeVisible();
  await expect(app.part('vectors').locator('.row-frame')).toHaveCount(3);
  await expect(app.readout).toContainText(await app.part('token-2').innerText());
});

test('from scores to the weighted sum nothing more is asked of the engine', async ({ app, page }) => {
  await app.station('scores');
  await page.keyboard.press('t');
  await expect(app.part('walk')).toHaveAttribute('data-station', 'scores');
  for (const station of ['scaled', 'masked', 'pattern', 'context', 'scores']) await app.station(station);
  const sent: string[] = [];
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.webSocketFrameSent', ({ response }) => sent.push(response.payloadData));
  for (const station of ['scaled', 'masked', 'pattern', 'context']) await app.station(station);
  await app.part('walk-row-1').hover();
  await app.part('token-3').click();
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  expect(sent).toEqual([]);
});

test('a long text lists 40 keys first, and all of them when asked', async ({ app, page }) => {
  await app.station('pattern');
  await app.sentence.fill('one two three four five six seven eight nine ten '.repeat(9));
  await expect(app.part('status-tokens')).toHaveText(/^(8|9)\d tokens$/);
  await page.locator('body').click({ position: { x: 3, y: 3 } });
  await page.keyboard.press('t');
  await expect(app.part('walk-keys')).toHaveAttribute('data-keys', '40');
  await expect(app.part('walk-more')).toContainText('more keys');
  await app.part('walk-show-all').click();
  const tokens = await app.part('tokens').getByRole('button').count();
  await expect(app.part('walk-keys')).toHaveAttribute('data-keys', String(tokens));
});

test('the worked example: the slide’s six numbers, marked as hand-made, and the way back', async ({ app, page }) => {
  const weight = await app.part('number-weight').innerText();
  await app.part('settings').click();
  await app.part('settings-example').click();
  await expect(app.part('example-mark')).toContainText('hand-made');
  await expect(app.part('model-picker')).toContainText('Hand-made');
  await expect(app.sentence).toHaveValue('Thinking Machines');
  await expect(app.part('station-embedding')).toBeDisabled();
  const read = async (id: string): Promise<number> => plain(await app.part(id).innerText());
  await page.keyboard.press('Escape');
  await next(app, 'scores');
  expect([await read('walk-score-0'), await read('walk-score-1')]).toEqual([112, 96]);
  await next(app, 'scaled');
  expect([await read('walk-scaled-0'), await read('walk-scaled-1')]).toEqual([14, 12]);
  await next(app, 'masked');
  await next(app, 'pattern');
  expect((await read('walk-weight-0')).toFixed(2)).toBe('0.88');
  expect((await read('walk-weight-1')).toFixed(2)).toBe('0.12');
  await next(app, 'context');
  await page.keyboard.press(']');
  await expect(app.part('figure-context')).toBeVisible();
  await app.part('example-leave').click();
  await expect(app.part('example-mark')).toHaveCount(0);
  await expect(app.matrix).toBeVisible();
  await expect(app.part('number-weight')).toHaveText(weight);
});

test('the worked example begins from an empty window too, and typing ends it', async ({ app }) => {
  await app.sentence.fill('');
  await app.part('open-example').click();
  await expect(app.part('example-mark')).toBeVisible();
  await expect(app.part('walk-q')).toBeVisible();
  await app.page.keyboard.press('/');
  await expect(app.part('example-mark')).toHaveCount(0);
  await app.page.keyboard.type('A new sentence');
  await expect(app.part('status-tokens')).toBeVisible();
});

test('play goes from station to station, and stops at any other action and at the end', async ({ app, page }) => {
  await page.clock.install();
  await page.reload();
  await expect(app.matrix).toBeVisible();
  await app.station('scores');
  await page.keyboard.press('t');
  await app.part('play').click();
  await expect(app.part('figure-scaled')).toBeVisible();
  await expect(app.part('play')).toContainText('Pause');
  await page.clock.fastForward(6500);
  await expect(app.part('figure-masked')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(app.part('play')).toContainText('Play');
  await page.clock.fastForward(20_000);
  await expect(app.part('figure-masked')).toBeVisible();

  await app.station('final');
  await page.locator('.brand').click();
  await page.keyboard.press(' ');
  await expect(app.part('figure-prediction')).toBeVisible();
  await page.clock.fastForward(6500);
  await expect(app.part('play')).toContainText('Play');
});

test('bars move between stations, and do not where the user or the system wants no motion', async ({ app, page }) => {
  await app.station('scores');
  await page.keyboard.press('t');
  const bar = app.part('walk-row-0').locator('.key-fill');
  const seconds = () => bar.evaluate((element) => parseFloat(getComputedStyle(element).transitionDuration));
  await expect(bar).toBeAttached();
  expect(await seconds()).toBeGreaterThan(0.2);
  const kept = await bar.evaluateHandle((element) => element);
  await app.station('pattern');
  expect(await kept.evaluate((element) => element.isConnected)).toBe(true);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await seconds()).toBeLessThan(0.001);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await app.part('settings').click();
  await app.part('settings-motion-off').click();
  await page.keyboard.press('Escape');
  await expect.poll(seconds).toBeLessThan(0.001);
});

for (const theme of ['light', 'dark'] as const) {
  test(`${theme}: the walk has no serious accessibility violation at any station`, async ({ app, page }) => {
    await app.theme(theme);
    for (const station of WALKED) {
      await app.station(station);
      await app.part('mode-one').click();
      await expect(app.part('walk')).toHaveAttribute('data-station', station);
      if (station === 'scores') await app.part('walk-key-1').click();
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)),
        station,
      ).toEqual([]);
    }
  });
}

test('1280×720: every station explains itself with numbers, and nothing scrolls sideways', async ({ app, page }) => {
  await page.setViewportSize({ width: 1280, height: 720 });
  for (const mode of ['one', 'all']) {
    for (const station of WALKED) {
      await app.station(station);
      await app.part(`mode-${mode}`).click();
      await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
      await expect(app.part('caption')).not.toBeEmpty();
      await expect(app.part('formula-symbols').locator('math')).toBeAttached();
      await expect(app.part('formula-filled').locator('math')).toBeAttached();
      const scroll = await page.evaluate(() => [
        document.documentElement.scrollWidth - document.documentElement.clientWidth,
        document.documentElement.scrollHeight - document.documentElement.clientHeight,
        ...[...document.querySelectorAll('.walk-room, .keys-room')].map((room) => room.scrollWidth - room.clientWidth),
      ]);
      expect(Math.max(...scroll), `${mode} ${station}`).toBe(0);
    }
  }
  await app.part('explain').click();
  await expect(app.part('explanation')).toHaveCount(0);
});
