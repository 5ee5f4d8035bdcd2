import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import { readProvenance } from '../../renderer/export/read-provenance.ts';
import { decodePng } from '../renderer/figures/support.ts';
import { expect, test, type App } from './support/app.ts';

async function openSheet(app: App): Promise<void> {
  await app.part('export').click();
  await app.part('export-sheet').click();
  await expect(app.part('sheet-preview').locator('> svg')).toBeVisible();
}

async function saved(app: App, format: 'svg' | 'pdf' | 'png'): Promise<{ name: string; bytes: Buffer }> {
  const waiting = app.page.waitForEvent('download');
  await app.part(`sheet-${format}`).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

const widthOf = async (app: App): Promise<number> =>
  Number(await app.part('sheet-preview').locator('> svg').getAttribute('width'));

test('a sheet of a journal’s width, with title, caption and type in points, as SVG, PDF and PNG', async ({ app }) => {
  await app.type('The sea was calm.', 5);
  await openSheet(app);
  await app.part('sheet-size').selectOption('nature1');
  expect(await widthOf(app)).toBeCloseTo((89 * 96) / 25.4, 1);
  await expect(app.part('sheet-measured')).toContainText('89 ×');
  await app.part('sheet-title').fill('A head & its <weights>');
  await app.part('sheet-caption').fill('Figure 1. What one head looks at.');
  await app.part('sheet-type').fill('7');
  await app.part('sheet-ratio').selectOption('3');
  await app.part('sheet-transparent').check();
  const svg = await saved(app, 'svg');
  const text = svg.bytes.toString('utf8');
  expect(text).toContain('A head &amp; its &lt;weights&gt;');
  expect(text).toContain('What one head looks at.');
  const provenance = readProvenance(svg.name, svg.bytes);
  expect(provenance).toMatchObject({
    figure: 'sheet',
    text: 'The sea was calm.',
    options: { size: 'nature1', type: 7 },
  });
  expect(provenance.panels).toHaveLength(1);
  const pdf = await saved(app, 'pdf');
  const [, points] = /\/MediaBox \[0 0 ([\d.]+) /.exec(pdf.bytes.toString('latin1')) ?? [];
  expect((Number(points) / 72) * 25.4).toBeCloseTo(89, 0);
  const png = decodePng((await saved(app, 'png')).bytes);
  expect(png.width).toBe(Math.round(((89 * 96) / 25.4) * 3));
  expect(png.pixels[3], 'the corner is clear').toBe(0);
});

test('panels a, b, c: added from views, moved, taken away, in columns', async ({ app }) => {
  await app.type('The sea was calm.', 5);
  await app.part('export').click();
  await app.part('export-sheet-panel').click();
  await expect(app.part('notice')).toHaveText('Panel a is on the sheet.');
  await app.station('scores');
  await app.part('export').click();
  await app.part('export-sheet-panel').click();
  await openSheet(app);
  const names = app.part('sheet-panels').locator('li span');
  await expect(names).toHaveCount(2);
  const before = await names.allInnerTexts();
  await app.part('sheet-down-0').click();
  expect(await names.allInnerTexts()).toEqual([...before].reverse());
  await app.part('sheet-columns').selectOption('2');
  const { bytes, name } = await saved(app, 'svg');
  expect(readProvenance(name, bytes).panels?.map(({ stage }) => stage)).toEqual(['scores', 'pattern']);
  const ids = [...bytes.toString('utf8').matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  await app.part('sheet-remove-0').click();
  await expect(names).toHaveCount(1);
});

test('greys: says what the colour scale keeps, measured', async ({ app }) => {
  await openSheet(app);
  await expect(app.part('sheet-measured')).toContainText('runs one way in lightness');
  await app.part('sheet-grey').check();
  await expect(app.page.locator('.sheet-preview.grey')).toBeVisible();
  await app.page.keyboard.press('Escape');
  await expect(app.part('sheet')).toBeHidden();
  await app.station('scores');
  await openSheet(app);
  await expect(app.part('sheet-measured')).toContainText('turns back');
});

test('a width that is none is marked and changes nothing; the legend can be left out', async ({ app }) => {
  await openSheet(app);
  await app.part('sheet-size').selectOption('custom');
  await app.part('sheet-width').fill('10');
  await app.part('sheet-width').fill('ten');
  await expect(app.part('sheet-width')).toHaveAttribute('aria-invalid', 'true');
  expect(await widthOf(app)).toBeCloseTo((100 * 96) / 25.4, 1);
  const height = async () => Number(await app.part('sheet-preview').locator('> svg').getAttribute('height'));
  const before = await height();
  await app.part('sheet-legend').uncheck();
  expect(await height()).toBeLessThan(before);
  await expect(app.part('sheet-preview').locator('g.legend')).toHaveCount(0);
});

test('in Dutch and for a screen reader', async ({ app, page }) => {
  await openSheet(app);
  const { violations } = await new AxeBuilder({ page }).include('[data-testid="sheet"]').analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  await page.keyboard.press('Escape');
  await app.part('language').click();
  await app.part('export').click();
  await app.part('export-sheet').click();
  await expect(page.getByRole('dialog', { name: 'Figuurblad' })).toBeVisible();
});
