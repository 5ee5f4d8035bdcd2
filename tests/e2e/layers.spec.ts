import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import type { FlowOptions, LayerFlow } from '../../native-models/index.ts';
import { expect, test, type App } from './support/app.ts';
import { closeModels, flowOf, tokensOf } from './support/reference.ts';

const MODEL = 'headlight-gpt';
const SENTENCE = 'The children played in the garden until the rain came.';

test.afterAll(closeModels);

/** The sentence run, a token selected, and its flow across the layers shown. */
async function prepare(app: App, target: number, text = SENTENCE): Promise<number> {
  const { length } = await tokensOf(MODEL, { text });
  await app.type(text, length);
  // The box is as high as its text while one types in it.
  await app.page.locator('body').click({ position: { x: 3, y: 3 } });
  await app.station('pattern');
  await app.part(`token-${target}`).click();
  await app.part('view-layers').click();
  await settled(app);
  return length;
}

/** The shown figures answer what is asked. */
async function settled(app: App, run = 'original'): Promise<void> {
  await expect(app.part(`layers-${run}`)).toHaveAttribute('aria-busy', 'false', { timeout: 20_000 });
  await expect(app.part(`layers-figure-${run}`)).toBeVisible();
}

/** Labels and shares at the embedding, row by row. */
async function rowsOf(app: App, run = 'original'): Promise<{ label: string; share: string }[]> {
  const texts = await app.part(`layers-figure-${run}`).locator('.row-labels text').allTextContents();
  // The last one is the target's name at the other end.
  const rows = texts.slice(0, -1);
  return Array.from({ length: rows.length / 2 }, (_, row) => ({ label: rows[2 * row]!, share: rows[2 * row + 1]! }));
}

/** The middle of a part of the drawing, once it stays where it is. */
async function middleOf(part: Locator): Promise<{ x: number; y: number }> {
  let [last, middle] = ['', { x: 0, y: 0 }];
  await expect
    .poll(async () => {
      const box = await part.boundingBox();
      const before = last;
      last = JSON.stringify(box);
      if (box !== null) middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      return box !== null && last === before;
    })
    .toBe(true);
  return middle;
}

const percent = (share: number): string => (share > 0 && share < 0.0005 ? '<0.1 %' : `${(share * 100).toFixed(1)} %`);
const embedding = ({ relevance }: LayerFlow, tokens: number): string[] =>
  Array.from(relevance.subarray(0, tokens)).map(percent);

/** The shares in the figure are those of the engine. */
async function agrees(app: App, options: FlowOptions, tokens: number): Promise<LayerFlow> {
  const flow = await flowOf(MODEL, { text: SENTENCE }, options);
  await expect.poll(async () => (await rowsOf(app)).map(({ share }) => share)).toEqual(embedding(flow, tokens));
  return flow;
}

test('shows where the selected token has its information from, by each method and over both weights', async ({
  app,
}) => {
  const target = 9;
  const tokens = await prepare(app, target);
  await expect(app.part('flow-target')).toContainText(`(${target})`);
  const labels = (await rowsOf(app)).map(({ label }) => label);
  expect(labels).toEqual((await tokensOf(MODEL, { text: SENTENCE })).map(({ text }) => text));
  await agrees(app, { target }, tokens);
  await expect(app.part('layers-way')).toContainText('residual share 0.50');

  await app.part('flow-weighting-norms').click();
  await settled(app);
  await agrees(app, { target, weighting: 'norms' }, tokens);
  await expect(app.part('flow-residual')).toBeDisabled();

  await app.part('flow-method-raw').click();
  await settled(app);
  await agrees(app, { target, method: 'raw', weighting: 'norms' }, tokens);

  await app.part('flow-method-flow').click();
  await app.part('flow-weighting-attention').click();
  await settled(app);
  const flow = await agrees(app, { target, method: 'flow' }, tokens);
  await expect(app.part('layers-way')).toContainText(`shares of ${flow.scale.toPrecision(3)}`);
});

test('the residual share is a slider', async ({ app }) => {
  const tokens = await prepare(app, 5);
  await app.part('flow-residual').fill('0.2');
  await settled(app);
  await agrees(app, { target: 5, residual: 0.2 }, tokens);
  await app.part('flow-residual').fill('1');
  await settled(app);
  const shares = (await rowsOf(app)).map(({ share }) => share);
  expect(shares[5]).toBe('100.0 %');
  expect(new Set(shares.filter((_, row) => row !== 5))).toEqual(new Set(['0.0 %']));
});

