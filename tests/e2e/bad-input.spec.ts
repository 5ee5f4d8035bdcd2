import { tokensOf } from './support/reference.ts';
import { expect, test, type App } from './support/app.ts';

/** After any bad input the app takes a good one. */
async function goesOn(app: App): Promise<void> {
  const text = 'The sun rose over the sea.';
  await app.type(text, (await tokensOf('headlight-gpt', { text })).length);
  await expect(app.matrix).toBeVisible();
}

test('no text: an invitation with examples, one click from a figure', async ({ app }) => {
  await app.sentence.fill('');
  await expect(app.part('state-empty')).toBeVisible();
  const example = app.part('state-empty').getByRole('button').nth(1);
  const text = await example.innerText();
  await example.click();
  await expect(app.sentence).toHaveValue(text);
  await expect(app.matrix).toBeVisible();
});

test('only white space is no text', async ({ app }) => {
  await app.sentence.fill('   \n ');
  await expect(app.part('state-empty').or(app.part('state-failed'))).toBeVisible();
  await goesOn(app);
});

test('too long a text says how long it is and what the model takes', async ({ app }) => {
  await app.sentence.fill('sea '.repeat(3000));
  await expect(app.part('state-failed')).toContainText(/3\s?\d{3} tokens.*at most \d+/);
  await goesOn(app);
});

test('a 200 kB paste is refused in one sentence, and the page stays quick', async ({ app, page }) => {
  const paste = 'All happy families are alike; every unhappy family is unhappy in its own way. '.repeat(2600);
  expect(paste.length).toBeGreaterThan(200_000);
  await app.sentence.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(paste);
  await expect(app.part('state-failed')).toBeVisible();
  await goesOn(app);
});

test('half a character (a lone surrogate) is named with its place', async ({ app, page }) => {
  await app.sentence.focus();
  await page.evaluate(() => {
    const area = document.activeElement as HTMLTextAreaElement;
    // Past React's own property, as a browser's input does.
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')!.set!.call(area, 'a b \ud83d c');
    area.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await expect(app.part('state-failed')).toContainText(/half a character .*position 4/);
  await goesOn(app);
});

test('text that looks like markup stays text, in the page and in the tokens', async ({ app, page }) => {
  await app.sentence.fill('<img src=x onerror=alert(1)> & <b>bold</b>');
  await expect(app.matrix).toBeVisible();
  await expect(app.part('tokens')).toContainText('img');
  expect(await page.locator('img[src="x"], .chips b').count()).toBe(0);
});

test('emoji, right-to-left and combining text are traced', async ({ app }) => {
  for (const text of ['👩‍👩‍👧 at sea', 'שלום עולם', 'e\u0301te\u0301', 'a\tb\nc']) {
    await app.type(text, (await tokensOf('headlight-gpt', { text })).length);
    await expect(app.matrix).toBeVisible();
  }
});

test('one token has one cell of weight 1', async ({ app }) => {
  await app.sentence.fill('The');
  await app.shows(1);
  await expect(app.matrix).toHaveAttribute('data-rows', '1');
  await expect(app.readout).toContainText('The looks at The: weight 1.000');
});
