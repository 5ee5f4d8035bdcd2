import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { exact, expect, test, type App } from './support/app.ts';
import { at, closeModels, tokensOf, valueOf } from './support/reference.ts';

const GPT = 'headlight-gpt';
const BERT = 'headlight-bert';
const FIRST = 'The cat sat on the mat because it was tired.';
const SECOND = 'A lighthouse keeper watched the old ship sail away.';
const PLACE = [2, 1] as const;

test.afterAll(closeModels);

async function prepare(app: App, model = GPT): Promise<number> {
  await app.model(model);
  const tokens = await type(app, FIRST, model);
  await app.head(...PLACE);
  await app.station('qkv');
  await app.part('view-joint').focus();
  await app.page.keyboard.press('Enter');
  await settled(app);
  return tokens;
}

async function type(app: App, text: string, model = GPT): Promise<number> {
  const { length } = await tokensOf(model, { text });
  await app.type(text, length);
  await app.page.locator('body').click({ position: { x: 3, y: 3 } });
  return length;
}

const settled = (app: App) => expect(app.part('joint')).toHaveAttribute('aria-busy', 'false');

/** Exact coordinates of the table's rows, by kind, sentence and place in the text. */
async function places(app: App): Promise<readonly (readonly string[])[]> {
  return app
    .part('joint-table')
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.querySelectorAll('td[title]')].map((cell) => cell.getAttribute('title') ?? '')),
    );
}

/** What the list says of each partner, by its position: weight, distance, q·k. */
async function pairs(app: App): Promise<ReadonlyMap<number, readonly number[]>> {
  const rows = await app
    .part('joint-pairs')
    .locator('tbody tr')
    .evaluateAll((all) =>
      all.map((row) => ({
        position: Number(row.getAttribute('data-row')),
        titles: [...row.querySelectorAll('td.number')].map((cell) => cell.getAttribute('title') ?? ''),
      })),
    );
  return new Map(
    rows.map(({ position, titles }) => [position, titles.map((title) => Number(title.replaceAll('−', '-')))]),
  );
}

const value = (name: string, text = FIRST, model = GPT) =>
  valueOf(model, { text }, `${model === GPT ? 'decoder' : 'encoder'}.${PLACE[0]}.self.${name}`, PLACE[1]);

/** The list of the query or key at a position is what the engine has. */
async function agrees(app: App, kind: 'query' | 'key', position: number, model = GPT): Promise<void> {
  const [pattern, scores] = [await value('pattern', FIRST, model), await value('scores', FIRST, model)];
  const shown = await pairs(app);
  expect(shown.size).toBeGreaterThan(3);
  for (const [other, [weight, distance, score]] of shown) {
    const cell = kind === 'query' ? ([position, other] as const) : ([other, position] as const);
    expect(weight).toBeCloseTo(at(pattern, ...cell), 5);
    expect(score).toBeCloseTo(at(scores, ...cell), 3);
    expect(distance).toBeGreaterThan(0);
  }
  const weights = [...shown.values()].map(([weight = NaN]) => weight);
  expect(weights).toEqual(weights.toSorted((a, b) => b - a));
}

test('weights, scores and masks of a point are the matrix’s, and choosing goes both ways', async ({ app }) => {
  await prepare(app);
  await app.part('token-6').click();
  await expect(app.part('joint-of')).toHaveText('“because” attends to');
  await agrees(app, 'query', 6);
  // Causal: nothing after the query.
  expect(Math.max(...(await pairs(app)).keys())).toBeLessThanOrEqual(6);
  await expect(app.part('joint-ring-query')).toHaveAttribute('data-point', '6');
  // A key of the list becomes the selected key, and its queries are listed.
  const key = app.part('joint-pairs').locator('tr[data-row="4"]').getByRole('button');
  await key.focus();
  await key.press('Enter');
  await expect(app.part('joint-of')).toHaveText('“the” is attended to by');
  await agrees(app, 'key', 4);
  expect(Math.min(...(await pairs(app)).keys())).toBeGreaterThanOrEqual(4);
  await app.station('pattern');
  await expect(app.readout).toContainText('because looks at the: weight');
  const weight = at(await value('pattern'), 6, 4);
  expect(Number(/weight ([\d.]+)/u.exec(await app.readout.innerText())?.[1])).toBeCloseTo(weight, 3);
});

test('a cell of the small matrix selects a query and a key', async ({ app, page }) => {
  await prepare(app);
  await app.part('token-6').click();
  await app.part('token-2').click({ modifiers: ['Shift'] });
  await expect(app.part('joint-ring-key')).toHaveAttribute('data-point', String(11 + 2));
  await app.part('joint-map').focus();
  await page.keyboard.press('ArrowUp');
  await expect(app.part('joint-ring-query')).toHaveAttribute('data-point', '5');
  await expect(app.part('joint-of')).toHaveText('“mat” attends to');
});

