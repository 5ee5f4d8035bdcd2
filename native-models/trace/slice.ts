/** Any traced value of a run, whole or for one head: kept, made from q, k, v by the slicing graph, or made by one more pass. */
import { ModelError } from '../errors.ts';
import type { Feed, Feeds, Fetched, Session } from '../session/runtime.ts';
import type { Slice } from '../types.ts';
import { stageOf } from './core.ts';
import type { Stage } from './core.ts';
import { floats } from './feeds.ts';
import type { TraceName } from './names.ts';
import type { SitePlan } from './plan.ts';
import { assertRows, rowsOf } from './rows.ts';
import type { Range } from './rows.ts';
import type { TraceData } from './trace.ts';

/**
 * @param name a name of trace/names.ts, e.g. `decoder.3.self.pattern`
 * @param head one head of a value with a head axis; all heads when absent
 * @param rows some tokens or queries, of one head where the value has heads; all when absent. Only they are computed, and they are
 *   those of the whole value to the bit.
 * @returns f32, row-major; a fresh copy
 * @throws ModelError `bad-request` for an unknown name, a head or rows that are not there, or those of a value without them
 */
export async function sliceTrace(trace: TraceData, name: string, head?: number, rows?: Range): Promise<Slice> {
  const entry = trace.source.names.get(name);
  if (entry === undefined) throw unknownName(trace, name);
  if (head !== undefined) assertHead(entry, head);
  if (rows !== undefined) assertRows(entry, head, rows, trace.tokens.length);
  const { data, dims } = await valueOf(trace, entry, head, rows);
  const axes = head === undefined ? entry.axes : entry.axes.slice(1);
  return { name, head: head ?? null, axes, dims: dimsOf(dims, axes.length), rows: rows ?? null, data };
}

/** Drops the batch axis, which is 1, where the graph's output has it. */
function dimsOf(dims: readonly number[], axes: number): readonly number[] {
  return dims.slice(dims.length - axes);
}

async function valueOf(
  trace: TraceData,
  entry: TraceName,
  head: number | undefined,
  rows: Range | undefined,
): Promise<Fetched> {
  switch (entry.origin) {
    case 'run':
    case 'rerun':
    case 'derived': {
      const kept = await keptValue(trace, entry);
      const ofHead = head === undefined ? kept : ofHeads(kept, { first: head, count: 1 });
      const { data, dims } = rows === undefined ? ofHead : rowsOf(ofHead, rows);
      return { data: data.slice(), dims };
    }
    case 'stage':
      return stage(trace, entry, head, rows);
    case 'head':
      return fromHead(trace, entry, rows);
  }
}

/** Some heads of a kept [1, heads, …] value, as a view. */
function ofHeads({ data, dims }: Fetched, { first, count }: Range): Fetched {
  const [, , ...rest] = dims;
  const size = rest.reduce((product, dim) => product * dim, 1);
  return { data: data.subarray(first * size, (first + count) * size), dims: [1, count, ...rest] };
}

async function stage(
  trace: TraceData,
  { name, layer, stack }: TraceName,
  head: number | undefined,
  rows: Range | undefined,
): Promise<Fetched> {
  if (stack === null || layer === null) throw new Error(`invalid trace row: ${name} has no layer`);
  const plan = trace.plans.find((candidate) => candidate.stack === stack) as SitePlan;
  const cut = name.lastIndexOf('.');
  const heads = head === undefined ? { first: 0, count: stack.heads } : { first: head, count: 1 };
  const part = (vector: string) => ofHeads(trace.kept.get(`${name.slice(0, cut)}.${vector}`) as Fetched, heads).data;
  const vectors = { q: part('q'), k: part('k'), v: part('v') };
  return stageOf({ plan, layer, heads, vectors }, name.slice(cut + 1) as Stage, rows);
}

/** Made when it is first asked for, with all values that the same pass gives; kept with the trace, being linear in the tokens. */
async function keptValue(trace: TraceData, entry: TraceName): Promise<Fetched> {
  if (!trace.kept.has(entry.name)) {
    for (const [name, value] of await onePass(trace, entry)) trace.kept.set(name, value);
  }
  return trace.kept.get(entry.name) as Fetched;
}

async function onePass(trace: TraceData, { name, origin }: TraceName): Promise<ReadonlyMap<string, Fetched>> {
  const { body, derived, names } = trace.source;
  const part = await derived.get(name)?.get();
  if (part !== undefined) return part.run(feedsOf(trace, part), part.outputNames);
  const together = [...names.values()].filter((entry) => entry.origin === origin).map((entry) => entry.name);
  return body.run(trace.feeds(), together);
}

/** What a session takes of the run's own feeds and of the values that it kept. */
function feedsOf(trace: TraceData, { inputNames }: Session): Feeds {
  const { kept } = trace;
  const feeds = trace.feeds();
  const keptFeed = (name: string): Feed => {
    const { data, dims } = kept.get(name) as Fetched;
    return floats(data, dims);
  };
  return Object.fromEntries(inputNames.map((name) => [name, feeds[name] ?? keptFeed(name)]));
}

async function fromHead(trace: TraceData, { name, axes }: TraceName, rows: Range | undefined): Promise<Fetched> {
  const { first, count } = rows ?? { first: 0, count: axes[0] === 'token' ? trace.tokens.length : 1 };
  const chosen = Array.from({ length: count }, (_, index) => first + index);
  const results = await runHead(trace, chosen, [name]);
  return results.get(name) as Fetched;
}

/** The head's outputs for the final hidden states of some rows; each f32 [rows, features]. */
export async function runHead(
  trace: TraceData,
  rows: readonly number[],
  outputs: readonly string[],
): Promise<ReadonlyMap<string, Fetched>> {
  const { head, traced } = trace.source;
  const stack = traced.stacks.at(-1);
  if (head === null || stack === undefined)
    throw new ModelError('bad-request', 'no-head', 'This model has no prediction head.');
  const final = (trace.kept.get(`${stack.name}.final`) as Fetched).data;
  const chosen = new Float32Array(rows.length * stack.hidden);
  rows.forEach((row, at) => {
    chosen.set(final.subarray(row * stack.hidden, (row + 1) * stack.hidden), at * stack.hidden);
  });
  return head.run({ final: floats(chosen, [rows.length, stack.hidden]) }, outputs);
}

function assertHead({ name, axes, stack }: TraceName, head: number): void {
  if (axes[0] !== 'head' || stack === null) {
    throw new ModelError(
      'bad-request',
      'no-head-axis',
      `${name} has the axes ${axes.join(', ')}; it has no heads to choose from.`,
    );
  }
  if (Number.isInteger(head) && head >= 0 && head < stack.heads) return;
  throw new ModelError(
    'bad-request',
    'head-missing',
    `${name} has no head ${head}; it has heads 0…${stack.heads - 1}.`,
    {
      head,
      heads: stack.heads,
    },
  );
}

function unknownName(trace: TraceData, name: string): ModelError {
  const names = [...trace.source.names.keys()];
  const example = names.find((candidate) => candidate.endsWith(name.slice(name.lastIndexOf('.')))) ?? names[0] ?? '';
  const message = `This model has no traced value "${name}"; names look like "${example}", with layers and heads from 0.`;
  return new ModelError('bad-request', 'name-unknown', message, { name });
}
