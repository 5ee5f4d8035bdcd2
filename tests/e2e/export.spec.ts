import { readFile } from 'node:fs/promises';
import { expect, test, type App } from './support/app.ts';

async function exported(app: App, format: 'svg' | 'png'): Promise<{ name: string; bytes: Buffer }> {
  const waiting = app.page.waitForEvent('download');
  await app.part('export').click();
  await app.part(`export-${format}`).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('SVG: well-formed, words as text, one image for the matrix', async ({ app, page }) => {
  await app.sentence.fill('The cat & the dog < the horse');
  await app.station('pattern');
  await app.head(1, 1);
  const { name, bytes } = await exported(app, 'svg');
  expect(name).toMatch(/\.svg$/);
  const parsed = await page.evaluate((source) => {
    const svg = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      errors: svg.querySelectorAll('parsererror').length,
      root: svg.documentElement.tagName,
      texts: [...svg.querySelectorAll('text')].map((text) => text.textContent),
      scripts: svg.querySelectorAll('script, foreignObject').length,
    };
  }, bytes.toString('utf8'));
  expect(parsed).toMatchObject({ errors: 0, root: 'svg', scripts: 0 });
  for (const word of ['cat', '&', 'horse']) expect(parsed.texts.join(' ')).toContain(word);
});

test('PNG: a picture with the pixels that its header promises', async ({ app, page }) => {
  await app.station('scaled');
  const { name, bytes } = await exported(app, 'png');
  expect(name).toMatch(/\.png$/);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const size = await page.evaluate(
    async (data) => {
      const bitmap = await createImageBitmap(new Blob([new Uint8Array(data)], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(bitmap, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, bitmap.width, bitmap.height).data.buffer);
      return { width: bitmap.width, height: bitmap.height, colours: new Set(pixels).size };
    },
    [...bytes],
  );
  expect([size.width, size.height]).toEqual([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]);
  expect(size.width).toBeGreaterThan(400);
  expect(size.colours).toBeGreaterThan(16);
});

test('every station can be exported', async ({ app }) => {
  for (const station of ['tokens', 'qkv', 'masked', 'residual', 'prediction']) {
    await app.station(station);
    const { bytes } = await exported(app, 'svg');
    expect(bytes.toString('utf8'), station).toContain('<text');
  }
});

test('E opens the export menu', async ({ app, page }) => {
  await app.part('station-pattern').focus();
  await page.keyboard.press('e');
  await expect(app.part('export-svg')).toBeVisible();
});
