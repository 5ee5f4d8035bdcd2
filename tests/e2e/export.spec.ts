import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { runCli } from '../../electron/cli/cli.ts';
import { readProvenance } from '../../renderer/export/read-provenance.ts';
import { viewsOf } from '../../renderer/state/views.ts';
import type { Provenance } from '../../renderer/export/provenance.ts';
import { THEMES } from '../../renderer/figures/theme.ts';
import { decodePng } from '../renderer/figures/support.ts';
import { expect, test, type App } from './support/app.ts';

async function exported(
  app: App,
  format: 'svg' | 'png' | 'pdf' | 'csv' | 'json' | 'npz' | 'zip',
): Promise<{ name: string; bytes: Buffer }> {
  const waiting = app.page.waitForEvent('download');
  await app.part('export').click();
  await app.part(`export-${format}`).click();
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

interface ReadSvg {
  readonly errors: number;
  readonly provenance: Provenance;
  /** Lines of text, in order. */
  readonly texts: readonly string[];
  readonly ground: string;
}

/** An exported SVG as a browser reads it. */
async function readSvg({ page }: App, bytes: Buffer): Promise<ReadSvg> {
  return page.evaluate((source) => {
    const svg = new DOMParser().parseFromString(source, 'image/svg+xml');
    return {
      errors: svg.querySelectorAll('parsererror').length,
      provenance: JSON.parse(svg.querySelector('metadata')?.textContent ?? 'null') as Provenance,
      texts: [...svg.querySelectorAll('text')].map((text) => text.textContent),
      ground: svg.querySelector('rect')?.getAttribute('fill') ?? '',
    };
  }, bytes.toString('utf8'));
}

/** The provenance in a PNG's iTXt chunk `Headlight`. */
function pngProvenance(bytes: Buffer): Provenance {
  const chunk = decodePng(bytes).chunks.find(({ type }) => type === 'iTXt');
  const text = Buffer.from(chunk?.payload ?? []).toString('utf8');
  expect(text.startsWith('Headlight\0')).toBe(true);
  return JSON.parse(text.slice(text.indexOf('{'))) as Provenance;
}

/** Words as a line of text has them, without what markup puts between. */
const joined = (texts: readonly string[]): string => texts.join(' ').replace(/\s+/g, '');

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

const SENTENCE = 'The children played in the garden until the rain came.';
const WALKED = ['embedding', 'qkv', 'scores', 'scaled', 'masked', 'pattern', 'context', 'output', 'residual'];

/** Every number and name that the walk shows on the page. */
async function shownWords({ page }: App): Promise<readonly string[]> {
  const parts = '.key-name, .keys-table td.number, .walk-facts dd, .vector-line .quiet, .head-write .number';
  const words = await page.locator('.walk-room').locator(parts).allTextContents();
  return words.map((word) => word.replace(/^[▾▸]/, '').replace(/\s+/g, ''));
}

for (const theme of ['light', 'dark'] as const) {
  test(`${theme}: the walk exports at every station with the numbers of the page`, async ({ app, page }) => {
    await app.theme(theme);
    await app.sentence.fill(SENTENCE);
    await app.station('scores');
    await app.head(2, 3);
    await app.cell(6, 1);
    await app.part('mode-one').click();
    for (const station of WALKED) {
      await app.station(station);
      await expect(app.part('walk')).toHaveAttribute('data-station', station);
      const words = await shownWords(app);
      expect(words.length, station).toBeGreaterThan(1);
      const { name, bytes } = await exported(app, 'svg');
      expect(name).toContain('token-6');
      const svg = await readSvg(app, bytes);
      const text = joined(svg.texts);
      for (const word of words) expect(text, `${station}: ${word}`).toContain(word);
      expect(svg.errors).toBe(0);
      expect(text).toContain('token6·');
      expect(svg.ground).toBe(THEMES[theme].panel);
      expect(svg.provenance).toMatchObject({ figure: 'walk', stage: station, query: 6, layer: 2, text: SENTENCE });
      expect(svg.provenance.interventions).toBeUndefined();
    }
    await page.keyboard.press('e');
    await expect(app.part('export-svg')).toBeVisible();
  });
}

test('the opened products and the dimensions of every key are in the export', async ({ app }) => {
  await app.sentence.fill(SENTENCE);
  await app.station('scores');
  await app.part('mode-one').click();
  await app.part('walk-key-1').click();
  await expect(app.part('walk-products')).toBeVisible();
  const sum = await app.part('products-sum').innerText();
  const open = await readSvg(app, (await exported(app, 'svg')).bytes);
  expect(joined(open.texts)).toContain(`Σqd·kd=${sum}`);
  await app.part('walk-detail-dimensions').click();
  const dimensions = (await exported(app, 'svg')).bytes.toString('utf8');
  const tokens = await app.part('tokens').getByRole('button').count();
  // q above, k and q ⊙ k of each key, q and k of the opened one.
  expect(dimensions.split('class="cells"')).toHaveLength(1 + 1 + 2 * tokens + 2);
});

test('the worked example exports, and says that its numbers are hand-made', async ({ app }) => {
  await app.part('settings').click();
  await app.part('settings-example').click();
  await app.page.keyboard.press('Escape');
  await app.station('scores');
  const scores = await readSvg(app, (await exported(app, 'svg')).bytes);
  for (const word of ['Thinking', 'Machines', '112.0', '96.00']) expect(scores.texts).toContain(word);
  expect(scores.texts).toContain('Worked example with hand-made numbers. No model computed them.');
  expect(scores.provenance).toMatchObject({ text: 'Thinking Machines', model: 'Thinking Machines (hand-made)' });
  await app.station('pattern');
  expect((await readSvg(app, (await exported(app, 'svg')).bytes)).texts).toContain('0.8808');
});

test('a knocked-out head is in the subtitle and in the provenance, of SVG and PNG alike', async ({ app }) => {
  await app.sentence.fill(SENTENCE);
  await app.station('pattern');
  await app.head(2, 1);
  const before = await readSvg(app, (await exported(app, 'svg')).bytes);
  expect(before.provenance.interventions).toBeUndefined();
  await app.part('tab-what-if').click();
  await app.part('what-if-knock-out').click();
  await expect(app.part('what-if-status')).toHaveAttribute('data-status', 'done');
  await app.part('run-view-changed').click();
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  const knockedOut = [{ kind: 'head', site: { stack: 'decoder', layer: 2, head: 1 }, factor: 0 }];
  for (const view of ['changed', 'difference', 'both'] as const) {
    await app.part(`run-view-${view}`).click();
    const { name, bytes } = await exported(app, 'svg');
    expect(name).toContain('-changed.svg');
    const svg = await readSvg(app, bytes);
    expect(svg.errors).toBe(0);
    expect(svg.provenance).toMatchObject({ text: SENTENCE, interventions: knockedOut });
    expect(svg.provenance.runs).toBe(view === 'changed' ? undefined : view);
    expect(svg.texts.join(' ')).toContain('1 change: Knocked out: layer 2, head 1');
  }
  await app.part('run-view-changed').click();
  const png = await exported(app, 'png');
  expect(pngProvenance(png.bytes)).toMatchObject({ text: SENTENCE, interventions: knockedOut });
  await app.part('mode-one').click();
  await expect(app.part('walk')).toBeVisible();
  const walk = await readSvg(app, (await exported(app, 'svg')).bytes);
  expect(walk.provenance).toMatchObject({ figure: 'walk', interventions: knockedOut });
  await app.part('run-view-original').click();
  await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
  expect((await readSvg(app, (await exported(app, 'svg')).bytes)).provenance.interventions).toBeUndefined();
});

test('PDF: vectors with the fonts inside, and where it comes from', async ({ app }) => {
  await app.sentence.fill('A (small) text \\ with marks');
  await app.station('pattern');
  const { name, bytes } = await exported(app, 'pdf');
  expect(name).toMatch(/\.pdf$/);
  const text = bytes.toString('latin1');
  expect(text.startsWith('%PDF-1.')).toBe(true);
  expect(text.match(/\/FontFile2 \d+ 0 R/g)?.length).toBeGreaterThanOrEqual(3);
  expect(text).not.toContain('/Subtype /Image');
  const provenance = readProvenance(name, bytes);
  expect(provenance).toMatchObject({
    text: 'A (small) text \\ with marks',
    stage: 'pattern',
    language: 'en',
    theme: 'light',
  });
  expect(provenance.weights).toMatch(/^[0-9a-f]{64}$/);
  expect(provenance.tokens).toContain('Ġwith');
});

const STATIONS = {
  gpt: [
    'tokens',
    'embedding',
    'qkv',
    'scores',
    'scaled',
    'masked',
    'pattern',
    'context',
    'output',
    'residual',
    'prediction',
  ],
  bert: ['pattern', 'prediction'],
} as const;

for (const [family, stations] of Object.entries(STATIONS)) {
  test(`every view of headlight-${family} takes its figure in every format and its numbers along`, async ({ app }) => {
    test.setTimeout(300_000);
    await app.model(`headlight-${family}`);
    await app.sentence.fill(family === 'bert' ? 'The [MASK] was calm.' : 'The sea was calm.');
    for (const station of stations) {
      await app.station(station);
      for (const view of viewsOf(station)) {
        // The projector draws on the graphics card; its numbers have buttons of their own.
        if (view === 'projector') continue;
        const tab = app.part(`view-${view}`);
        if (viewsOf(station).length > 1) await tab.click();
        await expect(app.part('export')).toBeEnabled();
        if (view === 'beside') await app.part('beside-text').fill('The sky was calm.');
        if (view === 'generate') await app.part('generate-step').click();
        await test.step(`${station} ${view}`, () => opens(app, view));
      }
    }
  });
}

/** Everything in one file, and each part is what its name says. */
async function opens(app: App, view: string): Promise<void> {
  let whole: { name: string; bytes: Buffer } | null = null;
  await expect(async () => {
    whole = await tried(app);
  }).toPass({ timeout: 60_000 });
  const files = unzipSync(whole!.bytes);
  expect(Object.keys(files), view).toEqual([
    ...['figure.svg', 'figure.pdf', 'figure.png'],
    ...['data.csv', 'data.json', 'data.npz', 'provenance.json'],
  ]);
  const provenance = readProvenance(whole!.name, whole!.bytes);
  for (const name of ['figure.svg', 'figure.pdf', 'figure.png', 'data.json'] as const)
    expect(readProvenance(name, files[name]!)).toEqual(provenance);
  const { errors, texts } = await readSvg(app, Buffer.from(files['figure.svg']!));
  expect([errors, texts.length > 0], view).toEqual([0, true]);
  expect(Buffer.from(files['data.csv']!).toString('utf8').split('\r\n').length, `${view}: rows`).toBeGreaterThan(2);
  expect(files['data.npz']!.length, view).toBeGreaterThan(500);
  expect(provenance.weights).toMatch(/^[0-9a-f]{64}$/);
}

/** While a view has nothing to export yet, it says so instead. */
async function tried(app: App): Promise<{ name: string; bytes: Buffer }> {
  const waiting = app.page.waitForEvent('download', { timeout: 20_000 });
  // Refused while the notice says so; the refusal ends the wait here.
  waiting.catch(() => undefined);
  await app.part('export').click();
  await app.part('export-zip').click();
  const refused = app.part('notice').filter({ hasText: /no figure|could not/ });
  if (
    await Promise.race([
      waiting.then(() => false),
      refused.waitFor({ timeout: 20_000 }).then(
        () => true,
        () => false,
      ),
    ])
  )
    throw new Error(await app.part('notice').innerText());
  const download = await waiting;
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

test('copies the figure and its numbers', async ({ app, page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.station('tokens');
  await app.part('export').click();
  await app.part('export-copy-data').click();
  await expect(app.part('notice')).toHaveText('The numbers are on the clipboard.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^index\tid\tpiece\ttext\tstart\tend\n0\t/);
  await app.part('export').click();
  await app.part('export-copy-svg').click();
  await expect(app.part('notice')).toHaveText('The SVG is on the clipboard.');
  expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('<metadata>');
  await app.part('export').click();
  await app.part('export-copy-picture').click();
  await expect(app.part('notice')).toHaveText('The picture is on the clipboard.');
  expect(await page.evaluate(async () => (await navigator.clipboard.read())[0]?.types)).toContain('image/png');
});

test('the command line makes a figure of the window again, byte for byte', async ({ app }) => {
  test.slow();
  await app.type('The sea was calm.', 5);
  await app.station('pattern');
  await app.head(1, 1);
  await app.cell(3, 1);
  const folder = await mkdtemp(path.join(tmpdir(), 'headlight-remade-'));
  for (const view of ['matrix', 'flow', 'reading', 'layers'] as const) {
    await app.part(`view-${view}`).click();
    await expect(app.part('stage')).toHaveAttribute('aria-busy', 'false');
    await expect(async () => {
      const { bytes } = await exported(app, 'svg');
      await writeFile(path.join(folder, 'window.svg'), bytes);
      expect(readProvenance('window.svg', bytes).figure).toBe(view === 'matrix' ? 'heatmap' : view);
    }).toPass({ timeout: 60_000 });
    let said = '';
    const output = { write: () => undefined, note: (text: string) => void (said += text) };
    const out = path.join(folder, 'again.svg');
    expect(await runCli(['figure', '--from', path.join(folder, 'window.svg'), '--out', out], output), said).toBe(0);
    expect(await readFile(out, 'utf8'), view).toBe(await readFile(path.join(folder, 'window.svg'), 'utf8'));
  }
});
