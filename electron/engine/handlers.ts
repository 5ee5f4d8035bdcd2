/** One handler a channel of the contract's engine part, in one table. Requests arrive validated. */
import { ModelError } from '../../native-models/errors.ts';
import { STATISTICS } from '../../native-models/types.ts';
import type { LibraryOptions } from '../../native-models/index.ts';
import type * as native from '../../native-models/types.ts';
import type { EngineChannel, EventPayload, Request, Response } from '../api/contract.ts';
import type { OpenedModel } from '../api/model.ts';
import type { Prediction, SiteSummary } from '../api/trace.ts';
import type { Backend, Model } from './backend.ts';
import { comparisons } from './comparisons.ts';
import { embeddingHandlers } from './embeddings.ts';
import { layerFlows } from './flows.ts';
import { Folders, resolveFolder } from './folders.ts';
import { generationHandlers, GenerationStore } from './generations.ts';
import { headRankings, headScores } from './heads.ts';
import { lensHandlers } from './lens.ts';
import { OpenModels, type OpenModelLimits } from './open-models.ts';
import { ownBuffer } from './own-buffer.ts';
import { encodedSlice } from './slice.ts';
import { OpenTokenizers, tokenizedText, vocabularyPage, wordSteps } from './tokenizers.ts';
import { TraceStore } from './trace-store.ts';
import { withCacheFolder } from '../host/cache-folder.ts';
import { appVersion } from '../host/versions.ts';
import { checkEngine } from './self-check.ts';

export type Stage = EventPayload<'progress'>['stage'];
/** `fraction` is the share of the work that is done, 0…1; absent where it is not known. */
export type OnStage = (stage: Stage, fraction?: number) => void;

export type Handlers = {
  readonly [C in EngineChannel]: (request: Request<C>, onStage: OnStage) => Promise<Response<C>>;
};

export interface Engine {
  readonly handlers: Handlers;
  /** Frees every trace and model. */
  dispose(): Promise<void>;
}

export interface EngineOptions {
  /** Where the user's model folders are remembered; null keeps them in memory. */
  readonly settingsFolder: string | null;
  readonly limits?: OpenModelLimits;
  /** How many traces stay open. Default 8. */
  readonly traces?: number;
}

/** How many generated texts are kept. */
const GENERATIONS = 4;

const LIMITS: OpenModelLimits = { models: 3, bytes: 2 * 1024 ** 3 };

/** The engine over `backend`: the table of handlers and what they share (open models, traces, the user's folders). */
export function createEngine(backend: Backend, options: EngineOptions): Engine {
  const traces = new TraceStore(options.traces ?? 8);
  const generations = new GenerationStore(GENERATIONS);
  const stores = [traces, generations];
  const models = new OpenModels(backend, options.limits ?? LIMITS, (model) =>
    stores.forEach((store) => store.closeModel(model)),
  );
  const scores = headScores(backend);
  const rank = headRankings(backend);
  const compare = comparisons(backend);
  const flow = layerFlows(backend);
  const folders = new Folders(options.settingsFolder);
  /** Read anew each time: the window may have chosen another cache since. */
  const library = async (): Promise<LibraryOptions> => ({
    folders: await folders.list(),
    env: await withCacheFolder(process.env, options.settingsFolder),
  });
  const tokenizers = new OpenTokenizers(backend, library);

  const open = async (model: string, device: native.DeviceChoice, onStage: OnStage): Promise<Model> =>
    models.get(model, { device, ...(await library()), onStage });

  /** On whatever device it is open. */
  const asIs = async (model: string, onStage: OnStage = () => undefined): Promise<Model> =>
    models.any(model, { device: 'auto', ...(await library()), onStage });

  const handlers: Handlers = {
    'engine.info': () => Promise.resolve(engineInfo(backend)),
    'engine.selfCheck': async (_request, onStage) => checkEngine(backend, await folders.list(), onStage),
    'models.list': async () => [...(await backend.listModels(await library()))],
    'models.addFolder': ({ folder }) => addFolder(backend, folders, folder),
    'model.open': async ({ model, device }, onStage) => openedModel(await open(model, device, onStage)),
    'model.heads': async ({ model, device }, onStage) => scores(await open(model, device, onStage), onStage),
    'tokens.words': async ({ model, input }) => tokenizedText(await tokenizers.get(model), input),
    'model.weights': async ({ model }) => weightsOf(backend, await asIs(model)),
    'tokens.steps': async ({ model, input, word }) => wordSteps(await (await tokenizers.get(model)).steps(input, word)),
    'tokens.vocabulary': async ({ model, ...search }) => vocabularyPage((await tokenizers.get(model)).search(search)),
    ...embeddingHandlers(backend, { traces, model: (model) => asIs(model) }),
    'text.tokenize': async ({ model, input }, onStage) => [
      ...(await backend.tokenize(await asIs(model, onStage), input)).tokens,
    ],
    'text.run': async (asked, onStage) =>
      runText(backend, traces, await open(asked.model, asked.device, onStage), asked, onStage),
    'trace.slice': async ({ traceId, name, head, format, rows }) =>
      encodedSlice(await backend.slice(traces.get(traceId), name, head, rows), format ?? 'f32'),
    'trace.predict': async ({ traceId, position, candidates }) =>
      predictAt(backend, traces.get(traceId), position, candidates),
    'trace.rank': async ({ traceId, ...asked }, onStage) => rank(traces.get(traceId), asked, onStage),
    'trace.compare': (asked) => compare(traces.get(asked.before), traces.get(asked.after), asked),
    'trace.flow': async ({ traceId, ...asked }) => flow(traces.get(traceId), asked),
    ...lensHandlers(backend, traces),
    ...generationHandlers(backend, { generations, traces, open }),
    'trace.close': ({ traceId }) => closed(traces, traceId),
  };
  const dispose = async (): Promise<void> => {
    await models.disposeAll();
    await backend.disposeCore();
  };
  return { handlers, dispose };
}

