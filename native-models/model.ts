/** An open model: a checkpoint compiled to graphs, its sessions on a device, and its tokenizer. */
import { performance } from 'node:perf_hooks';
import { openCheckpoint } from './checkpoint/checkpoint.ts';
import type { Checkpoint } from './checkpoint/checkpoint.ts';
import { WeightSource } from './checkpoint/weight-source.ts';
import { ModelError } from './errors.ts';
import { compile, compileCached, compilePlain } from './families/compile.ts';
import type { CompiledModel } from './families/compile.ts';
import type { Architecture, Family } from './families/family.ts';
import { StoredTable } from './embeddings/table.ts';
import type { EmbeddingTables } from './embeddings/table.ts';
import { families } from './families/index.ts';
import { HeadTable } from './generate/head-table.ts';
import type { Graph } from './graph/builder.ts';
import { serialize } from './graph/serialize.ts';
import { resolveDevice } from './session/devices.ts';
import { LazySession } from './session/lazy-session.ts';
import { Session } from './session/runtime.ts';
import type { SessionOptions } from './session/runtime.ts';
import { openTokenizer } from './tokenizer/tokenizer.ts';
import type { Tokenizer } from './tokenizer/tokenizer.ts';
import { floats, plainFeeds } from './trace/feeds.ts';
import { traceNamesOf } from './trace/names.ts';
import type { TraceSource } from './trace/source.ts';
import type { DeviceChoice, DeviceId, DeviceReport, HeadKind, ModelEntry, Scale, StackInfo } from './types.ts';

export interface OpenOptions {
  readonly device: DeviceChoice;
  readonly onStage?: (stage: 'opening' | 'self-test') => void;
}

export interface Model {
  readonly entry: ModelEntry;
  readonly stacks: readonly StackInfo[];
  readonly head: HeadKind;
  /** Label names in the order of the logits; empty for a head that does not choose among labels. */
  readonly labels: readonly string[];
  /** What the logits of its head mean. */
  readonly scale: Scale;
  readonly maxTokens: number;
  readonly takesPair: boolean;
  /** Kinds of segments (token types) that its embedding adds; 0 for none. */
  readonly segments: number;
  readonly maskToken: string | null;
  /** What the config says a text begins with (`bos_token_id`), in a model that predicts what comes next; else null. */
  readonly startId: number | null;
  readonly device: DeviceReport;
  /** Stored names of weights that the network does not use. */
  readonly unusedWeights: readonly string[];
  /** Seconds from the call to a model that can run, the device's self-test left out. */
  readonly openSeconds: number;
  readonly tokenizer: Tokenizer;
  readonly source: TraceSource;
  readonly embeddings: EmbeddingTables;
  /** Frees the sessions' memory; the model cannot run afterwards. */
  dispose(): Promise<void>;
}

/**
 * Opens the checkpoint of a library entry.
 * @throws ModelError `bad-model` naming file, key and what was expected; `device` when the device cannot be used
 */
export async function openEntry(entry: ModelEntry, { device: choice, onStage }: OpenOptions): Promise<Model> {
  onStage?.('self-test');
  const device = await resolveDevice(choice);
  onStage?.('opening');
  const start = performance.now();
  const { checkpoint, family, architecture, weights } = await readModel(entry.folder);
  const tokenizer = await openTokenizer(entry.folder);
  const graphs = compile(family, checkpoint.config, architecture, weights);
  const { body, head } = await createSessions(graphs, checkpoint, device.id);
  // Made on first use; their matrices are multiplied seldom and stay in the file.
  const derived = graphs.derived.map((graph) => ({
    names: graph.outputs.map(({ name }) => name),
    session: new LazySession(() => createSession(graph, checkpoint, 'cpu', FEW_ROWS)),
  }));
  const goingOn = goesOn(architecture)
    ? new LazySession(() =>
        createSession(compileCached(family, checkpoint.config, architecture, weights), checkpoint, 'cpu', STEPS),
      )
    : null;
  const { finalNorm: normGraph } = graphs;
  const finalNorm = normGraph === null ? null : new LazySession(() => createSession(normGraph, checkpoint, 'cpu'));
  const traced = { ...architecture };
  const names = new Map(traceNamesOf(traced).map((name) => [name.name, name]));
  return {
    entry,
    stacks: architecture.stacks,
    head: architecture.head,
    labels: architecture.labels,
    scale: architecture.scale,
    maxTokens: architecture.maxTokens,
    takesPair: tokenizer.takesPair && architecture.takesPair,
    segments: architecture.segments,
    maskToken: tokenizer.maskToken,
    startId: startId(checkpoint.config.raw['bos_token_id'], architecture),
    device,
    unusedWeights: weights.unused(),
    openSeconds: (performance.now() - start) / 1000,
    tokenizer,
    embeddings: embeddingTables(family, checkpoint, architecture, weights),
    source: {
      ...{ traced, names, vocabulary: architecture.vocabulary, body, head, goingOn, finalNorm },
      headTable: headTable(family, checkpoint, architecture, weights),
      derived: new Map(derived.flatMap((each) => each.names.map((name) => [name, each.session] as const))),
    },
    dispose: async () => {
      await body.dispose();
      for (const { session } of derived) await session.dispose();
      await goingOn?.dispose();
      await finalNorm?.dispose();
      await head?.dispose();
    },
  };
}

