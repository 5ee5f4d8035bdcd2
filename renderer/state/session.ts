/** What the window does with the engine: lists and opens models, runs the text as it is typed, recovers from restarts. */
import type { DeviceChoice, ModelEntry, OpenedModel, RunResult } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import { FIRST_WALK, NO_MODEL, NO_RUN } from './app-state.ts';
import type { AppState, AppStore, WalkState } from './app-state.ts';
import type { AtlasState } from './atlas.ts';
import { BesideRun } from './beside-run.ts';
import { Changes } from './changes.ts';
import { HeadScoreCache } from './head-scores.ts';
import type { HeadScorePart } from './head-scores.ts';
import { createDistributions } from './distributions.ts';
import type { DistributionCache } from './distributions.ts';
import { Embeddings } from './embeddings.ts';
import { createHiddenStates } from './hidden-states.ts';
import { createHeadVectors } from './head-vectors.ts';
import type { JointView } from './joint-view.ts';
import type { Points } from '../projection/types.ts';
import type { ProjectedPoints } from './projected-points.ts';
import { ProjectionRuns } from './projection-runs.ts';
import type { ProjectionView } from './projection-view.ts';
import { createFlows } from './flow.ts';
import type { FlowCache } from './flow.ts';
import type { FlowOptions } from './flow-options.ts';
import { GenerationRun } from './generation.ts';
import { createLensAnswers } from './lens-answers.ts';
import type { LensAnswers } from './lens-answers.ts';
import type { LensView } from './lens-view.ts';
import { PLAIN_LENS } from './lens.ts';
import type { Lens } from './lens.ts';
import type { Sampling } from './sampling.ts';
import { FIRST_SELECTION, fitToModel, toggleHead, withoutTwins } from './selection.ts';
import type { HeadPlace, Selection } from './selection.ts';
import { candidateCount, PredictionCache } from './predictions.ts';
import { SliceCache } from './slices.ts';
import { Tokenizing } from './tokenizing.ts';
import { TextRunner } from './text-runner.ts';
import { EXAMPLE_TEXT, EXAMPLE_TRACE, exampleModel, exampleRun, exampleSlice } from './worked-example.ts';

export interface SessionOptions {
  /** The model of the last time, tried first. */
  readonly modelId: string | null;
  readonly onModel?: (modelId: string) => void;
  /** The sentence of a first start, for a model that reads pairs/masks or not. */
  readonly firstText: (model: OpenedModel) => string;
  /** Where a first start looks. */
  readonly firstPlace?: (result: RunResult) => Partial<Selection>;
}

/** Models that a first start prefers, in this order. */
const PREFERRED = ['headlight-gpt', 'headlight-bert'];

export class Session {
  readonly slices: SliceCache;
  readonly predictions: PredictionCache;
  readonly headScores: HeadScoreCache;
  readonly flows: FlowCache;
  readonly distributions: DistributionCache;
  readonly lensAnswers: LensAnswers;
  readonly generation: GenerationRun;
  readonly runner: TextRunner;
  readonly changes: Changes;
  readonly beside: BesideRun;
  readonly tokenizing: Tokenizing;
  readonly embeddings: Embeddings;
  readonly hiddenStates: ReturnType<typeof createHiddenStates>;
  readonly headVectors: ReturnType<typeof createHeadVectors>;
  readonly projections = new ProjectionRuns<ProjectedPoints>();
  readonly jointProjections = new ProjectionRuns<Points>();
  readonly #client: Client;
  readonly #store: AppStore;
  readonly #options: SessionOptions;
  #openSerial = 0;