async function weightsOf(backend: Backend, { entry }: Model): Promise<Response<'model.weights'>> {
  return { sha256: await backend.weightsHash(entry.folder) };
}

function engineInfo(backend: Backend): Response<'engine.info'> {
  return {
    version: appVersion(),
    onnxruntime: backend.runtimeVersion(),
    platform: `${process.platform}-${process.arch}`,
    devices: backend.knownDevices().map((device) => ({ ...device })),
  };
}

async function runText(
  backend: Backend,
  traces: TraceStore,
  opened: Model,
  { model, input, interventions, candidates }: Request<'text.run'>,
  onStage: OnStage,
): Promise<Response<'text.run'>> {
  const trace = await backend.runText(opened, input, { interventions, onStage });
  const traceId = traces.add(trace);
  const predictions = await backend.predict(trace, { candidates });
  return {
    traceId,
    model,
    device: opened.device.id,
    tokens: [...trace.tokens],
    summaries: backend.summary(trace).map(siteSummary),
    predictions: predictions.map(prediction),
    seconds: trace.seconds,
  };
}

function closed(store: { close(id: string): void }, id: string): Promise<Record<string, never>> {
  store.close(id);
  return Promise.resolve({});
}

async function addFolder(backend: Backend, folders: Folders, typed: string): Promise<native.ModelEntry> {
  const folder = await resolveFolder(typed);
  const entry = await backend.describeFolder(folder);
  if (entry.problem === null) await folders.add(folder);
  return entry;
}

async function predictAt(
  backend: Backend,
  trace: Parameters<Backend['predict']>[0],
  position: number,
  candidates: number,
) {
  const [first] = await backend.predict(trace, { position, candidates });
  if (first === undefined) {
    const message = `This model predicts nothing at token ${position}.`;
    throw new ModelError('bad-request', 'no-prediction', message, { position });
  }
  return prediction(first);
}

function openedModel(model: Model): OpenedModel {
  return {
    entry: { ...model.entry },
    stacks: model.stacks.map((stack) => ({ ...stack, sites: [...stack.sites] })),
    head: model.head,
    labels: [...model.labels],
    scale: model.scale,
    takesPair: model.takesPair,
    segments: model.segments,
    maskToken: model.maskToken,
    device: { ...model.device },
    unusedWeights: [...model.unusedWeights],
    openSeconds: model.openSeconds,
  };
}

function siteSummary(summary: native.SiteSummary): SiteSummary {
  const { stack, site, layers, heads, grid, block } = summary;
  const pictures = ownBuffer(summary.pictures);
  const statistics = ownBuffer(summary.statistics);
  return { stack, site, layers, heads, grid, block, pictures, statistics, order: [...STATISTICS] };
}

function prediction(value: native.Prediction): Prediction {
  return { kind: value.kind, position: value.position, candidates: value.candidates.map((item) => ({ ...item })) };
}
