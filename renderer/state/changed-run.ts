/** Keeps the run with the user's changes up to date with the text's own run and the list of changes; newest wins. */
import type { ApiFailure, Intervention, RunResult } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import { NO_RUN } from './app-state.ts';
import type { AppState, AppStore, Run, RunView } from './app-state.ts';
import { candidateCount } from './predictions.ts';
import type { SliceCache } from './slices.ts';
import { misfitOf } from './what-if-site.ts';
import { interventionsOf } from './what-if.ts';

/** Of this window alone. */
const LANE = `changed-${crypto.randomUUID()}`;

/** The changes that are on and fit the shown text and model, in order; none under the worked example. */
export function appliedInterventions({ run, whatIf, covered }: AppState): readonly Intervention[] {
  const { result, model } = run;
  if (covered !== null || result === null || model === null) return [];
  const fits = (each: Intervention): boolean => misfitOf(each, model.stacks, result.tokens.length) === null;
  return interventionsOf(whatIf.list).filter(fits);
}

/** How the runs are shown now: the original alone where there is no changed run to show. */
export function shownView(state: AppState): RunView {
  return state.changed.status === 'empty' ? 'original' : state.whatIf.view;
}

/** The one run that panels show which can show one only. */
export function shownRun(state: AppState): Run {
  return shownView(state) === 'original' || state.changed.result === null ? state.run : state.changed;
}

export class ChangedRun {
  readonly #client: Client;
  readonly #store: AppStore;
  readonly #slices: SliceCache;
  #serial = 0;
  /** What the run that is shown or under way was asked with. */
  #asked = '';
  /** True while a run is under way: the next begins when it is done, so that a slider does not flood the engine. */
  #isBusy = false;
  /** The changes whose run the user stopped; they are not run again by themselves. */
  #stopped = '';

  constructor(client: Client, store: AppStore, slices: SliceCache) {
    this.#client = client;
    this.#store = store;
    this.#slices = slices;
    store.subscribe((now, before) => {
      if (now.run.result !== before.run.result) this.drop();
      const same = now.run === before.run && now.whatIf.list === before.whatIf.list && now.covered === before.covered;
      if (!same) this.update();
    });
  }

  /** Runs the changes unless they are what is shown or under way. */
  update(): void {
    const state = this.#store.getState();
    const interventions = appliedInterventions(state);
    const asked = interventions.length === 0 ? '' : JSON.stringify([state.run.result?.traceId, interventions]);
    if (asked === this.#asked) return;
    if (asked === '') this.drop();
    else if (this.#stopped === JSON.stringify(interventions)) {
      this.#asked = asked;
      this.#set({ ...NO_RUN, status: 'cancelled' });
    } else if (!this.#isBusy) {
      this.#asked = asked;
      this.#stopped = '';
      void this.#run(state.run, interventions);
    }
  }

  /** Waits no longer for the run under way; the engine is stopped by the caller. */
  cancel(): void {
    const state = this.#store.getState();
    if (state.changed.status !== 'running') return;
    this.#stopped = JSON.stringify(appliedInterventions(state));
    this.drop();
    this.update();
  }

  /** Runs the changes again, after a failure or when the engine lost the trace. */
  again(): void {
    this.#asked = '';
    this.#stopped = '';
    this.update();
  }

  /** Forgets the changed run and the one under way. */
  drop(): void {
    this.#serial += 1;
    this.#asked = '';
    this.#isBusy = false;
    const { changed } = this.#store.getState();
    if (changed === NO_RUN) return;
    this.#release(changed.result);
    this.#store.setState({ changed: NO_RUN });
  }

  async #run({ model, input }: Run, interventions: readonly Intervention[]): Promise<void> {
    if (model === null || input === null) return;
    this.#serial += 1;
    const serial = this.#serial;
    this.#isBusy = true;
    this.#set({ status: 'running', model, input, failure: null, startedAt: performance.now() });
    const { device } = this.#store.getState();
    const request = { model: model.entry.id, device, input, lane: LANE, candidates: candidateCount(model) };
    try {
      const result = await this.#client.call('text.run', { ...request, interventions: [...interventions] });
      if (serial === this.#serial) this.#show(result, interventions);
      else this.#close(result.traceId);
    } catch (error) {
      if (serial === this.#serial) this.#fail(asApiError(error).failure);
    }
    if (serial !== this.#serial) return;
    this.#isBusy = false;
    this.update();
  }

  #show(result: RunResult, interventions: readonly Intervention[]): void {
    this.#release(this.#store.getState().changed.result);
    this.#slices.open(result.traceId);
    this.#set({ status: 'done', result, interventions, startedAt: null });
    this.#endProgress();
  }

  #fail(failure: ApiFailure): void {
    this.#endProgress();
    if (failure.code === 'superseded') this.#asked = '';
    else if (failure.code === 'engine-lost') this.#set({ status: 'waiting', startedAt: null });
    else {
      // Numbers of earlier changes would contradict the list.
      this.#release(this.#store.getState().changed.result);
      const status = failure.code === 'cancelled' ? 'cancelled' : 'failed';
      this.#set({ status, failure, startedAt: null, result: null, interventions: [] });
    }
  }

  #endProgress(): void {
    const { progress } = this.#store.getState();
    if (progress?.lane === LANE) this.#store.setState({ progress: null });
  }

  #release(old: RunResult | null): void {
    if (old === null) return;
    this.#slices.close(old.traceId);
    this.#close(old.traceId);
  }

  #close(traceId: string): void {
    this.#client.call('trace.close', { traceId }).catch(() => {
      // A trace that is already gone needs no closing.
    });
  }

  #set(change: Partial<Run>): void {
    this.#store.setState(({ changed }) => ({ changed: { ...changed, ...change } }));
  }
}