  constructor(client: Client, store: AppStore, options: SessionOptions) {
    this.#client = client;
    this.#store = store;
    this.#options = options;
    const runAgain = (traceId: string): void => {
      const { run, changed, besideRun } = store.getState();
      if (run.result?.traceId === traceId) this.runner.runSoon(200);
      else if (changed.result?.traceId === traceId) this.changes.run.again();
      else if (besideRun.result?.traceId === traceId) this.beside.again();
    };
    this.slices = new SliceCache(async (traceId, request) => {
      if (traceId === EXAMPLE_TRACE) return exampleSlice(request);
      const { name, head, format, rows } = request;
      return client.call('trace.slice', { traceId, name, head, format, rows });
    }, runAgain);
    this.flows = createFlows(client, store, runAgain);
    this.lensAnswers = createLensAnswers(client, store, runAgain);
    this.distributions = createDistributions(client, (place) => place.of === 'trace' && runAgain(place.id));
    this.generation = new GenerationRun(client, () => store.getState().sampling);
    this.predictions = new PredictionCache((traceId, position) =>
      client.call('trace.predict', { traceId, position, candidates: candidateCount(store.getState().run.model) }),
    );
    this.headScores = new HeadScoreCache(({ entry }) => this.#scoreHeads(entry.id));
    this.runner = new TextRunner(client, store, this.slices, options.firstPlace);
    this.changes = new Changes(client, store, this.slices, () => this.runner.runSoon(200));
    this.beside = new BesideRun(client, store, this.slices);
    this.tokenizing = new Tokenizing(client);
    this.embeddings = new Embeddings(client, runAgain);
    this.headVectors = createHeadVectors(client, runAgain);
    this.hiddenStates = createHiddenStates(client, runAgain);
    this.#listen();
  }

  /** Reads the host, the devices and the models, opens a model and runs the first sentence. */
  async start(): Promise<void> {
    void this.#client.call('host.info', {}).then((host) => this.#set({ host }), ignore);
    void this.#client.call('engine.info', {}).then(({ devices }) => this.#set({ devices }), ignore);
    await this.listModels();
    const models = this.#state.models ?? [];
    const first = this.#state.model.id === null ? firstModel(models, this.#options.modelId) : null;
    if (first !== null) await this.openModel(first.id);
  }

  async listModels(): Promise<void> {
    try {
      this.#set({ models: await this.#client.call('models.list', {}) });
    } catch (error) {
      this.#set({ model: { ...NO_MODEL, status: 'failed', failure: asApiError(error).failure } });
    }
  }

  /** Opens a model and runs the text on it; the newest choice wins. */
  async openModel(id: string, device: DeviceChoice = this.#state.device): Promise<void> {
    this.leaveExample();
    const serial = ++this.#openSerial;
    this.runner.stop();
    this.#set({ device, model: { ...NO_MODEL, status: 'opening', id, startedAt: performance.now() } });
    try {
      const opened = await this.#client.call('model.open', { model: id, device });
      if (serial === this.#openSerial) this.#opened(opened);
    } catch (error) {
      if (serial !== this.#openSerial) return;
      const { failure } = asApiError(error);
      this.runner.drop();
      this.#set({ progress: null, model: { ...NO_MODEL, status: 'failed', id, failure } });
    }
  }

  #opened(opened: OpenedModel): void {
    this.leaveExample();
    const { model, text, selection } = this.#state;
    this.#set({
      progress: null,
      model: { ...model, status: 'open', opened, startedAt: null },
      selection: fitToModel(selection, opened.stacks),
      ...(text === '' && this.#state.run.result === null ? { text: this.#options.firstText(opened) } : {}),
    });
    this.#options.onModel?.(opened.entry.id);
    void this.#client.call('engine.info', {}).then(({ devices }) => this.#set({ devices }), ignore);
    void this.runner.runNow();
  }

  /** The next part of the scoring, on the device chosen. */
  async #scoreHeads(model: string): Promise<HeadScorePart> {
    const done = () => {
      if (this.#state.progress?.channel === 'model.heads') this.#set({ progress: null });
    };
    try {
      const part = await this.#client.call('model.heads', { model, device: this.#state.device });
      if (part.heads !== null) done();
      return part;
    } catch (error) {
      done();
      throw error;
    }
  }

  chooseDevice(device: DeviceChoice): void {
    const { id } = this.#state.model;
    if (id === null) this.#set({ device });
    else void this.openModel(id, device);
  }

  /** Adds a folder to the library and opens it; rejects with ApiError when it cannot be read. */
  async addFolder(folder: string): Promise<ModelEntry> {
    const entry = await this.#client.call('models.addFolder', { folder });
    await this.listModels();
    if (entry.problem === null) void this.openModel(entry.id);
    return entry;
  }

  /** The host's own folder dialog; `undefined` where it has none. */
  async pickFolder(title: string): Promise<string | null | undefined> {
    const { supported, folder } = await this.#client.call('dialog.openFolder', { title });
    return supported ? folder : undefined;
  }

  /** SHA-256 of a model's weights; undefined where it cannot be had, which is no reason to keep a figure back. */
  async weightsOf(model: string): Promise<string | undefined> {
    return this.#client.call('model.weights', { model }).then(
      ({ sha256 }) => sha256,
      () => undefined,
    );
  }

