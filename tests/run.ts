/**
 * `npm test`: everything, in order, with the time of each stage. Later stages run although an earlier one failed, so that one
 * run shows all that is wrong. The last line is `N passed, N failed`: the sums of Vitest and Playwright, and 1 for each other
 * stage that failed; the exit code is 0 only when nothing failed.
 */
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { prepareBrowser } from './e2e/browser.ts';
import { prepareMinilm } from './support/minilm.ts';
import { playwrightCounts, vitestCounts, type Counts } from './support/counts.ts';
import { cache, npmRun } from './support/processes.ts';
import { prepareTrainingPython } from './support/training-python.ts';
import { prepareWebgpuEnvironment } from './support/webgpu-env.ts';

interface Stage {
  readonly name: string;
  /** Runs the stage; resolves to its exit code. */
  readonly run: () => Promise<number>;
  /** What the stage's runner counted, from the report it wrote; null when it wrote none. */
  readonly counts?: () => Counts | null;
}

const vitestReport = path.join(cache, 'vitest.json');
const playwrightReport = path.join(cache, 'playwright.json');

/** One row after another; what stands in one row runs side by side. */
const rows: readonly (readonly Stage[])[] = [
  [
    { name: 'types', run: () => npmRun('types') },
    { name: 'lint', run: () => npmRun('lint') },
    { name: 'format', run: () => npmRun('format:check') },
  ],
  [{ name: 'unit', run: unit, counts: () => readCounts(vitestReport, vitestCounts) }],
  [{ name: 'build', run: () => npmRun('build') }],
  [{ name: 'e2e', run: e2e, counts: () => readCounts(playwrightReport, playwrightCounts) }],
];

async function unit(): Promise<number> {
  rmSync(vitestReport, { force: true });
  const minilm = prepareMinilm();
  console.log('folder' in minilm ? `Real BERT weights: ${minilm.folder}` : `No real BERT weights: ${minilm.reason}`);
  const training = prepareTrainingPython();
  console.log('python' in training ? `Python for training: ${training.python}` : `No training: ${training.reason}`);
  const webgpu = prepareWebgpuEnvironment();
  if ('reason' in webgpu) console.log(`No WebGPU: ${webgpu.reason}`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`];
  return npmRun('unit', reporters, {
    ...('folder' in minilm ? { HEADLIGHT_MINILM: minilm.folder } : {}),
    ...('python' in training ? { HEADLIGHT_PYTHON: training.python } : {}),
  });
}

async function e2e(): Promise<number> {
  rmSync(playwrightReport, { force: true });
  return npmRun('e2e', [], { CHROMIUM_PATH: prepareBrowser(), HEADLIGHT_E2E_REPORT: playwrightReport });
}

function readCounts(file: string, read: (report: unknown) => Counts): Counts | null {
  return existsSync(file) ? read(JSON.parse(readFileSync(file, 'utf8'))) : null;
}

/** Runs one stage; a stage that fails without a failed test of its own counts as one failure. */
async function runStage(stage: Stage): Promise<Counts> {
  console.log(`\n== ${stage.name}`);
  const start = performance.now();
  const code = await stage.run().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  });
  const counted = stage.counts?.() ?? { passed: 0, failed: 0, skipped: 0 };
  const counts = code !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const tests = stage.counts ? `, ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped` : '';
  console.log(`== ${stage.name}: ${code === 0 ? 'ok' : `FAILED (exit ${code})`} in ${seconds} s${tests}`);
  return counts;
}

async function main(): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const total = { passed: 0, failed: 0, skipped: 0 };
  const failed: string[] = [];
  for (const row of rows) {
    const counted = await Promise.all(row.map(async (stage) => ({ name: stage.name, counts: await runStage(stage) })));
    for (const { name, counts } of counted) {
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
      if (counts.failed > 0) failed.push(name);
    }
  }
  if (failed.length > 0) console.log(`\nFailed: ${failed.join(', ')}`);
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
  process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
}

await main();
