/** Runs the text live: debounced while typing, one lane, newest wins. */
import type { ApiFailure, RunResult, TextInput } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import { NO_RUN } from './app-state.ts';
import type { AppState, AppStore, Run } from './app-state.ts';
import { fitLens, forgetTokens } from './lens.ts';
import { candidateCount } from './predictions.ts';
import { fitToTokens } from './selection.ts';
import type { Selection } from './selection.ts';
import type { SliceCache } from './slices.ts';

export const DEBOUNCE_MS = 150;
/** Of this window alone: two windows on one engine do not supersede each other. */
const LANE = `main-${crypto.randomUUID()}`;

export class TextRunner {
  readonly #client: Client;
  readonly #store: AppStore;
  readonly #slices: SliceCache;
  readonly #firstPlace: (result: RunResult) => Partial<Selection>;
  #shown = false;
  #serial = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param firstPlace what to select when the first result of the window comes */
  constructor(
    client: Client,
    store: AppStore,
    slices: SliceCache,
    firstPlace: (result: RunResult) => Partial<Selection> = () => ({}),
  ) {
    this.#firstPlace = firstPlace;
    this.#client = client;
    this.#store = store;
    this.#slices = slices;
  }

  /** Runs the text when nothing was typed for `delay` milliseconds. */
  runSoon(delay = DEBOUNCE_MS): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.runNow(), delay);
  }

  /** Runs the text of the store on its model; does nothing while no model is open. */
  async runNow(): Promise<void> {
    this.stop();
    const serial = this.#serial;
    const { model, device, text, pair } = this.#store.getState();
    if (model.status !== 'open' || model.opened === null) return;
    if (text.trim() === '') {
      this.drop();
      return;
    }
    this.#setRun({ status: 'running', failure: null, startedAt: performance.now() });
    const input = model.opened.takesPair && pair.trim() !== '' ? { text, pair } : { text };
    try {
      const candidates = candidateCount(model.opened);
      const request = { model: model.opened.entry.id, device, input, lane: LANE, candidates };
      const result = await this.#client.call('text.run', request);
      if (serial === this.#serial) this.#show(result, input);
      else this.#close(result.traceId);
    } catch (error) {
      if (serial === this.#serial) this.#fail(asApiError(error).failure);
    }
  }

  /** Forgets the pending run, if any; its answer will be ignored. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#serial += 1;
  }

  cancel(): void {
    if (this.#store.getState().run.status !== 'running') return;
    this.stop();
    this.#setRun({ status: 'cancelled', startedAt: null });
    this.#store.setState({ progress: null });
  }

  /** Empties the window: no text, or no model to run it on. */
  drop(): void {
    this.stop();
    this.#release();
    this.#store.setState({ run: NO_RUN, progress: null });
  }

  #show(result: RunResult, input: TextInput): void {
    const before = this.#store.getState();
    const place = this.#shown ? {} : this.#firstPlace(result);
    this.#shown = true;
    this.#release();
    this.#slices.open(result.traceId);
    const tokens = before.run.result?.tokens ?? [];
    const isSameText =
      tokens.length === result.tokens.length && tokens.every(({ id }, at) => id === result.tokens[at]?.id);
    this.#store.setState({
      run: { ...NO_RUN, status: 'done', result, model: before.model.opened, input },
      selection: {
        ...fitToTokens(before.selection, tokens, result.tokens),
        ...insideText(place, result.tokens.length),
      },
      // Before a first text there are no tokens to forget.
      lens: isSameText || tokens.length === 0 ? fitLens(before.lens, result.tokens.length) : forgetTokens(before.lens),
      progress: null,
    });
  }

  #fail(failure: ApiFailure): void {
    this.#store.setState({ progress: null });
    if (failure.code === 'superseded') {
      this.runSoon();
      return;
    }
    if (failure.code === 'engine-lost') this.#setRun({ status: 'waiting', startedAt: null });
    else if (failure.code === 'cancelled') this.#setRun({ status: 'cancelled', startedAt: null });
    else {
      // The figure of an earlier text would contradict the sentence above it.
      this.#release();
      this.#setRun({ status: 'failed', failure, startedAt: null, result: null, model: null, input: null });
    }
  }

  #release(): void {
    const old = this.#store.getState().run.result;
    if (old === null) return;
    this.#slices.close(old.traceId);
    this.#close(old.traceId);
  }

  #close(traceId: string): void {
    this.#client.call('trace.close', { traceId }).catch(() => {
      // A trace that is already gone needs no closing.
    });
  }

  #setRun(change: Partial<Run>): void {
    this.#store.setState((state: AppState) => ({ run: { ...state.run, ...change } }));
  }
}

/** What names tokens that are not there is left out. */
function insideText(place: Partial<Selection>, tokens: number): Partial<Selection> {
  const { query, key, position, ...rest } = place;
  const inside = (at: number | null | undefined): at is number => typeof at === 'number' && at < tokens;
  return {
    ...rest,
    ...(inside(query) ? { query } : {}),
    ...(inside(key) ? { key } : {}),
    ...(inside(position) ? { position } : {}),
  };
}
