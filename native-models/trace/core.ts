/**
 * The slicing graph: the attention stages of one layer, without weights, for the heads that are looked at. It is emitted by the same
 * function as the network's attention and runs on the CPU for every model.
 */
import { GraphBuilder } from '../graph/builder.ts';
import { serialize } from '../graph/serialize.ts';
import { attentionStages } from '../layers/attention.ts';
import { Session } from '../session/runtime.ts';
import type { Fetched } from '../session/runtime.ts';
import { floats } from './feeds.ts';
import { maskOf } from './plan.ts';
import type { SitePlan } from './plan.ts';

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
  const vectors = (name: string) => graph.input(name, 'float32', [1, 'head', 'token', 'd_head']);
  const matrix = ['batch', 'head', 'query', 'key'] as const;
  const inputs = {
    q: vectors('q'),
    k: vectors('k'),
    v: vectors('v'),
    scale: graph.input('scale', 'float32', [1, 'head', 1, 1]),
    mask: graph.input('mask', 'float32', [1, 'head', 'query', 'key']),
    factor: graph.input('factor', 'float32', [1, 'head', 1, 1]),
  };
  const replaced = graph.input('replaced', 'bool', [1, 'head', 'query', 1]);
  const rows = graph.input('rows', 'float32', [1, 'head', 'rowQuery', 'rowKey']);
  const stages = attentionStages(graph, inputs, (pattern) => graph.op('Where', [replaced, rows, pattern]));
  for (const name of ['scores', 'scaled', 'masked', 'pattern'] as const)
    graph.output(name, stages[name], 'float32', matrix);
  graph.output('context', stages.context, 'float32', ['batch', 'head', 'token', 'd_head']);
  return graph.finish();
}

/**
 * One stage of one layer for the heads `first … first + count − 1`.
 * @returns f32 [1, count, query, key], or [1, count, token, d_head] for `context`
 */
export async function stageOf(
  plan: SitePlan,
  layer: number,
  first: number,
  count: number,
  vectors: HeadVectors,
  stage: Stage,
): Promise<Fetched> {
  const { tokens, stack } = plan;
  const heads = Array.from({ length: count }, (_, index) => layer * stack.heads + first + index);
  const dims = [1, count, tokens, stack.dHead];
  const core = await coreSession();
  const results = await core.run(
    {
      q: floats(vectors.q, dims),
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
      mask: floats(
        stacked(heads, tokens * tokens, (head) => maskOf(plan, head)),
        [1, count, tokens, tokens],
      ),
      ...replacedFeeds(plan, heads),
    },
    [stage],
  );
  return results.get(stage) as Fetched;
}

/** Which rows of the pattern are replaced, and by what; a single false where none is. */
function replacedFeeds({ tokens, replaced }: SitePlan, heads: readonly number[]) {
  if (!heads.some((head) => replaced.has(head))) {
    return {
      replaced: { type: 'bool', data: new Uint8Array(1), dims: [1, 1, 1, 1] },
      rows: floats(new Float32Array(1), [1, 1, 1, 1]),
    } as const;
  }
  const chosen = new Uint8Array(heads.length * tokens);
  const rows = new Float32Array(heads.length * tokens * tokens);
  heads.forEach((head, at) => {
    for (const [query, weights] of replaced.get(head) ?? []) {
      chosen[at * tokens + query] = 1;
      rows.set(weights, (at * tokens + query) * tokens);
    }
  });
  return {
    replaced: { type: 'bool', data: chosen, dims: [1, heads.length, tokens, 1] },
    rows: floats(rows, [1, heads.length, tokens, tokens]),
  } as const;
}

function stacked(heads: readonly number[], size: number, make: (head: number) => Float32Array): Float32Array {
  const all = new Float32Array(heads.length * size);
  heads.forEach((head, at) => {
    all.set(make(head), at * size);
  });
  return all;
}
