/** Models that choose among labels: of every token, of the whole text, and a value; the tiny random models of the fixtures. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { comparePredictions, openModel, predict, runText } from '../../native-models/index.ts';
import { fixtures } from '../support/fixtures.ts';
import { App, expect, test as base } from './support/app.ts';
import { startApp, type AppServer } from './support/server.ts';

const TEXT = 'The keeper lit the lamp.';

const test = base.extend<object, { server: AppServer }>({
  server: [
    async ({}, use) => {
      const server = await startApp(fixtures);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  app: async ({ page, server }, use) => {
    const app = new App(page, server);
    await app.open();
    await use(app);
  },
});

async function show(app: App, model: string): Promise<void> {
  await app.model(model);
  await app.sentence.fill(TEXT);
  await app.station('prediction');
}

test('every token has its label; a click shows how probable all labels are there', async ({ app, page }) => {
  await show(app, 'tiny-bert-tok');
  const model = await openModel(path.join(fixtures, 'tiny-bert-tok'), { device: 'cpu' });
  const trace = await runText(model, { text: TEXT });
  const expected = await predict(trace, { candidates: 5 });
  await expect(app.part('token-labels').locator('button')).toHaveCount(expected.length);
  for (const { position, candidates } of expected) {
    const piece = app.part(`token-label-${position}`);
    await expect(piece.locator('b')).toHaveText(candidates[0]!.text);
    const exact = Number((await piece.getAttribute('title')) ?? '');
    expect(exact).toBeCloseTo(candidates[0]!.probability, 6);
  }
  const { position, candidates } = expected[3]!;
  await app.part(`token-label-${position}`).click();
  await expect(app.part(`token-label-${position}`)).toHaveAttribute('aria-pressed', 'true');
  await expect(app.part(`token-${position}`)).toHaveClass(/query/u);
  const rows = app.part('prediction-table').locator('tbody tr');
  await expect(rows).toHaveCount(5);
  await expect(rows.first().locator('td').first()).toHaveText(candidates[0]!.text);
  await expect(app.part('stage-subtitle')).toContainText(`label of “${trace.tokens[position]!.text}”`);

  await page.keyboard.press('ArrowLeft');
  await expect(app.part(`token-label-${expected[2]!.position}`)).toBeFocused();
  await expect(app.part(`token-label-${expected[2]!.position}`)).toHaveAttribute('aria-pressed', 'true');
  const { violations } = await new AxeBuilder({ page }).include('[data-testid=figure-prediction]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  await model.dispose();
});

test('a knocked-out head shows what the labels were, and what they are', async ({ app }) => {
  await show(app, 'tiny-bert-tok');
  await app.station('pattern');
  await app.head(0, 0);
  await app.part('tab-what-if').click();
  await app.part('what-if-scope-layer').click();
  await app.part('what-if-knock-out').click();
  await expect(app.part('what-if-status')).toHaveAttribute('data-status', 'done');
  await app.station('prediction');
  const model = await openModel(path.join(fixtures, 'tiny-bert-tok'), { device: 'cpu' });
  const before = await runText(model, { text: TEXT });
  const interventions = [{ kind: 'head', site: { layer: 0 }, factor: 0 }] as const;
  const after = await runText(model, { text: TEXT }, { interventions });
  const changes = await comparePredictions(before, after, { candidates: 5 });
  expect(changes.length).toBeGreaterThan(3);
  for (const { position, candidates } of changes) {
    const [was] = candidates;
    const is = candidates.toSorted((a, b) => b.after - a.after)[0]!;
    const piece = app.part(`token-label-${position}`);
    await expect(piece.locator('b')).toHaveText(was!.id === is.id ? is.text : `${was!.text} → ${is.text}`);
    expect(Number((await piece.getAttribute('title')) ?? '')).toBeCloseTo(is.after, 6);
  }
  await expect(app.part('prediction-change')).toBeVisible();
  await model.dispose();
});

test('classes that exclude none other say so, and a value is no probability', async ({ app }) => {
  await show(app, 'tiny-distilbert-cls');
  await expect(app.part('prediction-table').locator('tbody tr')).toHaveCount(4);
  await expect(app.part('figure-prediction')).toContainText('each class by itself');
  await show(app, 'tiny-roberta-cls');
  await expect(app.part('prediction-table').locator('tbody tr')).toHaveCount(1);
  await expect(app.part('figure-prediction')).toContainText('A value, not a probability');
  await expect(app.part('prediction-table').locator('.bar')).toHaveCount(0);
  await expect(app.part('prediction-table').locator('thead')).not.toContainText('Probability');
});

test('RoBERTa fills its own mask', async ({ app }) => {
  await app.model('tiny-roberta');
  await app.sentence.fill('The <mask> lit it.');
  await app.station('prediction');
  await expect(app.part('stage-subtitle')).toContainText('“<mask>”');
  await app.part('view-fill').click();
  await expect(app.part('fill-text').locator('.own-mask')).toHaveText('<mask>');
});
