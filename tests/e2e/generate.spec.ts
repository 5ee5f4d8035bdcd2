import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import type { Choosing, RankedToken } from '../../native-models/index.ts';
import { expect, test, type App } from './support/app.ts';
import { closeGenerations, distributionOf, generationOf } from './support/generation.ts';

const MODEL = 'headlight-gpt';
const SENTENCE = 'The old man sat by the fire and';
const PLAIN: Choosing = { mode: 'sample', seed: 1, temperature: 1, topK: null, topP: 1 };

test.afterAll(closeGenerations);

/** The sentence run, and a way of looking at its prediction. */
async function prepare(app: App, view: 'head' | 'generate', text = SENTENCE): Promise<void> {
  await app.sentence.fill(text);
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  await app.station('prediction');
  await app.part(`view-${view}`).click();
  await settled(app, view);
}

async function settled(app: App, view: 'head' | 'generate'): Promise<void> {
  await expect(app.part(view === 'head' ? 'lm-head' : 'generate')).toHaveAttribute('aria-busy', 'false', {
    timeout: 20_000,
  });
}

/** Types a number into a field, with the keyboard alone. */
async function type(field: Locator, text: string): Promise<void> {
  await field.focus();
  await field.fill(text);
  await field.press('Enter');
}

/** Exact numbers are in titles. */
const exact = async (cell: Locator): Promise<number> =>
  Number((await cell.getAttribute('title'))?.replace('−', '-') ?? NaN);

async function rowOf(app: App, rank: number): Promise<Pick<RankedToken, 'id' | 'probability' | 'sampled' | 'logit'>> {
  const cells = app.part(`lm-candidate-${rank}`).locator('td.number');
  const [probability, sampled, logit] = await Promise.all([1, 2, 3].map((at) => exact(cells.nth(at))));
  return { id: Number(await cells.nth(4).textContent()), probability: probability!, sampled: sampled!, logit: logit! };
}

test('shows the whole distribution with the filters that are typed, as the engine computes it', async ({ app }) => {
  await prepare(app, 'head');
  await expect(app.part('lm-kept')).toContainText('All 8 192 pieces');
  await type(app.part('filter-temperature-number'), '0,7');
  await type(app.part('filter-topK-number'), '40');
  await type(app.part('filter-topP-number'), '0.9');
  await settled(app, 'head');
  const filters = { temperature: 0.7, topK: 40, topP: 0.9 };
  const expected = await distributionOf(MODEL, SENTENCE, { filters, candidates: 50 });
  await expect(app.part('lm-kept')).toContainText(`${expected.kept} of 8 192 pieces are kept`);
  for (const rank of [0, 1, expected.kept - 1, expected.kept, 49]) {
    const { id, probability, sampled, logit } = expected.candidates[rank]!;
    const shown = await rowOf(app, rank);
    expect(shown.id).toBe(id);
    expect(shown.probability).toBeCloseTo(probability, 7);
    expect(shown.sampled).toBeCloseTo(sampled, 7);
    expect(shown.logit).toBeCloseTo(logit, 4);
  }
  // The border stands before the first that is left out.
  const before = app.part(`lm-candidate-${expected.kept}`).locator('xpath=preceding-sibling::tr[1]');
  await expect(before).toHaveAttribute('data-testid', 'lm-border');
  await expect(app.part('lm-listed')).toContainText('nothing is made to sum to 1 over the list');
  await app.part('filter-reset').click();
  await expect(app.part('lm-kept')).toContainText('All 8 192 pieces');
  await expect(app.part('lm-border')).toHaveCount(0);
});

