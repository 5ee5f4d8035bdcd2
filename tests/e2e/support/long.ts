/**
 * The app with a model in the place of the bundled ones: 12 layers of 12 heads over 1,024 tokens, narrow and of random weights,
 * to look at texts longer than the bundled models read. A word `w0` … `w1000` is one token of it.
 */
import path from 'node:path';
import { ensureCheckpoint, narrowGpt2 } from '../../support/random-checkpoint.ts';
import { App, expect, test as base } from './app.ts';
import { startApp, type AppServer } from './server.ts';

/** A text of so many tokens, in which few words repeat. */
export const words = (tokens: number): string =>
  Array.from({ length: tokens }, (_, at) => `w${(at * 37) % 1000}`).join(' ');

/** Puts a text of so many tokens in the place of the old one, and waits until the stage shows it. */
export async function longText(app: App, tokens: number): Promise<void> {
  await app.sentence.fill(words(tokens));
  await expect(app.part('status-tokens')).toHaveText(`${tokens} tokens`, { timeout: 60_000 });
  // The box is as high as its text while one types in it.
  await app.page.locator('body').click({ position: { x: 3, y: 3 } });
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false', { timeout: 60_000 });
}

export const test = base.extend<object, { server: AppServer }>({
  server: [
    async ({}, use) => {
      const models = path.dirname(ensureCheckpoint(narrowGpt2, 'headlight-narrow'));
      const server = await startApp(models);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  app: async ({ page, server }, use) => {
    const app = new App(page, server);
    await app.open();
    await use(app);
  },
});
