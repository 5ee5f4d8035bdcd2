/** Predictions at positions the user asks for; those of the run itself are there from the start. */
import type { ApiError, OpenedModel, Prediction, RunResult } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import { Listeners } from '../client/transport.ts';
import type { Run } from './app-state.ts';
import type { Selection } from './selection.ts';

export type PredictionState =
  | { readonly status: 'none' }
  | { readonly status: 'pending' }
  | { readonly status: 'ready'; readonly prediction: Prediction }
  | { readonly status: 'failed'; readonly error: ApiError };

export type FetchPrediction = (traceId: string, position: number) => Promise<Prediction>;

const NONE: PredictionState = { status: 'none' };
const PENDING: PredictionState = { status: 'pending' };

/** Candidates asked for each prediction. */
const CANDIDATES = 10;

/** How many candidates are asked for: of a model that chooses among labels, all of them. */
export function candidateCount(model: Pick<OpenedModel, 'labels'> | null): number {
  return Math.max(CANDIDATES, model?.labels.length ?? 0);
}

/** Whether a head chooses among labels, of the text or of its tokens. */
export function classifies(head: OpenedModel['head']): boolean {
  return head === 'classification' || head === 'token-classification';
}

/**
 * The position whose prediction is shown; null: where the model itself predicts first. A model that fills in masks predicts
 * nothing by itself in a text without one, and is then asked at the query; one that labels tokens shows that of the query.
 */
export function shownPosition(run: Run, selection: Selection): number | null {
  const { result, model } = run;
  if (result === null || model === null || model.head === 'none' || model.head === 'classification') return null;
  const { query } = selection;
  const isOwn = model.head === 'token-classification' && result.predictions.some(({ position }) => position === query);
  const chosen = selection.position ?? (isOwn || result.predictions.length === 0 ? query : null);
  return chosen !== null && chosen < result.tokens.length ? chosen : null;
}

export class PredictionCache {
  readonly #fetch: FetchPrediction;
  readonly #changed = new Listeners<[]>();
  #run: RunResult | null = null;
  #entries = new Map<number, PredictionState>();
  #version = 0;

  constructor(fetch: FetchPrediction) {
    this.#fetch = fetch;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  /** Counts up at every change. */
  readonly getSnapshot = (): number => this.#version;

  /** What is known of a position; null means where the model itself predicts first. Never asks the engine. */
  peek(run: RunResult | null, position: number | null): PredictionState {
    if (run === null) return NONE;
    const own = position === null ? run.predictions[0] : run.predictions.find((item) => item.position === position);
    if (own !== undefined) return { status: 'ready', prediction: own };
    if (position === null) return NONE;
    return run === this.#run ? (this.#entries.get(position) ?? PENDING) : PENDING;
  }

  /** Asks for a position unless it is known or under way. */
  want(run: RunResult | null, position: number | null): void {
    if (run === null || position === null) return;
    if (run !== this.#run) {
      this.#run = run;
      this.#entries = new Map();
    }
    if (this.#entries.has(position) || run.predictions.some((item) => item.position === position)) return;
    const entries = this.#entries;
    entries.set(position, PENDING);
    const settle = (state: PredictionState): void => {
      entries.set(position, state);
      this.#version += 1;
      this.#changed.emit();
    };
    this.#fetch(run.traceId, position).then(
      (prediction) => settle({ status: 'ready', prediction }),
      (error: unknown) => settle({ status: 'failed', error: asApiError(error) }),
    );
  }
}
