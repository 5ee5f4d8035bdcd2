import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { fill, lens, LENS_MEASURES, lensCell } from '../../native-models/index.ts';
import type { LensGrid, LensMeasure } from '../../native-models/index.ts';
import { expect, test, type App } from './support/app.ts';
import { answerOf, closeModels, tokensOf } from './support/reference.ts';

const GPT = 'headlight-gpt';
const BERT = 'headlight-bert';
const SENTENCE = 'The old man sat by the fire.';
const MASKED = 'The king of France and the [MASK] of England met in the garden.';

test.afterAll(closeModels);

/** A sentence run, and a view of its prediction shown. */
async function prepare(app: App, model: string, text: string, view: string): Promise<number> {
  await app.model(model);
  const { length } = await tokensOf(model, { text });
  await app.type(text, length);
  // The box is as high as its text while one types in it.
  await app.page.locator('body').click({ position: { x: 3, y: 3 } });
  await app.station('prediction');
  await app.part(`view-${view}`).click();
  return length;
}

const value = ({ cells, tokens }: LensGrid, layer: number, token: number, measure: LensMeasure): number =>
  cells[((layer + 1) * tokens + token) * LENS_MEASURES.length + LENS_MEASURES.indexOf(measure)]!;

const rowOf = (app: App, layer: number) => app.part(`lens-row-${layer}`).getByRole('gridcell');
const chosen = (app: App) => app.part('lens-grid').locator('[aria-selected="true"]');
const trimmed = (text: string | undefined): string => (text ?? '').trim();

test('the grid shows the engine’s lens, the last layer on top', async ({ app }) => {
  const tokens = await prepare(app, GPT, SENTENCE, 'lens');
  const grid = await answerOf(GPT, { text: SENTENCE }, lens);
  const rows = app.part('lens-grid').locator('[data-testid^="lens-row-"]');
  await expect(rows).toHaveCount(7);
  const names = await rows.getByRole('rowheader').allInnerTexts();
  expect(names).toEqual(['Layer 5', 'Layer 4', 'Layer 3', 'Layer 2', 'Layer 1', 'Layer 0', 'Embedding']);
  for (const layer of [5, 2, -1]) {
    const shown = await rowOf(app, layer).allTextContents();
    const tops = Array.from({ length: tokens }, (_, token) => grid.names.get(value(grid, layer, token, 'top')));
    expect(shown).toEqual(tops.map((text) => (trimmed(text) === '' ? expect.any(String) : trimmed(text))));
  }
});

test('arrow keys choose a cell; its candidates and numbers are those of the engine', async ({ app, page }) => {
  const tokens = await prepare(app, GPT, SENTENCE, 'lens');
  const grid = await answerOf(GPT, { text: SENTENCE }, lens);
  await chosen(app).focus();
  await page.keyboard.press('Home');
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight');
  for (let step = 0; step < 2; step++) await page.keyboard.press('ArrowDown');
  await expect(chosen(app)).toBeFocused();
  await expect(chosen(app)).toHaveAttribute('data-cell', '3 3');
  await expect(app.part('lens-place')).toHaveText('Layer 3 · after “sat” (token 3)');
  const cell = await answerOf(GPT, { text: SENTENCE }, (trace) =>
    lensCell(trace, { layer: 3, position: 3, candidates: 10 }),
  );
  const listed = app.part('lens-candidates').locator('li[data-id]');
  await expect(listed).toHaveCount(10);
  await expect.poll(() => listed.first().getAttribute('data-id')).toBe(String(cell.candidates[0]!.id));
  for (const [at, { id, probability }] of cell.candidates.entries()) {
    await expect(listed.nth(at)).toHaveAttribute('data-id', String(id));
    expect(Number(await listed.nth(at).getAttribute('title'))).toBeCloseTo(probability, 6);
  }
  await expect(app.part('lens-fact-entropy')).toContainText(`${cell.entropyBits.toPrecision(3)} bits`);
  await expect(app.part('lens-fact-kl')).toContainText(`${cell.klBits.toPrecision(3)} bits`);
  await expect(app.part('lens-fact-final')).toContainText(`rank ${cell.final.rank},`);
  await expect(app.part('lens-fact-actual')).toContainText(`rank ${value(grid, 3, 3, 'actualRank')},`);
  await page.keyboard.press('End');
  await expect(chosen(app)).toHaveAttribute('data-cell', `3 ${tokens - 1}`);
  await expect(app.part('lens-fact-actual')).toHaveCount(0);
  await expect(app.part(`token-${tokens - 1}`)).toHaveClass(/query/);
});