test('a bar and a ribbon tell their numbers; a bar, by pointer or key, traces its token back', async ({
  app,
  page,
}) => {
  const tokens = await prepare(app, 9);
  const figure = app.part('layers-figure-original');
  const { relevance } = await flowOf(MODEL, { text: SENTENCE }, { target: 9 });
  const bar = await middleOf(figure.locator('[data-node="2 3"]'));
  await page.mouse.move(bar.x, bar.y);
  await expect(figure.getByTestId('tooltip')).toContainText(`${(relevance[2 * tokens + 3]! * 100).toFixed(2)} %`);
  await expect(figure.getByTestId('tooltip')).toContainText('(3) after layer 1');
  expect(await figure.locator('path.on').count()).toBeGreaterThan(1);

  const widest = await middleOf(figure.locator('[data-ribbon="0"]'));
  await page.mouse.move(widest.x, widest.y);
  await expect(figure.getByTestId('tooltip')).toContainText('through the residual stream');
  await expect(figure.locator('path.on')).toHaveCount(1);

  await page.mouse.click(bar.x, bar.y);
  await expect(app.part('flow-target')).toContainText('(3)');
  await settled(app);
  await agrees(app, { target: 3 }, tokens);

  await figure.focus();
  await page.keyboard.press('ArrowDown');
  await expect(figure.getByTestId('readout')).toContainText('(4) after layer 1');
  await page.keyboard.press('ArrowRight');
  await expect(figure.getByTestId('readout')).toContainText('(4) after layer 2');
  await page.keyboard.press('Enter');
  await expect(app.part('flow-target')).toContainText('(4)');
  await settled(app);
  await agrees(app, { target: 4 }, tokens);
});

test('with changes to the computation, both runs are shown', async ({ app, page }) => {
  await prepare(app, 9);
  await app.part('tab-what-if').click();
  await app.part('what-if').getByRole('button', { name: 'Knock out' }).click();
  await settled(app, 'changed');
  await settled(app);
  // There is less room for a run than for one alone: small tokens may be put together, but not the first.
  const site = { stack: 'decoder', layer: 0, head: 0 } as const;
  for (const [run, changes] of [
    ['original', []],
    ['changed', [{ kind: 'head', site, factor: 0 }]],
  ] as const) {
    const { relevance } = await flowOf(MODEL, { text: SENTENCE }, { target: 9 }, changes);
    const first = { label: 'The', share: percent(relevance[0]!) };
    await expect.poll(async () => (await rowsOf(app, run))[0]).toEqual(first);
  }
  await expect(page.getByTestId('layers').locator('h3')).toHaveText(['Original', 'Changed']);
});

test('words take the place of their pieces', async ({ app }) => {
  const text = "The lighthouse keeper didn't sleep.";
  const tokens = await prepare(app, 3, text);
  await app.part('layers-unit-words').click();
  await expect.poll(async () => (await rowsOf(app)).map(({ label }) => label)).toContain("didn't");
  const rows = await rowsOf(app);
  expect(rows.length).toBeLessThan(tokens);
  const sum = rows.reduce((all, { share }) => all + Number(share.replace(/[<%\s]/gu, '')), 0);
  expect(sum).toBeGreaterThan(99);
  expect(sum).toBeLessThan(101);
});

test('of a long text the tokens that matter have rows, and no token is missing', async ({ app }) => {
  const text = 'The keeper lit the lamp before the storm came over the sea. '.repeat(14);
  const tokens = await prepare(app, 130, text);
  expect(tokens).toBeGreaterThan(140);
  const rows = await rowsOf(app);
  const gaps = rows.flatMap(({ label }) => /^… (\d+) tokens?$/u.exec(label)?.slice(1).map(Number) ?? []);
  expect(gaps.length).toBeGreaterThan(0);
  expect(rows.length - gaps.length + gaps.reduce((all, count) => all + count, 0)).toBe(tokens);
  await expect(app.part('layers-figure-original').locator('.legend')).toContainText('of all amounts');

  await app.part('flow-method-flow').click();
  await expect(app.part('layers-state')).toContainText('up to 128 tokens');
  await app.part('flow-method-rollout').click();
  await settled(app);
});

test('can be used without seeing it', async ({ app, page }) => {
  await prepare(app, 9);
  for (const theme of ['light', 'dark'] as const) {
    await app.theme(theme);
    const { violations } = await new AxeBuilder({ page }).include('[data-testid="layers"]').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
});
