/**
 * The slicing graph: the attention stages of one layer, without weights, for the heads that are looked at. It is emitted by the same
 * function as the network's attention and runs on the CPU for every model.
 */
import { GraphBuilder } from '../graph/builder.ts';
import { serialize } from '../graph/serialize.ts';
import { attentionStages } from '../layers/attention.ts';
import { Session } from '../session/runtime.ts';
import type { Feed, Feeds, Fetched } from '../session/runtime.ts';
import { floats } from './feeds.ts';
import { maskOf } from './plan.ts';
import type { SitePlan } from './plan.ts';
import type { Range } from './rows.ts';

export type Stage = 'scores' | 'scaled' | 'masked' | 'pattern' | 'context';

/** q, k, v of the chosen heads, each f32 [heads, tokens, d_head]. */
export interface HeadVectors {
  readonly q: Float32Array;
  readonly k: Float32Array;
  readonly v: Float32Array;
}

let session: Promise<Session> | null = null;

function coreSession(): Promise<Session> {
  session ??= Session.create(serialize(coreGraph()), { device: 'cpu' });
  return session;
}

/** Frees the slicing graph; the next slice makes it again. */
export async function disposeCore(): Promise<void> {
  const open = session;
  session = null;
  await (await open)?.dispose();
}

function coreGraph() {
  const graph = new GraphBuilder('attention-stages');
  const vectors = (name: string, tokens: string) => graph.input(name, 'float32', [1, 'head', tokens, 'd_head']);
  const matrix = ['batch', 'head', 'query', 'key'] as const;
  const inputs = {
    q: vectors('q', 'query'),
    k: vectors('k', 'key'),
    v: vectors('v', 'key'),
    scale: graph.input('scale', 'float32', [1, 'head', 1, 1]),
    mask: graph.input('mask', 'float32', [1, 'maskHead', 'query', 'key']),
    factor: graph.input('factor', 'float32', [1, 'head', 1, 1]),
  };
  const replaced = graph.input('replaced', 'bool', [1, 'head', 'query', 1]);
  const rows = graph.input('rows', 'float32', [1, 'head', 'rowQuery', 'rowKey']);
  const stages = attentionStages(graph, inputs, (pattern) => graph.op('Where', [replaced, rows, pattern]));
  for (const name of ['scores', 'scaled', 'masked', 'pattern'] as const)
    graph.output(name, stages[name], 'float32', matrix);
  graph.output('context', stages.context, 'float32', ['batch', 'head', 'query', 'd_head']);
  return graph.finish();
}

/**
 * Queries are computed in blocks of so many, each starting at a multiple of it. How ONNX Runtime multiplies, and so the last bits of a
 * product, depends on the number of rows; this way a row has the same bits in the whole matrix as when it is asked for alone.
 */
const BLOCK = 64;

/** Where in a model the slicing graph computes. */
export interface StagePlace {
  readonly plan: SitePlan;
  readonly layer: number;
  readonly heads: Range;
  /** Of these heads and all tokens. */
  readonly vectors: HeadVectors;
}

/**
 * One stage of one layer for some heads.
 * @param rows the queries that are wanted; all by default
 * @returns f32 [1, heads, rows, key], or [1, heads, rows, d_head] for `context`
 */
export async function stageOf(
  place: StagePlace,
  stage: Stage,
  rows: Range = { first: 0, count: place.plan.tokens },
): Promise<Fetched> {
  const { tokens, stack } = place.plan;
  const columns = stage === 'context' ? stack.dHead : tokens;
  const dims = [1, place.heads.count, rows.count, columns];
  const data = new Float32Array(place.heads.count * rows.count * columns);
  const core = await coreSession();
  for (let first = rows.first - (rows.first % BLOCK); first < rows.first + rows.count; first += BLOCK) {
    const block = { first, count: Math.min(BLOCK, tokens - first) };
    const results = await core.run(blockFeeds(place, block), [stage]);
    copyRows(results.get(stage) as Fetched, block, data, rows);
  }
  return { dims, data };
}

