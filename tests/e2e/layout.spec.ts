import { expect, test } from './support/app.ts';

const PARTS = [
  'sentence',
  'tokens',
  'ribbon',
  'atlas',
  'stage',
  'matrix',
  'inspector',
  'number-weight',
  'prediction',
  'status',
];

for (const size of [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
]) {
  test(`${size.width}×${size.height}: everything important is inside the window, nothing scrolls sideways`, async ({
    app,
    page,
  }) => {
    await page.setViewportSize(size);
    await app.type('One two three four five six seven eight nine ten.', 11);
    for (const part of PARTS) {
      const box = (await app.part(part).first().boundingBox())!;
      expect(box, part).not.toBeNull();
      expect(box.x, part).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width, part).toBeLessThanOrEqual(size.width);
      expect(box.y + Math.min(box.height, 24), part).toBeLessThanOrEqual(size.height);
    }
    const scroll = await page.evaluate(() => ({
      width: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      height: document.documentElement.scrollHeight - document.documentElement.clientHeight,
    }));
    expect(scroll).toEqual({ width: 0, height: 0 });
  });
}

test('900 px wide: the inspector is under the stage, still reachable, and nothing scrolls sideways', async ({
  app,
  page,
}) => {
  await page.setViewportSize({ width: 900, height: 800 });
  const stage = (await app.part('stage').boundingBox())!;
  const inspector = (await app.part('inspector').boundingBox())!;
  expect(inspector.y).toBeGreaterThanOrEqual(stage.y + stage.height - 1);
  await app.part('number-weight').scrollIntoViewIfNeeded();
  await expect(app.part('number-weight')).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
});

test('no word of the window is set smaller than 11 px', async ({ app, page }) => {
  await app.station('pattern');
  const small = await page.evaluate(() => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found: string[] = [];
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (
        parent === null ||
        (node.textContent ?? '').trim() === '' ||
        parent.closest('.hidden, .katex, script, sup, sub')
      )
        continue;
      if (parseFloat(getComputedStyle(parent).fontSize) < 11)
        found.push(`${parent.className}: ${node.textContent ?? ''}`);
    }
    return found;
  });
  expect(small).toEqual([]);
});
