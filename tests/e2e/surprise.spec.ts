import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { finish, startSurprise } from '../../native-models/index.ts';
import type { Surprise } from '../../native-models/index.ts';
import { expect, test, type App } from './support/app.ts';
import { answerOf, closeModels, tokensOf } from './support/reference.ts';

const GPT = 'headlight-gpt';
const BERT = 'headlight-bert';
const SENTENCE = 'The old man sat by the fire, and the café was closed.';

test.afterAll(closeModels);

async function prepare(app: App, model: string, text = SENTENCE): Promise<number> {
  await app.model(model);
  const { length } = await tokensOf(model, { text });
  await app.type(text, length);
  await app.page.locator('body').click({ position: { x: 3, y: 3 } });
  await app.station('prediction');
  await app.part('view-surprise').click();
  await expect(app.part('surprise-table')).toBeVisible({ timeout: 20_000 });
  return length;
}

const scoresOf = (model: string, start = false, text = SENTENCE): Promise<Surprise> =>
  answerOf(model, { text }, (trace) => finish(startSurprise(trace, { start })));

/** Exact numbers are in titles, with true minus signs. */
const titleOf = async (element: Locator): Promise<number> =>
  Number((await element.getAttribute('title'))?.replaceAll('−', '-'));
const titled = (app: App, selector: string): Promise<number> => titleOf(app.page.locator(selector));

async function agrees(app: App, surprise: Surprise): Promise<void> {
  const rows = app.part('surprise-table').locator('tbody tr');
  await expect(rows).toHaveCount(surprise.tokens.length);
  for (const { index, bits, probability, rank } of surprise.tokens) {
    const cells = rows.nth(index).locator('td');
    if (bits === null) {
      await expect(rows.nth(index)).toContainText('not scored');
      continue;
    }
    expect(await titleOf(cells.nth(3))).toBeCloseTo(bits, 5);
    expect(await titleOf(cells.nth(4))).toBeCloseTo(probability!, 6);
    await expect(cells.nth(5)).toHaveText(String(rank));
  }
  expect(await titled(app, '[data-testid=surprise-perToken] b')).toBeCloseTo(surprise.bitsPerToken!, 5);
  expect(await titled(app, '[data-testid=surprise-perByte] b')).toBeCloseTo(surprise.bitsPerByte!, 5);
  await expect(app.part('surprise-perToken')).toContainText(`÷ ${surprise.scored} tokens`);
  await expect(app.part('surprise-perByte')).toContainText(`÷ ${surprise.bytes} bytes`);
}

test('a causal model: bits, probabilities and sums are those of the engine, with a start token and without', async ({
  app,
}) => {
  await prepare(app, GPT);
  await agrees(app, await scoresOf(GPT));
  await expect(app.part('surprise-way')).toContainText('The first token is not scored');
  await app.part('surprise-start-with').click();
  await expect(app.part('surprise-way')).toContainText('stands before the text');
  const started = await scoresOf(GPT, true);
  expect(started.bytes).toBe(Buffer.byteLength(SENTENCE));
  await agrees(app, started);
});

test('a model that fills masks: pseudo-log-likelihood, named as that', async ({ app }) => {
  await prepare(app, GPT);
  await app.part('surprise-start-with').click();
  await prepare(app, BERT);
  await expect(app.part('surprise-way')).toContainText('Pseudo-log-likelihood (Salazar et al. 2020)');
  await expect(app.part('surprise-perToken')).toContainText('pseudo-bits per token');
  await expect(app.part('surprise-start')).toHaveCount(0);
  await agrees(app, await scoresOf(BERT));
});

test('the more a token surprises, the stronger its colour', async ({ app }) => {
  await prepare(app, GPT);
  const { tokens } = await scoresOf(GPT);
  const scored = tokens.filter(({ bits }) => bits !== null);
  const lightness = async (index: number): Promise<number> =>
    app.part(`surprise-token-${index}`).evaluate((element) => {
      const [red = 0, green = 0, blue = 0] = (getComputedStyle(element).backgroundColor.match(/\d+/gu) ?? []).map(
        Number,
      );
      return red + green + blue;
    });
  const sorted = scored.toSorted((a, b) => a.bits! - b.bits!);
  const shades = await Promise.all(
    [sorted[0]!, sorted[sorted.length >> 1]!, sorted.at(-1)!].map(({ index }) => lightness(index)),
  );
  expect(shades).toEqual(shades.toSorted((a, b) => b - a));
  expect(new Set(shades).size).toBe(3);
});

test('arrow keys choose a token, in the text and in the table', async ({ app, page }) => {
  const tokens = await prepare(app, GPT);
  await app.part('surprise-text').locator('[tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(app.part('surprise-token-2')).toBeFocused();
  await expect(app.part('surprise-token-2')).toHaveAttribute('aria-pressed', 'true');
  const { tokens: scores } = await scoresOf(GPT);
  await expect(app.part('surprise-token-2')).toHaveAccessibleName(
    new RegExp(`“man” \\(token 2\\): ${scores[2]!.bits!.toPrecision(3)} bits, .*, rank ${scores[2]!.rank}$`),
  );
  await expect(app.part('surprise-table').locator('tr.query')).toHaveAttribute('data-row', '2');
  await page.keyboard.press('End');
  await expect(app.part(`surprise-token-${tokens - 1}`)).toBeFocused();
  await expect(app.part('surprise-table').locator('tr.query')).toBeInViewport();
});

test('a long text keeps a window of its rows, and the chosen one in sight', async ({ app, page }) => {
  const text = 'The sea was calm and the old man sat by the fire. '.repeat(18).trim();
  const tokens = await prepare(app, GPT, text);
  await app.part('surprise-text').locator('[tabindex="0"]').focus();
  await page.keyboard.press('End');
  const row = app.part('surprise-table').locator('tr.query');
  await expect(row).toHaveAttribute('data-row', String(tokens - 1));
  await expect(row).toBeInViewport();
  expect(await app.part('surprise-table').locator('tbody tr').count()).toBeLessThan(tokens / 2);
});

test('is exported as a figure and as numbers', async ({ app, page }) => {
  await prepare(app, GPT);
  const surprise = await scoresOf(GPT);
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
  expect(svg.name).toBe('headlight-gpt-prediction-surprise.svg');
  expect(svg.text).toContain('bits per byte');
  const json = JSON.parse((await saved(() => app.part('surprise-save-json').click())).text) as {
    bitsPerByte: number;
    rows: { token: string; bits: number | null }[];
  };
  expect(json.bitsPerByte).toBeCloseTo(surprise.bitsPerByte!, 6);
  expect(json.rows.map(({ bits }) => bits === null)).toEqual(surprise.tokens.map(({ bits }) => bits === null));
  const csv = await saved(() => app.part('surprise-save-csv').click());
  expect(csv.text.split('\r\n')[0]).toBe('index,id,token,start,end,bits,probability,rank');
});

test('has no fault that axe finds, in any theme', async ({ app, page }) => {
  await prepare(app, GPT);
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    await app.theme(theme);
    const { violations } = await new AxeBuilder({ page }).include('.stage').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
});
