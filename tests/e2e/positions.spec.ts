import AxeBuilder from '@axe-core/playwright';
import { positions } from '../../native-models/index.ts';
import { formulaPicture } from '../../renderer/view-models/positions.ts';
import { expect, test, type App } from './support/app.ts';
import { answerOf, closeModels } from './support/reference.ts';

const MODEL = 'headlight-gpt';

test.afterAll(closeModels);

async function prepare(app: App): Promise<void> {
  await app.model(MODEL);
  await app.station('embedding');
  await app.part('view-positions').focus();
  await app.page.keyboard.press('Enter');
  await expect(app.part('positions')).toHaveAttribute('aria-busy', 'false');
  await expect(app.part('positions-curve-plot')).toBeVisible();
}

/** The number that the curve says at a distance, reached with the arrow keys. */
async function at(app: App, distance: number): Promise<string> {
  const plot = app.part('positions-curve-plot');
  await plot.focus();
  await plot.press('Home');
  for (let step = 0; step < distance; step++) await plot.press('ArrowRight');
  return (await app.part('positions-curve-read').innerText()).replaceAll('−', '-');
}

test('the model’s own table: cosines against distance are those of its rows', async ({ app }) => {
  await prepare(app);
  await expect(app.part('positions-whose')).toContainText('This model’s own table: 256 positions');
  const own = await answerOf(MODEL, { text: 'x' }, ({ model }) => positions(model));
  if (own.kind !== 'learned') throw new Error('expected learned positions');
  const pairs = Array.from({ length: own.shown - 3 }, (_, row) => own.cosine[(row + 3) * own.shown + row]!);
  const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
  const said = await at(app, 3);
  expect(Number(/: (\S+)/u.exec(said)![1])).toBeCloseTo(mean, 3);
});

test('formulas say that they are of no model; sizes are typed, and what is none changes nothing', async ({ app }) => {
  await prepare(app);
  await app.part('positions-kind-sinusoidal').click();
  await expect(app.part('positions-whose')).toContainText('numbers of no model');
  await expect(app.part('positions-formula').locator('.katex')).toBeVisible();
  const dims = app.part('positions-dims');
  await dims.fill('32');
  const { curve } = formulaPicture('sinusoidal', 128, 32);
  expect(Number(/: (\S+)/u.exec(await at(app, 2))![1])).toBeCloseTo(curve.mean[2]!, 2);
  await dims.fill('3000');
  await expect(dims).toHaveAttribute('aria-invalid', 'true');
  expect(Number(/: (\S+)/u.exec(await at(app, 2))![1])).toBeCloseTo(curve.mean[2]!, 2);
  for (const kind of ['rotary', 'relative']) {
    await app.part(`positions-kind-${kind}`).click();
    await expect(app.part('positions-matrix')).toBeVisible();
  }
});

test('axe finds nothing, light or dark, at both sizes; nothing is cut sideways', async ({ app, page }) => {
  for (const [theme, width, height] of [
    ['light', 1280, 720],
    ['dark', 1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await app.theme(theme);
    await prepare(app);
    for (const kind of ['learned', 'sinusoidal', 'rotary', 'relative']) {
      await app.part(`positions-kind-${kind}`).click();
      await expect(app.part('positions-matrix')).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
});
