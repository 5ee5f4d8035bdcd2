/** Runs what the text's own run is compared with. */
import type { ApiFailure, OpenedModel, RunResult } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import { NO_RUN } from './app-state.ts';
import type { AppStore, Run } from './app-state.ts';
import { askedBeside } from './beside.ts';
import type { AskedBeside, Beside } from './beside.ts';
import type { SliceCache } from './slices.ts';
import { candidateCount } from './predictions.ts';
import { DEBOUNCE_MS } from './text-runner.ts';

/** Of this window alone. */
const LANE = `beside-${crypto.randomUUID()}`;

/** Keeps the other run up to date with what it is compared with; newest wins. */
export class BesideRun {
  readonly #client: Client;
  readonly #store: AppStore;
  readonly #slices: SliceCache;
  #serial = 0;
  /** What the run that is shown or under way was asked with; empty: none. */
  #asked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(client: Client, store: AppStore, slices: SliceCache) {
    this.#client = client;
    this.#store = store;
    this.#slices = slices;
    store.subscribe((now, before) => {
      // The engine lost both runs: the text's own comes back first.
      if (now.run.result !== before.run.result && now.besideRun.status === 'waiting') this.#asked = '';
      const same =
        now.beside === before.beside &&
        now.run === before.run &&
        now.model === before.model &&
        now.selection === before.selection &&
        now.device === before.device &&
        now.covered === before.covered;
      if (!same) this.#update();
    });
  }

  set(change: Partial<Beside>): void {
    this.#store.setState(({ beside }) => ({ beside: { ...beside, ...change } }));
  }

  /** Runs again, after a failure or when the engine lost the trace. */
  again(): void {
    this.#asked = '';
    this.#update();
  }

  #update(): void {
    const state = this.#store.getState();
    const asked = askedBeside(state);
    const key = asked === null ? '' : JSON.stringify([asked, state.device]);
    if (key === this.#asked) return;
    this.#asked = key;
    clearTimeout(this.#timer);
    this.#serial += 1;
    if (asked === null) this.#drop();
    else {
      this.#set({ status: 'running', failure: null, startedAt: performance.now() });
      const serial = this.#serial;
      this.#timer = setTimeout(() => void this.#run(asked, serial), DEBOUNCE_MS);
    }
  }

  async #run({ model: id, input }: AskedBeside, serial: number): Promise<void> {
    const { device } = this.#store.getState();
    try {
      const model = await this.#open(id);
      if (serial !== this.#serial) return;
      const request = { model: id, device, input, lane: LANE, candidates: candidateCount(model), interventions: [] };
      const result = await this.#client.call('text.run', request);
      if (serial === this.#serial) this.#show({ result, model, input });
      else this.#close(result.traceId);
    } catch (error) {
      if (serial === this.#serial) this.#fail(asApiError(error).failure);
    }
  }

  /** The model of the window is open already. */
  async #open(id: string): Promise<OpenedModel> {
    const { model, device } = this.#store.getState();
    if (model.opened?.entry.id === id) return model.opened;
    return this.#client.call('model.open', { model: id, device });
  }

  #show(shown: Pick<Run, 'model' | 'input'> & { readonly result: RunResult }): void {
    this.#release();
    this.#slices.open(shown.result.traceId);
    this.#set({ status: 'done', ...shown, failure: null, startedAt: null });
    this.#endProgress();
  }

  #fail(failure: ApiFailure): void {
    this.#endProgress();
    if (failure.code === 'superseded') this.#asked = '';
    else if (failure.code === 'engine-lost') this.#set({ status: 'waiting', startedAt: null });
    else {
      // Numbers of another sentence would contradict the one that failed.
      this.#release();
      const status = failure.code === 'cancelled' ? 'cancelled' : 'failed';
      this.#set({ ...NO_RUN, status, failure });
    }
  }

  #drop(): void {
    this.#endProgress();
    if (this.#store.getState().besideRun === NO_RUN) return;
    this.#release();
    this.#store.setState({ besideRun: NO_RUN });
  }

  #endProgress(): void {
    const { progress } = this.#store.getState();
    if (progress?.lane === LANE) this.#store.setState({ progress: null });
  }

  #release(): void {
    const { result } = this.#store.getState().besideRun;
    if (result === null) return;
    this.#slices.close(result.traceId);
    this.#close(result.traceId);
  }

  #close(traceId: string): void {
    this.#client.call('trace.close', { traceId }).catch(() => {
      // A trace that is already gone needs no closing.
    });
  }

  #set(change: Partial<Run>): void {
    this.#store.setState(({ besideRun }) => ({ besideRun: { ...besideRun, ...change } }));
  }
}