test('pointing at a cell shows it, and leaving goes back to the chosen one', async ({ app, page }) => {
  await prepare(app, GPT, SENTENCE, 'lens');
  const before = await app.part('lens-place').innerText();
  await rowOf(app, -1).nth(1).hover();
  await expect(app.part('lens-place')).toHaveText('Embedding · after “old” (token 1)');
  await page.mouse.move(5, 5);
  await expect(app.part('lens-place')).toHaveText(before);
});

test('cells are coloured by what is chosen, and keep it over other views', async ({ app }) => {
  await prepare(app, GPT, SENTENCE, 'lens');
  const colours = () =>
    rowOf(app, 5).evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).backgroundColor));
  const byProbability = await colours();
  await app.part('lens-colour-kl').click();
  const byKl = await colours();
  expect(byKl).not.toEqual(byProbability);
  // The last layer is the model's own prediction: no divergence anywhere, one colour.
  expect(new Set(byKl).size).toBe(1);
  await app.part('view-matrix').click();
  await app.part('view-lens').click();
  await expect(app.part('lens-colour-kl')).toHaveAttribute('aria-pressed', 'true');
});

test('a long text scrolls under its names, with a window of its cells in the page', async ({ app, page }) => {
  const text = 'The sea was calm and the old man sat by the fire. '.repeat(18).trim();
  const tokens = await prepare(app, GPT, text, 'lens');
  expect(tokens).toBeGreaterThan(200);
  await expect(app.part('lens-grid')).toBeVisible({ timeout: 20_000 });
  expect(await rowOf(app, 5).count()).toBeLessThan(60);
  await chosen(app).focus();
  await page.keyboard.press('End');
  await expect(chosen(app)).toHaveAttribute('data-cell', `5 ${tokens - 1}`);
  await expect(chosen(app)).toBeInViewport();
  await expect(chosen(app)).toBeFocused();
  const [name, room] = [
    await app.part('lens-row-5').getByRole('rowheader').boundingBox(),
    await app.part('lens-grid').locator('xpath=..').boundingBox(),
  ];
  expect(Math.abs(name!.x - room!.x)).toBeLessThan(2);
  await page.keyboard.press('Home');
  await expect(chosen(app)).toHaveAttribute('data-cell', '5 0');
  const box = await chosen(app).boundingBox();
  expect(box!.x).toBeGreaterThanOrEqual(name!.x + name!.width - 1);
});

test('is exported as a figure and as numbers', async ({ app, page }) => {
  const tokens = await prepare(app, GPT, SENTENCE, 'lens');
  const grid = await answerOf(GPT, { text: SENTENCE }, lens);
  await expect(app.part('lens-grid')).toBeVisible();
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
  expect(svg.name).toBe('headlight-gpt-prediction-lens.svg');
  for (const words of ['Layer 5', 'Embedding', 'fire', '"colour":"probability"']) expect(svg.text).toContain(words);
  const csv = await saved(() => app.part('lens-save-csv').click());
  const lines = csv.text.trim().split('\r\n');
  expect(lines).toHaveLength(1 + 7 * tokens);
  const entropy = lines[0]!.split(',').indexOf('entropy_bits');
  expect(Number(lines[1]!.split(',')[entropy])).toBeCloseTo(value(grid, -1, 0, 'entropy'), 4);
  const json = JSON.parse((await saved(() => app.part('lens-save-json').click())).text) as {
    provenance: { text: string };
    rows: unknown[];
  };
  expect([json.provenance.text, json.rows.length]).toEqual([SENTENCE, 7 * tokens]);
});

