/** How every way of looking at a station looks, the patterns' of a long text, too; see `visual.spec.ts` for a change that is meant. */
import type { Page } from '@playwright/test';
import { expect, test as short, type App } from './support/app.ts';
import { longText, test as long } from './support/long.ts';

const SIZE = { width: 1280, height: 720 };
/** As in `visual.spec.ts`: a shifted edge of a letter passes, a moved label does not. */
const TOLERANCE = { threshold: 0.3, maxDiffPixelRatio: 0.01 };
const LONG = 512;

/** Waits until the view shows all that it has to show. */
const VIEWS: readonly { readonly id: string; readonly ready: (app: App) => Promise<void> }[] = [
  { id: 'matrix', ready: (app) => expect(app.matrix).toBeVisible() },
  { id: 'flow', ready: (app) => expect(app.part('flow')).toBeVisible() },
  { id: 'reading', ready: (app) => expect(app.part('reading')).toBeVisible() },
  {
    id: 'layers',
    ready: async (app) => {
      await expect(app.part('layers-way')).not.toBeEmpty({ timeout: 60_000 });
    },
  },
  {
    id: 'heads',
    ready: async (app) => {
      await expect(app.part('heads-room')).toBeVisible();
      await expect(app.part('heads-cells')).toHaveAttribute('data-scale', /\d/);
      await expect(app.part('heads-cells')).not.toHaveAttribute('data-moving');
    },
  },
];

/** Nothing is pointed at, and what differs from run to run is covered: times, and the version. */
async function looksLike(app: App, page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  const mask = [...['device-picker', 'status-time'].map((part) => app.part(part)), page.locator('.status-version')];
  await expect.soft(page).toHaveScreenshot(`${name}.png`, { ...TOLERANCE, mask });
}

async function looks(app: App, page: Page, name: string): Promise<void> {
  for (const { id, ready } of VIEWS) {
    await app.part(`view-${id}`).click();
    await ready(app);
    await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false', { timeout: 30_000 });
    await looksLike(app, page, `view-${id}-${name}`);
  }
}

/** Of the tokens, and the part that is there when they show what they have to show. */
const TOKEN_VIEWS = [
  ['pieces', 'merges'],
  ['tokenizers', 'unlike'],
  ['vocabulary', 'vocabulary-table'],
] as const;

/** Of what goes in and what comes out: station, view, and the part that is there when it shows what it has to show. */
const END_VIEWS = [
  ['embedding', 'neighbours', 'neighbours-cosine'],
  ['embedding', 'projector', 'projector-table'],
  ['embedding', 'positions', 'positions-curve-plot'],
  ['prediction', 'head', 'lm-listed'],
  ['prediction', 'generate', 'generate-text'],
  ['prediction', 'lens', 'lens-grid'],
  ['prediction', 'surprise', 'surprise-table'],
] as const;

const isElsewhere = process.platform !== 'linux';
const WHY = 'the pictures are of Linux, where fonts are drawn otherwise than on this system';
short.skip(isElsewhere, WHY);
long.skip(isElsewhere, WHY);

for (const theme of ['light', 'dark'] as const) {
  short(`views of a short text, ${theme}`, async ({ app, page }) => {
    await page.setViewportSize(SIZE);
    await app.theme(theme);
    await app.type('The cat sat on the mat because it was tired.', 11);
    await app.head(2, 1);
    await looks(app, page, `short-${theme}`);
    await app.part('view-beside').click();
    await app.part('beside-text').fill('The dog sat on the mat because it was tired.');
    await expect(app.part('run-panels')).toHaveAttribute('aria-busy', 'false');
    await looksLike(app, page, `view-beside-short-${theme}`);
  });

  short(`views of the tokens, ${theme}`, async ({ app, page }) => {
    await page.setViewportSize(SIZE);
    await app.theme(theme);
    await app.type('The cat sat on the mat because it was tired.', 11);
    await app.station('tokens');
    await app.part('token-6').click();
    for (const [view, part] of TOKEN_VIEWS) {
      await app.part(`view-${view}`).click();
      await expect(app.part(part)).toBeVisible();
      await looksLike(app, page, `view-${view}-${theme}`);
    }
  });

  short(`views of embeddings and predictions, ${theme}`, async ({ app, page }) => {
    short.setTimeout(120_000);
    await page.setViewportSize(SIZE);
    await app.theme(theme);
    await app.type('The cat sat on the mat because it was tired.', 11);
    for (const [station, view, part] of END_VIEWS) {
      await app.station(station);
      await app.part(`view-${view}`).click();
      await expect(app.part(part)).toBeVisible({ timeout: 20_000 });
      await expect(page.locator('.stage-body [aria-busy="true"]')).toHaveCount(0);
      await looksLike(app, page, `view-${view}-${theme}`);
    }
    await app.model('headlight-bert');
    await app.type('The cat sat on the [MASK] because it was tired.', 13);
    await app.station('prediction');
    await app.part('view-fill').click();
    await expect(page.locator('.fill-mask').first()).toBeVisible({ timeout: 20_000 });
    await looksLike(app, page, `view-fill-${theme}`);
  });

  short(`queries and keys together, ${theme}`, async ({ app, page }) => {
    await page.setViewportSize(SIZE);
    await app.theme(theme);
    await app.type('The cat sat on the mat because it was tired.', 11);
    await app.head(2, 1);
    await app.station('qkv');
    await app.part('view-joint').click();
    await expect(app.part('joint')).toHaveAttribute('aria-busy', 'false');
    await looksLike(app, page, `view-joint-${theme}`);
  });

  long(`views of ${LONG} tokens, ${theme}`, async ({ app, page }) => {
    long.setTimeout(180_000);
    await page.setViewportSize(SIZE);
    await app.theme(theme);
    await longText(app, LONG);
    await looks(app, page, `long-${theme}`);
  });
}
