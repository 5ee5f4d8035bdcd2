/** The head scores of the open model: measured by the engine when they are first wanted, kept for each model and device. */
import type { ApiError, OpenedModel, ScoredHead } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import { Listeners } from '../client/transport.ts';

export type HeadScoreState =
  | { readonly status: 'none' }
  /** `startedAt`: when they were asked for (performance.now), for progress and stop. */
  | { readonly status: 'pending'; readonly startedAt: number }
  | { readonly status: 'ready'; readonly heads: readonly ScoredHead[] }
  | { readonly status: 'failed'; readonly error: ApiError };

/** An answer of the engine: null until the last part is done. */
export interface HeadScorePart {
  readonly heads: readonly ScoredHead[] | null;
}

export type FetchHeadScores = (model: OpenedModel) => Promise<HeadScorePart>;

export const NO_SCORES: HeadScoreState = { status: 'none' };

export class HeadScoreCache {
  readonly #fetch: FetchHeadScores;
  readonly #entries = new Map<string, HeadScoreState>();
  readonly #changed = new Listeners<[]>();
  #open: string | null = null;
  #version = 0;

  constructor(fetch: FetchHeadScores) {
    this.#fetch = fetch;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  /** Counts up at every change. */
  readonly getSnapshot = (): number => this.#version;

  /** Makes `model` the open one. Scores that were measured stay; what is under way or failed for another model is forgotten. */
  setOpen(model: OpenedModel | null): void {
    this.#open = model === null ? null : keyOf(model);
    this.#forget((key, { status }) => key !== this.#open && status !== 'ready');
  }

  /** What is known of a model's heads. Never asks the engine. */
  peek(model: OpenedModel | null): HeadScoreState {
    return model === null ? NO_SCORES : (this.#entries.get(keyOf(model)) ?? NO_SCORES);
  }

  /** Asks for the scores of the open model, unless they are here, under way or failed; another model's are never asked for. */
  want(model: OpenedModel): void {
    const key = keyOf(model);
    if (key !== this.#open || this.#entries.has(key)) return;
    const pending: HeadScoreState = { status: 'pending', startedAt: performance.now() };
    const settle = (state: HeadScoreState): void => {
      // Another model was opened since, or the question was asked again.
      if (this.#entries.get(key) !== pending) return;
      this.#entries.set(key, state);
      this.#bump();
    };
    this.#entries.set(key, pending);
    this.#bump();
    const wanted = () => this.#entries.get(key) === pending;
    this.#fetchAll(model, wanted).then(
      (heads) => {
        if (heads !== null) settle({ status: 'ready', heads });
      },
      (error: unknown) => settle({ status: 'failed', error: asApiError(error) }),
    );
  }

  /** Asks for part after part; null when they are no longer wanted before the last. */
  async #fetchAll(model: OpenedModel, wanted: () => boolean): Promise<readonly ScoredHead[] | null> {
    for (;;) {
      const { heads } = await this.#fetch(model);
      if (heads !== null || !wanted()) return heads;
    }
  }

  /** Asks again after a failure. */
  retry(model: OpenedModel): void {
    this.#forget((key, { status }) => key === keyOf(model) && status === 'failed');
    this.want(model);
  }

  /** The engine is back: questions that it lost can be asked again. One that the user stopped stays stopped. */
  recover(): void {
    this.#forget((_, state) => state.status === 'failed' && state.error.failure.code === 'engine-lost');
  }

  #forget(drops: (key: string, state: HeadScoreState) => boolean): void {
    const dropped = [...this.#entries].filter(([key, state]) => drops(key, state));
    for (const [key] of dropped) this.#entries.delete(key);
    if (dropped.length > 0) this.#bump();
  }

  #bump(): void {
    this.#version += 1;
    this.#changed.emit();
  }
}

const keyOf = ({ entry, device }: OpenedModel): string => JSON.stringify([entry.id, device.id]);
