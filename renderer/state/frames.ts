/** What a panel can draw: the slices it needs, all of one trace and one place; the last complete set stays until the next is. */
import type { ApiError, Intervention, OpenedModel, RunResult, TextInput } from '../../electron/api/index.ts';
import { Listeners } from '../client/transport.ts';
import type { AppState, AppStore, Run } from './app-state.ts';
import type { HoverStore } from './hover.ts';
import type { Selection } from './selection.ts';
import type { Matrix, SliceCache, SliceRequest } from './slices.ts';

export interface Frame {
  readonly run: RunResult;
  readonly model: OpenedModel;
  /** What `run` was made from. */
  readonly input: TextInput;
  readonly interventions: readonly Intervention[];
  /** Where in the model the matrices are from; its query and key may be older than the store's. */
  readonly selection: Selection;
  /** In the order of the requests; optional ones that there are none of are left out. */
  readonly matrices: readonly Matrix[];
}

export interface FrameState {
  readonly frame: Frame | null;
  /** True while `frame` is of an earlier place or text and its successor is on the way. */
  readonly stale: boolean;
  readonly error: ApiError | null;
}

const EMPTY: FrameState = { frame: null, stale: false, error: null };

/** What slices depend on beside the place. */
export interface FrameNeeds {
  /** True where pictures are not enough: see `FrameOptions.computes`. */
  readonly exact: boolean;
  /** A slice of the run that is here already; another one may follow from it. */
  readonly known: (request: SliceRequest) => Matrix | null;
}

export interface FrameOptions {
  /** The slices that a selection needs. Asked again whenever one arrives. */
  readonly requestsOf: (
    selection: Selection,
    model: OpenedModel,
    run: RunResult,
    needs: FrameNeeds,
  ) => readonly SliceRequest[];
  /** Whether the panel computes with the numbers instead of only drawing them. By default it does not. */
  readonly computes?: (state: AppState) => boolean;
  /** The cell under the pointer takes the place of the selected one while there is one. */
  readonly pointer?: HoverStore;
  /** Whose slices; by default those of the text as the model computes it. */
  readonly runOf?: (state: AppState) => Run;
  /** Where in that run; by default the selected place. */
  readonly placeOf?: (state: AppState) => Selection;
  /** Milliseconds to wait before asking, so that running past many heads does not ask for each. */
  readonly delay?: number;
}

export class FrameSource {
  readonly #store: AppStore;
  readonly #slices: SliceCache;
  readonly #requestsOf: FrameOptions['requestsOf'];
  readonly #runOf: (state: AppState) => Run;
  readonly #placeOf: (state: AppState) => Selection;
  readonly #computes: (state: AppState) => boolean;
  readonly #pointer: HoverStore | null;
  readonly #delay: number;
  readonly #changed = new Listeners<[]>();
  #snapshot: FrameState = EMPTY;
  #asked = '';
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: AppStore, slices: SliceCache, options: FrameOptions) {
    this.#store = store;
    this.#slices = slices;
    this.#requestsOf = options.requestsOf;
    this.#runOf = options.runOf ?? (({ run }) => run);
    this.#placeOf = options.placeOf ?? (({ selection }) => selection);
    this.#computes = options.computes ?? (() => false);
    this.#pointer = options.pointer ?? null;
    this.#delay = options.delay ?? 0;
    store.subscribe((now, before) => {
      const same =
        this.#runOf(now) === this.#runOf(before) &&
        now.selection === before.selection &&
        now.beside === before.beside &&
        this.#computes(now) === this.#computes(before);
      if (!same) this.#update();
    });
    this.#pointer?.subscribe(() => {
      this.#update();
    });
    slices.subscribe(() => {
      this.#update();
    });
    this.#update();
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  readonly getSnapshot = (): FrameState => this.#snapshot;

  #update(): void {
    const state = this.#store.getState();
    const pointed = this.#pointer?.getSnapshot() ?? null;
    const place = this.#placeOf(state);
    const selection = pointed === null ? place : { ...place, ...pointed };
    const { result, model, input, interventions } = this.#runOf(state);
    if (result === null || model === null || input === null) {
      this.#become(EMPTY);
      return;
    }
    const requests = this.#requestsOf(selection, model, result, {
      exact: this.#computes(state),
      known: (request) => {
        const known = this.#slices.peek(result.traceId, request);
        return known?.status === 'ready' ? known.matrix : null;
      },
    });
    const states = requests.map((request) => this.#slices.peek(result.traceId, request));
    if (states.some((state) => state === null)) this.#ask(result.traceId, requests);
    const failed = states.find((state, index) => state?.status === 'failed' && requests[index]?.optional !== true);
    if (failed?.status === 'failed') {
      this.#become({ frame: null, stale: false, error: failed.error });
      return;
    }
    const matrices = states.flatMap((state) => (state?.status === 'ready' ? [state.matrix] : []));
    if (states.some((state) => state === null || state.status === 'pending'))
      this.#become({ ...this.#snapshot, stale: true, error: null });
    else this.#show({ run: result, model, input, interventions, selection, matrices });
  }

  #show(frame: Frame): void {
    const now = this.#snapshot;
    const old = now.frame;
    const same =
      old !== null &&
      !now.stale &&
      old.run === frame.run &&
      old.selection.station === frame.selection.station &&
      old.selection.mode === frame.selection.mode &&
      old.selection.view === frame.selection.view &&
      (frame.selection.mode === 'all' || isSamePlace(old.selection, frame.selection)) &&
      old.matrices.length === frame.matrices.length &&
      old.matrices.every((matrix, index) => matrix === frame.matrices[index]);
    if (!same) this.#become({ frame, stale: false, error: null });
  }

  #ask(traceId: string, requests: readonly SliceRequest[]): void {
    const key = JSON.stringify([traceId, requests]);
    if (key === this.#asked) return;
    this.#asked = key;
    clearTimeout(this.#timer);
    const ask = (): void => {
      this.#asked = '';
      for (const request of requests) this.#slices.want(traceId, request);
    };
    if (this.#delay === 0) ask();
    else this.#timer = setTimeout(ask, this.#delay);
  }

  #become(next: FrameState): void {
    const now = this.#snapshot;
    if (next.frame === now.frame && next.stale === now.stale && next.error === now.error) return;
    this.#snapshot = next;
    this.#changed.emit();
  }
}

/** The walk says which layer and head it is about, even where the numbers are the same. */
function isSamePlace(a: Selection, b: Selection): boolean {
  return a.stack === b.stack && a.site === b.site && a.layer === b.layer && a.head === b.head;
}
