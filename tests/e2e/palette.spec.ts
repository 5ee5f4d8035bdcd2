/** The command palette: everything by name, by keyboard alone, in both languages. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './support/app.ts';

test('a view is found by its name, opened, and comes first the next time; the focus goes back', async ({
  app,
  page,
}) => {
  await app.part('station-pattern').focus();
  await page.keyboard.press('Control+k');
  await expect(app.part('palette-input')).toBeFocused();
  await page.keyboard.type('logit lens');
  await expect(app.part('palette-view:lens')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(app.part('palette')).toHaveCount(0);
  await expect(app.part('station-prediction')).toHaveAttribute('aria-current', 'step');
  await expect(app.part('station-pattern')).toBeFocused();
  await page.keyboard.press('Control+k');
  await expect(app.part('palette-recent:view:lens')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.part('palette')).toHaveCount(0);
  await expect(app.part('station-pattern')).toBeFocused();
});

test('a head is typed as numbers; one that the model has not is not offered', async ({ app, page }) => {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('3.5');
  await expect(page.getByRole('menuitem').first()).toHaveText(/^Layer 3, head 5/);
  await page.keyboard.press('Enter');
  await expect(app.part('stage-subtitle')).toContainText('layer 3, head 5');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('99.5');
  await expect(app.part('palette')).toContainText('Nothing is called that');
});

test('it opens from the sentence as well, and Dutch words find English commands', async ({ app, page }) => {
  await app.sentence.focus();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('thema donker');
  await expect(page.getByRole('menuitem').first()).toHaveText(/^Theme: dark/);
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(app.sentence).toBeFocused();
  await expect(app.sentence).not.toHaveValue(/thema/);
});

test('it leads to the other dialogs, and a model of the list', async ({ app, page }) => {
  for (const [typed, dialog] of [
    ['self-check', 'self-check'],
    ['about headlight', 'about'],
    ['all keys', 'help'],
    ['settings', 'preferences'],
    ['library', 'library'],
  ] as const) {
    await page.keyboard.press('Control+k');
    await page.keyboard.type(typed === 'all keys' ? 'this list' : typed);
    await page.keyboard.press('Enter');
    await expect(app.part(dialog)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(app.part(dialog)).toHaveCount(0);
  }
  await page.keyboard.press('Control+k');
  await page.keyboard.type('model headlight-bert');
  await page.keyboard.press('Enter');
  await expect(app.part('status')).toContainText('headlight-bert', { timeout: 30_000 });
});

test('no axe violations, empty and with something found', async ({ app, page }) => {
  await page.keyboard.press('Control+k');
  await expect(app.part('palette-about')).toBeVisible();
  for (const typed of ['', 'export']) {
    await page.keyboard.type(typed);
    // The list is walked through and scrolled from the field, which keeps the focus: it needs no stop of its own.
    const axe = new AxeBuilder({ page }).include('[data-testid=palette]').disableRules('scrollable-region-focusable');
    const { violations } = await axe.analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  }
});
