import type { Locator } from '@playwright/test';
import { expect, test } from './support/app.ts';

const MATRICES = ['scores', 'scaled', 'masked', 'pattern'];
const VECTORS = ['embedding', 'qkv', 'context', 'output', 'residual', 'final'];

/** How many different colours a canvas shows. */
async function coloursOf(canvas: Locator): Promise<number> {
  return canvas.evaluate((element) => {
    const copy = document.createElement('canvas');
    const { width, height } = element as HTMLCanvasElement;
    [copy.width, copy.height] = [width, height];
    const context = copy.getContext('2d');
    context?.drawImage(element as HTMLCanvasElement, 0, 0);
    const data = new Uint32Array(context?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer(0));
    return new Set(data).size;
  });
}

for (const model of ['headlight-gpt', 'headlight-bert']) {
  test(`${model}: every station of the ribbon shows a figure with content`, async ({ app }) => {
    if (model !== 'headlight-gpt') await app.model(model);
    for (const id of MATRICES) {
      await app.station(id);
      await expect(app.matrix, id).toBeVisible();
      expect(await coloursOf(app.matrix.locator('canvas')), id).toBeGreaterThan(4);
      await expect(app.matrix.locator('svg text').first(), id).not.toBeEmpty();
    }
    for (const id of VECTORS) {
      await app.station(id);
      await expect(app.part('vectors'), id).toBeVisible();
      expect(await coloursOf(app.part('vectors').locator('canvas')), id).toBeGreaterThan(4);
    }
    await app.station('tokens');
    expect(await app.part('token-table').getByRole('row').count()).toBeGreaterThan(5);
    await app.station('prediction');
    await expect(app.part('prediction-table').getByRole('row').nth(5)).toBeVisible();
  });
}

test('the atlas shows every head, and a click on one makes it the selected one', async ({ app }) => {
  const cells = app.part('atlas').getByRole('gridcell');
  const shape = /(\d+) × (\d+)/.exec(await app.part('model-picker').innerText());
  await expect(cells).toHaveCount(Number(shape?.[1]) * Number(shape?.[2]));
  expect(await coloursOf(app.part('atlas').locator('.atlas-canvas'))).toBeGreaterThan(8);
  await app.part('head-3-1').click();
  await expect(app.part('head-3-1')).toHaveAttribute('aria-selected', 'true');
  await expect(app.part('stage-subtitle')).toContainText('layer 3, head 1');
});

test('the pointer on a cell shows its numbers; leaving it brings the selection back', async ({ app, page }) => {
  await app.station('pattern');
  await app.cell(3, 1);
  const before = await app.part('looks-at').innerText();
  const box = (await app.matrix.locator('canvas').boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.8);
  await expect(app.part('tooltip')).toBeVisible();
  await expect(app.part('looks-at')).not.toHaveText(before);
  await page.mouse.move(5, 5);
  await expect(app.part('looks-at')).toHaveText(before);
});
