import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { tokensOf } from './support/reference.ts';
import { expect, test } from './support/app.ts';

test('a switch to BERT keeps the sentence, and its attention sees both ways', async ({ app }) => {
  const text = 'The sea was calm and the ship was slow.';
  await app.sentence.fill(text);
  await app.model('headlight-bert');
  await expect(app.sentence).toHaveValue(text);
  const tokens = await tokensOf('headlight-bert', { text });
  await app.shows(tokens.length);
  await expect(app.part('token-0')).toHaveText('[CLS]');
  await app.station('masked');
  await app.cell(1, tokens.length - 2);
  await expect(app.readout).not.toContainText('hides');
});

test('BERT takes a second sentence, and gives its tokens a part of their own', async ({ app }) => {
  await app.model('headlight-bert');
  await app.sentence.fill('The man went home.');
  await app.part('pair-button').click();
  await app.part('pair').fill('He was tired.');
  const tokens = await tokensOf('headlight-bert', { text: 'The man went home.', pair: 'He was tired.' });
  await app.shows(tokens.length);
  await app.station('tokens');
  const parts = await app.part('token-table').locator('tbody tr td:nth-child(6)').allInnerTexts();
  expect(parts).toEqual(tokens.map(({ part }) => String(part + 1)));
  await app.part('pair-button').click();
  await app.shows((await tokensOf('headlight-bert', { text: 'The man went home.' })).length);
});

test('GPT-2 offers no second sentence', async ({ app }) => {
  await expect(app.part('pair-button')).toHaveCount(0);
});

test('the choice of model survives a reload', async ({ app, page }) => {
  await app.model('headlight-bert');
  await page.reload();
  await expect(app.part('status')).toContainText('headlight-bert', { timeout: 30_000 });
});

test('BERT predicts the masked word', async ({ app }) => {
  await app.model('headlight-bert');
  await app.sentence.fill('The king sat on his [MASK].');
  await app.station('prediction');
  await expect(app.part('stage-subtitle')).toContainText('[MASK]');
  await expect(app.part('prediction-table').getByRole('row')).not.toHaveCount(1);
});

test('a folder that is no model says what is wrong, and the app goes on', async ({ app, page }) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'headlight-folder-'));
  writeFileSync(path.join(folder, 'config.json'), '{"hidden_size": 64}');
  await app.part('model-picker').click();
  await app.part('open-folder').click();
  await app.part('folder-path').fill(folder);
  await app.part('folder-open').click();
  await expect(app.part('folder-dialog').getByRole('alert')).toContainText('model_type');
  await app.part('folder-path').fill(path.join(folder, 'nowhere'));
  await app.part('folder-open').click();
  await expect(app.part('folder-dialog').getByRole('alert')).toContainText('nowhere');
  await page.keyboard.press('Escape');
  await app.type('Still here.', (await tokensOf('headlight-gpt', { text: 'Still here.' })).length);
  rmSync(folder, { recursive: true });
});
