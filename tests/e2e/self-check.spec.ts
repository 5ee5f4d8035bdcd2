/** The self-check and "about": what they say, in both languages, by keyboard, and what is copied. */
import { homedir } from 'node:os';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/app.ts';

test('what was found on this machine, and a report without the user’s name and texts', async ({
  app,
  page,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.sentence.fill('Nobody should read this sentence.');
  await app.part('settings').click();
  await app.part('settings-self-check').click();
  await expect(app.part('self-check-outcome')).toHaveText('All is well', { timeout: 30_000 });
  await expect(app.part('check-versions')).toContainText(/ONNX Runtime\s*1\.\d+/);
  await expect(app.part('check-versions')).toContainText(process.version.slice(1));
  await expect(app.part('check-devices')).toContainText('CPU');
  await expect(app.part('check-bundled')).toContainText(/headlight-bert\s*5 files as they were shipped/);
  await expect(app.part('check-folders')).toContainText(/Hugging Face cache/);
  await app.part('self-check-copy').click();
  await expect(app.part('self-check-copied')).toHaveText('Copied, in English.');
  const report = await page.evaluate(() => navigator.clipboard.readText());
  expect(report).toMatch(/^### Headlight \d/);
  expect(report).toBe(await app.part('self-check-report').inputValue());
  expect(report).not.toContain('Nobody');
  expect(report).not.toContain(`${homedir()}/`);
  expect(report).not.toContain('token=');
  const { violations } = await new AxeBuilder({ page }).include('[data-testid=self-check]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await app.part('self-check-again').press('Enter');
  await expect(app.part('self-check-outcome')).toHaveText('All is well', { timeout: 30_000 });
});

test('in Dutch, with the report in English', async ({ app, page }) => {
  await app.part('language').click();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zelfcontrole');
  await page.keyboard.press('Enter');
  await expect(app.part('self-check-outcome')).toHaveText('Alles is in orde', { timeout: 30_000 });
  await expect(app.part('check-bundled')).toContainText('zoals ze zijn meegeleverd');
  await expect(app.part('self-check-report')).toHaveValue(/as they were shipped/);
});

test('about: the version, and the licence of everything inside', async ({ app, page }) => {
  await app.part('settings').click();
  await app.part('settings-about').click();
  await expect(app.part('about-version')).toHaveText(/^Version \d+\.\d+\.\d+$/);
  await expect(app.part('about-models')).toContainText('headlight-gpt');
  await expect(app.part('about-fonts')).toContainText('OFL-1.1');
  await expect(app.part('about-rest')).toContainText('onnxruntime-node');
  const own = app.part('about-own');
  await own.locator('summary').focus();
  await page.keyboard.press('Enter');
  await expect(own.getByRole('region')).toContainText('Permission is hereby granted');
  for (const link of await app.part('about').getByRole('link').all())
    expect(await link.getAttribute('href')).toMatch(/^https:\/\//);
  const { violations } = await new AxeBuilder({ page }).include('[data-testid=about]').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
});

test('about says so where the list of licences is not there', async ({ app, page, problems }) => {
  await page.route('**/licences.json', (route) => route.fulfill({ status: 404 }));
  await app.part('settings').click();
  await app.part('settings-about').click();
  await expect(app.part('about-missing')).toContainText('made when the page is built');
  // The browser reports the missing file by itself.
  problems.splice(0);
});
