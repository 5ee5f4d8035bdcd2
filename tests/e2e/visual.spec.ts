/**
 * How the window looks, kept as pictures in `screens`. After a change that is meant:
 * `npm run e2e -- visual --update-snapshots`, and look at every picture that changed before committing it.
 */
import { expect, test, type App } from './support/app.ts';

const SIZES = [
  { width: 1280, height: 720 },
  { width: 1920, height: 1080 },
] as const;

/** Letters are drawn a little differently by every version of FreeType: a shifted edge passes, a moved label does not. */
const TOLERANCE = { threshold: 0.3, maxDiffPixelRatio: 0.01 };

async function openExample(app: App): Promise<void> {
  await app.part('settings').click();
  await app.part('settings-example').click();
  await expect(app.part('example-mark')).toBeVisible();
}

const SCREENS: readonly { readonly name: string; readonly show: (app: App) => Promise<void> }[] = [
  {
    name: 'worked-example',
    show: async (app) => {
      await openExample(app);
      await app.station('pattern');
    },
  },
  {
    name: 'dimensions',
    show: async (app) => {
      await openExample(app);
      await app.station('scores');
      await app.part('walk-detail-dimensions').click();
    },
  },
  {
    name: 'all-tokens',
    show: async (app) => {
      await app.type('The cat sat on the mat because it was tired.', 11);
      await app.head(2, 1);
      await app.cell(8, 1);
    },
  },
  {
    name: 'what-if',
    show: async (app) => {
      await app.type('The cat sat on the mat because it was tired.', 11);
      await app.head(2, 1);
      await app.cell(7, 1);
      await app.part('tab-what-if').click();
      await app.part('what-if-knock-out').click();
      await expect(app.part('matrix-difference')).toBeVisible();
      await expect(app.part('kl')).toBeVisible();
    },
  },
];

test.skip(
  process.platform !== 'linux',
  'the pictures are of Linux, where fonts are drawn otherwise than on this system',
);

for (const { name, show } of SCREENS)
  for (const theme of ['light', 'dark'] as const)
    for (const size of SIZES)
      test(`${name}, ${theme}, ${size.width} × ${size.height}`, async ({ app, page }) => {
        await page.setViewportSize(size);
        await app.theme(theme);
        await show(app);
        // Nothing is pointed at, and what differs from run to run is covered: times, and the version.
        await page.mouse.move(0, 0);
        const mask = ['device-picker', 'status-time'].map((id) => app.part(id));
        const options = { ...TOLERANCE, mask: [...mask, page.locator('.status-version')] };
        await expect(page).toHaveScreenshot(`${name}-${theme}-${size.width}.png`, options);
      });
