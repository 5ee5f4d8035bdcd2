/** Several runs of the same text at once, side by side on the graph's batch axis, each with one more head knocked out. */
import type { Feed, Feeds } from '../session/runtime.ts';
import { floats } from '../trace/feeds.ts';
import type { SitePlan } from '../trace/plan.ts';
import type { TraceData } from '../trace/trace.ts';
import type { StackInfo } from '../types.ts';

/** One head of a model's self-attention. */
export interface HeadPlace {
  readonly stack: StackInfo;
  readonly layer: number;
  readonly head: number;
}

/**
 * What the values of a batch may take together, in bytes. With GPT-2 small on two cores that is nine texts of 32 tokens: measured, an
 * ablation takes 60 % less time than alone from eight on, and no less with thirty, while the step, which nothing can interrupt, gets
 * longer. A text that is too long for it goes alone, and takes what its run took.
 */
export const BATCH_BYTES = 80 * 2 ** 20;

/**
 * What ONNX Runtime holds at once, in values a token. All outputs of the graph live until the run ends: q, k, v, the attention's and
 * the MLP's output and the hidden state of each layer, and four of the embedding. Of the layer that is being computed there are up to
 * four matrices of its patterns, and the MLP's inner states (mostly 4·hidden) before and after the activation.
 */
function valuesPerToken(stacks: readonly StackInfo[], tokens: number): number {
  const ofLayers = stacks.reduce((sum, { layers, hidden }) => sum + 6 * layers * hidden, 0);
  const passing = Math.max(...stacks.map(({ heads, hidden }) => 4 * heads * tokens + 8 * hidden));
  return ofLayers + passing + 4 * Math.max(...stacks.map(({ hidden }) => hidden));
}

/** How many runs of a text fit into BATCH_BYTES; at least one. */
export function batchSize(stacks: readonly StackInfo[], tokens: number): number {
  const bytes = tokens * valuesPerToken(stacks, tokens) * Float32Array.BYTES_PER_ELEMENT;
  return Math.max(1, Math.floor(BATCH_BYTES / bytes));
}

/** The feeds of a run, once for each of `knocked`: with everything that was changed in it, and the factor of that head 0. */
export function ablationFeeds(trace: TraceData, knocked: readonly HeadPlace[]): Feeds {
  const { plans } = trace;
  const feeds = trace.feeds();
  const count = knocked.length;
  const texts = ['ids', 'positions', 'segments'].flatMap((name) => {
    const feed = feeds[name];
    return feed === undefined ? [] : [[name, repeated(feed, count)] as const];
  });
  const sites = plans.flatMap((plan) => {
    const input = (name: string) => `${plan.stack.name}.self.${name}`;
    return [
      [input('factor'), factors(plan, knocked)],
      [input('pictureTiles'), withBatch(feeds[input('pictureTiles')] as Feed, count)],
    ] as const;
  });
  return { ...feeds, ...Object.fromEntries([...texts, ...sites]) };
}

/** int64 [1, tokens] → [count, tokens], all rows the same. */
export function repeated({ data, dims }: Feed, count: number): Feed {
  const row = data as BigInt64Array;
  const rows = new BigInt64Array(count * row.length);
  for (let at = 0; at < count; at++) rows.set(row, at * row.length);
  return { type: 'int64', data: rows, dims: [count, ...dims.slice(1)] };
}

/** f32 [layers, batch, heads, 1, 1]. */
function factors({ stack, factor }: SitePlan, knocked: readonly HeadPlace[]): Feed {
  const { layers, heads } = stack;
  const data = new Float32Array(layers * knocked.length * heads);
  for (let layer = 0; layer < layers; layer++) {
    knocked.forEach((place, at) => {
      const start = (layer * knocked.length + at) * heads;
      data.set(factor.subarray(layer * heads, (layer + 1) * heads), start);
      if (place.stack === stack && place.layer === layer) data[start + place.head] = 0;
    });
  }
  return floats(data, [layers, knocked.length, heads, 1, 1]);
}

/** The shape that the pictures of heads are made in, whose first entry is the batch (layers/summary.ts). */
export function withBatch({ data, dims }: Feed, count: number): Feed {
  const tiles = (data as BigInt64Array).slice();
  tiles[0] = BigInt(count);
  return { type: 'int64', data: tiles, dims };
}
