/** The same text with some of its tokens masked: several such texts side by side on the graph's batch axis. */
import { batchSize, repeated, withBatch } from '../rank/batch.ts';
import type { Feed, Feeds, Fetched } from '../session/runtime.ts';
import { floats } from '../trace/feeds.ts';
import type { TraceData } from '../trace/trace.ts';

/** Texts that a batch of this run's length takes. */
export function maskedBatch({ source, ids }: TraceData): number {
  return batchSize(source.traced.stacks, ids.length);
}

/**
 * Runs the text of a trace again, with what was changed in it, once for each list of tokens to mask.
 * @returns f32 [texts, tokens, hidden]: the final hidden states
 */
export async function finalsOfMasked(
  trace: TraceData,
  maskId: number,
  masked: readonly (readonly number[])[],
): Promise<Float32Array> {
  const name = `${trace.source.traced.stacks.at(-1)!.name}.final`;
  return ((await trace.source.body.run(maskedFeeds(trace, maskId, masked), [name])).get(name) as Fetched).data;
}

/** The head's logits for some rows of final hidden states: f32 [rows, vocabulary]. */
export async function logitsOf({ source }: TraceData, finals: readonly Float32Array[]): Promise<Float32Array> {
  const { hidden } = source.traced.stacks.at(-1)!;
  const chosen = new Float32Array(finals.length * hidden);
  finals.forEach((final, at) => {
    chosen.set(final, at * hidden);
  });
  const results = await source.head!.run({ final: floats(chosen, [finals.length, hidden]) }, ['logits']);
  return (results.get('logits') as Fetched).data;
}

function maskedFeeds(
  { plans, feeds: feedsOf }: TraceData,
  maskId: number,
  masked: readonly (readonly number[])[],
): Feeds {
  const feeds = feedsOf();
  const texts = ['positions', 'segments'].flatMap((name) => {
    const feed = feeds[name];
    return feed === undefined ? [] : [[name, repeated(feed, masked.length)] as const];
  });
  const tiles = plans.map(({ stack }) => {
    const name = `${stack.name}.self.pictureTiles`;
    return [name, withBatch(feeds[name] as Feed, masked.length)] as const;
  });
  const ids = repeated(feeds['ids'] as Feed, masked.length);
  const row = ids.dims[1] ?? 0;
  masked.forEach((tokens, at) => {
    for (const token of tokens) (ids.data as BigInt64Array)[at * row + token] = BigInt(maskId);
  });
  return { ...feeds, ids, ...Object.fromEntries([...texts, ...tiles]) };
}
