import { expect, test } from './support/app.ts';

test.use({ locale: 'nl-NL' });

test('a Dutch system starts in Dutch', async ({ app, page }) => {
  await expect(page.locator('html')).toHaveAttribute('lang', 'nl');
  await expect(app.readout).toContainText('kijkt naar');
});
