import { tokensOf, valueOf, at } from './support/reference.ts';
import { expect, numberIn, test } from './support/app.ts';

test('typing runs the model live, and the newest text wins', async ({ app }) => {
  const text = 'The old man looked at the sea and the sea looked back.';
  await app.sentence.fill('');
  await app.sentence.pressSequentially(text, { delay: 5 });
  const tokens = await tokensOf('headlight-gpt', { text });
  await app.shows(tokens.length);
  await expect(app.part('tokens').getByRole('button')).toHaveText(tokens.map((token) => token.text));
  await expect(app.matrix).toHaveAttribute('data-rows', String(tokens.length));
});

test('the figure belongs to the text that is shown, after many changes in a row', async ({ app }) => {
  const texts = ['One two three', 'The king of France', 'A ship on the sea', 'She was tired of it all'];
  for (let round = 0; round < 3; round++) for (const text of texts) await app.sentence.fill(text);
  const last = texts.at(-1)!;
  await app.shows((await tokensOf('headlight-gpt', { text: last })).length);
  await app.head(0, 0);
  await app.cell(3, 1);
  const pattern = await valueOf('headlight-gpt', { text: last }, 'decoder.0.self.pattern', 0);
  expect(numberIn(await app.readout.innerText())).toBeCloseTo(at(pattern, 3, 1), 4);
});

test('selection changes ask for no new run', async ({ app, page }) => {
  const text = await app.sentence.inputValue();
  await app.shows((await tokensOf('headlight-gpt', { text })).length);
  const sent: string[] = [];
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.webSocketFrameSent', ({ response }) => sent.push(response.payloadData));
  await app.part('head-2-3').click();
  await expect(app.part('stage-subtitle')).toContainText('layer 2, head 3');
  await app.cell(4, 2);
  await app.matrix.hover({ position: { x: 120, y: 120 } });
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  const readable = sent.map((frame) => (frame.includes('{') ? frame : Buffer.from(frame, 'base64').toString('latin1')));
  expect(readable.some((frame) => frame.includes('trace.slice'))).toBe(true);
  expect(readable.filter((frame) => frame.includes('text.run'))).toEqual([]);
});