test('takes the logit of any candidate apart, and the sum of what is shown is that logit', async ({ app }) => {
  await prepare(app, 'head');
  for (const rank of [0, 4]) {
    const button = app.part(`lm-candidate-${rank}`).getByRole('button');
    await button.focus();
    await button.press('Enter');
    await expect(button).toHaveAttribute('aria-pressed', 'true');
    await settled(app, 'head');
    const { logit } = await rowOf(app, rank);
    await expect.poll(() => exact(app.part('lm-sum'))).toBeCloseTo(logit, 3);
    await expect(app.part('lm-step-logit')).toContainText(String(Number(logit.toPrecision(4))));
  }
  const label = (await app.part('lm-candidate-4').getByRole('button').textContent()) ?? '';
  await expect(app.part('lm-making').getByRole('heading').first()).toContainText(label.trim());
});

test('gives the exact rank and probability of a typed token, and says which pieces it is', async ({ app }) => {
  await prepare(app, 'head');
  await app.part('lm-typed-field').fill('lighthouse');
  const expected = await distributionOf(MODEL, SENTENCE, { named: 'lighthouse' });
  expect(expected.named.length).toBeGreaterThan(1);
  for (const { reading, pieces, token } of expected.named) {
    const row = app.part(`lm-named-${reading}`);
    const cells = row.locator('td');
    await expect(cells.nth(2)).toHaveText(
      new RegExp(`^${String(token.rank).replace(/\B(?=(\d{3})+$)/g, '\\s')}\\s*/ 8\\s192$`),
    );
    expect(await exact(cells.nth(3))).toBeCloseTo(token.probability, 9);
    await expect(cells.nth(5)).toHaveText(String(token.id));
    for (const { text } of pieces) await expect(cells.nth(1)).toContainText(text.trim());
  }
  await app.part('lm-typed-field').fill('');
  await expect(app.part('lm-named')).toHaveCount(0);
});

test('a filter that is none is marked and changes nothing; the sliders move with the arrow keys', async ({ app }) => {
  await prepare(app, 'head');
  const field = app.part('filter-temperature-number');
  await type(field, '0');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await expect(app.part('lm-step-divided')).toContainText('temperature 1');
  await field.press('Escape');
  await expect(field).toHaveValue('1');
  const slider = app.part('filter-topK');
  await slider.focus();
  await slider.press('Home');
  await expect(app.part('filter-topK-number')).toHaveValue('1');
  await expect(app.part('lm-kept')).toContainText('1 of 8 192');
  await slider.press('ArrowRight');
  await expect(app.part('filter-topK-number')).toHaveValue('2');
  await expect(app.part('station-prediction')).toHaveAttribute('aria-current', /step|true/);
});

test('fills a mask by the same figure, with BERT’s own transform and bias', async ({ app }) => {
  await app.model('headlight-bert');
  const text = 'The captain looked at the [MASK] and said nothing.';
  await prepare(app, 'head', text);
  const expected = await distributionOf('headlight-bert', text, { candidates: 5 });
  for (const rank of [0, 3]) expect((await rowOf(app, rank)).id).toBe(expected.candidates[rank]!.id);
  await expect(app.part('lm-features')).toContainText('after the head’s transform');
  await expect.poll(() => exact(app.part('lm-sum'))).toBeCloseTo(expected.candidates[0]!.logit, 3);
  await expect(app.part('lm-sum')).toContainText('bias');
});

/** Presses a button with the keyboard, and waits until the engine has answered. */
async function press(app: App, id: string): Promise<void> {
  const button = app.part(id);
  await button.focus();
  await button.press('Enter');
  await settled(app, 'generate');
}

const counts = (app: App, generated: number) =>
  expect(app.part('generate-counts')).toContainText(new RegExp(`^${generated} generated after`));

async function written(app: App): Promise<string> {
  const tokens = await app.part('generate-text').locator('.generate-token.made').allTextContents();
  return tokens.join('');
}

