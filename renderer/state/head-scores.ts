/** The head scores of the open model: measured by the engine when they are first wanted, kept for each model and device. */
import type { ApiError, OpenedModel, ScoredHead } from '../../electron/api/index.ts';
import { AskedParts } from './asked-parts.ts';
import type { Asked } from './asked-parts.ts';

export type HeadScoreState =
  | { readonly status: 'none' }
  /** `startedAt`: when they were asked for (performance.now), for progress and stop; `fraction`: what is done, 0…1. */
  | { readonly status: 'pending'; readonly startedAt: number; readonly fraction: number }
  | { readonly status: 'ready'; readonly heads: readonly ScoredHead[] }
  | { readonly status: 'stopped'; readonly fraction: number }
  | { readonly status: 'failed'; readonly error: ApiError };

/** An answer of the engine: no heads until the last part is done. */
export interface HeadScorePart {
  /** The share of the work that is done, 0…1. */
  readonly fraction: number;
  readonly heads: readonly ScoredHead[] | null;
}

export type FetchHeadScores = (model: OpenedModel) => Promise<HeadScorePart>;

export const NO_SCORES: HeadScoreState = { status: 'none' };

export class HeadScoreCache {
  readonly #parts: AskedParts<OpenedModel, HeadScorePart>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Counts up at every change. */
  readonly getSnapshot: () => number;
  #open: string | null = null;

  constructor(fetch: FetchHeadScores) {
    this.#parts = new AskedParts({ fetch, isLast: ({ heads }) => heads !== null, keyOf });
    this.subscribe = this.#parts.subscribe;
    this.getSnapshot = this.#parts.getSnapshot;
  }

  /** Makes `model` the open one. Scores that were measured stay; what is not measured for another model is forgotten. */
  setOpen(model: OpenedModel | null): void {
    this.#open = model === null ? null : keyOf(model);
    this.#parts.forget((key, { status }) => key !== this.#open && status !== 'ready');
  }

  /** What is known of a model's heads. Never asks the engine. */
  peek(model: OpenedModel | null): HeadScoreState {
    return model === null ? NO_SCORES : scoresOf(this.#parts.peek(model));
  }

  /** Asks for the scores of the open model, unless they are here, under way, stopped or failed; never for another model's. */
  want(model: OpenedModel): void {
    if (keyOf(model) === this.#open) this.#parts.want(model);
  }

  /** Asks for no more parts; the engine goes on with other work. */
  stop(model: OpenedModel): void {
    this.#parts.stop(model);
  }

  /** Asks again after a failure or a stop. */
  retry(model: OpenedModel): void {
    if (keyOf(model) === this.#open) this.#parts.again(model);
  }

  /** The engine is back: questions that it lost can be asked again. One that the user stopped stays stopped. */
  recover(): void {
    this.#parts.forget((_, asked) => asked.status === 'failed' && asked.error.failure.code === 'engine-lost');
  }
}

function scoresOf(asked: Asked<HeadScorePart>): HeadScoreState {
  if (asked.status === 'none' || asked.status === 'failed') return asked;
  const { fraction = 0, heads = null } = asked.part ?? {};
  if (asked.status === 'ready') return heads === null ? NO_SCORES : { status: 'ready', heads };
  if (asked.status === 'stopped') return { status: 'stopped', fraction };
  return { status: 'pending', startedAt: asked.startedAt, fraction };
}

const keyOf = ({ entry, device }: OpenedModel): string => JSON.stringify([entry.id, device.id]);
