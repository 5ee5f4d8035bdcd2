/** The tokens: how pieces form, two tokenizers, the vocabulary; by keyboard alone, and before and without a run. */
import { inspectTokenizer } from '../../native-models/index.ts';
import { formatCount } from '../../renderer/view-models/format.ts';
import { expect, test } from './support/app.ts';

const SENTENCE = 'The unbelievable fietsenstalling costs 1,234 euro.';

test('the steps of a word are those of the tokenizer, and end at its tokens', async ({ app, page }) => {
  await app.sentence.fill(SENTENCE);
  await app.station('tokens');
  await app.part('view-pieces').focus();
  await page.keyboard.press('Enter');
  const inspector = await inspectTokenizer('headlight-gpt');
  const { words } = await inspector.words({ text: SENTENCE });
  await expect(app.page.locator('.token-word')).toHaveCount(words.length);
  await page.locator('.token-word[aria-checked=true]').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(app.part('word-1')).toBeFocused();
  await expect(app.part('word-1')).toHaveAttribute('aria-checked', 'true');
  const steps = await inspector.steps({ text: SENTENCE }, 1);
  if (steps.forming.kind !== 'merges') throw new Error('expected merges');
  const { merges, symbols } = steps.forming;
  const pieces = () => app.part('step-symbols').locator('code').allInnerTexts();
  const codes = steps.pieces.map(({ piece }) => piece);
  await expect.poll(pieces).toEqual(codes);
  const rows = app.part('merges').locator('tbody tr');
  await expect(rows).toHaveCount(merges.length);
  await expect(rows.first()).toContainText(String(merges[0]?.rank));
  await app.part('step-slider').focus();
  await page.keyboard.press('Home');
  await expect.poll(pieces).toEqual(symbols.map(({ piece }) => piece));
  for (const [at, { result }] of merges.entries()) {
    await page.keyboard.press('ArrowRight');
    await expect(app.part('step-symbols').locator('li.new code')).toHaveText(result);
    await expect(app.part('step-of')).toHaveText(`step ${at + 1} of ${merges.length}`);
  }
  await expect.poll(pieces).toEqual(codes);
});

test('two tokenizers stand side by side, with their counts', async ({ app }) => {
  await app.sentence.fill(SENTENCE);
  await app.station('tokens');
  await app.part('view-tokenizers').click();
  const other = await app.part('other-tokenizer').inputValue();
  const counts = await Promise.all(
    ['headlight-gpt', other].map(async (model) => {
      const { tokens } = await (await inspectTokenizer(model)).words({ text: SENTENCE });
      return tokens.filter(({ start }) => start !== null).length;
    }),
  );
  const row = app.part('tokenizer-facts').locator('tr', { hasText: 'tokens, special ones left out' });
  await expect(row.locator('td')).toHaveText(counts.map(String));
  const shown = (at: number) => app.page.locator(`.stretch-row:nth-child(${at}) .token-part`);
  await expect(shown(1)).toHaveCount(counts[0] ?? 0);
  await expect(shown(2)).toHaveCount(counts[1] ?? 0);
  await app.part('example-emoji').click();
  await expect(app.sentence).toHaveValue(/👍/);
});

test('the vocabulary is searched as the tokenizer has it', async ({ app }) => {
  await app.station('tokens');
  await app.part('view-vocabulary').click();
  const inspector = await inspectTokenizer('headlight-gpt');
  const { found, size, entries } = inspector.search({ query: 'sea' });
  await app.part('vocabulary-search').fill('sea');
  await expect(app.part('vocabulary-found')).toHaveText(`${formatCount(found)} of ${formatCount(size)} pieces`);
  const ids = app.part('vocabulary-table').locator('tbody tr td:first-child');
  await expect(ids).toHaveText(entries.map(({ id }) => String(id)));
  await app.part('vocabulary-search').fill('');
  await app.part('vocabulary-special').click();
  const special = inspector.search({ query: '', special: true });
  await expect(ids).toHaveText(special.entries.map(({ id }) => String(id)));
});

test('a text too long for the model still shows its tokens', async ({ app }) => {
  await app.station('tokens');
  const long = 'one two three four five six seven eight nine ten '.repeat(60).trim();
  await app.sentence.fill(long);
  await expect(app.part('not-run')).toContainText('this model reads at most');
  const { tokens } = await (await inspectTokenizer('headlight-gpt')).words({ text: long });
  await expect(app.part('token-table')).toHaveAttribute('aria-rowcount', String(tokens.length + 1));
  await app.part('view-pieces').click();
  await expect(app.part('step-symbols')).toBeVisible();
});