test('writes, step by step and with the keyboard alone, what the engine generates; steps back; writes the same again', async ({
  app,
}) => {
  await prepare(app, 'generate');
  await type(app.part('filter-temperature-number'), '0.8');
  await type(app.part('filter-topK-number'), '40');
  await type(app.part('generate-seed'), '7');
  for (let step = 1; step <= 6; step++) await press(app, 'generate-step');
  await counts(app, 6);
  const choosing = { ...PLAIN, temperature: 0.8, topK: 40, seed: 7 };
  const { state } = await generationOf(MODEL, SENTENCE, choosing, 6);
  const letters = (text: string) => text.replace(/[\s⏎␣]/gu, '');
  expect(letters(await written(app))).toBe(letters(state.path.map(({ text }) => text).join('')));
  const text = await written(app);
  await press(app, 'generate-back');
  await press(app, 'generate-back');
  await counts(app, 4);
  for (let step = 1; step <= 2; step++) await press(app, 'generate-step');
  expect(await written(app)).toBe(text);

  await press(app, 'generate-take');
  await expect(app.sentence).toHaveValue(state.text);
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  await counts(app, 0);
});

test('plays until it is paused', async ({ app }) => {
  await prepare(app, 'generate');
  await app.part('generate-mode-greedy').click();
  const play = app.part('generate-play');
  await play.focus();
  await play.press('Enter');
  await expect(app.part('generate-counts')).toContainText(/^([3-9]|\d\d) generated/, { timeout: 15_000 });
  await play.press('Enter');
  await settled(app, 'generate');
  const paused = await written(app);
  await expect(play).toContainText('Write');
  await app.page.waitForTimeout(600);
  expect(await written(app)).toBe(paused);
  const made = await app.part('generate-text').locator('.generate-token.made').count();
  const { state } = await generationOf(MODEL, SENTENCE, { ...PLAIN, mode: 'greedy' }, made);
  expect(paused.replace(/[\s⏎␣]/gu, '')).toBe(
    state.path
      .map(({ text }) => text)
      .join('')
      .replace(/[\s⏎␣]/gu, ''),
  );
});

test('every token shows what it looks at and what else there was; another candidate makes a branch', async ({
  app,
}) => {
  await app.head(3, 2);
  await prepare(app, 'generate');
  for (let step = 1; step <= 8; step++) await press(app, 'generate-step');
  const generation = await generationOf(MODEL, SENTENCE, PLAIN, 8);
  const first = generation.state.prompt.length;
  const at = first + 3;
  // With the arrow keys along the text, from the newest token.
  await app.part(`generate-token-${first + 7}`).focus();
  for (let left = 0; left < 4; left++) await app.page.keyboard.press('ArrowLeft');
  await expect(app.part(`generate-token-${at}`)).toBeFocused();
  await expect(app.part('generate-look')).toHaveAttribute('aria-busy', 'false');
  await expect(app.part('generate-look')).toContainText('layer 3, head 2');
  const row = await generation.attention(at, 3, 2);
  const largest = Array.from(row.weights, (weight, index) => ({ weight, index })).sort((a, b) => b.weight - a.weight);
  for (const { weight, index } of largest.slice(0, 3)) {
    const shown = await exact(app.part(`generate-weight-${index}`).locator('.number'));
    expect(shown).toBeCloseTo(weight, 5);
  }
  await expect(app.part(`generate-token-${at}`)).not.toHaveCSS('background-color', 'rgba(0, 0, 0, 0)');

  const { candidates } = await generation.distribution(at, { candidates: 8 });
  const taken = generation.state.path[3]!;
  const other = candidates.find(({ id }) => id !== taken.id)!;
  const button = app.part(`generate-candidate-${other.rank}`);
  expect(await exact(button.locator('.number'))).toBeCloseTo(other.sampled, 7);
  await button.focus();
  await button.press('Enter');
  await settled(app, 'generate');
  await counts(app, 4);
  await expect(app.part(`generate-token-${at}`)).toHaveText(other.text.trim());
  await expect(app.part('generate-chosen')).toContainText(`chosen by you: rank ${other.rank}`);
  await press(app, 'generate-step');

  const branches = app.part('generate-branches').getByRole('button');
  await expect(branches).toHaveCount(3);
  await press(app, `generate-branch-${taken.node}`);
  await counts(app, 8);
  expect((await written(app)).replace(/\s/gu, '')).toBe(
    generation.state.path
      .map(({ text }) => text)
      .join('')
      .replace(/[\s⏎␣]/gu, ''),
  );
  await expect(app.part(`generate-branch-${taken.node}`)).toHaveAttribute('aria-current', 'true');
});