/** Copies the rows that are wanted of a computed block [1, heads, block, columns] to their place in [heads, rows, columns]. */
function copyRows({ data, dims }: Fetched, block: Range, target: Float32Array, rows: Range): void {
  const [, heads = 0, , columns = 0] = dims;
  const first = Math.max(block.first, rows.first);
  const end = Math.min(block.first + block.count, rows.first + rows.count);
  for (let head = 0; head < heads; head++) {
    const from = head * block.count - block.first;
    const wanted = data.subarray((from + first) * columns, (from + end) * columns);
    target.set(wanted, (head * rows.count + first - rows.first) * columns);
  }
}

/** The inputs of the slicing graph for some queries. */
function blockFeeds({ plan, layer, heads: { first, count }, vectors }: StagePlace, block: Range): Feeds {
  const { tokens, stack } = plan;
  const heads = Array.from({ length: count }, (_, index) => layer * stack.heads + first + index);
  const dims = [1, count, tokens, stack.dHead];
  return {
    q: floats(queryRows(vectors.q, count, plan, block), [1, count, block.count, stack.dHead]),
    k: floats(vectors.k, dims),
    v: floats(vectors.v, dims),
    scale: floats(
      Float32Array.from(heads, (head) => plan.scale[head] ?? NaN),
      [1, count, 1, 1],
    ),
    factor: floats(
      Float32Array.from(heads, (head) => plan.factor[head] ?? NaN),
      [1, count, 1, 1],
    ),
    mask: maskFeed(plan, heads, block),
    ...replacedFeeds(plan, heads, block),
  };
}

/** f32 [heads, block, d_head] of [heads, tokens, d_head]; a view where there is one head. */
function queryRows(q: Float32Array, heads: number, { tokens, stack }: SitePlan, { first, count }: Range): Float32Array {
  const rows = (head: number) =>
    q.subarray((head * tokens + first) * stack.dHead, (head * tokens + first + count) * stack.dHead);
  return heads === 1 ? rows(0) : stacked(heads, count * stack.dHead, rows);
}

/** One mask for all heads where none has edits of its own. */
function maskFeed(plan: SitePlan, heads: readonly number[], block: Range): Feed {
  const masked = heads.some((head) => plan.visibility.has(head)) ? heads : heads.slice(0, 1);
  const size = block.count * plan.tokens;
  const data = stacked(masked.length, size, (at) => maskOf(plan, masked[at] ?? -1, block));
  return floats(data, [1, masked.length, block.count, plan.tokens]);
}

/** Which rows of the pattern are replaced, and by what; a single false where none is. */
function replacedFeeds({ tokens, replaced }: SitePlan, heads: readonly number[], block: Range): Feeds {
  const end = block.first + block.count;
  if (!heads.some((head) => replaced.has(head))) {
    return {
      replaced: { type: 'bool', data: new Uint8Array(1), dims: [1, 1, 1, 1] },
      rows: floats(new Float32Array(1), [1, 1, 1, 1]),
    };
  }
  const chosen = new Uint8Array(heads.length * block.count);
  const rows = new Float32Array(heads.length * block.count * tokens);
  heads.forEach((head, at) => {
    for (const [query, weights] of replaced.get(head) ?? []) {
      if (query < block.first || query >= end) continue;
      const row = at * block.count + query - block.first;
      chosen[row] = 1;
      rows.set(weights, row * tokens);
    }
  });
  return {
    replaced: { type: 'bool', data: chosen, dims: [1, heads.length, block.count, 1] },
    rows: floats(rows, [1, heads.length, block.count, tokens]),
  };
}

/** `count` arrays of one size behind each other. */
function stacked(count: number, size: number, make: (index: number) => Float32Array): Float32Array {
  const all = new Float32Array(count * size);
  for (let index = 0; index < count; index++) all.set(make(index), index * size);
  return all;
}
