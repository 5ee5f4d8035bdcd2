/** The views of the tokens by keyboard alone, WordPiece's tries, numbers while the text changes, long lists, accessibility. */
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { inspectTokenizer } from '../../native-models/index.ts';
import type { TokenizerInspector, WordSteps } from '../../native-models/index.ts';
import { formatCount } from '../../renderer/view-models/format.ts';
import { expect, test, type App } from './support/app.ts';

const SENTENCE = 'The fietsenstalling was unbelievably full 🙂';
const MODELS = { gpt: 'headlight-gpt', bert: 'headlight-bert' } as const;

const opened = new Map<string, Promise<TokenizerInspector>>();

function inspector(model: string): Promise<TokenizerInspector> {
  const known = opened.get(model) ?? inspectTokenizer(model);
  opened.set(model, known);
  return known;
}

async function show(app: App, view: 'pieces' | 'tokenizers' | 'vocabulary', text = SENTENCE): Promise<void> {
  const { tokens } = await (await inspector(await app.part('model-picker').innerText().then(modelIn))).words({ text });
  await app.type(text, tokens.length);
  await app.station('tokens');
  await app.part(`view-${view}`).click();
}

const modelIn = (text: string): string => Object.values(MODELS).find((id) => text.startsWith(id)) ?? MODELS.gpt;

/** The cells of a table's body, row by row. */
const rowsOf = (table: Locator): Promise<string[][]> =>
  table.evaluate((element) =>
    [...element.querySelectorAll('tbody tr')].map((row) =>
      [...row.querySelectorAll('td, th')].map((cell) => cell.textContent.trim()),
    ),
  );

/** Place of the first word whose text has this in it. */
async function wordWith(model: string, part: string): Promise<{ at: number; steps: WordSteps }> {
  const tokenizer = await inspector(model);
  const { words } = await tokenizer.words({ text: SENTENCE });
  const at = words.findIndex(({ start, end }) => SENTENCE.slice(start ?? 0, end ?? 0).includes(part));
  return { at, steps: await tokenizer.steps({ text: SENTENCE }, at) };
}

