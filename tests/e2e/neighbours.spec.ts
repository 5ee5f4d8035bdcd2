import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { slice, tokenNeighbours, vectorNeighbours } from '../../native-models/index.ts';
import type { EmbeddingNeighbours } from '../../native-models/index.ts';
import { expect, test, type App } from './support/app.ts';
import { answerOf, closeModels, tokensOf } from './support/reference.ts';

const MODEL = 'headlight-gpt';
const SENTENCE = 'The old man sat by the sea.';

test.afterAll(closeModels);

async function prepare(app: App): Promise<void> {
  await app.model(MODEL);
  await app.type(SENTENCE, (await tokensOf(MODEL, { text: SENTENCE })).length);
  await app.page.locator('body').click({ position: { x: 3, y: 3 } });
  await app.station('embedding');
  await app.part('view-neighbours').focus();
  await app.page.keyboard.press('Enter');
  await settled(app);
}

const settled = (app: App) => expect(app.part('neighbours')).toHaveAttribute('aria-busy', 'false');

const nearToken = (id: number) => answerOf(MODEL, { text: SENTENCE }, ({ model }) => tokenNeighbours(model, id, 40));

/** Both lists on screen are those of the engine, in order and in value. */
async function agrees(app: App, near: EmbeddingNeighbours): Promise<void> {
  for (const [measure, list] of [
    ['cosine', near.byCosine],
    ['dot', near.byDot],
  ] as const) {
    const rows = app.part(`neighbours-${measure}`).locator('tbody tr');
    await expect(rows.first()).toHaveAttribute('data-row', String(list[0]!.id));
    const shown = await rows.evaluateAll((all) => all.map((row) => Number(row.getAttribute('data-row'))));
    expect(shown).toEqual(list.map(({ id }) => id));
    const title = (await rows.nth(3).locator('td').nth(2).getAttribute('title')) ?? '';
    expect(Number(title.replaceAll('−', '-'))).toBeCloseTo(list[3]![measure], 9);
  }
}

test('the nearest rows of a token are the engine’s, and a neighbour leads to its own, by keyboard', async ({ app }) => {
  await prepare(app);
  await app.part('neighbours-token').selectOption('6');
  const tokens = await tokensOf(MODEL, { text: SENTENCE });
  const near = await nearToken(tokens[6]!.id);
  await agrees(app, near);
  await expect(app.part('neighbours-facts')).toContainText(`Compared with all ${'8 191'.replace(' ', '\u202f')}`);
  const second = app.part('neighbours-cosine').getByRole('button').nth(1);
  await second.focus();
  await second.press('Enter');
  await agrees(app, await nearToken(near.byCosine[1]!.id));
  await app.part('neighbours-back').focus();
  await app.page.keyboard.press('Enter');
  await agrees(app, near);
  await expect(app.part('neighbours-back')).toBeDisabled();
});

test('any piece that is typed, and what is none', async ({ app, page }) => {
  await prepare(app);
  const field = app.part('neighbours-find');
  await field.fill('lighthouse');
  await expect(app.part('neighbours-found').getByRole('button').first()).toBeVisible();
  await field.fill('fire');
  await expect(app.part('neighbours-found').getByRole('button').first()).toHaveText('␣fire');
  await field.focus();
  await page.keyboard.press('Enter');
  const token = (await tokensOf(MODEL, { text: 'Sit by the fire' })).at(-1);
  await agrees(app, await nearToken(token!.id));
  await expect(app.part('neighbours-vector')).toContainText(`row ${token!.id}`);
});

test('a hidden state of a layer, against the same table', async ({ app }) => {
  await prepare(app);
  await app.part('neighbours-token').selectOption('2');
  await app.part('neighbours-depth').selectOption('4');
  await expect(app.part('neighbours-vector')).toContainText('after layer 4');
  const near = await answerOf(MODEL, { text: SENTENCE }, async (trace) => {
    const { data, dims } = await slice(trace, 'decoder.4.hidden');
    return vectorNeighbours(trace.model, data.slice(2 * dims[1]!, 3 * dims[1]!), 40);
  });
  await agrees(app, near);
});

test('exports the figure and the numbers', async ({ app, page }) => {
  await prepare(app);
  const saved = async (click: () => Promise<void>) => {
    const waiting = page.waitForEvent('download');
    await click();
    const download = await waiting;
    return { name: download.suggestedFilename(), text: (await readFile(await download.path())).toString('utf8') };
  };
  const svg = await saved(async () => {
    await app.part('export').click();
    await app.part('export-svg').click();
  });
  expect(svg.name).toBe(`${MODEL}-embedding-neighbours.svg`);
  expect(svg.text).toContain('Nearest by cosine');
  const csv = await saved(() => app.part('neighbours-save-csv').click());
  expect(csv.text.trim().split('\r\n')).toHaveLength(81);
});

test('axe finds nothing, light or dark; nothing is cut', async ({ app, page }) => {
  for (const theme of ['light', 'dark'] as const) {
    await app.theme(theme);
    await prepare(app);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
});
