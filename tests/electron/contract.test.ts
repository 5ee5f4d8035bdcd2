/**
 * The contract over the real line: a page's WebSocket, the server, the supervisor, the engine process with native-models and the
 * bundled models.
 */
import { createHash } from 'node:crypto';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  engineContract,
  eventContract,
  type Channel,
  type EngineChannel,
  type EventName,
  type RequestInput,
} from '../../electron/api/contract.ts';
import { LENS_MEASURES } from '../../electron/api/lens.ts';
import { failureOf } from './support/failure-of.ts';
import { openLine, type Line } from './support/line.ts';
import type { Page } from './support/page.ts';

const MODELS = fileURLToPath(new URL('../../native-models/bundled', import.meta.url));

let line: Line;
let settings: string;
let page: Page;
beforeAll(async () => {
  line = await openLine();
  ({ settings, page } = line);
});
afterAll(() => line.close());

const ask = <C extends Channel>(channel: C, request: RequestInput<C>) => line.ask(channel, request);
const runOf = (model: string, text: string, more: Partial<RequestInput<'text.run'>> = {}) =>
  ask('text.run', { model, device: 'cpu', input: { text }, lane: 'main', ...more });

const floats = (buffer: ArrayBuffer): Float32Array => new Float32Array(buffer);

describe('the contract', () => {
  it('says who the engine is', async () => {
    const info = await ask('engine.info', {});
    expect(info.onnxruntime).toMatch(/^1\.\d+\.\d+/u);
    expect(info.devices.find(({ id }) => id === 'cpu')).toMatchObject({ state: 'ready' });
  });

  it('checks devices and bundled models, and says what the host knows', async () => {
    const { devices, bundled, folders } = await ask('engine.selfCheck', {});
    expect(devices.find(({ id }) => id === 'cpu')).toMatchObject({ state: 'ready' });
    expect(bundled.map(({ id, state }) => [id, state])).toEqual([
      ['headlight-bert', 'verified'],
      ['headlight-gpt', 'verified'],
    ]);
    expect(folders[0]).toMatchObject({ id: 'bundled', path: MODELS, exists: true });
    const host = await ask('host.selfCheck', {});
    expect(host).toMatchObject({ kind: 'server', system: { platform: process.platform } });
    expect(host.folders.map(({ id }) => id)).toEqual(['settings', 'logs', 'cache']);
  });

  it('lists the bundled models', async () => {
    const models = await ask('models.list', {});
    const bundled = models.filter(({ source }) => source === 'bundled');
    expect(bundled.map(({ id, problem }) => [id, problem])).toEqual([
      ['headlight-bert', null],
      ['headlight-gpt', null],
    ]);
  });

  it("gives the hash of a model's weights", async () => {
    const { sha256 } = await ask('model.weights', { model: 'headlight-gpt' });
    const bytes = await readFile(path.join(MODELS, 'headlight-gpt/model.safetensors'));
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('opens a model, tokenizes and runs a text, and gives every number of a head', async () => {
    const opened = await ask('model.open', { model: 'headlight-gpt', device: 'cpu' });
    const [stack] = opened.stacks;
    expect(opened).toMatchObject({ head: 'next-token', takesPair: false, device: { id: 'cpu' } });
    const input = { text: 'The cat sat on the mat' };
    const tokens = await ask('text.tokenize', { model: 'headlight-gpt', input });
    const result = await runOf('headlight-gpt', input.text, { candidates: 3 });
    expect(result.tokens).toEqual(tokens);
    const [summary] = result.summaries;
    const { layers = 0, heads = 0 } = stack ?? {};
    expect(summary).toMatchObject({ stack: 'decoder', site: 'self', layers, heads });
    expect(summary?.pictures.byteLength).toBe(layers * heads * (summary?.grid ?? 0) ** 2);
    expect(floats(summary?.statistics ?? new ArrayBuffer(0))).toHaveLength(layers * heads * 6);
    expect(result.predictions).toHaveLength(1);
    expect(result.predictions[0]?.position).toBe(tokens.length - 1);

    const n = tokens.length;
    const one = await ask('trace.slice', { traceId: result.traceId, name: 'decoder.2.self.pattern', head: 1 });
    expect(one).toMatchObject({ axes: ['query', 'key'], dims: [n, n], head: 1 });
    const all = await ask('trace.slice', { traceId: result.traceId, name: 'decoder.2.self.pattern' });
    expect(all.dims).toEqual([heads, n, n]);
    const rows = floats(one.data);
    expect(floats(all.data).slice(n * n, 2 * n * n)).toEqual(rows);
    for (let q = 0; q < n; q++) {
      const row = rows.slice(q * n, (q + 1) * n);
      expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
      expect(row.slice(q + 1).every((weight) => weight === 0)).toBe(true);
    }
    const prediction = await ask('trace.predict', { traceId: result.traceId, position: 2, candidates: 4 });
    expect(prediction).toMatchObject({ kind: 'next-token', position: 2 });
    expect(prediction.candidates).toHaveLength(4);
    await ask('trace.close', { traceId: result.traceId });
    const gone = page.request('trace.slice', { traceId: result.traceId, name: 'decoder.2.self.pattern' });
    expect(await failureOf(gone)).toMatchObject({ code: 'not-found', reason: 'trace-gone' });
  });

  it('runs a pair with a mask through the other architecture', async () => {
    const opened = await ask('model.open', { model: 'headlight-bert', device: 'cpu' });
    expect(opened).toMatchObject({ head: 'masked-token', takesPair: true, maskToken: '[MASK]' });
    const input = { text: 'The cat sat on the [MASK].', pair: 'It was tired.' };
    const result = await runOf('headlight-bert', input.text, { input });
    const masks = result.tokens.flatMap(({ text, index }) => (text === '[MASK]' ? [index] : []));
    expect(result.predictions.map(({ kind, position }) => [kind, position])).toEqual([['masked-token', masks[0]]]);
    expect(new Set(result.tokens.map(({ part }) => part))).toEqual(new Set([0, 1]));
  });

  it('knocks a head out on request', async () => {
    const site = { stack: 'decoder' as const, layer: 2, head: 1 };
    const result = await runOf('headlight-gpt', 'The cat sat', { interventions: [{ kind: 'head', site, factor: 0 }] });
    const context = { traceId: result.traceId, name: 'decoder.2.self.context' };
    const knocked = floats((await ask('trace.slice', { ...context, head: 1 })).data);
    expect(knocked.every((value) => value === 0)).toBe(true);
    expect(floats((await ask('trace.slice', { ...context, head: 0 })).data).some((value) => value !== 0)).toBe(true);
  });

  it('scores every head of a model, and says how far it is', async () => {
    const { stacks } = await ask('model.open', { model: 'headlight-gpt', device: 'cpu' });
    const next = () => ask('model.heads', { model: 'headlight-gpt', device: 'cpu' });
    let { fraction, heads: scored } = await next();
    expect(fraction).toBeLessThan(1);
    while (scored === null) ({ fraction, heads: scored } = await next());
    expect(fraction).toBe(1);
    const [{ name, layers, heads } = { name: '', layers: 0, heads: 0 }] = stacks;
    expect(scored).toHaveLength(layers * heads);
    expect(scored.at(-1)).toMatchObject({ stack: name, layer: layers - 1, head: heads - 1 });
    const progress = page.events.flatMap((event) => (event.name === 'progress' ? [event.payload] : []));
    expect(progress).toContainEqual({ channel: 'model.heads', lane: null, stage: 'scoring', fraction: 0.5 });
  });

  it('ranks every head of a run by its prediction, and tells how a head writes', async () => {
    const { traceId, predictions, summaries } = await runOf('headlight-gpt', 'The cat sat on the mat');
    let part = await ask('trace.rank', { traceId });
    while (part.heads === null) part = await ask('trace.rank', { traceId });
    const [{ layers, heads } = { layers: 0, heads: 0 }] = summaries;
    const [top] = predictions[0]?.candidates ?? [];
    expect(part).toMatchObject({ fraction: 1, position: predictions[0]?.position, candidate: { id: top?.id } });
    expect(part.heads).toHaveLength(layers * heads);
    expect(part.heads.some(({ klNats }) => klNats > 0)).toBe(true);
    const norms = await ask('trace.slice', { traceId, name: 'decoder.1.self.outputNorm', head: 0 });
    expect([norms.axes, norms.dims]).toEqual([['token'], [(predictions[0]?.position ?? 0) + 1]]);
    expect(floats(norms.data).every((norm) => norm > 0)).toBe(true);
    expect(await failureOf(page.request('trace.rank', { traceId, position: 99 }))).toMatchObject({
      code: 'bad-request',
      reason: 'token-missing',
    });
  });

  it('traces a token back through the layers, part by part', async () => {
    const { traceId, tokens } = await runOf('headlight-gpt', 'The cat sat');
    const asked = { traceId, stack: 'decoder' as const, target: 2, method: 'rollout' as const };
    const first = await ask('trace.flow', { ...asked, weighting: 'norms' });
    expect(first.flow).toBeNull();
    expect(first.fraction).toBeLessThan(1);
    let part = first;
    while (part.flow === null) part = await ask('trace.flow', { ...asked, weighting: 'norms' });
    const shares = floats(part.flow.relevance);
    expect(shares.length).toBe((part.flow.layers.length + 1) * tokens.length);
    expect([...shares.subarray(0, tokens.length)].reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5);
    expect(await ask('trace.flow', { ...asked, weighting: 'norms' })).toEqual(part);
    const failed = page.request('trace.flow', { ...asked, weighting: 'attention', target: 99 });
    expect(await failureOf(failed)).toMatchObject({ code: 'bad-request', reason: 'flow-target-missing' });
  });

  it('compares a run with a changed one: predictions at once, layers part by part', async () => {
    const site = { stack: 'decoder' as const, layer: 1, head: 0 };
    const before = await runOf('headlight-gpt', 'The cat sat');
    const after = await runOf('headlight-gpt', 'The cat sat', { interventions: [{ kind: 'head', site, factor: 0 }] });
    const asked = { before: before.traceId, after: after.traceId, candidates: 5 };
    const first = await ask('trace.compare', asked);
    expect(first.layers).toBeNull();
    const [change] = first.predictions;
    expect(change?.klNats).toBeGreaterThan(0);
    const [top] = before.predictions[0]?.candidates ?? [];
    expect(change?.candidates[0]?.id).toBe(top?.id);
    expect(change?.candidates[0]?.before).toBeCloseTo(top?.probability ?? NaN, 6);
    let part = first;
    while (part.layers === null) part = await ask('trace.compare', asked);
    expect(part).toMatchObject({ fraction: 1, predictions: first.predictions });
    expect(part.layers[0]?.hidden).toBe(0);
    expect(part.layers.at(-1)?.hidden).toBeGreaterThan(0);
    const other = await runOf('headlight-gpt', 'A dog');
    expect(await failureOf(page.request('trace.compare', { ...asked, after: other.traceId }))).toMatchObject({
      code: 'bad-request',
      reason: 'texts-differ',
    });
  });

  it('adds a folder of the user’s and remembers it in a new engine', async () => {
    const folder = path.join(settings, 'my model');
    await cp(path.join(MODELS, 'headlight-gpt'), folder, { recursive: true });
    const entry = await ask('models.addFolder', { folder });
    expect(entry).toMatchObject({ source: 'folder', folder, problem: null });
    const running = failureOf(
      page.request('text.run', { model: 'headlight-gpt', device: 'cpu', input: { text: 'x' }, lane: 'l' }),
    );
    expect(await ask('engine.cancel', {})).toEqual({ cancelled: true });
    expect(await running).toMatchObject({ code: 'cancelled' });
    const listed = await ask('models.list', {});
    expect(listed.filter(({ source }) => source === 'folder').map((item) => item.folder)).toEqual([folder]);
    expect((await runOf(entry.id, 'The cat')).tokens).toHaveLength(2);
  });

  it('keeps the newest eight traces', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 9; i++) ids.push((await runOf('headlight-gpt', `The cat ${i}`)).traceId);
    const slice = (traceId = '') => page.request('trace.slice', { traceId, name: 'decoder.0.self.q', head: 0 });
    expect(await failureOf(slice(ids[0]))).toMatchObject({ reason: 'trace-gone' });
    await slice(ids[1]);
    await slice(ids[8]);
  });

  it('tells how the tokens of a text form, and searches the vocabulary, without a run', async () => {
    const model = 'headlight-gpt';
    const input = { text: 'The lighthouse keepers' };
    const { kind, tokens, words } = await ask('tokens.words', { model, input });
    expect(kind).toBe('BPE');
    expect(tokens).toEqual(await ask('text.tokenize', { model, input }));
    expect(words.flatMap(({ first, last }) => tokens.slice(first, last + 1))).toEqual(tokens);
    const at = words.findIndex(({ first, last }) => last > first);
    const { first, last } = words[at]!;
    const steps = await ask('tokens.steps', { model, input, word: at });
    expect(steps.pieces.map(({ id }) => id)).toEqual(tokens.slice(first, last + 1).map(({ id }) => id));
    expect(await failureOf(page.request('tokens.steps', { model, input, word: 99 }))).toMatchObject({
      code: 'bad-request',
    });
    const found = await ask('tokens.vocabulary', { model, query: 'light' });
    expect(found.entries.length).toBeGreaterThan(0);
    for (const { text } of found.entries) expect(text.toLowerCase()).toContain('light');
  });

  it('finds the neighbours of a row and of a hidden state, typed pieces, and rows of the table', async () => {
    const model = 'headlight-gpt';
    const { traceId, tokens } = await runOf(model, 'The old man');
    const id = tokens[1]!.id;
    const row = await ask('embedding.neighbours', { model, of: { kind: 'token', id }, count: 5 });
    const { rows, columns, data, names } = await ask('embedding.rows', { model, first: id - 1, count: 3 });
    expect(row).toMatchObject({ id, text: names[1], among: rows - 1 });
    expect(floats(row.vector)).toEqual(floats(data).slice(columns, 2 * columns));
    const cosines = row.byCosine.map(({ cosine }) => cosine);
    expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
    const state = { kind: 'state' as const, traceId, position: 1 };
    const near = await ask('embedding.neighbours', { model, of: { ...state, layer: 2 } });
    expect(near).toMatchObject({ id: null, among: rows });
    const hidden = await ask('trace.slice', { traceId, name: 'decoder.2.hidden' });
    expect(floats(near.vector)).toEqual(floats(hidden.data).slice(columns, 2 * columns));
    expect(await ask('embedding.positions', { model })).toMatchObject({ kind: 'learned', rows: 256 });
    const found = await ask('embedding.find', { model, typed: 'old' });
    expect(found.flatMap(({ pieces }) => pieces)).toContainEqual({ id, text: ' old' });
    const failed = page.request('embedding.neighbours', { model, of: { ...state, position: 9, layer: null } });
    expect(await failureOf(failed)).toMatchObject({ code: 'bad-request', reason: 'token-missing' });
    const beyond = page.request('embedding.rows', { model, first: rows, count: 1 });
    expect(await failureOf(beyond)).toMatchObject({ code: 'bad-request', reason: 'token-unknown' });
    await ask('trace.close', { traceId });
  });

  it('gives the whole distribution of a place, typed tokens in it, and the product behind a logit', async () => {
    const { traceId, predictions, tokens } = await runOf('headlight-gpt', 'The old man sat by the');
    const question = { filters: { temperature: 0.7, topK: 40, topP: 0.9 }, candidates: 6, named: 'fire', product: 5 };
    const found = await ask('trace.distribution', { traceId, ...question });
    expect(found).toMatchObject({ kind: 'next-token', position: tokens.length - 1, filters: question.filters });
    const shown = predictions[0]?.candidates.slice(0, 6).map(({ id }) => id);
    expect(found.candidates.map(({ id }) => id)).toEqual(shown);
    expect(found.named.map(({ reading }) => reading)).toContain('word');
    const { features, row, bias } = found.product!;
    const [left, right] = [floats(features), floats(row)];
    const [logit] = (await ask('trace.distribution', { traceId, candidates: 9000 })).candidates.filter(
      ({ id }) => id === 5,
    );
    expect(left.reduce((sum, value, at) => sum + value * right[at]!, bias)).toBeCloseTo(logit!.logit, 3);
    const failure = await failureOf(page.request('trace.distribution', { traceId, filters: { temperature: -1 } }));
    expect(failure).toMatchObject({ code: 'bad-request', reason: 'filter-temperature' });
    await ask('trace.close', { traceId });
  });

  it('gives what each layer would predict, a part at a time, and each cell with its candidates', async () => {
    const { traceId, predictions, tokens } = await runOf('headlight-gpt', 'The old man sat by the');
    let lens = (await ask('trace.lens', { traceId })).lens;
    while (lens === null) lens = (await ask('trace.lens', { traceId })).lens;
    expect(lens).toMatchObject({ kind: 'next-token', layers: 6, tokens: tokens.length });
    const cells = floats(lens.cells);
    expect(cells).toHaveLength(7 * tokens.length * LENS_MEASURES.length);
    const [top, probability] = cells.slice(-LENS_MEASURES.length);
    const [first] = predictions[0]!.candidates;
    expect([top, probability]).toEqual([first!.id, expect.closeTo(first!.probability, 5)]);
    expect(lens.names.find(({ id }) => id === top)?.text).toBe(first!.text);
    const place = { traceId, position: tokens.length - 1 };
    const cell = await ask('trace.lensCell', { ...place, layer: 5, candidates: 4 });
    expect(cell.candidates.map(({ id }) => id)).toEqual(predictions[0]!.candidates.slice(0, 4).map(({ id }) => id));
    expect(await failureOf(page.request('trace.lensCell', { ...place, layer: 6 }))).toMatchObject({
      code: 'bad-request',
      reason: 'lens-layer-missing',
    });
    await ask('trace.close', { traceId });
  });

  it('fills masks of the text and of the question, and scores a text', async () => {
    const { traceId, predictions, tokens } = await runOf('headlight-bert', 'The cat sat on the [MASK].');
    const masks = await ask('trace.fill', { traceId, masked: [2], candidates: 3 });
    expect(masks.map(({ position }) => position)).toEqual([2, predictions[0]!.position]);
    expect(masks.map(({ original }) => original?.id ?? null)).toEqual([tokens[2]!.id, null]);
    let { surprise } = await ask('trace.surprise', { traceId });
    while (surprise === null) ({ surprise } = await ask('trace.surprise', { traceId }));
    expect(surprise).toMatchObject({ kind: 'masked-token', scored: tokens.length - 3, offersStart: null });
    expect(await failureOf(page.request('trace.surprise', { traceId, start: true }))).toMatchObject({
      reason: 'surprise-no-start',
    });
    await ask('trace.close', { traceId });
  });

  it('generates a text, steps back, branches, and keeps the attention of every token', async () => {
    const input = { text: 'The old man sat by the' };
    const start = await ask('generate.start', { model: 'headlight-gpt', device: 'cpu', input });
    const { generationId, prompt } = start;
    expect(start).toMatchObject({ path: [], nodes: [], stopped: null, text: input.text, maxTokens: 256 });
    const choosing = { mode: 'sample', seed: 4, temperature: 0.8, topK: 40 } as const;
    const five = await ask('generate.step', { generationId, choosing, count: 5 });
    expect(five.path.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4].map((at) => prompt.length + at));
    const back = await ask('generate.back', { generationId, count: 2 });
    expect([back.path, back.nodes]).toEqual([five.path.slice(0, 3), five.nodes]);
    const place = { generationId, position: prompt.length + 1 };
    const { candidates } = await ask('generate.distribution', { ...place, candidates: 2 });
    const other = candidates.find(({ id }) => id !== five.path[1]?.id)!;
    const branched = await ask('generate.branch', { ...place, candidate: other.id });
    expect(branched.path.map(({ id }) => id)).toEqual([five.path[0]?.id, other.id]);
    const again = await ask('generate.select', { generationId, node: 4 });
    expect(again.path).toEqual(five.path);
    const row = await ask('generate.attention', { generationId, position: prompt.length + 4, layer: 2, head: 1 });
    expect(floats(row.weights)).toHaveLength(prompt.length + 5);
    expect(floats(row.weights).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 5);
    await ask('generate.close', { generationId });
    const gone = page.request('generate.step', { generationId, choosing });
    expect(await failureOf(gone)).toMatchObject({ code: 'not-found', reason: 'generation-gone' });
    const bert = page.request('generate.start', { model: 'headlight-bert', device: 'cpu', input });
    expect(await failureOf(bert)).toMatchObject({ code: 'bad-request', reason: 'no-next-token' });
  });

  it.each([
    ['an empty text', { input: { text: '' } }, 'bad-text'],
    ['a lone surrogate', { input: { text: 'a\ud800b' } }, 'bad-text'],
    ['a text over the model’s length', { input: { text: 'cat '.repeat(500) } }, 'bad-text'],
    ['200 kB pasted', { input: { text: 'lorem ipsum '.repeat(17_000) } }, 'bad-text'],
    ['an unknown model', { model: 'no-such-model' }, 'not-found'],
    ['a layer that is not there', { interventions: [{ kind: 'head', site: { layer: 99 }, factor: 0 }] }, 'bad-request'],
  ])('answers %s with a sentence and goes on', async (_what, change, code) => {
    const request = { model: 'headlight-gpt', device: 'cpu', input: { text: 'The cat' }, lane: 'main', ...change };
    const failure = await failureOf(page.request('text.run', request));
    expect(failure.code).toBe(code);
    expect(failure.message).toMatch(/^\S.{10,400}[.]$/u);
    expect((await runOf('headlight-gpt', 'The cat')).tokens).toHaveLength(2);
  });

  it('says what is wrong with a name, a head and a folder', async () => {
    const { traceId } = await runOf('headlight-gpt', 'The cat');
    const failures = await Promise.all([
      failureOf(page.request('trace.slice', { traceId, name: 'decoder.99.self.q' })),
      failureOf(page.request('trace.slice', { traceId, name: 'decoder.0.self.q', head: 99 })),
      failureOf(page.request('models.addFolder', { folder: 'models/gpt2' })),
      failureOf(page.request('models.addFolder', { folder: path.join(settings, 'nowhere') })),
    ]);
    expect(failures.map(({ code }) => code)).toEqual(['bad-request', 'bad-request', 'bad-request', 'not-found']);
    for (const { message } of failures) expect(message).not.toMatch(/internal|undefined|\[object/iu);
  });

  it('tells of a folder that holds no usable model, and does not remember it', async () => {
    const folder = path.join(settings, 'broken');
    await cp(path.join(MODELS, 'headlight-gpt'), folder, { recursive: true });
    await writeFile(path.join(folder, 'config.json'), '{"model_type":"mystery"}');
    expect((await ask('models.addFolder', { folder })).problem).toContain('mystery');
    expect((await ask('models.list', {})).some((entry) => entry.folder === folder)).toBe(false);
  });

  it('has given a valid response on every channel of the engine, and sent only events it knows', () => {
    expect([...line.answered].filter((channel) => channel in engineContract).sort()).toEqual(
      Object.keys(engineContract).sort(),
    );
    expect(page.events.length).toBeGreaterThan(10);
    for (const { name, payload } of page.events) eventContract[name as EventName].parse(payload);
    const stages = page.events.filter(({ name }) => name === 'progress').map(({ payload }) => payload);
    const channel: EngineChannel = 'text.run';
    expect(stages).toContainEqual({ channel, lane: 'main', stage: 'running', fraction: null });
  });
});
