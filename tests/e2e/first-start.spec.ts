import { request } from '@playwright/test';
import { App, expect, numberIn, test } from './support/app.ts';
import { at, tokensOf, valueOf } from './support/reference.ts';

test('a first start shows the real attention of a bundled model, without a click', async ({ page, server }) => {
  const app = new App(page, server);
  await app.open();
  const model = await app.page.locator('.status-model').innerText();
  expect(['headlight-gpt', 'headlight-bert']).toContain(model);
  const text = await app.sentence.inputValue();
  const tokens = await tokensOf(model, { text });
  await app.shows(tokens.length);
  await expect(app.part('tokens').getByRole('button')).toHaveText(tokens.map((token) => token.text));
  await expect(app.matrix).toHaveAttribute('data-rows', String(tokens.length));
  await expect(app.matrix).toHaveAttribute('data-columns', String(tokens.length));

  await app.head(1, 2);
  await app.cell(5, 3);
  const stack = model === 'headlight-gpt' ? 'decoder' : 'encoder';
  const pattern = await valueOf(model, { text }, `${stack}.1.self.pattern`, 2);
  await expect(app.readout).toContainText(`${tokens[5]?.text} looks at ${tokens[3]?.text}`);
  expect(numberIn(await app.readout.innerText())).toBeCloseTo(at(pattern, 5, 3), 4);
});

test('the address without its token shows nothing of the app', async ({ server }) => {
  const stranger = await request.newContext();
  const response = await stranger.get(`${new URL(server.url).origin}/`);
  expect(response.status()).toBe(403);
  expect(await response.text()).not.toContain('id="app"');
  await stranger.dispose();
});

test('the page is served under the strict policy and keeps it', async ({ page, server, problems }) => {
  await new App(page, server).open();
  const response = await page.request.get(server.url);
  const policy = response.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe-inline|unsafe-eval(?!')|\*/);
  // A script that a page's content could bring in is refused.
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "injected"';
    document.head.append(script);
    return document.title;
  });
  expect(ran).toBe('Headlight');
  await expect.poll(() => problems.length).toBe(1);
  expect(problems.splice(0)[0]).toContain('Content Security Policy');
});
