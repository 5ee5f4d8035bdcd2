import AxeBuilder from '@axe-core/playwright';
import { numberIn, expect, test, type App } from './support/app.ts';
import { at, tokensOf, valueOf } from './support/reference.ts';

const SENTENCE = 'The small cat sat on the old mat.';
const OTHER = 'The small dog sat on a mat.';

/** The sentence run, a head selected, and the view shown. */
async function compare(app: App): Promise<void> {
  await app.type(SENTENCE, (await tokensOf('headlight-gpt', { text: SENTENCE })).length);
  await app.head(1, 2);
  await app.part('view-beside').click();
  await expect(app.part('beside-tools')).toBeVisible();
}

const readoutOf = (app: App, panel: string) => app.part(panel).getByTestId('readout');
const ready = (app: App) => expect(app.part('run-panels')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
/** Three figures of a number, as sentences have them. */
const close = (shown: number, exact: number): void =>
  expect(Math.abs(shown - exact)).toBeLessThanOrEqual(Math.abs(exact) * 0.005 + 5e-4);

test('two sentences: each has its own numbers, and the difference those of tokens that align', async ({ app }) => {
  await compare(app);
  await expect(app.part('beside')).toContainText('Type another sentence');
  await app.part('beside-text').fill(OTHER);
  await ready(app);
  const [left, right] = [
    await tokensOf('headlight-gpt', { text: SENTENCE }),
    await tokensOf('headlight-gpt', { text: OTHER }),
  ];
  await expect(app.part('matrix')).toHaveAttribute('data-rows', String(left.length));
  await expect(app.part('matrix-changed')).toHaveAttribute('data-rows', String(right.length));
  const [here, there] = await Promise.all(
    [SENTENCE, OTHER].map((text) => valueOf('headlight-gpt', { text }, 'decoder.1.self.pattern', 2)),
  );
  // “sat” looks at “small”: both sentences have both words.
  const place = (tokens: typeof left, word: string) => tokens.find(({ text }) => text.trim() === word)?.index ?? -1;
  await app.cell(place(left, 'sat'), place(left, 'small'));
  const [a, b] = [
    at(here!, place(left, 'sat'), place(left, 'small')),
    at(there!, place(right, 'sat'), place(right, 'small')),
  ];
  await expect(readoutOf(app, 'matrix')).toContainText('sat');
  await expect(readoutOf(app, 'matrix-changed')).toContainText('sat');
  close(numberIn((await readoutOf(app, 'matrix').innerText()).split(' ').at(-1) ?? ''), a);
  close(numberIn((await readoutOf(app, 'matrix-changed').innerText()).split(' ').at(-1) ?? ''), b);
  const said = (await readoutOf(app, 'matrix-difference').innerText()).match(/[−-]?\d+(?:\.\d+)?(?:e-?\d+)?/g) ?? [];
  close(Number(said.at(-2)), a);
  close(Number(said.at(-1)), b);
});

test('a word that one sentence alone has is chosen there alone', async ({ app }) => {
  await compare(app);
  await app.part('beside-text').fill(OTHER);
  await ready(app);
  const cat =
    (await tokensOf('headlight-gpt', { text: SENTENCE })).find(({ text }) => text.trim() === 'cat')?.index ?? -1;
  await app.cell(cat, 0);
  await expect(readoutOf(app, 'matrix')).toContainText('cat');
  await expect(readoutOf(app, 'matrix-changed')).toHaveText('');
  await expect(readoutOf(app, 'matrix-difference')).toContainText('–');
  await expect(app.part('beside-aligned')).toContainText('− is only here');
  // By keyboard, from the other side.
  await app.part('matrix-changed').focus();
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('ArrowDown');
  await expect(readoutOf(app, 'matrix-changed')).not.toHaveText('');
  await expect(readoutOf(app, 'matrix')).not.toContainText('cat');
});

test('another model has its own head, and a reload comes back to it', async ({ app, page }) => {
  await compare(app);
  await app.part('beside-model').selectOption('headlight-bert');
  await ready(app);
  const tokens = await tokensOf('headlight-bert', { text: SENTENCE });
  await expect(app.part('matrix-changed')).toHaveAttribute('data-rows', String(tokens.length));
  await expect(app.part('run-panels')).toContainText('headlight-bert');
  await app.part('beside-layer').selectOption('0');
  await app.part('beside-head').selectOption('3');
  await ready(app);
  // “sat” looks at “small”, which the two models write in ways of their own.
  const place = (list: typeof tokens, word: string) => list.find(({ text }) => text.trim() === word)?.index ?? -1;
  const own = await tokensOf('headlight-gpt', { text: SENTENCE });
  await app.cell(place(own, 'sat'), place(own, 'small'));
  const pattern = await valueOf('headlight-bert', { text: SENTENCE }, 'encoder.0.self.pattern', 3);
  await expect(readoutOf(app, 'matrix-changed')).toContainText('sat');
  const said = (await readoutOf(app, 'matrix-changed').innerText()).split(' ').at(-1) ?? '';
  close(numberIn(said), at(pattern, place(tokens, 'sat'), place(tokens, 'small')));
  await expect.poll(() => new URL(page.url()).hash).toContain('besideHead=0%3A3');
  await page.reload();
  await expect(app.part('beside-model')).toHaveValue('headlight-bert', { timeout: 30_000 });
  await ready(app);
  await expect(app.part('beside-head')).toHaveValue('3');
});

test('a sentence that cannot be run says why, and another one runs', async ({ app }) => {
  await compare(app);
  await app.part('beside-text').fill('one two three four five six seven eight nine ten '.repeat(60));
  await expect(app.part('beside-problem')).toContainText('tokens', { timeout: 20_000 });
  await app.part('beside-text').fill(OTHER);
  await ready(app);
  await expect(app.part('beside-problem')).toHaveCount(0);
});

test('has no fault that axe finds, in any theme, and nothing is cut sideways', async ({ app }) => {
  await compare(app);
  await app.part('beside-text').fill(OTHER);
  await ready(app);
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    await app.theme(theme);
    const { violations } = await new AxeBuilder({ page: app.page }).include('.stage').analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  const isCut = await app.part('stage').evaluate((stage) => stage.scrollWidth > stage.clientWidth + 1);
  expect(isCut).toBe(false);
});