test('with the keyboard alone: to the view, from word to word, through the steps', async ({ app, page }) => {
  await show(app, 'tokenizers');
  await app.part('view-tokenizers').focus();
  await page.keyboard.press('Shift+Tab');
  await expect(app.part('view-pieces')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(app.part('token-steps')).toBeVisible();
  const { at, steps } = await wordWith(MODELS.gpt, 'fietsen');
  await app.part('token-steps').getByRole('radio', { checked: true }).focus();
  await page.keyboard.press('Home');
  for (let word = 0; word < at; word += 1) await page.keyboard.press('ArrowRight');
  await expect(app.part(`word-${at}`)).toBeFocused();
  await expect(app.part('word-source')).toContainText('fietsen');
  if (steps.forming.kind !== 'merges') throw new Error('expected merges');
  const count = steps.forming.merges.length;
  const symbols = app.part('step-symbols').getByRole('listitem');
  await app.part('step-slider').focus();
  await page.keyboard.press('Home');
  await expect(symbols).toHaveCount(steps.forming.symbols.length);
  await page.keyboard.press('ArrowRight');
  await expect(symbols).toHaveCount(steps.forming.symbols.length - 1);
  await expect(app.part('step-of')).toContainText(`1 of ${count}`);
  await app.part('step-play').focus();
  await page.keyboard.press('Space');
  await expect(app.part('step-of')).toContainText('3 of');
  await page.keyboard.press('Space');
  await expect(app.part('step-play')).toHaveAttribute('aria-pressed', 'false');
  await app.part('step-last').focus();
  await page.keyboard.press('Enter');
  await expect(symbols).toHaveCount(steps.pieces.length);
});

test('WordPiece shows every piece that is tried, and why a word is unknown', async ({ app }) => {
  await app.model(MODELS.bert);
  await show(app, 'pieces');
  for (const part of ['fietsen', '🙂']) {
    const { at, steps } = await wordWith(MODELS.bert, part);
    if (steps.forming.kind !== 'tries') throw new Error('expected tries');
    await app.part(`word-${at}`).click();
    const expected = steps.forming.tries.map(({ piece, id }, step) => [
      ...[String(step + 1), piece],
      id === null ? 'not in the vocabulary' : `id ${id}`,
    ]);
    await expect.poll(() => rowsOf(app.part('tries'))).toEqual(expected);
  }
  await expect(app.part('word-source').locator('code').last()).toHaveText('[UNK]');
});

test('numbers are never those of one text with the tokens of another', async ({ app, page }) => {
  await show(app, 'tokenizers');
  await app.part('tokenizer-facts').waitFor();
  await page.evaluate(() => {
    const seen = ((window as unknown as { seen: string[] }).seen = []) as string[];
    const table = document.querySelector('[data-testid=tokenizers]')!;
    const look = () => {
      const cells = [...document.querySelectorAll('[data-testid=tokenizer-facts] tbody tr')].map((row) =>
        [...row.querySelectorAll('td')].map((cell) => cell.textContent).join('/'),
      );
      const now = [...cells, ...[...document.querySelectorAll('.stretch')].map((each) => each.textContent)].join(' ');
      if (seen.at(-1) !== now) seen.push(now);
    };
    new MutationObserver(look).observe(table, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  for (const id of ['dutch', 'emoji', 'code', 'numbers']) {
    await app.part(`example-${id}`).click();
    const bytes = String(Buffer.byteLength(await app.sentence.inputValue()));
    await expect(app.part('tokenizer-facts')).toContainText(bytes);
  }
  const seen = await page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  expect(seen).toHaveLength(4);
});

test('the vocabulary is searched by text, piece and id, and a piece goes into the sentence', async ({ app, page }) => {
  await show(app, 'vocabulary');
  const tokenizer = await inspector(MODELS.gpt);
  const search = app.part('vocabulary-search');
  await search.focus();
  for (const query of ['house', 'Ġhouse', '#100']) {
    await search.fill(query);
    const { found, entries } = tokenizer.search({ query, count: 500 });
    await expect(app.part('vocabulary-found')).toContainText(
      `${formatCount(found)} of ${formatCount(tokenizer.tokenizer.vocabularySize)} `,
    );
    await expect
      .poll(async () => (await rowsOf(app.part('vocabulary-table'))).map(([id]) => id))
      .toEqual(entries.map(({ id }) => String(id)));
    const [row] = await rowsOf(app.part('vocabulary-table'));
    expect(row?.[3]).toBe(entries[0]?.bytes);
  }
  await search.fill('Ġhouse');
  await expect(app.part('vocabulary-table').locator('tbody tr').first()).toContainText('house');
  await app.part('vocabulary-table').getByRole('button').first().focus();
  await page.keyboard.press('Enter');
  await expect(app.sentence).toHaveValue(`${SENTENCE} house`);
});

test('the tokenizer of a model that cannot be run is compared all the same', async ({ app, page, server }) => {
  const folder = path.join(server.place, 'hub/models--someone--llama');
  const snapshot = path.join(folder, 'snapshots/0123456789abcdef0123456789abcdef01234567');
  await mkdir(snapshot, { recursive: true });
  await mkdir(path.join(folder, 'refs'), { recursive: true });
  await writeFile(path.join(folder, 'refs/main'), path.basename(snapshot));
  await writeFile(path.join(snapshot, 'config.json'), JSON.stringify({ model_type: 'llama' }));
  const tiny = path.join(import.meta.dirname, '../fixtures/tiny-gpt2');
  await cp(path.join(tiny, 'tokenizer.json'), path.join(snapshot, 'tokenizer.json'));
  await page.reload();
  await show(app, 'tokenizers');
  await app.part('other-tokenizer').selectOption('someone/llama');
  const { tokens } = await (await inspectTokenizer(tiny)).words({ text: SENTENCE });
  await expect(app.part('tokenizer-facts').locator('tbody tr').nth(1).locator('td').nth(1)).toHaveText(
    String(tokens.length),
  );
  await rm(folder, { recursive: true });
});

test('a text too long for the model still has its tokens, steps and vocabulary', async ({ app }) => {
  await app.station('tokens');
  const text = 'sea '.repeat(1500);
  await app.sentence.fill(text);
  await expect(app.part('not-run')).toContainText(/at most \d+/);
  await expect(app.part('token-table')).toContainText('sea');
  const { tokens } = await (await inspector(MODELS.gpt)).words({ text });
  await expect(app.part('token-table')).toHaveAttribute('aria-rowcount', String(tokens.length + 1));
  await app.part('view-tokenizers').click();
  await expect(app.part('tokenizer-facts')).toContainText(String(tokens.length));
  await app.part('view-pieces').click();
  await expect(app.part('word-source')).toContainText('sea');
  await app.part('view-vocabulary').click();
  await expect(app.part('vocabulary-table')).toBeVisible();
});

test('long lists go by pages', async ({ app, page }) => {
  await app.station('tokens');
  const text = 'sea and more words '.repeat(400);
  await app.sentence.fill(text);
  const { words } = await (await inspector(MODELS.gpt)).words({ text });
  await app.part('view-pieces').click();
  await expect(app.part('page-of')).toContainText(`of ${formatCount(words.length)}`);
  await app.part('page-after').click();
  await expect(app.part('word-300')).toHaveAttribute('aria-checked', 'true');
  await app.part('word-300').focus();
  await page.keyboard.press('ArrowLeft');
  await expect(app.part('word-299')).toBeFocused();
  await page.keyboard.press('End');
  await expect(app.part(`word-${words.length - 1}`)).toBeFocused();
  await app.part('view-tokenizers').click();
  await app.part('page-after').click();
  await expect(app.part('page-of')).toContainText('400–799');
  await app.part('view-vocabulary').click();
  const { entries } = (await inspector(MODELS.gpt)).search({
    query: '',
    from: 500,
    count: 1,
  });
  await app.part('page-after').click();
  await expect(app.part('vocabulary-table').locator('tbody tr').first()).toHaveAttribute(
    'data-row',
    String(entries[0]?.id),
  );
  await app.part('vocabulary-search').fill('house');
  await expect(app.part('page-of')).toHaveCount(0);
});

test('a 200 kB paste is compared in seconds', async ({ app, page }) => {
  await app.station('tokens');
  await app.part('view-tokenizers').click();
  const paste = 'All happy families are alike; every unhappy family is unhappy in its own way. '.repeat(2600);
  await app.sentence.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(paste);
  await expect(app.part('tokenizer-facts')).toContainText(String(Buffer.byteLength(paste)));
  await app.part('view-pieces').click();
  await expect(app.part('word-source')).toBeVisible({ timeout: 3000 });
});

for (const theme of ['light', 'dark'] as const) {
  test(`no accessibility violations, ${theme}`, async ({ app, page }) => {
    await app.theme(theme);
    for (const view of ['pieces', 'tokenizers', 'vocabulary'] as const) {
      await show(app, view);
      if (view === 'pieces') await app.part('word-1').click();
      await expect(app.part('figure-tokens').locator('table').first()).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include('#stage').analyze();
      expect(violations, view).toEqual([]);
    }
  });
}
