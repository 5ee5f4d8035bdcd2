import { tokensOf } from './support/reference.ts';
import { expect, test } from './support/app.ts';

test('an engine that dies is said, started again, and the sentence runs by itself', async ({ app }) => {
  const text = 'The wind blew from the north.';
  const tokens = (await tokensOf('headlight-gpt', { text })).length;
  await app.type(text, tokens);
  const banners: string[] = [];
  await app.page.exposeFunction('noteBanner', (banner: string) => banners.push(banner));
  await app.page.evaluate(() => {
    const note = (window as unknown as { noteBanner: (text: string) => void }).noteBanner;
    const place = document.querySelector('[data-testid=banner]')!;
    new MutationObserver(() => note(place.textContent)).observe(place, { childList: true, subtree: true });
  });
  expect(app.server.killEngine()).toBe(true);
  await expect.poll(() => banners.join('\n'), { timeout: 30_000 }).toContain('stopped unexpectedly');
  await expect(app.part('banner')).toBeEmpty({ timeout: 30_000 });
  await app.shows(tokens);
  await app.head(2, 0);
  await expect(app.matrix).toBeVisible();
  const next = 'And then it was calm.';
  await app.type(next, (await tokensOf('headlight-gpt', { text: next })).length);
});