function startId(id: unknown, { head, vocabulary }: Architecture): number | null {
  const isToken = typeof id === 'number' && Number.isInteger(id) && id >= 0 && id < vocabulary;
  return isToken && head === 'next-token' ? id : null;
}

/** Whether a text can be gone on with: a decoder by itself, which predicts what comes next. */
function goesOn({ head, stacks: [stack, ...others] }: Architecture): boolean {
  return (
    head === 'next-token' && stack?.causal === true && stack.sites.every((site) => site === 'self') && !others.length
  );
}

function embeddingTables(
  { embeddingKeys }: Family,
  { weightsFolder }: Checkpoint,
  { vocabulary, maxTokens, firstPosition, stacks }: Architecture,
  weights: WeightSource,
): EmbeddingTables {
  const columns = stacks[0]?.hidden ?? 0;
  const table = (key: string, rows: number, first: number) =>
    new StoredTable(weightsFolder, weights.take(key, [first + rows, columns]), first);
  return {
    token: table(embeddingKeys.token, vocabulary, 0),
    position: embeddingKeys.position === null ? null : table(embeddingKeys.position, maxTokens, firstPosition),
  };
}

function headTable(
  family: Family,
  { weightsFolder }: Checkpoint,
  { head, vocabulary, stacks }: Architecture,
  weights: WeightSource,
): HeadTable | null {
  if (head !== 'next-token' && head !== 'masked-token') return null;
  const keys = family.headKeys((key) => weights.has(key));
  const weight = weights.take(keys.weight, [vocabulary, stacks.at(-1)?.hidden ?? 0]);
  const bias = keys.bias === null ? null : weights.take(keys.bias, [vocabulary]);
  return new HeadTable(weightsFolder, weight, bias, keys.tied);
}

/** The same network and head without traced outputs, interventions and summary; benchmarks compare with it. */
export interface PlainNetwork {
  /** Runs ids [tokens] and returns the logits of the last token (or the final states of a model without a head). */
  run(ids: readonly number[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export async function openPlain(folder: string, choice: DeviceChoice): Promise<PlainNetwork> {
  const device = await resolveDevice(choice);
  const { checkpoint, family, architecture, weights } = await readModel(folder);
  const graphs = compilePlain(family, checkpoint.config, architecture, weights);
  const { body, head } = await createSessions(graphs, checkpoint, device.id);
  const hidden = architecture.stacks.at(-1)?.hidden ?? 0;
  return {
    run: async (ids) => {
      const feeds = plainFeeds(architecture.stacks, architecture.segments, ids);
      const final = (await body.run(feeds, ['final'])).get('final')?.data ?? new Float32Array();
      if (head === null || architecture.head === 'none') return final;
      const last = { final: floats(final.slice(-hidden), [1, hidden]) };
      return (await head.run(last, ['logits'])).get('logits')?.data ?? new Float32Array();
    },
    dispose: async () => {
      await body.dispose();
      await head?.dispose();
    },
  };
}

interface ReadModel {
  readonly checkpoint: Checkpoint;
  readonly family: Family;
  readonly architecture: Architecture;
  readonly weights: WeightSource;
}

async function readModel(folder: string): Promise<ReadModel> {
  const checkpoint = await openCheckpoint(folder);
  const { config } = checkpoint;
  const family = families.get(config.modelType);
  if (family === undefined) {
    const known = [...families.keys()].join(', ');
    throw new ModelError(
      'bad-model',
      'family-unsupported',
      `${config.path}: model_type "${config.modelType}" is not a family that Headlight computes; expected one of ${known}.`,
      { family: config.modelType, known },
    );
  }
  const weights = new WeightSource(checkpoint, family);
  return { checkpoint, family, weights, architecture: family.architecture(config, (key) => weights.has(key)) };
}

/** The head reads a few rows, and its largest matrix is often the embedding table: it is not copied a second time. */
async function createSessions(
  graphs: Pick<CompiledModel, 'body' | 'head'>,
  checkpoint: Checkpoint,
  device: DeviceId,
): Promise<{ readonly body: Session; readonly head: Session | null }> {
  const body = await createSession(graphs.body, checkpoint, device);
  return { body, head: graphs.head === null ? null : await createSession(graphs.head, checkpoint, device, FEW_ROWS) };
}

/** For sessions that multiply their matrices with few rows, or seldom: the matrices stay in the file. */
const FEW_ROWS = { packWeights: false };
/** For many short runs of one row each: what they wait for is the reading of the weights. */
const STEPS = { packWeights: false, spins: false };

async function createSession(
  graph: Graph,
  checkpoint: Checkpoint,
  device: DeviceId,
  tuning: Pick<SessionOptions, 'packWeights' | 'spins'> = {},
): Promise<Session> {
  try {
    return await Session.create(serialize(graph), {
      device,
      weightsFolder: checkpoint.weightsFolder,
      ...tuning,
    });
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new ModelError('bad-model', 'session-failed', `ONNX Runtime could not open ${checkpoint.folder}: ${cause}`, {
      folder: checkpoint.folder,
      cause,
    });
  }
}
