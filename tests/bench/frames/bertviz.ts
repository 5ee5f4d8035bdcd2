/**
 * BertViz's own head view and model view, as its Python package writes them into a page, with random weights of a 12×12 model.
 * The package comes from PyPI, D3 5 and jQuery (which it loads from a CDN) from npm; all are kept in the cache.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { attempt, cache, lastLine } from '../../support/processes.ts';
import { framesDuring, hover } from './recorder.ts';
import type { Frames } from './recorder.ts';

const VERSION = '1.4.1';
const place = path.join(cache, 'bertviz');
const HEADS = 12;
/** Longest wait for a page to draw itself, in ms. */
const PATIENCE = 300_000;

export type BertvizView = 'head' | 'model';

export interface BertvizMeasured {
  /** Milliseconds from the page's script to the first frame with the whole drawing. */
  readonly draw: number;
  readonly elements: number;
  readonly frames: Frames;
}

/** Fetches what is missing. @returns why the comparison cannot be made here, or null */
export function prepareBertviz(): string | null {
  mkdirSync(place, { recursive: true });
  if (!existsSync(path.join(place, 'head_view.js'))) {
    const python = process.platform === 'win32' ? 'python' : 'python3';
    const wheel = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--dest', place, `bertviz==${VERSION}`];
    const fetched = attempt(python, wheel);
    if (!fetched.ok) return `bertviz ${VERSION} cannot be fetched from PyPI: ${lastLine(fetched.output)}`;
    const file = readdirSync(place).find((name) => name.endsWith('.whl')) ?? '';
    const files = unzipSync(new Uint8Array(readFileSync(path.join(place, file))));
    for (const name of ['head_view.js', 'model_view.js'])
      writeFileSync(path.join(place, name), files[`bertviz/${name}`] ?? new Uint8Array());
  }
  if (!existsSync(path.join(place, 'node_modules/d3/dist/d3.min.js'))) {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    const flags = ['--prefix', place, '--no-audit', '--no-fund', '--ignore-scripts', '--silent'];
    const installed = attempt(npm, ['install', ...flags, 'd3@5.16.0', 'jquery@3.7.1']);
    if (!installed.ok) return `D3 5 and jQuery cannot be installed: ${lastLine(installed.output)}`;
  }
  return null;
}

export async function measureBertviz(page: Page, view: BertvizView, tokens: number): Promise<BertvizMeasured> {
  const file = path.join(place, `${view}-${tokens}.html`);
  writeFileSync(file, html(view, tokens));
  await page.goto(pathToFileURL(file).href, { timeout: PATIENCE });
  await page.waitForFunction(() => (window as unknown as { drawn?: number }).drawn !== undefined, null, {
    timeout: PATIENCE,
  });
  const draw = await page.evaluate(() => (window as unknown as { drawn: number }).drawn);
  const elements = await page.evaluate(() => document.querySelectorAll('svg *').length);
  // The head view answers to the pointer over its tokens; of the model view one looks at other heads by scrolling.
  const size = page.viewportSize() ?? { width: 1280, height: 720 };
  const act = async (): Promise<void> => {
    if (view === 'head') return hover(page, { x: 70, y: 90, width: 20, height: size.height - 150 }, 40);
    await page.mouse.move(size.width / 3, size.height / 2);
    for (let step = 0; step < 40; step += 1) await page.mouse.wheel(0, step < 20 ? 60 : -60);
  };
  return { draw, elements, frames: await framesDuring(page, act) };
}

/** What `head_view()` and `model_view()` write, with local copies of the two libraries and the numbers made in the page. */
function html(view: BertvizView, tokens: number): string {
  const library = (name: string): string => pathToFileURL(path.join(place, 'node_modules', name)).href;
  const script = readFileSync(path.join(place, `${view}_view.js`), 'utf8').replaceAll('PYTHON_PARAMS', 'PARAMS');
  return `<!doctype html><meta charset="utf-8"><title>BertViz ${view} view</title>
<div id="bertviz" style="font-family:'Helvetica Neue', Helvetica, Arial, sans-serif;">
  <span style="user-select:none">Layer: <select id="layer"></select></span>
  <div id="vis"></div>
</div>
<script src="${library('jquery/dist/jquery.min.js')}"></script>
<script src="${library('d3/dist/d3.min.js')}"></script>
<script>
const require = { config() {} };
const all = Array.from({ length: ${HEADS} }, (_, at) => at);
const text = Array.from({ length: ${tokens} }, (_, at) => 'w' + at);
const row = (query) => {
  const numbers = text.map((_, key) => key > query ? 0 : Math.exp(4 * Math.random()));
  const sum = numbers.reduce((a, b) => a + b, 0);
  return numbers.map((each) => each / sum);
};
const attn = all.map(() => all.map(() => text.map((_, query) => row(query))));
const PARAMS = {
  attention: [{ name: null, attn, left_text: text, right_text: text }], default_filter: '0', root_div_id: 'bertviz',
  layer: null, heads: null, include_layers: all, include_heads: all, total_heads: ${HEADS}, display_mode: 'light',
};
const began = performance.now();
const requirejs = (names, run) => {
  run(jQuery, d3);
  requestAnimationFrame(() => requestAnimationFrame(() => { window.drawn = performance.now() - began; }));
};
</script>
<script>${script}</script>`;
}
