/**
 * `npm run bench:frames [-- --json] [--quick] [--projector]`: frames and script time of the app in a real Chromium, on a random 12×12 model at 64,
 * 128 and 1,024 tokens, and of BertViz's own pages at 64 and 128 tokens in the same run. The embedding projector is measured with
 * 50,000 points of a made-up table. `--quick`: 64 tokens, without BertViz and projector; `--projector`: that one alone.
 */
import { cpus } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { prepareBrowser } from '../../e2e/browser.ts';
import { startApp } from '../../e2e/support/server.ts';
import { ensureCheckpoint, narrowGpt2, wideTable } from '../../support/random-checkpoint.ts';
import { measureBertviz, prepareBertviz } from './bertviz.ts';
import { measureHeadlight } from './headlight.ts';
import { measureProjector, POINTS } from './projector.ts';
import type { Frames } from './recorder.ts';

interface FrameRow {
  readonly program: 'Headlight' | 'BertViz';
  /** Of the text; null where none is drawn. */
  readonly tokens: number | null;
  readonly what: string;
  /** Milliseconds; null: not measured for this row. */
  readonly draw: number | null;
  readonly frames: Frames | null;
  /** Elements of the drawing, where that was counted. */
  readonly elements: number | null;
}

/** Milliseconds that a frame, and the script of one move of the pointer, may take. */
const TARGETS = { frame: 33, script: 16 };

/** A new page for each, so that none pays for what another left behind. */
async function onPage<T>(browser: Browser, measure: (page: Page) => Promise<T>): Promise<T> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  try {
    return await measure(page);
  } finally {
    await page.close();
  }
}

async function headlightRows(browser: Browser, lengths: readonly number[]): Promise<FrameRow[]> {
  const server = await startApp(path.dirname(ensureCheckpoint(narrowGpt2, 'headlight-frames')));
  try {
    const rows: FrameRow[] = [];
    for (const tokens of lengths) {
      process.stderr.write(`Headlight, ${tokens} tokens\n`);
      for (const { view, gesture, draw, frames } of await onPage(browser, (page) =>
        measureHeadlight(page, server, tokens),
      )) {
        const measured = { draw: draw ?? null, frames: frames ?? null, elements: null };
        rows.push({ program: 'Headlight', tokens, what: `${view}: ${gesture}`, ...measured });
      }
    }
    return rows;
  } finally {
    await server.stop();
  }
}

async function projectorRows(browser: Browser): Promise<FrameRow[]> {
  const server = await startApp(path.dirname(ensureCheckpoint(wideTable, 'headlight-frames-table')));
  try {
    process.stderr.write(`Headlight, projector, ${POINTS} points\n`);
    const measured = await onPage(browser, (page) => measureProjector(page, server));
    return measured.map(({ gesture, draw, frames }) => ({
      ...{ program: 'Headlight', tokens: null, what: `projector, ${POINTS} points: ${gesture}`, elements: null },
      ...{ draw: draw ?? null, frames: frames ?? null },
    }));
  } finally {
    await server.stop();
  }
}

async function bertvizRows(browser: Browser): Promise<FrameRow[]> {
  const reason = prepareBertviz();
  if (reason !== null) {
    process.stderr.write(`BertViz is left out: ${reason}\n`);
    return [];
  }
  const rows: FrameRow[] = [];
  for (const tokens of [64, 128]) {
    for (const view of ['head', 'model'] as const) {
      process.stderr.write(`BertViz, ${view} view, ${tokens} tokens\n`);
      const measured = await onPage(browser, (page) => measureBertviz(page, view, tokens));
      const what = view === 'head' ? 'head view: hover' : 'model view: scroll';
      rows.push({ program: 'BertViz', tokens, what, ...measured });
    }
  }
  return rows;
}

function print(rows: readonly FrameRow[]): void {
  const number = (value: number | undefined | null): string => (value == null ? '–' : value.toFixed(1));
  console.log(`${cpus()[0]?.model ?? 'unknown'} · ${cpus().length} cores · software rendering · 1280 × 720`);
  console.log(`Targets at 1,024 tokens: median frame ≤ ${TARGETS.frame} ms, script a move ≤ ${TARGETS.script} ms\n`);
  console.log(
    '| program | tokens | what | drawn in, ms | frames | median, ms | worst, ms | script a move, ms | elements |',
  );
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
  for (const { program, tokens, what, draw, frames, elements } of rows) {
    const text = tokens ?? '–';
    const cells = [number(draw), frames?.frames ?? '–', number(frames?.median), number(frames?.worst)];
    console.log(`| ${[program, text, what, ...cells, number(frames?.script), elements ?? '–'].join(' | ')} |`);
  }
}

async function rowsOf(browser: Browser, which: 'all' | 'quick' | 'projector'): Promise<FrameRow[]> {
  if (which === 'projector') return projectorRows(browser);
  const own = await headlightRows(browser, which === 'quick' ? [64] : [64, 128, 1024]);
  return which === 'quick' ? own : [...own, ...(await projectorRows(browser)), ...(await bertvizRows(browser))];
}

async function main(flags: readonly string[]): Promise<void> {
  const known = ['--json', '--quick', '--projector'];
  const unknown = flags.find((flag) => !known.includes(flag));
  if (unknown !== undefined) {
    console.error(`bench:frames knows ${known.join(', ')}, not ${unknown}.`);
    process.exitCode = 2;
    return;
  }
  const quick = flags.includes('--quick');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
  const browser = await chromium.launch({ executablePath: prepareBrowser(), args });
  try {
    const rows = await rowsOf(browser, flags.includes('--projector') ? 'projector' : quick ? 'quick' : 'all');
    if (flags.includes('--json')) console.log(JSON.stringify(rows, null, 2));
    else print(rows);
  } finally {
    await browser.close();
  }
}

await main(process.argv.slice(2));
