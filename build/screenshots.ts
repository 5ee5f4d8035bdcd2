/** `npm run screenshots`: README's pictures, taken from the running app in a real Chromium. Numbers in them are computed. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { prepareBrowser } from '../tests/e2e/browser.ts';
import { App } from '../tests/e2e/support/app.ts';
import { startApp, type AppServer } from '../tests/e2e/support/server.ts';

interface Shot {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly theme: 'light' | 'dark';
  /** Brings the app to what the picture shows. */
  readonly arrange: (app: App) => Promise<void>;
}

const folder = path.join(import.meta.dirname, 'readme');

const shots: readonly Shot[] = [
  {
    file: 'window.png',
    width: 1440,
    height: 900,
    theme: 'light',
    arrange: async (app) => {
      await app.model('headlight-gpt');
      await app.sentence.fill("The animal didn't cross the street because it was too tired.");
      await app.station('pattern');
      await app.head(2, 2);
      await app.part('token-8').click();
    },
  },
  {
    file: 'vectors-dark.png',
    width: 1280,
    height: 720,
    theme: 'dark',
    arrange: async (app) => {
      await app.model('headlight-gpt');
      await app.sentence.fill('The ship sailed over the sea until the morning came.');
      await app.station('qkv');
      await app.head(2, 0);
    },
  },
  {
    file: 'what-if.png',
    width: 1440,
    height: 900,
    theme: 'light',
    arrange: async (app) => {
      await app.model('headlight-gpt');
      await app.sentence.fill("The animal didn't cross the street because it was too tired.");
      await app.station('pattern');
      await app.head(2, 2);
      await app.part('token-8').click();
      await app.part('tab-what-if').click();
      await app.part('what-if-unscaled').click();
      await app.part('what-if-kl').waitFor();
    },
  },
  {
    file: 'pair.png',
    width: 1280,
    height: 720,
    theme: 'light',
    arrange: async (app) => {
      await app.model('headlight-bert');
      await app.sentence.fill('The man went to the [MASK].');
      await app.part('pair-button').click();
      await app.part('pair').fill('He bought some bread.');
      await app.station('pattern');
      await app.head(4, 0);
    },
  },
];

async function take(browser: Browser, server: AppServer, shot: Shot): Promise<void> {
  const { width, height, theme, file, arrange } = shot;
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', reducedMotion: 'reduce' });
  const page = await context.newPage();
  const app = new App(page, server);
  await app.open();
  await app.theme(theme);
  await arrange(app);
  await page.mouse.move(2, height - 2);
  // Runs are debounced and figures follow: the window is still when nothing has been busy for a second.
  await page.waitForTimeout(1000);
  await page.locator('[data-testid=stage][aria-busy=false]').waitFor();
  await page.screenshot({ path: path.join(folder, file) });
  await context.close();
}

mkdirSync(folder, { recursive: true });
const server = await startApp();
const browser = await chromium.launch({ executablePath: prepareBrowser(), args: ['--no-sandbox', '--disable-gpu'] });
for (const shot of shots) {
  await take(browser, server, shot);
  console.log(path.join('build/readme', shot.file));
}
await browser.close();
await server.stop();
