import AxeBuilder from '@axe-core/playwright';
import { numberIn, expect, test, type App } from './support/app.ts';
import { at, valueOf } from './support/reference.ts';

const SENTENCE = 'The unbelievable children played in the garden until the rain came.';
/** As much as headlight-gpt reads. */
const LONG = 'one two three four five six seven eight nine ten '.repeat(24);

async function read(app: App): Promise<void> {
  await app.part('view-reading').click();
  await expect(app.part('reading')).toBeVisible();
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
}

const tokenOf = (app: App, token: number) => app.part('reading-text-0').locator(`[data-token="${token}"]`);
const groundOf = (app: App, token: number) => tokenOf(app, token).evaluate((element) => element.style.backgroundColor);
/** Three figures of a weight, as the lines over the text have them. */
const close = (shown: number, exact: number): void =>
  expect(Math.abs(shown - exact)).toBeLessThanOrEqual(exact * 0.005 + 5e-4);

async function typeSentence(app: App): Promise<number> {
  await app.sentence.fill(SENTENCE);
  await expect(app.part('tokens')).toContainText('rain');
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  return app.part('tokens').locator('.chip').count();
}

test('the text is there as it was typed, coloured by the token under the pointer', async ({ app }) => {
  await typeSentence(app);
  await app.head(1, 2);
  await read(app);
  await expect(app.part('reading-text-0')).toHaveText(SENTENCE);
  const pattern = await valueOf('headlight-gpt', { text: SENTENCE }, 'decoder.1.self.pattern', 2);
  const selected = Number(await app.part('reading-text-0').locator('.chosen').getAttribute('data-token'));
  const before = await groundOf(app, 0);
  // The number of the pair, and the colours of the pointed token's own row.
  await tokenOf(app, 3).hover();
  await expect(app.part('reading-pair-0')).toContainText('→');
  close(numberIn(await app.part('reading-pair-0').innerText()), at(pattern, selected, 3));
  await expect(tokenOf(app, 3)).toHaveClass(/anchor/);
  for (const later of [4, 5]) expect(await groundOf(app, later)).toBe('');
  const row = Array.from({ length: 4 }, (_, key) => at(pattern, 3, key));
  const largest = row.indexOf(Math.max(...row));
  expect(await groundOf(app, largest)).not.toBe('');
  // Away from the text, the selected token's weights are back.
  await app.part('stage-title').hover();
  await expect(tokenOf(app, selected)).toHaveClass(/anchor/);
  expect(await groundOf(app, 0)).toBe(before);
});

test('a click selects, arrow keys move, and a screen reader hears it', async ({ app }) => {
  await typeSentence(app);
  await read(app);
  await tokenOf(app, 2).click();
  await expect(app.part('token-2')).toHaveClass(/query/);
  await app.part('reading').focus();
  await app.page.keyboard.press('ArrowRight');
  await expect(tokenOf(app, 3)).toHaveClass(/chosen/);
  await expect(app.part('reading-readout')).toContainText('looks at');
  await app.page.keyboard.press('Home');
  await expect(app.part('token-0')).toHaveClass(/query/);
  await app.part('reading-direction-to').click();
  await expect(app.part('reading-readout')).toContainText('is looked at by');
  const pattern = await valueOf('headlight-gpt', { text: SENTENCE }, 'decoder.0.self.pattern', 0);
  await app.head(0, 0);
  await tokenOf(app, 4).hover();
  close(numberIn(await app.part('reading-pair-0').innerText()), at(pattern, 4, 0));
});

test('words are one, special tokens go, and both are said', async ({ app }) => {
  await app.model('headlight-bert');
  const tokens = await typeSentence(app);
  await read(app);
  await expect(app.part('reading')).toHaveAttribute('data-rows', String(tokens));
  await app.part('lens-unit-words').click();
  await expect(app.part('lens-note')).toContainText(`${tokens} pieces as`);
  const words = Number(await app.part('reading').getAttribute('data-rows'));
  expect(words).toBeLessThan(tokens);
  await app.part('lens-hideSpecial').click();
  await expect(app.part('reading')).toHaveAttribute('data-rows', String(words - 2));
  await expect(app.part('lens-note')).toContainText('2 special tokens hidden');
  await expect(app.part('lens-note')).toContainText('of the weight hidden');
  await app.part('lens-renormalise').click();
  await expect(app.part('lens-note')).toContainText('rows sum to 1');
  await expect(app.part('reading-text-0')).toHaveText(SENTENCE);
});

test('tokens are grouped and taken apart again', async ({ app }) => {
  const tokens = await typeSentence(app);
  await read(app);
  await app.part('lens-groups').click();
  await app.part('lens-group-first').selectOption('1');
  await app.part('lens-group-last').selectOption('3');
  await app.part('lens-group-add').click();
  await expect(app.part('reading')).toHaveAttribute('data-rows', String(tokens - 2));
  await app.part('lens-ungroup-1').click();
  await expect(app.part('reading')).toHaveAttribute('data-rows', String(tokens));
});

test('has no fault that axe finds, in any theme', async ({ app }) => {
  await typeSentence(app);
  await read(app);
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    await app.theme(theme);
    const { violations } = await new AxeBuilder({ page: app.page }).include('.stage').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
});

/** Milliseconds of script that the page runs for one move of the pointer, as Chromium counts them. */
async function scriptOfMove({ page }: App, row: number): Promise<number> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  const scriptSeconds = async (): Promise<number> => {
    const { metrics } = await cdp.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? NaN;
  };
  const before = await scriptSeconds();
  await page.evaluate((index) => {
    const element = document.querySelector(`[data-testid="reading-text-0"] [data-row="${index}"]`);
    element?.dispatchEvent(new PointerEvent('pointermove', { bubbles: true }));
    return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  }, row);
  const after = await scriptSeconds();
  await cdp.detach();
  return 1000 * (after - before);
}

test('hundreds of tokens follow the pointer', async ({ app }) => {
  await app.sentence.fill(LONG);
  await expect(app.part('status-tokens')).toHaveText(/^2\d\d tokens$/);
  // The box is as high as its text while one types in it.
  await app.page.locator('body').click({ position: { x: 3, y: 3 } });
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  await read(app);
  const count = Number(await app.part('reading').getAttribute('data-rows'));
  expect(count).toBeGreaterThan(200);
  // Without the inspector's numbers, which follow when the pointer rests.
  await app.part('tab-what-if').click();
  const times: number[] = [];
  for (let move = 0; move < 30; move += 1) times.push(await scriptOfMove(app, (move * 37) % count));
  const median = times.sort((a, b) => a - b)[times.length / 2] ?? Infinity;
  test.info().annotations.push({ type: 'script of a move', description: `${median.toFixed(1)} ms, ${count} tokens` });
  expect(median).toBeLessThanOrEqual(16);
});
