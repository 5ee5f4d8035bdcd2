/** Everything the window shows that is not a setting: one store, replaced immutably. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type {
  ApiFailure,
  DeviceChoice,
  DeviceReport,
  EventPayload,
  Intervention,
  ModelEntry,
  OpenedModel,
  RunResult,
  TextInput,
} from '../../electron/api/index.ts';
import type { ConnectionState } from '../client/transport.ts';
import { NOTHING_BESIDE } from './beside.ts';
import type { Beside } from './beside.ts';
import { FIRST_ATLAS } from './atlas.ts';
import type { AtlasState } from './atlas.ts';
import { FIRST_FLOW } from './flow-options.ts';
import type { FlowOptions } from './flow-options.ts';
import { FIRST_JOINT } from './joint-view.ts';
import type { JointView } from './joint-view.ts';
import { FIRST_LENS_VIEW } from './lens-view.ts';
import type { LensView } from './lens-view.ts';
import { PLAIN_LENS } from './lens.ts';
import type { Lens } from './lens.ts';
import { FIRST_PROJECTION_VIEW } from './projection-view.ts';
import type { ProjectionView } from './projection-view.ts';
import { FIRST_SAMPLING } from './sampling.ts';
import type { Sampling } from './sampling.ts';
import { FIRST_SELECTION } from './selection.ts';
import type { Selection } from './selection.ts';
import { NOTHING_CHANGED } from './what-if.ts';
import type { WhatIf } from './what-if.ts';
import type { Scope } from './what-if-site.ts';

/**
 * `empty`: no text; `running`: a request is under way; `done`: `result` is of the shown text; `failed`: see `failure`;
 * `cancelled`: the user stopped it; `waiting`: the engine or the connection is gone, the text runs again by itself.
 */
export type RunStatus = 'empty' | 'running' | 'done' | 'failed' | 'cancelled' | 'waiting';

export interface Run {
  readonly status: RunStatus;
  /** The last complete result; kept while the next one is made, dropped when there is nothing to show. */
  readonly result: RunResult | null;
  /** The model that made `result`, and the text it was made from. */
  readonly model: OpenedModel | null;
  readonly input: TextInput | null;
  /** What was changed in the computation that made `result`, in order. */
  readonly interventions: readonly Intervention[];
  readonly failure: ApiFailure | null;
  /** When the running request started (performance.now), for progress and cancel. */
  readonly startedAt: number | null;
}

export interface ModelState {
  readonly status: 'none' | 'opening' | 'open' | 'failed';
  readonly id: string | null;
  readonly opened: OpenedModel | null;
  readonly failure: ApiFailure | null;
  readonly startedAt: number | null;
}

export interface AppState {
  readonly connection: ConnectionState;
  readonly host: { readonly kind: 'electron' | 'server'; readonly locale: string; readonly version: string } | null;
  readonly engine: EventPayload<'engine'>;
  readonly progress: EventPayload<'progress'> | null;
  readonly devices: readonly DeviceReport[];
  readonly device: DeviceChoice;
  /** null until the list was read. */
  readonly models: readonly ModelEntry[] | null;
  readonly model: ModelState;
  readonly text: string;
  readonly pair: string;
  readonly run: Run;
  /** The same text with what the user changed in the computation; without a result while nothing is changed. */
  readonly changed: Run;
  readonly whatIf: WhatIfState;
  /** What the view `beside` compares the text's run with, and the run of that. */
  readonly beside: Beside;
  readonly besideRun: Run;
  readonly selection: Selection;
  /** Filters, grouping and colours of patterns, for every view of them. */
  readonly lens: Lens;
  /** What colours the heads, and their order. */
  readonly atlas: AtlasState;
  /** How the flow across layers is reckoned. */
  readonly flow: FlowOptions;
  /** How next tokens are chosen, and which filters distributions are shown with. */
  readonly sampling: Sampling;
  /** How the logit lens, filled masks and surprise are shown. */
  readonly lensView: LensView;
  /** How the embedding projector is set. */
  readonly projection: ProjectionView;
  /** How queries and keys are shown together. */
  readonly joint: JointView;
  readonly walk: WalkState;
  /** Not null while the worked example stands in the place of the sentence's own run. */
  readonly covered: Covered | null;
}

/** What is changed in the computation, and how that is shown and edited. */
export interface WhatIfState {
  readonly list: WhatIf;
  /** How a changed run is shown; without one it is the original, whatever stands here. */
  readonly view: RunView;
  /** Where a new change applies. */
  readonly scope: Scope;
  /** True while a click on a cell of the mask hides it or lets it be seen. */
  readonly editsMask: boolean;
  /** True while the inspector shows the changes instead of the numbers. */
  readonly isOpen: boolean;
}

/** `both`: the original, the changed run and their difference, side by side. */
export const RUN_VIEWS = ['original', 'changed', 'difference', 'both'] as const;
export type RunView = (typeof RUN_VIEWS)[number];

/** How the walk of one token is shown, at every station alike. */
export interface WalkState {
  /** One bar a key, or its q and k dimension by dimension. */
  readonly detail: 'bars' | 'dimensions';
  /** Keys in the order of the text, or largest first. */
  readonly order: 'place' | 'size';
  /** The products of an opened key: by dimension, or largest first. */
  readonly products: 'place' | 'size';
  /** Every key, however many there are; else the first by weight. */
  readonly everyKey: boolean;
  /** The key whose products are open. */
  readonly openKey: number | null;
  /** True while the stations follow each other by themselves. */
  readonly playing: boolean;
}

/** What the worked example covers for a while. */
export interface Covered {
  readonly run: Run;
  readonly selection: Selection;
  readonly lens: Lens;
}

export const FIRST_WALK: WalkState = {
  detail: 'bars',
  order: 'place',
  products: 'place',
  everyKey: false,
  openKey: null,
  playing: false,
};
export const NO_WHAT_IF: WhatIfState = {
  list: NOTHING_CHANGED,
  view: 'both',
  scope: 'head',
  editsMask: false,
  isOpen: false,
};
export const NO_RUN: Run = {
  status: 'empty',
  result: null,
  model: null,
  input: null,
  interventions: [],
  failure: null,
  startedAt: null,
};
export const NO_MODEL: ModelState = { status: 'none', id: null, opened: null, failure: null, startedAt: null };

export type AppStore = StoreApi<AppState>;

export function createAppStore(): AppStore {
  return createStore<AppState>(() => ({
    connection: 'connecting',
    host: null,
    engine: { state: 'starting', cause: null, reason: null, restarts: 0 },
    progress: null,
    devices: [],
    device: 'auto',
    models: null,
    model: NO_MODEL,
    text: '',
    pair: '',
    run: NO_RUN,
    changed: NO_RUN,
    whatIf: NO_WHAT_IF,
    beside: NOTHING_BESIDE,
    besideRun: NO_RUN,
    selection: FIRST_SELECTION,
    lens: PLAIN_LENS,
    atlas: FIRST_ATLAS,
    flow: FIRST_FLOW,
    lensView: FIRST_LENS_VIEW,
    projection: FIRST_PROJECTION_VIEW,
    joint: FIRST_JOINT,
    sampling: FIRST_SAMPLING,
    walk: FIRST_WALK,
    covered: null,
  }));
}