  /** Saves through the host's dialog; `declined` when the user closed it, `unsupported` where there is none. */
  async saveFile(name: string, mimeType: string, data: ArrayBuffer): Promise<'saved' | 'declined' | 'unsupported'> {
    const { supported, path } = await this.#client.call('dialog.saveFile', { name, mimeType, data });
    if (!supported) return 'unsupported';
    return path === null ? 'declined' : 'saved';
  }

  /**
   * Shows the worked example in the place of the sentence's run, which waits underneath. Nothing of it goes to the engine.
   * @param name what it is called, in the user's language
   */
  openExample(name: string): void {
    const { run, selection, lens, covered, model } = this.#state;
    if (covered !== null) return;
    this.runner.stop();
    const result = exampleRun(name);
    const shown = { ...FIRST_SELECTION, stack: 'encoder', station: 'qkv', mode: 'one' } as const;
    this.slices.open(result.traceId);
    this.#set({
      covered: {
        run,
        selection: model.opened === null ? selection : fitToModel(selection, model.opened.stacks),
        lens,
      },
      run: { ...NO_RUN, status: 'done', result, model: exampleModel(name), input: { text: EXAMPLE_TEXT } },
      selection: shown,
      lens: PLAIN_LENS,
      walk: FIRST_WALK,
      progress: null,
    });
  }

  /** Back to the sentence, as it was; its run is made again if it was not finished. */
  leaveExample(): void {
    const { covered } = this.#state;
    if (covered === null) return;
    const { run, selection, lens } = covered;
    this.slices.close(EXAMPLE_TRACE);
    this.#set({ covered: null, run, selection, lens, walk: FIRST_WALK });
    if (run.status === 'running' || run.status === 'waiting') void this.runner.runNow();
  }

  setText(text: string): void {
    this.leaveExample();
    this.#set({ text });
    this.runner.runSoon();
  }

  setPair(pair: string): void {
    this.leaveExample();
    this.#set({ pair });
    this.runner.runSoon();
  }

  /** A sentence, and a second one, in the place of what was typed. */
  setInput(text: string, pair: string): void {
    this.leaveExample();
    this.#set({ text, pair });
    this.runner.runSoon(0);
  }

  /** How the walk is shown; nothing is asked of the engine. */
  setWalk(change: Partial<WalkState>): void {
    this.#set({ walk: { ...this.#state.walk, ...change } });
  }

  select(change: Partial<Selection>): void {
    this.#set({ selection: withoutTwins({ ...this.#state.selection, ...change }) });
  }

  /** Chooses a head beside the selected one, or lets it go. */
  toggleHead(place: HeadPlace): void {
    this.#set({ selection: toggleHead(this.#state.selection, place) });
  }

  /** How patterns are looked at; nothing is asked of the engine. */
  setLens(change: Partial<Lens>): void {
    this.#set({ lens: { ...this.#state.lens, ...change } });
  }

  /** What colours the heads, and their order. */
  setAtlas(change: Partial<AtlasState>): void {
    this.#set({ atlas: { ...this.#state.atlas, ...change } });
  }

  /** How next tokens are chosen; nothing is asked of the engine. */
  setSampling(change: Partial<Sampling>): void {
    this.#set({ sampling: { ...this.#state.sampling, ...change } });
  }

  /** How the logit lens, filled masks and surprise are shown. */
  setLensView(change: Partial<LensView>): void {
    this.#set({ lensView: { ...this.#state.lensView, ...change } });
  }

  setProjection(change: Partial<ProjectionView>): void {
    this.#set({ projection: { ...this.#state.projection, ...change } });
  }

  /** How queries and keys are shown together. */
  setJoint(change: Partial<JointView>): void {
    this.#set({ joint: { ...this.#state.joint, ...change } });
  }

  setFlow(change: Partial<FlowOptions>): void {
    this.#set({ flow: { ...this.#state.flow, ...change } });
  }

  /** Stops what the engine does now; the engine restarts, which ends its traces. */
  async cancel(): Promise<void> {
    if (this.#state.run.status === 'running') this.runner.cancel();
    else this.changes.run.cancel();
    if (this.#state.model.status === 'opening') {
      this.#openSerial += 1;
      const failure = { code: 'cancelled' as const, message: 'stopped' };
      this.#set({ progress: null, model: { ...this.#state.model, status: 'failed', failure, startedAt: null } });
    }
    await this.#client.call('engine.cancel', {}).catch(ignore);
  }

  retry(): void {
    const { model, models } = this.#state;
    if (models === null) void this.start();
    else if (model.status === 'open') void this.runner.runNow();
    else if (model.id !== null) void this.openModel(model.id);
  }

  /** Starts an engine that gave up; the text then runs by itself. */
  async restartEngine(): Promise<void> {
    await this.#client.call('engine.cancel', {}).catch(ignore);
  }

  reconnect(): void {
    this.#client.reconnect();
  }

  #listen(): void {
    this.#store.subscribe((now, before) => {
      if (now.model.opened !== before.model.opened) this.headScores.setOpen(now.model.opened);
    });
    this.#client.on('progress', (progress) => {
      this.#set({ progress });
    });
    this.#client.on('engine', (engine) => {
      const before = this.#state.engine;
      this.#set({ engine });
      if (engine.state === 'ready' && before.state === 'restarting') this.#recover();
    });
    let wasLost = false;
    this.#client.onConnection((connection) => {
      this.#set({ connection });
      if (connection === 'lost') wasLost = true;
      if (connection !== 'open' || !wasLost) return;
      wasLost = false;
      if (this.#state.models === null) void this.start();
      else this.#recover();
    });
  }

  /** After a restart of the engine or a new connection: traces are gone, so the text runs again. */
  #recover(): void {
    const { model, run } = this.#state;
    // Under the worked example the sentence waits; it runs again when it is shown again and its trace turns out to be gone.
    if (this.#state.covered !== null) return;
    if (run.status === 'cancelled' || model.failure?.code === 'cancelled') return;
    if (model.status === 'open') void this.runner.runNow();
    else if (model.id !== null) void this.openModel(model.id);
    // After the text: the engine answers in the order of the questions.
    this.headScores.recover();
  }

  get #state(): AppState {
    return this.#store.getState();
  }

  #set(change: Partial<AppState>): void {
    this.#store.setState(change);
  }
}

/** The model of the last time, else a bundled one, else the first that can be opened. */
export function firstModel(models: readonly ModelEntry[], last: string | null): ModelEntry | null {
  const usable = models.filter((model) => model.problem === null);
  const byId = (id: string | null): ModelEntry | undefined => usable.find((model) => model.id === id);
  return byId(last) ?? PREFERRED.map(byId).find((model) => model !== undefined) ?? usable[0] ?? null;
}

function ignore(): void {
  // The state events of engine and connection already tell the user; this answer only adds to them.
}
