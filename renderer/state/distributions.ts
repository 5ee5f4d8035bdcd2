/** Whole distributions, asked of the engine for the place, the filters and the typed token that are shown; the last few are kept. */
import type { Distribution as Sent, Filters } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import { AskedParts } from './asked-parts.ts';
import type { Asked } from './asked-parts.ts';

/** Of a run, or of a generated text: there the place is that of the token that is predicted, after the node `after`. */
export type DistributionPlace =
  | { readonly of: 'trace'; readonly id: string; readonly position: number | null }
  | { readonly of: 'generation'; readonly id: string; readonly position: number; readonly after: number | null };

export interface DistributionQuestion {
  readonly place: DistributionPlace;
  readonly filters: Filters;
  readonly candidates: number;
  readonly named: string;
  readonly product: number | null;
}

/** An answer, decoded: vectors are f32. */
export interface Distribution extends Omit<Sent, 'product'> {
  readonly product: {
    readonly id: number;
    readonly features: Float32Array;
    readonly row: Float32Array;
    readonly bias: number;
    readonly tied: boolean;
  } | null;
}

export interface ShownDistribution {
  readonly asked: Asked<Distribution>;
  /** Null until there is one to show. */
  readonly distribution: Distribution | null;
  /** True while `distribution` answers another question about the same place. */
  readonly stale: boolean;
}

/** So many answers are kept; those wanted longest ago go first. */
const KEPT = 32;

const keyOf = (question: DistributionQuestion): string => JSON.stringify(question);

export class DistributionCache {
  readonly #asked: AskedParts<DistributionQuestion, Distribution>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Counts up at every change. */
  readonly getSnapshot: () => number;
  /** In the order in which they were wanted last. */
  #order: readonly DistributionQuestion[] = [];

  constructor(fetch: (question: DistributionQuestion) => Promise<Sent>) {
    this.#asked = new AskedParts({
      fetch: async (question) => decoded(await fetch(question)),
      isLast: () => true,
      keyOf,
    });
    this.subscribe = this.#asked.subscribe;
    this.getSnapshot = this.#asked.getSnapshot;
  }

  /** What is known of a question: its answer, or until it comes the last one about the same place. Never asks the engine. */
  peek(question: DistributionQuestion): ShownDistribution {
    const asked = this.#asked.peek(question);
    const own = answerOf(asked);
    if (own !== null) return { asked, distribution: own, stale: false };
    const place = JSON.stringify(question.place);
    const same = this.#order.filter((each) => JSON.stringify(each.place) === place);
    const last = same.map((each) => answerOf(this.#asked.peek(each))).findLast((answer) => answer !== null) ?? null;
    return { asked, distribution: last, stale: last !== null };
  }

  want(question: DistributionQuestion): void {
    const key = keyOf(question);
    this.#order = [...this.#order.filter((each) => keyOf(each) !== key), question].slice(-KEPT);
    const kept = new Set(this.#order.map(keyOf));
    this.#asked.forget((each) => !kept.has(each));
    this.#asked.want(question);
  }
}

function answerOf(asked: Asked<Distribution>): Distribution | null {
  return asked.status === 'ready' ? asked.part : null;
}

/** @param onLost called when the engine no longer has the run or the text that it is asked about */
export function createDistributions(client: Client, onLost: (place: DistributionPlace) => void): DistributionCache {
  return new DistributionCache(async ({ place, filters, candidates, named, product }) => {
    const asked = {
      filters,
      candidates,
      ...(named === '' ? {} : { named }),
      ...(product === null ? {} : { product }),
    };
    try {
      return await (place.of === 'trace'
        ? client.call('trace.distribution', {
            traceId: place.id,
            ...(place.position === null ? {} : { position: place.position }),
            ...asked,
          })
        : client.call('generate.distribution', { generationId: place.id, position: place.position, ...asked }));
    } catch (error) {
      if (asApiError(error).failure.code === 'not-found') onLost(place);
      throw error;
    }
  });
}

function decoded({ product, ...rest }: Sent): Distribution {
  if (product === null) return { ...rest, product };
  const { features, row } = product;
  return { ...rest, product: { ...product, features: new Float32Array(features), row: new Float32Array(row) } };
}