test('a new sentence is projected and moves nothing; “Fit again” moves everything', async ({ app }) => {
  const first = await prepare(app);
  await expect(app.part('joint-fitted')).toHaveText('Fitted on 1 sentence.');
  await expect(app.part('joint-fit')).toBeDisabled();
  const before = await places(app);
  expect(before).toHaveLength(2 * first);
  await app.part('projector-keep').click();
  const second = await type(app, SECOND);
  await expect(app.part('joint-table').locator('tbody tr')).toHaveCount(2 * (first + second));
  await settled(app);
  await expect(app.part('joint-fitted')).toHaveText('Fitted on 1 sentence. 1 more is projected with it.');
  const after = await places(app);
  // The typed sentence comes first, queries before keys.
  const kept = [...after.slice(second, second + first), ...after.slice(2 * second + first, 2 * second + 2 * first)];
  expect(kept).toEqual(before);
  await app.part('joint-fit').click();
  await expect(app.part('joint-fitted')).toHaveText('Fitted on 2 sentences.');
  await settled(app);
  await expect.poll(() => places(app)).not.toEqual(after);
});

test('each of the two changes is taken back and made again, and no weight changes', async ({ app, page }) => {
  await prepare(app);
  const [both, c] = [await places(app), await exact(app, 'joint-c')];
  expect(c).not.toBe(1);
  expect(await exact(app, 'joint-length')).toBeGreaterThan(0);
  expect(await exact(app, 'joint-change')).toBeLessThan(1e-6);
  const weights = [...(await pairs(app)).values()].map(([weight]) => weight);
  for (const part of ['shift', 'rescale']) {
    await app.part(`joint-${part}`).focus();
    await page.keyboard.press('Enter');
    await expect(app.part(`joint-${part}`)).toHaveAttribute('aria-pressed', 'false');
    await settled(app);
  }
  expect(await exact(app, 'joint-c')).toBe(1);
  expect(await exact(app, 'joint-length')).toBe(0);
  expect(await exact(app, 'joint-after')).toBe(await exact(app, 'joint-before'));
  expect(await places(app)).not.toEqual(both);
  expect([...(await pairs(app)).values()].map(([weight]) => weight)).toEqual(weights);
  await expect(page).toHaveURL(/joint=unshifted\+unscaled/u);
  await page.reload();
  await expect(app.part('joint')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
  await expect(app.part('joint-shift')).toHaveAttribute('aria-pressed', 'false');
  await app.part('joint-shift').click();
  await app.part('joint-rescale').click();
  await settled(app);
  await expect.poll(() => places(app)).toEqual(both);
});

test('keys alone: points, dimensions and the methods; in Dutch, too', async ({ app, page }) => {
  await prepare(app);
  const plot = app.part('scatter');
  await plot.focus();
  await page.keyboard.press('Home');
  await expect(app.part('scatter-read')).toContainText('query “The” · token 0, sentence 0');
  await page.keyboard.press('End');
  await expect(app.part('scatter-read')).toContainText('key “.” · token 10, sentence 0');
  await page.keyboard.press('Escape');
  await expect(app.part('scatter-read')).toHaveText('');
  for (const id of ['joint-components-3', 'joint-method-umap']) {
    await app.part(id).focus();
    await page.keyboard.press('Enter');
    await settled(app);
  }
  await expect(app.part('joint-fitted')).toContainText('lays out all points anew');
  await expect(app.part('joint-explained')).toHaveCount(0);
  expect((await places(app))[0]).toHaveLength(3);
  await app.part('language').click();
  await expect(app.part('joint-fitted')).toContainText('legt alle punten opnieuw neer');
  await expect(app.part('joint-shift')).toHaveText('Keys verschuiven');
});

test('a model that reads both ways: every key is seen', async ({ app }) => {
  await prepare(app, BERT);
  await app.part('token-3').click();
  await expect(app.part('joint-of')).toContainText('attends to');
  await agrees(app, 'query', 3, BERT);
});

test('points and figure are saved', async ({ app, page }) => {
  const tokens = await prepare(app);
  const saved = async (click: () => Promise<void>) => {
    const waiting = page.waitForEvent('download');
    await click();
    const download = await waiting;
    return { name: download.suggestedFilename(), text: (await readFile(await download.path())).toString('utf8') };
  };
  const csv = await saved(() => app.part('joint-save-csv').click());
  const [head, ...rows] = csv.text.trim().split('\r\n');
  expect(head).toBe('point,kind,sentence,text,position,token,x,y');
  expect(rows).toHaveLength(2 * tokens);
  const json = JSON.parse((await saved(() => app.part('joint-save-json').click())).text) as {
    adjustment: { c: number; shift: number[] };
    fittedOn: string[];
  };
  expect(json.fittedOn).toEqual([FIRST]);
  expect(json.adjustment.c).toBeCloseTo(await exact(app, 'joint-c'), 9);
  const svg = await saved(async () => {
    await app.part('export').click();
    await app.part('export-svg').click();
  });
  expect(svg.text).toContain('Queries and keys together');
});

test('axe finds nothing, in any theme; nothing is cut', async ({ app, page }) => {
  await prepare(app);
  await app.part('joint-why').locator('summary').click();
  await expect(app.part('joint-shift-formula').locator('.katex')).toBeVisible();
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    await app.theme(theme);
    const { violations } = await new AxeBuilder({ page }).include('.stage').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(wide).toBeLessThanOrEqual(0);
  }
});
