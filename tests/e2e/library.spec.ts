/** The model library against a hub of our own: finding, fetching, pausing, opening and deleting models; by keyboard and by axe. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Locator } from '@playwright/test';
import { fixtures } from '../support/fixtures.ts';
import { filesOf, startHubServer } from '../support/hub-server.ts';
import type { Fault, HubServer, RequestKind } from '../support/hub-server.ts';
import { App, expect, test as base } from './support/app.ts';
import { startApp } from './support/server.ts';

const GPT2 = 'openai-community/gpt2';
const tiny = (name: string): Record<string, Uint8Array> => filesOf(path.join(fixtures, name));
const slow: Fault = { kind: 'drip', bytes: 8_000, pause: 150 };
const onCdn = (fault: Fault) => (seen: { kind: RequestKind }) => (seen.kind === 'cdn' ? fault : null);

const test = base.extend<{ hub: HubServer }>({
  hub: async ({}, use) => {
    const hub = await startHubServer({
      repos: {
        // The curated list pins commits that only the real hub has, but for BERTje's.
        'someone/tiny-gpt2': { files: tiny('tiny-gpt2'), downloads: 1234567 },
        'someone/tiny-bert': { files: tiny('tiny-bert'), family: 'bert', gatedBy: 'hf_secret' },
        'GroNLP/bert-base-dutch-cased': { files: tiny('tiny-bert'), family: 'bert', license: 'apache-2.0' },
      },
    });
    await use(hub);
    await hub.close();
  },
  // A server of each test's own, with an empty cache.
  app: async ({ page, hub }, use) => {
    const server = await startApp(null, { HF_ENDPOINT: hub.url });
    const app = new App(page, server);
    await app.open();
    await app.model('headlight-gpt');
    await use(app);
    await page.goto('about:blank');
    await server.stop();
  },
});

const row = (app: App, model: string): Locator => app.part(`library-row-${model}`);
const button = (place: Locator, name: RegExp): Locator => place.getByRole('button', { name });

async function openLibrary(app: App): Promise<void> {
  await app.part('model-picker').click();
  await app.part('open-library').click();
  await expect(app.part('library-begin')).toBeVisible();
}

async function search(app: App, words: string): Promise<void> {
  await app.part('library-search').fill(words);
  await app.page.keyboard.press('Enter');
}

test('a model is found, fetched with progress, paused, gone on with, opened, and deleted', async ({ app, hub }) => {
  await openLibrary(app);
  await expect(row(app, GPT2)).toContainText('548 MB of weights');
  await expect(row(app, GPT2)).toContainText('Not here');
  await search(app, 'tiny');
  await expect(app.part('library-found')).toHaveText('2 models found');
  const found = row(app, 'someone/tiny-gpt2');
  await expect(found).toContainText('gpt2 · licence mit · 1\u2009234\u2009567 downloads a month');
  await expect(row(app, 'someone/tiny-bert')).toContainText('gated');

  hub.fault = onCdn(slow);
  await button(app.part('library-results'), /^Fetch someone\/tiny-gpt2$/).click();
  const shown = app.part('library-results').getByTestId('library-row-someone/tiny-gpt2');
  await expect(shown.getByTestId('place')).toHaveText(/^[\d.]+ kB of 212 kB · [\d.]+ kB\/s · \d+ s left$/);
  await button(shown, /^Pause/).click();
  await expect(shown.getByTestId('place')).toHaveText(/^Paused · [\d.]+ kB of 212 kB$/);
  await button(shown, /^Go on/).click();
  await expect(app.part('library-said')).toHaveText('someone/tiny-gpt2 is here.', { timeout: 30_000 });
  await expect(shown.getByTestId('place')).toHaveText('Here, 212 kB');
  const cdn = hub.requests.filter(({ kind }) => kind === 'cdn');
  expect(cdn[1]?.range).toMatch(/^bytes=\d+-$/);

  await button(shown, /^Open/).click();
  await expect(app.part('library')).toHaveCount(0);
  await expect(app.part('status')).toContainText('someone/tiny-gpt2', { timeout: 30_000 });
  await app.model('headlight-gpt');
  await openLibrary(app);
  const here = app.part('library-others').getByTestId('library-row-someone/tiny-gpt2');
  await button(here, /^Delete/).click();
  await expect(here).toContainText('Delete 212 kB from the cache?');
  await button(here, /^Keep$/).click();
  await button(here, /^Delete/).click();
  await app.part('library-delete-sure').click();
  await expect(app.part('library-said')).toHaveText('someone/tiny-gpt2 is deleted; 212 kB are free again.');
  expect(readdirSync(path.join(app.server.place, 'hub')).filter((name) => name.startsWith('models--'))).toEqual([]);
  await app.page.keyboard.press('Escape');
  await app.part('model-picker').click();
  await expect(app.part('model-someone/tiny-gpt2')).toHaveCount(0);
});

test('a curated model without a pinned commit is fetched from its list, and cancelled without a trace', async ({
  app,
  hub,
}) => {
  await openLibrary(app);
  hub.fault = onCdn(slow);
  const bertje = row(app, 'GroNLP/bert-base-dutch-cased');
  await button(bertje, /^Fetch/).click();
  await expect(bertje.getByTestId('place')).toContainText(' of ');
  await button(bertje, /^Cancel/).click();
  await expect(bertje.getByTestId('place')).toHaveText('Not here');
  await expect
    .poll(() => existsSync(path.join(app.server.place, 'hub', 'models--GroNLP--bert-base-dutch-cased')))
    .toBe(false);
  hub.fault = null;
  await button(bertje, /^Fetch/).click();
  await expect(bertje.getByTestId('place')).toContainText('Here, ');
});

test('a download that the end of the app cut off goes on at the next start', async ({ page, hub }) => {
  hub.fault = onCdn(slow);
  const first = await startApp(null, { HF_ENDPOINT: hub.url });
  const before = new App(page, first);
  await before.open();
  await openLibrary(before);
  await search(before, 'someone/tiny-gpt2@main');
  await button(before.part('library-results'), /^Fetch/).click();
  await expect(before.part('library-row-someone/tiny-gpt2@main').first().getByTestId('place')).toContainText('left');
  await page.goto('about:blank');
  await first.stop(true);
  expect(readFileSync(path.join(first.place, 'settings', 'downloads.json'), 'utf8')).toContain('"paused": false');
  hub.fault = null;
  const second = await startApp(null, { HF_ENDPOINT: hub.url }, first.place);
  try {
    const after = new App(page, second);
    await after.open();
    await openLibrary(after);
    await expect(row(after, 'someone/tiny-gpt2').getByTestId('place')).toHaveText('Here, 212 kB');
    expect(hub.requests.filter(({ kind }) => kind === 'cdn').at(-1)?.range).toMatch(/^bytes=\d+-$/);
    await page.goto('about:blank');
  } finally {
    await second.stop();
  }
});

test('a gated model asks for a token, which the page never gets back', async ({ app, hub }) => {
  await openLibrary(app);
  await search(app, 'someone/tiny-bert');
  const bert = app.part('library-results').getByTestId('library-row-someone/tiny-bert');
  await button(bert, /^Fetch/).click();
  await expect(bert).toContainText('Stopped: someone/tiny-bert is gated');
  await expect(app.part('library-said')).toContainText('gated');
  await app.part('token-field').fill('hf_secret');
  await app.part('token-save').click();
  await expect(app.part('token-state')).toHaveText('Yours is kept until Headlight ends.');
  await expect(app.part('token-field')).toHaveValue('');
  await button(bert, /^Try/).click();
  await expect(bert.getByTestId('place')).toContainText('Here, ');
  expect(await app.page.content()).not.toContain('hf_secret');
  expect(app.server.output()).not.toContain('hf_secret');
  expect(hub.requests.filter(({ kind }) => kind === 'cdn').map(({ authorization }) => authorization)).toEqual([null]);
  await app.part('token-forget').click();
  await expect(app.part('token-state')).toContainText('There is none.');
});

test('what is wrong is said plainly: no such model, no weights, no network', async ({ app, hub }) => {
  await openLibrary(app);
  await search(app, 'no/body');
  await expect(app.part('library-search-failure')).toContainText('does not exist, or it is private');
  await search(app, 'nothing-like-this');
  await expect(app.part('library-found')).toContainText('no model with these words');
  await search(app, '../etc');
  await expect(app.part('library-search-failure')).toContainText('no repository of the hub');
  await hub.close();
  await search(app, 'tiny');
  await expect(app.part('library-offline')).toContainText('cannot be reached', { timeout: 60_000 });
  await expect(app.part('library-begin')).toBeVisible();
});

test('everything works by keyboard alone', async ({ app, page }) => {
  await app.part('model-picker').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(app.part('library')).toBeVisible();
  await app.part('library-search').focus();
  await page.keyboard.type('tiny-gpt2');
  await page.keyboard.press('Enter');
  const result = app.part('library-results');
  await expect(result).toBeVisible();
  await button(result, /^Fetch/).focus();
  await page.keyboard.press('Enter');
  await expect(app.part('library-said')).toHaveText('someone/tiny-gpt2 is here.');
  await button(result, /^Delete/).focus();
  await page.keyboard.press('Enter');
  // The safe answer has the focus.
  await expect(button(result, /^Keep$/)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(result.getByTestId('place')).toContainText('Here, ');
  await page.keyboard.press('Escape');
  await expect(app.part('library')).toHaveCount(0);
  await expect(app.part('model-picker')).toBeFocused();
});

test('axe finds nothing, light and dark, and nothing is cut at 1280×720, in both languages', async ({
  app,
  page,
  hub,
}) => {
  // Slow enough to be under way in both themes.
  hub.fault = onCdn({ kind: 'drip', bytes: 2_000, pause: 500 });
  for (const [theme, language] of [
    ['light', 'en'],
    ['dark', 'nl'],
  ] as const) {
    await app.theme(theme);
    if (language === 'nl') await app.part('language').click();
    await page.setViewportSize({ width: 1280, height: 720 });
    await openLibrary(app);
    await search(app, 'tiny');
    await expect(app.part('library-results')).toBeVisible();
    if (language === 'en') await button(app.part('library-results'), /^Fetch someone\/tiny-gpt2/).click();
    await expect(row(app, 'someone/tiny-gpt2').first().getByRole('progressbar')).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).include('[data-testid="library"]').analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    const cut = await app.part('library').evaluate((dialog) => {
      const within = dialog.getBoundingClientRect();
      const outside = [...dialog.querySelectorAll('p, button, input, h3')].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.left < within.left - 1 || box.right > within.right + 1);
      });
      return outside.map((element) => element.outerHTML.slice(0, 120));
    });
    expect(cut).toEqual([]);
    await page.screenshot({ path: test.info().outputPath(`library-${theme}.png`) });
    await app.part('library-close').click();
  }
});
