/** Every view of the tokens, embeddings and predictions, reached and used with the keys alone: no mouse, and no focus that a script sets. */
import type { Page } from '@playwright/test';
import { positions } from '../../native-models/index.ts';
import { expect, test, type App } from './support/app.ts';
import { answerOf, closeModels } from './support/reference.ts';

const SENTENCE = 'The old man sat by the fire and';
/** More stops than any view has. */
const MOST_STOPS = 150;

test.afterAll(closeModels);

/** Tab until a part, or something in it, has the focus. */
async function tabTo(page: Page, testId: string): Promise<void> {
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    const isThere = await page.evaluate(
      (id) => document.activeElement?.closest(`[data-testid="${id}"]`) !== null && document.hasFocus(),
      testId,
    );
    if (isThere && (await page.locator(':focus').count()) === 1) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${MOST_STOPS} Tabs do not lead to ${testId}`);
}

/** Keys, one after the other. */
async function keys(page: Page, ...names: readonly string[]): Promise<void> {
  for (const name of names) await page.keyboard.press(name);
}

/** The sentence typed, the station by `[` or `]`, the view by Tab and Enter. */
async function show(app: App, station: string, view: string, text = SENTENCE): Promise<void> {
  const { page } = app;
  await keys(page, '/', 'ControlOrMeta+a');
  await page.keyboard.type(text);
  await expect(app.sentence).toHaveValue(text);
  await keys(page, 'Tab');
  const isHere = app.part(`station-${station}`).and(page.locator('[aria-current]'));
  const key = station === 'prediction' ? ']' : '[';
  for (let press = 0; press < 14 && (await isHere.count()) === 0; press++) await keys(page, key);
  await expect(isHere).toHaveCount(1);
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  await tabTo(page, `view-${view}`);
  await keys(page, 'Enter');
  await expect(app.part(`view-${view}`)).toHaveAttribute('aria-pressed', 'true');
}

test('pieces: to the first step and on', async ({ app, page }) => {
  await show(app, 'tokens', 'pieces', 'The lighthouse was unbelievably');
  await tabTo(page, 'step-slider');
  await keys(page, 'Home', 'ArrowRight');
  await expect(app.part('step-of')).toContainText('step 1 of');
});

test('tokenizers: another one, and an example', async ({ app, page }) => {
  await show(app, 'tokens', 'tokenizers');
  await tabTo(page, 'one-tokenizer');
  await keys(page, 'ArrowUp');
  await expect(app.part('one-tokenizer')).toHaveValue('headlight-bert');
  await expect(app.part('tokenizer-facts').locator('thead th').first()).toHaveText('headlight-bert');
  await tabTo(page, 'example-dutch');
  await keys(page, 'Enter');
  await expect(app.sentence).toHaveValue(/^De fietsenstalling/u);
});

test('vocabulary: a search, and the special tokens', async ({ app, page }) => {
  await show(app, 'tokens', 'vocabulary');
  await tabTo(page, 'vocabulary-search');
  await page.keyboard.type('Ġhouse');
  await expect(app.part('vocabulary-table').locator('tbody tr').first()).toContainText('Ġhouse');
  await keys(page, 'ControlOrMeta+a', 'Delete');
  await tabTo(page, 'vocabulary-special');
  await keys(page, 'Space');
  await expect(app.part('vocabulary-table').locator('tbody')).toContainText('<|endoftext|>');
});

test('neighbours: of a typed word, of its neighbour, and back', async ({ app, page }) => {
  await show(app, 'embedding', 'neighbours');
  await tabTo(page, 'neighbours-find');
  await page.keyboard.type('fire');
  await expect(app.part('neighbours-found').getByRole('button').first()).toHaveText('␣fire');
  await keys(page, 'Enter');
  await expect(app.part('neighbours-vector')).toContainText('“␣fire”');
  const nearest = await app.part('neighbours-cosine').getByRole('button').first().innerText();
  await tabTo(page, 'neighbours-cosine');
  await keys(page, 'Enter');
  await expect(app.part('neighbours-vector')).toContainText(`“${nearest}”`);
  await tabTo(page, 'neighbours-back');
  await keys(page, 'Enter');
  await expect(app.part('neighbours-vector')).toContainText('“␣fire”');
});

test('positions: cells of the matrix, the curve, another kind', async ({ app, page }) => {
  await show(app, 'embedding', 'positions');
  await tabTo(page, 'positions-matrix');
  await keys(page, 'ArrowRight', 'ArrowRight', 'ArrowDown');
  const own = await answerOf('headlight-gpt', { text: 'x' }, ({ model }) => positions(model));
  if (own.kind !== 'learned') throw new Error('expected learned positions');
  const readout = (await app.part('positions').locator('[role=status], [aria-live]').allInnerTexts()).join(' ');
  const said = Number(/positions 1 and 2\s+(\S+)/u.exec(readout.replaceAll('−', '-'))?.[1]);
  expect(said).toBeCloseTo(own.cosine[own.shown + 2]!, 5);
  await tabTo(page, 'positions-curve-plot');
  await keys(page, 'Home', 'ArrowRight');
  await expect(app.part('positions-curve-read')).toContainText('1 apart');
  await tabTo(page, 'positions-kind-sinusoidal');
  await keys(page, 'Enter');
  await expect(app.part('positions-formula')).toBeVisible();
});

test('LM head: the rank of a typed token, fewer kept, another candidate taken apart', async ({ app, page }) => {
  await show(app, 'prediction', 'head');
  await tabTo(page, 'lm-typed-field');
  await page.keyboard.type('sea');
  await expect(app.part('lm-named-word')).toContainText('8 192');
  await tabTo(page, 'filter-topK');
  await keys(page, 'Home', 'ArrowRight');
  await expect(app.part('lm-kept')).toContainText('2 of 8 192');
  await tabTo(page, 'lm-candidate-1');
  await keys(page, 'Enter');
  await expect(app.part('lm-candidate-1').getByRole('button')).toHaveAttribute('aria-pressed', 'true');
});

test('generate: steps, a token looked at, a branch', async ({ app, page }) => {
  await show(app, 'prediction', 'generate');
  for (let step = 1; step <= 3; step++) {
    await tabTo(page, 'generate-step');
    await keys(page, 'Enter');
    await expect(app.part('generate-counts')).toContainText(new RegExp(`^${step} generated`, 'u'));
  }
  await tabTo(page, 'generate-scrubber');
  await keys(page, 'Home', 'End', 'ArrowLeft', 'ArrowLeft');
  await expect(app.part('generate-place')).toContainText('drawn: rank');
  const chosen = await app.part('generate-place').locator('[aria-current], [aria-pressed=true]').count();
  expect(chosen).toBeGreaterThan(0);
  await tabTo(page, 'generate-candidate-1');
  await keys(page, 'Enter');
  await expect(app.part('generate-chosen')).toContainText('rank 1');
});

test('lens: from cell to cell', async ({ app, page }) => {
  await show(app, 'prediction', 'lens');
  await expect(app.part('lens-grid')).toBeVisible();
  await tabTo(page, 'lens-grid');
  await keys(page, 'Home', 'ArrowRight', 'ArrowDown');
  await expect(page.locator('[data-cell="4 1"]')).toBeFocused();
});

test('masks: BERT opened, a token masked', async ({ app, page }) => {
  await tabTo(page, 'model-picker');
  await keys(page, 'Enter');
  await expect(app.part('model-headlight-bert')).toBeVisible();
  for (let press = 0; press < 10; press++) {
    if ((await app.part('model-headlight-bert').and(page.locator('[data-focused], :focus')).count()) > 0) break;
    await keys(page, 'ArrowDown');
  }
  await keys(page, 'Enter');
  await expect(app.part('status')).toContainText('headlight-bert', { timeout: 30_000 });
  await show(app, 'prediction', 'fill', 'The old man sat by the fire.');
  await tabTo(page, 'fill-text');
  await keys(page, 'ArrowRight', 'ArrowRight', 'Enter');
  await expect(app.part('fill-text').locator('[aria-pressed=true]')).toHaveCount(1);
  await expect(page.locator('.fill-mask').first()).toContainText('rank');
});

test('surprise: from token to token', async ({ app, page }) => {
  await show(app, 'prediction', 'surprise');
  await tabTo(page, 'surprise-text');
  await keys(page, 'Home', 'ArrowRight', 'ArrowRight');
  await expect(app.part('surprise-token-2')).toHaveAttribute('aria-pressed', 'true');
  await expect(app.part('surprise-table').locator('tr.query')).toHaveAttribute('data-row', '2');
});