test('the scrubber goes to any token, given ones too, and to the next one', async ({ app }) => {
  await prepare(app, 'generate');
  await press(app, 'generate-step');
  const scrubber = app.part('generate-scrubber');
  await scrubber.focus();
  await scrubber.press('Home');
  await expect(app.part('generate-looked')).toHaveText('Token 0 of 9: “The”');
  await expect(app.part('generate-place')).toContainText('given with the sentence');
  await expect(app.part('generate-weight-0').locator('.number')).toHaveText('1.00');
  await scrubber.press('End');
  await expect(app.part('generate-looked')).toHaveText('Next token');
  await expect(app.part('generate-place')).toContainText('Candidates for the next token');
  await press(app, 'generate-candidate-0');
  await counts(app, 2);
});

test('stops at the longest text, and says how to go on', async ({ app }) => {
  test.slow();
  const { prompt } = (await generationOf(MODEL, SENTENCE, PLAIN, 0)).state;
  const text = `${SENTENCE} `.repeat(Math.floor(250 / prompt.length)).trim();
  const given = (await generationOf(MODEL, text, PLAIN, 0)).state.prompt.length;
  await prepare(app, 'generate', text);
  for (let step = given; step < 256; step++) await press(app, 'generate-step');
  await expect(app.part('generate-stopped')).toContainText('as long as this model reads (256 tokens)');
  await expect(app.part('generate-step')).toBeDisabled();
  await press(app, 'generate-back');
  await expect(app.part('generate-stopped')).toHaveCount(0);
  await expect(app.part('generate-step')).toBeEnabled();
});

test('a model that fills masks says that it cannot, and opens one that can', async ({ app }) => {
  await app.model('headlight-bert');
  await app.station('prediction');
  await app.part('view-generate').click();
  await expect(app.part('generate-cannot')).toContainText('headlight-bert does not predict what comes next');
  await app.part('generate-open-headlight-gpt').click();
  await expect(app.part('generate-counts')).toContainText('0 generated', { timeout: 30_000 });
});

test('both views export what they show, with their settings in the file', async ({ app, page }) => {
  const exported = async (): Promise<string> => {
    const waiting = page.waitForEvent('download');
    await app.part('export').click();
    await app.part('export-svg').click();
    return readFile(await (await waiting).path(), 'utf8');
  };
  await prepare(app, 'head');
  await type(app.part('filter-topK-number'), '7');
  await expect(app.part('lm-kept')).toContainText('7 of');
  const table = await exported();
  expect(table).toContain('7 of 8\u2009192 pieces are kept');
  expect(table).toContain('"topK":7');
  await app.part('view-generate').click();
  await press(app, 'generate-step');
  await expect(app.part('generate-look')).toHaveAttribute('aria-busy', 'false');
  const text = await exported();
  expect(text).toContain('looks at · layer 0, head 0');
  for (const word of ['old', 'man', 'fire']) expect(text).toContain(`>${word}<`);
});

test('axe finds nothing in either view, light or dark', async ({ app, page }) => {
  const check = async (part: string): Promise<void> => {
    const { violations } = await new AxeBuilder({ page }).include(`[data-testid="${part}"]`).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  };
  for (const theme of ['light', 'dark'] as const) {
    await app.theme(theme);
    await prepare(app, 'head');
    await type(app.part('filter-topK-number'), '10');
    await app.part('lm-typed-field').fill('sea');
    await expect(app.part('lm-named')).toBeVisible();
    await settled(app, 'head');
    await check('lm-head');
    await app.part('view-generate').click();
    for (let step = 1; step <= 4; step++) await press(app, 'generate-step');
    await press(app, 'generate-back');
    await app.part('generate-token-3').click();
    await expect(app.part('generate-look')).toHaveAttribute('aria-busy', 'false');
    await check('generate');
  }
});
