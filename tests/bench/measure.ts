/**
 * One measurement in a process of its own: `tsx tests/bench/measure.ts <task as JSON>` prints its result as JSON on the last line.
 * Programs that are compared run in turns (A, B, A, B …), so that a busy moment of the machine hits both.
 */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  Generation,
  openModel,
  openPlain,
  predict,
  runEncoding,
  slice,
  startHeadRanking,
  summary,
} from '../../native-models/index.ts';
import type { Encoding, Intervention, Model, Trace } from '../../native-models/index.ts';
import { openHead } from './open-head.ts';
import { median, type Measures, type Task } from './task.ts';

/** Runs of each kind: at least this many, and as many as fit into the task's time, so that short runs are measured often. */
const FEWEST_RUNS = 5;
const MOST_RUNS = 40;

async function measure({ kind, folder, tokens, seconds }: Task): Promise<Measures> {
  switch (kind) {
    case 'run':
      return measureRun(folder, tokens, seconds);
    case 'intervention':
      return measureIntervention(folder, tokens, seconds);
    case 'ranking':
      return measureRanking(folder, tokens, seconds);
    case 'generation':
      return measureGeneration(folder, tokens, seconds);
    case 'open':
      return measureOpen(folder);
    case 'memory':
      return measureMemory(folder, tokens);
    case 'kept':
      return measureKept(folder, tokens);
  }
}

/**
 * Seconds of the plain forward, of the traced run, of one head's slice, and of all that the window asks for when a head is opened, in
 * turns; and the bytes of the latter.
 */
async function measureRun(folder: string, tokens: number, seconds: number): Promise<Measures> {
  const plain = await openPlain(folder, 'cpu');
  const model = await openModel(folder, { device: 'cpu' });
  const encoding = encodingOf(model, tokens);
  const times = { plain: [] as number[], traced: [] as number[], slice: [] as number[], opened: [] as number[] };
  let bytes = 0;
  const until = performance.now() + seconds * 1000;
  // The first turn warms both programs up and is not counted.
  for (let turn = 0; turn <= MOST_RUNS; turn++) {
    const plainSeconds = await timed(() => plain.run(encoding.ids));
    let trace: Trace | null = null;
    const tracedSeconds = await timed(async () => (trace = await tracedRun(model, encoding)));
    const sliceSeconds = await timed(() => sliceOf(model, trace!));
    const openedSeconds = await timed(async () => (bytes = await openHead(model, trace!)));
    if (turn > 0) {
      times.plain.push(plainSeconds);
      times.traced.push(tracedSeconds);
      times.slice.push(sliceSeconds);
      times.opened.push(openedSeconds);
    }
    if (turn >= FEWEST_RUNS && performance.now() > until) break;
  }
  await plain.dispose();
  await model.dispose();
  const { plain: forward, traced, slice, opened } = times;
  return {
    ...{ plain: median(forward), traced: median(traced), slice: median(slice), opened: median(opened) },
    bytes,
  };
}

/** Seconds of the plain forward, and of a changed run with its summary and prediction, in turns. */
async function measureIntervention(folder: string, tokens: number, seconds: number): Promise<Measures> {
  const plain = await openPlain(folder, 'cpu');
  const model = await openModel(folder, { device: 'cpu' });
  const encoding = encodingOf(model, tokens);
  const interventions = oneOfEachKind(model, tokens);
  const times = { plain: [] as number[], intervened: [] as number[] };
  const until = performance.now() + seconds * 1000;
  for (let turn = 0; turn <= MOST_RUNS; turn++) {
    const plainSeconds = await timed(() => plain.run(encoding.ids));
    const intervenedSeconds = await timed(() => tracedRun(model, encoding, interventions));
    if (turn > 0) {
      times.plain.push(plainSeconds);
      times.intervened.push(intervenedSeconds);
    }
    if (turn >= FEWEST_RUNS && performance.now() > until) break;
  }
  await plain.dispose();
  await model.dispose();
  return { plain: median(times.plain), intervened: median(times.intervened) };
}

/** The dearest change there is: tables of masks and replaced patterns beside the cheap factors. */
function oneOfEachKind({ stacks }: Model, tokens: number): readonly Intervention[] {
  const middle = stacks[0]!.layers >> 1;
  return [
    { kind: 'scale', site: { layer: 0, head: 0 }, factor: 1 },
    { kind: 'head', site: { layer: middle, head: 1 }, factor: 0 },
    { kind: 'mask', site: { layer: middle }, query: tokens - 1, key: 0, visible: false },
    { kind: 'pattern', site: { layer: middle - 1, head: 0 }, pattern: 'uniform' },
  ];
}

/** Seconds of the plain forward, and of the ranking of all heads by the last token's prediction, a step and a forward in turns. */
async function measureRanking(folder: string, tokens: number, seconds: number): Promise<Measures> {
  const plain = await openPlain(folder, 'cpu');
  const model = await openModel(folder, { device: 'cpu' });
  const encoding = encodingOf(model, tokens);
  const trace = await tracedRun(model, encoding);
  await plain.run(encoding.ids);
  const times = { plain: [] as number[], ranking: [] as number[] };
  let heads = 0;
  for (const until = performance.now() + seconds * 1000; times.ranking.length === 0 || performance.now() < until;) {
    const ranking = startHeadRanking(trace, { position: tokens - 1 });
    let spent = 0;
    while (ranking.fraction < 1) {
      times.plain.push(await timed(() => plain.run(encoding.ids)));
      spent += await timed(async () => (heads = (await ranking.step())?.length ?? 0));
    }
    times.ranking.push(spent);
  }
  await plain.dispose();
  await model.dispose();
  return { plain: median(times.plain), ranking: median(times.ranking), heads };
}