test('a changed run has a lens of its own, and it says so', async ({ app, page }) => {
  const tokens = await prepare(app, GPT, SENTENCE, 'lens');
  await expect(app.part('lens-way')).not.toContainText('with its changes');
  await page.keyboard.press('w');
  await app.part('what-if-knock-out').click();
  await expect(app.part('lens-way')).toContainText('with its changes', { timeout: 20_000 });
  const site = { stack: 'decoder', layer: 0, head: 0 } as const;
  const changed = await answerOf(GPT, { text: SENTENCE }, lens, [{ kind: 'head', site, factor: 0 }]);
  await expect(app.part('lens-grid')).toBeVisible();
  const labels = () => rowOf(app, 5).evaluateAll((cells) => cells.map((cell) => cell.ariaLabel ?? ''));
  for (const [token, label] of (await labels()).entries()) {
    expect(label).toContain(`entropy ${value(changed, 5, token, 'entropy').toPrecision(3)} bits`);
  }
  expect(await labels()).toHaveLength(tokens);
});

test('BERT: the head on each layer’s output, said as such', async ({ app }) => {
  const tokens = await prepare(app, BERT, MASKED, 'lens');
  await expect(app.part('lens-way')).toContainText('layers end with a norm of their own');
  const grid = await answerOf(BERT, { text: MASKED }, lens);
  const tops = Array.from({ length: tokens }, (_, token) => trimmed(grid.names.get(value(grid, 3, token, 'top'))));
  await expect.poll(() => rowOf(app, 3).allTextContents()).toEqual(tops);
});

test('tokens are masked with the keyboard, put back, and candidates written into the sentence', async ({
  app,
  page,
}) => {
  await prepare(app, BERT, MASKED, 'fill');
  const { index: mask } = (await tokensOf(BERT, { text: MASKED })).find(({ text }) => text === '[MASK]')!;
  await expect(app.part(`fill-mask-${mask}`)).toBeVisible();
  await app.part('fill-text').locator('[tabindex="0"]').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(app.part('fill-token-2')).toHaveAttribute('aria-pressed', 'true');
  await expect(app.part('fill-token-2')).toHaveText('[MASK]');
  await expect(app.sentence).toHaveValue(MASKED);
  const masks = await answerOf(BERT, { text: MASKED }, (trace) => fill(trace, { masked: [2], candidates: 10 }));
  for (const { position, candidates, original } of masks) {
    const listed = app.part(`fill-mask-${position}`).locator('li');
    await expect
      .poll(() => listed.evaluateAll((items) => items.map((item) => item.dataset['id'])))
      .toEqual(candidates.map(({ id }) => String(id)));
    const first = listed.first().getByRole('button');
    expect(Number(await first.getAttribute('title'))).toBeCloseTo(candidates[0]!.probability, 6);
    if (original === null) continue;
    await expect(app.part(`fill-original-${position}`)).toContainText(`rank ${original.rank},`);
  }
  await page.keyboard.press('Enter');
  await expect(app.part('fill-mask-2')).toHaveCount(0);
  await expect(app.part('fill-token-2')).toHaveText('king');
  const [only] = await answerOf(BERT, { text: MASKED }, (trace) => fill(trace, { masked: [], candidates: 10 }));
  const filled = MASKED.replace(/ ?\[MASK\]/u, only!.candidates[0]!.insert);
  await app.part(`fill-mask-${mask}`).getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(app.sentence).toHaveValue(filled);
  await expect(app.part('fill-none')).toBeVisible();
});

test('a causal model says what fills masks, and opens it', async ({ app }) => {
  await prepare(app, GPT, SENTENCE, 'fill');
  await expect(app.part('fill-cannot')).toContainText('predicts the token that comes next');
  await app.part('fill-open-headlight-bert').click();
  await expect(app.part('fill-text')).toBeVisible({ timeout: 30_000 });
});

test('has no fault that axe finds, in any theme', async ({ app, page }) => {
  for (const [model, text, view] of [
    [GPT, SENTENCE, 'lens'],
    [BERT, MASKED, 'fill'],
  ] as const) {
    await prepare(app, model, text, view);
    await expect(app.part(view === 'lens' ? 'lens-grid' : 'fill-text')).toBeVisible();
    for (const theme of ['light', 'dark', 'contrast'] as const) {
      await app.theme(theme);
      const { violations } = await new AxeBuilder({ page }).include('.stage').analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    }
    await app.theme('light');
  }
});
