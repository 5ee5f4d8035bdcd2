import { expect, test } from './support/app.ts';

test('layer, head and station by arrows and brackets', async ({ app, page }) => {
  await app.head(1, 1);
  await app.part('ribbon').click({ position: { x: 2, y: 2 } });
  const place = app.part('stage-subtitle');
  for (const [key, text] of [
    ['ArrowRight', 'layer 1, head 2'],
    ['ArrowDown', 'layer 2, head 2'],
    ['ArrowLeft', 'layer 2, head 1'],
    ['ArrowUp', 'layer 1, head 1'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(place).toContainText(text);
  }
  await app.station('pattern');
  await page.keyboard.press('[');
  await expect(app.part('figure-masked')).toBeVisible();
  await page.keyboard.press(']');
  await page.keyboard.press(']');
  await expect(app.part('figure-context')).toBeVisible();
});

test('the whole walk by keyboard: sentence, tokens, ribbon, heads, figure', async ({ app, page }) => {
  await page.keyboard.press('/');
  await expect(app.sentence).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('The ship sailed over the sea.');
  await expect(app.part('token-1')).toHaveText('ship');

  const seen = new Set<string>();
  for (let press = 0; press < 60 && !seen.has('matrix'); press++) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const testId = (await focused.count()) === 0 ? '' : ((await focused.getAttribute('data-testid')) ?? '');
    seen.add(testId.replace(/-.*/, ''));
  }
  expect([...seen]).toEqual(expect.arrayContaining(['token', 'station', 'head', 'matrix']));

  await page.keyboard.press('Home');
  await page.keyboard.press('PageDown');
  await expect(app.readout).toContainText('looks at The');
  await page.keyboard.press('ArrowRight');
  await expect(app.readout).toContainText('looks at ship');
  await page.keyboard.press('ArrowUp');
  await expect(app.readout).toContainText('sea looks at ship');
});

test('tokens by keyboard: Enter makes the query, Shift+Enter the key', async ({ app, page }) => {
  await app.part('token-0').focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(app.part('token-2')).toHaveAttribute('aria-label', /query/);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('Shift+Enter');
  await expect(app.part('token-1')).toHaveAttribute('aria-label', /key/);
});

test('letters typed into the sentence are text, not commands', async ({ app, page }) => {
  await app.sentence.fill('');
  await app.sentence.focus();
  await page.keyboard.type('eel [e] ?');
  await expect(app.sentence).toHaveValue('eel [e] ?');
  await expect(app.part('help')).toHaveCount(0);
});

test('? lists all keys; Escape closes the list and gives the focus back', async ({ app, page }) => {
  await app.part('station-pattern').focus();
  await page.keyboard.press('?');
  await expect(app.part('help')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(app.part('help')).toHaveCount(0);
  await expect(app.part('station-pattern')).toBeFocused();
});

test('whatever has the focus shows a ring', async ({ app, page }) => {
  await app.sentence.focus();
  for (let press = 0; press < 12; press++) {
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === null || element === document.body) return 'none has the focus';
      const style = getComputedStyle(element);
      const visible = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1;
      return visible || style.boxShadow !== 'none' ? '' : `${element.tagName}.${element.className}`;
    });
    expect(ring, 'an element without a focus ring').toBe('');
  }
});