/** Tokens that are generated in a turn, one after the other. */
const STEPS = 3;

/**
 * Seconds of the plain forward and of the traced run of a text, and of generating its last token with the tokens before kept: drawn
 * and computed, with all that its attention is looked into with. In turns; of a turn the last of a few tokens in a row.
 */
async function measureGeneration(folder: string, tokens: number, seconds: number): Promise<Measures> {
  const plain = await openPlain(folder, 'cpu');
  const model = await openModel(folder, { device: 'cpu' });
  const encoding = encodingOf(model, tokens);
  const generation = await Generation.start(model, '', encodingOf(model, tokens - STEPS));
  const times = { plain: [] as number[], traced: [] as number[], step: [] as number[] };
  const until = performance.now() + seconds * 1000;
  for (let turn = 0; turn <= MOST_RUNS; turn++) {
    const plainSeconds = await timed(() => plain.run(encoding.ids));
    const tracedSeconds = await timed(() => tracedRun(model, encoding));
    const choosing = { mode: 'sample', seed: turn, temperature: 1, topK: 40, topP: 0.95 } as const;
    for (let step = 1; step < STEPS; step++) await generation.step(choosing);
    const before = generation.state.nodes.length;
    const stepSeconds = await timed(() => generation.step(choosing));
    // A token that was drawn before in the same place is not computed again.
    const isNew = generation.state.nodes.length > before;
    generation.back(STEPS);
    if (turn > 0) {
      times.plain.push(plainSeconds);
      times.traced.push(tracedSeconds);
      if (isNew) times.step.push(stepSeconds);
    }
    if (turn >= FEWEST_RUNS && performance.now() > until) break;
  }
  await plain.dispose();
  await model.dispose();
  return { plain: median(times.plain), traced: median(times.traced), step: median(times.step) };
}

/**
 * Tokens → trace, summary of every head, and (as the plain forward ends in it) the logits of the last token with their softmax.
 */
async function tracedRun(
  model: Model,
  encoding: Encoding,
  interventions: readonly Intervention[] = [],
): Promise<Trace> {
  const trace = await runEncoding(model, encoding, { interventions });
  summary(trace);
  if (model.head !== 'none') await predict(trace, { position: encoding.ids.length - 1, candidates: 10 });
  return trace;
}

async function sliceOf(model: Model, trace: Trace): Promise<void> {
  const stack = model.stacks[0]!;
  await slice(trace, `${stack.name}.${stack.layers >> 1}.self.pattern`, stack.heads >> 1);
}

/** Seconds of opening the model, and of reading its weight files once from start to end; both with a warm file cache. */
async function measureOpen(folder: string): Promise<Measures> {
  readWeights(folder);
  const read = await timed(() => Promise.resolve(readWeights(folder)));
  const open = await timed(async () => (await openModel(folder, { device: 'cpu' })).dispose());
  return { read, open };
}

/** Highest resident memory of this process, in bytes, after opening the model, one traced run, and opening a head. */
async function measureMemory(folder: string, tokens: number): Promise<Measures> {
  const model = await openModel(folder, { device: 'cpu' });
  const before = process.resourceUsage().maxRSS * 1024;
  const trace = await tracedRun(model, encodingOf(model, tokens));
  await sliceOf(model, trace);
  await openHead(model, trace);
  const peak = process.resourceUsage().maxRSS * 1024;
  await model.dispose();
  return { peak, grown: peak - before, weights: weightBytes(folder) };
}

/** How many traces are kept to see what one takes. */
const KEPT_TRACES = 3;

/** Bytes that a trace holds while it is kept: what the heap and its buffers have more, after a collection of garbage. */
async function measureKept(folder: string, tokens: number): Promise<Measures> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held = async (): Promise<number> => {
    // Buffers that ONNX Runtime made are given back in a later turn than the one that finds them unused.
    for (let turn = 0; turn < 3; turn++) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const model = await openModel(folder, { device: 'cpu' });
  const encoding = encodingOf(model, tokens);
  // The first run leaves behind what every run shares.
  (await tracedRun(model, encoding)).dispose();
  const before = await held();
  const traces: Trace[] = [];
  while (traces.length < KEPT_TRACES) traces.push(await tracedRun(model, encoding));
  const kept = ((await held()) - before) / traces.length;
  for (const trace of traces) trace.dispose();
  await model.dispose();
  return { kept };
}

/** Ids spread over the vocabulary, in an order that repeats on every machine. */
function encodingOf(model: Model, length: number): Encoding {
  const ids = Array.from({ length }, (_, index) => (index * 7919 + 13) % model.source.vocabulary);
  const tokens = ids.map((id, index) => ({
    ...{ index, id, piece: String(id), text: String(id), startsWord: true, special: false, part: 0 },
    ...{ start: null, end: null },
  }));
  return { ids, typeIds: ids.map(() => 0), tokens };
}

const weightFiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.safetensors'))
    .map((name) => path.join(folder, name));

const weightBytes = (folder: string): number =>
  weightFiles(folder).reduce((total, file) => total + statSync(file).size, 0);

/** Reads every byte of the weights; returns how many there were. */
function readWeights(folder: string): number {
  const buffer = Buffer.allocUnsafe(8 * 2 ** 20);
  let total = 0;
  for (const file of weightFiles(folder)) {
    const handle = openSync(file, 'r');
    for (let read = 1; read > 0; total += read) read = readSync(handle, buffer);
    closeSync(handle);
  }
  return total;
}

/** Wall time of `work` in seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

console.log(JSON.stringify(await measure(JSON.parse(process.argv[2] ?? '') as Task)));
