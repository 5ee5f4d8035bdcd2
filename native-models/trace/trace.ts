/** One run of a text: the kept values (linear in the tokens), the summary of every head, and what is needed to make any slice. */
import { performance } from 'node:perf_hooks';
import type { Feeds, Fetched } from '../session/runtime.ts';
import type { Encoding, SiteSummary, Token } from '../types.ts';
import { siteFeeds, textFeeds, tilingOf } from './feeds.ts';
import type { Intervention } from './interventions.ts';
import { planSites } from './plan.ts';
import type { SitePlan } from './plan.ts';
import type { TraceSource } from './source.ts';
import { readSummary, summaryNames } from './summary.ts';

export interface TraceData {
  readonly source: TraceSource;
  readonly tokens: readonly Token[];
  readonly ids: readonly number[];
  readonly plans: readonly SitePlan[];
  /** Makes the inputs of the run again. They grow with the square of the tokens, what is kept does not. */
  readonly feeds: () => Feeds;
  readonly kept: Map<string, Fetched>;
  readonly summaries: readonly SiteSummary[];
  /** Wall time of the pass in seconds, feeds and summary included. */
  readonly seconds: number;
}

/**
 * Runs the network once.
 * @param separatorIds tokens that the `separator` statistic counts
 * @throws ModelError `bad-request` for an intervention that does not fit
 */
export async function runTrace(
  source: TraceSource,
  encoding: Encoding,
  separatorIds: ReadonlySet<number>,
  interventions: readonly Intervention[],
): Promise<TraceData> {
  const start = performance.now();
  const { ids, typeIds, tokens } = encoding;
  const { stacks, segments } = source.traced;
  const plans = planSites(stacks, ids.length, interventions);
  const separators = ids.map((id) => separatorIds.has(id));
  const feeds = (): Feeds => ({
    ...textFeeds(ids, segmentsOf(typeIds, segments)),
    ...Object.fromEntries(plans.flatMap((plan) => Object.entries(siteFeeds(plan, separators)))),
  });
  const keptNames = [...source.names.values()].filter(({ origin }) => origin === 'run').map(({ name }) => name);
  const fetched = await source.body.run(feeds(), [...keptNames, ...summaryNames(stacks)]);
  const tiling = tilingOf(ids.length);
  const summaries = plans.map((plan) => readSummary(plan, tiling, fetched));
  const kept = new Map(keptNames.map((name) => [name, fetched.get(name) as Fetched]));
  const seconds = (performance.now() - start) / 1000;
  return { source, tokens, ids, plans, feeds, kept, summaries, seconds };
}

/** null for a model without segments. One with a single segment (RoBERTa) has all tokens in it, whatever their part of the text. */
function segmentsOf(typeIds: readonly number[], segments: number): readonly number[] | null {
  if (segments === 0) return null;
  return segments === 1 ? typeIds.map(() => 0) : typeIds;
}
