/** The scores of the heads of open models, measured once each, a part a request. */
import type { ScoredHead } from '../../native-models/types.ts';
import type { Backend, Model } from './backend.ts';

export type OnScoring = (stage: 'scoring', fraction?: number) => void;

export interface Scored {
  /** What is done, 0…1. */
  readonly fraction: number;
  /** Null until all is done. */
  readonly heads: readonly ScoredHead[] | null;
}

interface Entry {
  readonly scoring: ReturnType<Backend['startHeadScoring']>;
  /** The last part that was asked for; the next one waits for it. */
  last: Promise<readonly ScoredHead[] | null>;
}

export class HeadScores {
  /** By the open model itself: its scores go with it when it is closed, and a model opened again is another one. */
  readonly #entries = new WeakMap<Model, Entry>();
  readonly #backend: Pick<Backend, 'startHeadScoring'>;

  constructor(backend: Pick<Backend, 'startHeadScoring'>) {
    this.#backend = backend;
  }

  /** Does the next part of the model's scoring; once it is done, answers at once. After a failure it starts anew. */
  async advance(model: Model, onStage: OnScoring): Promise<Scored> {
    const entry = this.#entries.get(model) ?? this.#start(model);
    entry.last = entry.last.then((heads) => {
      if (heads !== null) return heads;
      onStage('scoring', entry.scoring.fraction);
      return entry.scoring.step();
    });
    try {
      const heads = await entry.last;
      return { fraction: entry.scoring.fraction, heads };
    } catch (error) {
      this.#entries.delete(model);
      throw error;
    }
  }

  #start(model: Model): Entry {
    const entry: Entry = { scoring: this.#backend.startHeadScoring(model), last: Promise.resolve(null) };
    this.#entries.set(model, entry);
    return entry;
  }
}
