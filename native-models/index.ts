/**
 * The driver and only public surface of native-models: find a model, open it, run a text, read any traced value.
 * Everything it hands out is plain data with layers, heads and tokens counted from 0.
 */
import { RunChanges } from './compare/changes.ts';
import { assertFits } from './encoding-fits.ts';
import { ModelError } from './errors.ts';
import { families } from './families/index.ts';
import { choosesLabels } from './families/labels.ts';
import { LayerFlowTracing } from './flow/layer-flow.ts';
import { traceDistribution } from './generate/distribution.ts';
import type { DistributionOptions } from './generate/distribution.ts';
import { Generation } from './generate/generation.ts';
import type { Distribution } from './generate/types.ts';
import { HeadScoring } from './heads/score.ts';
import type { ScoreOptions } from './heads/score.ts';
import type { Environment } from './hub/environment.ts';
import { describeFolder as describe, findModel, listModels as list } from './library/library.ts';
import { openEntry } from './model.ts';
import type { Model, OpenOptions } from './model.ts';
import { HeadRanking } from './rank/ranking.ts';
import { finish } from './stepwise.ts';
import { openInspector } from './tokenizer/inspector.ts';
import type { TokenizerInspector } from './tokenizer/inspector.ts';
import { compareAt } from './trace/compare.ts';
import { predictAt } from './trace/predict.ts';
import type { CandidateName } from './trace/predict.ts';
import type { Range } from './trace/rows.ts';
import { sliceTrace } from './trace/slice.ts';
import { runTrace } from './trace/trace.ts';
import type { TraceData } from './trace/trace.ts';
import type {
  Encoding,
  FlowMethod,
  FlowWeighting,
  LayerFlow,
  ModelEntry,
  Prediction,
  PredictionChange,
  RankedHead,
  RunOptions,
  ScoredHead,
  SiteSummary,
  Slice,
  Stack,
  StackInfo,
  TextInput,
  Token,
} from './types.ts';

export { ModelError } from './errors.ts';
export type { ModelErrorCode } from './errors.ts';
export { positions } from './embeddings/positions.ts';
export type { LearnedPositions, ModelPositions } from './embeddings/positions.ts';
export { tokenNeighbours, tokenRows, typedPieces, vectorNeighbours } from './embeddings/embeddings.ts';
export type { EmbeddingNeighbours, NamedNeighbour, TableRows, TypedReading } from './embeddings/embeddings.ts';
export { FLOW_TOKENS } from './flow/layer-flow.ts';
export type { LayerFlowTracing } from './flow/layer-flow.ts';
export type { DistributionOptions } from './generate/distribution.ts';
export { Generation } from './generate/generation.ts';
export * from './generate/types.ts';
export { HEAD_SCORE_DEFINITIONS } from './heads/definitions.ts';
export type { HeadScoreDefinition, TestSet } from './heads/definitions.ts';
export { checkBundledModels } from './library/bundled-check.ts';
export type { BundledCheck } from './library/bundled-check.ts';
export type { ScoreOptions } from './heads/score.ts';
export { REPEATED_TOKENS, testSequences } from './heads/sequences.ts';
export type { ProseSequence, RepeatedSequence, TestSequence } from './heads/sequences.ts';
export * from './lens/index.ts';
export { weightsHash } from './library/weights-hash.ts';
export { openPlain } from './model.ts';
export type { Model, OpenOptions, PlainNetwork } from './model.ts';
export type { RunChanges } from './compare/changes.ts';
export type { HeadRanking } from './rank/ranking.ts';
export { knownDevices, probeDevices } from './session/devices.ts';
export { stateFolder } from './session/device-record.ts';
export { runtimeVersion } from './session/runtime.ts';
export { finish } from './stepwise.ts';
export type { Stepwise } from './stepwise.ts';
export type {
  StepPiece,
  TokenizerInspector,
  TokenizerKind,
  TokenWord,
  WordForming,
  WordSteps,
} from './tokenizer/inspector.ts';
export type { VocabularyEntry, VocabularyPage, VocabularySearch } from './tokenizer/vocabulary.ts';
export { disposeCore } from './trace/core.ts';
export type { Intervention, PatternRow, Site } from './trace/interventions.ts';
export { TRACE_TABLE } from './trace/names.ts';
export type { Axis, TraceName } from './trace/names.ts';
export type { Range } from './trace/rows.ts';
export * from './types.ts';

const supportedFamilies = [...families.keys()];

export interface LibraryOptions {
  /** Folders of the user's to list as well. */
  readonly folders?: readonly string[];
  /** Where HF_HOME and the like are read; the process's own by default. */
  readonly env?: Environment;
}

/** The models on this machine: bundled, in the Hugging Face cache, and in the user's folders; broken ones say why. */
export function listModels(options: LibraryOptions = {}): Promise<readonly ModelEntry[]> {
  return list({ ...options, supportedFamilies });
}

/** One folder as a line of the library. */
export function describeFolder(folder: string): Promise<ModelEntry> {
  return describe(folder, { supportedFamilies });
}

/**
 * Opens a model by its id in the library or by its folder.
 * @throws ModelError `not-found`, `bad-model` or `device`
 */
export async function openModel(model: string, options: OpenOptions & LibraryOptions): Promise<Model> {
  return openEntry(await findModel(model, { ...options, supportedFamilies }), options);
}

/**
 * Tokens and ids of a text, special tokens included.
 * @throws ModelError `bad-text` for an empty or too long text or a lone surrogate
 */
export async function tokenize(model: Model, input: TextInput): Promise<Encoding> {
  const encoding = await model.tokenizer.encode(input, { maxTokens: model.maxTokens });
  assertFits(model, encoding);
  return encoding;
}

/**
 * Opens the tokenizer of a model by its id in the library or by its folder; the weights are not read.
 * @throws ModelError `not-found` or `bad-model`
 */
export async function inspectTokenizer(model: string, options: LibraryOptions = {}): Promise<TokenizerInspector> {
  return openInspector((await findModel(model, { ...options, supportedFamilies })).folder);
}

/** A text's run; `dispose` drops its values. */
export interface Trace {
  readonly model: Model;
  readonly tokens: readonly Token[];
  /** What was run; null where ids were. */
  readonly input: TextInput | null;
  /** Wall time of the pass and its summary, in seconds. */
  readonly seconds: number;
  /** The internals that `slice`, `summary` and `predict` read. */
  readonly data: TraceData;
  dispose(): void;
}

/**
 * Runs a text with its interventions.
 * @throws ModelError `bad-text` as `tokenize`; `bad-request` for an intervention that does not fit the model or the text
 */
export async function runText(model: Model, input: TextInput, options: RunOptions = {}): Promise<Trace> {
  options.onStage?.('tokenizing');
  const encoding = await tokenize(model, input);
  options.onStage?.('running');
  return { ...(await runEncoding(model, encoding, options)), input };
}

/** Runs ids as they are, for benchmarks and tests that bring their own. */
export async function runEncoding(model: Model, encoding: Encoding, options: RunOptions = {}): Promise<Trace> {
  assertFits(model, encoding);
  const data = await runTrace(model.source, encoding, model.tokenizer.separatorIds, options.interventions ?? []);
  return {
    model,
    tokens: data.tokens,
    input: null,
    seconds: data.seconds,
    data,
    dispose: () => {
      data.kept.clear();
    },
  };
}

/** Pictures and statistics of every head of a run. */
export function summary(trace: Trace): readonly SiteSummary[] {
  return trace.data.summaries;
}

/**
 * Any traced value, e.g. `decoder.3.self.pattern`; with `head` only that head's, with `rows` only those tokens or queries (of one head).
 * @throws ModelError `bad-request` for a name, head or rows that are not there
 */
export function slice(trace: Trace, name: string, head?: number, rows?: Range): Promise<Slice> {
  return sliceTrace(trace.data, name, head, rows);
}

export interface PredictOptions {
  /** The token to predict from; by default the last one, every mask token, the whole text, or every token of the text for its label. */
  readonly position?: number;
  readonly candidates: number;
}

/** The model's predictions; none for a masked-token model whose text has no mask and no position was asked for. */
export async function predict(trace: Trace, { position, candidates }: PredictOptions): Promise<readonly Prediction[]> {
  const { head } = trace.model;
  if (head === 'none' && position === undefined) return [];
  const positions = position === undefined ? defaultPositions(trace) : [position];
  return predictAt(trace.data, head, positions, candidates, candidateName(trace.model));
}

/**
 * What a run predicts at one token, over the whole vocabulary: with temperature, top-k and top-p, and the exact rank and probability of
 * any token.
 * @param position by default that of the run's first prediction
 * @throws ModelError `bad-request` for a model that predicts no tokens, a text with nothing to predict, a position or a token that is
 *   not there, or filters that are none; `bad-text` for a typed text without a token
 */
export async function distribution(
  trace: Trace,
  { position, ...options }: DistributionOptions & { readonly position?: number | undefined } = {},
): Promise<Distribution> {
  const chosen = position ?? defaultPositions(trace)[0];
  if (chosen === undefined) {
    const message = 'The text has no mask token, so there is no prediction to show; choose a token.';
    throw new ModelError('bad-request', 'no-mask', message);
  }
  return traceDistribution(trace, chosen, options);
}

/**
 * Reads a text to go on with, token by token.
 * @throws ModelError `bad-text` as `tokenize`; `bad-request` `no-next-token` for a model that does not predict what comes next
 */
export async function startGeneration(model: Model, text: string): Promise<Generation> {
  return Generation.start(model, text, await tokenize(model, { text }));
}

export interface CompareOptions {
  /** The tokens to predict from; by default those of `predict`. */
  readonly positions?: readonly number[];
  /** How many of the top candidates of each run are listed; together they are at most twice as many. */
  readonly candidates: number;
}

/**
 * What changed in a model's predictions between two runs of the same text, e.g. without and with interventions: for each prediction
 * KL(before ‖ after) in nats over the whole vocabulary, and the top candidates of both runs with both probabilities.
 * @throws ModelError `bad-request` for runs of different models or texts, a position that is not there, or logits that overflowed
 */
export async function comparePredictions(
  before: Trace,
  after: Trace,
  { positions, candidates }: CompareOptions,
): Promise<readonly PredictionChange[]> {
  assertSameModel(before, after);
  const { model } = before;
  if (model.head === 'none' && positions === undefined) return [];
  const chosen = positions ?? defaultPositions(before);
  return compareAt(before.data, after.data, model.head, chosen, candidates, candidateName(model));
}

/**
 * What changed in every layer between two runs of the same text, a layer at a time.
 * @throws ModelError `bad-request` for runs of different models or texts
 */
export function startComparison(before: Trace, after: Trace): RunChanges {
  assertSameModel(before, after);
  return new RunChanges(before.data, after.data);
}

/**
 * What every head of the model does, on fixed test sequences and from exact patterns: an array of {stack, layer, head, scores},
 * layers first. `HEAD_SCORE_DEFINITIONS` says what each score means, `testSequences` gives the sequences.
 * @throws ModelError `bad-request` for a context too short to say four tokens twice; `bad-model` where weights are not finite
 */
export function scoreHeads(model: Model, options: ScoreOptions = {}): Promise<readonly ScoredHead[]> {
  return finish(startHeadScoring(model), (fraction) => options.onStage?.('scoring', fraction));
}

/** The same a step at a time, for a caller that has other work to do in between. */
export function startHeadScoring(model: Model): HeadScoring {
  return new HeadScoring(model, async (encoding) => (await runEncoding(model, encoding)).data);
}

export interface RankOptions {
  /** The token to predict from; by default the last one, the first mask token, the whole text, or its first token for its label. */
  readonly position?: number | undefined;
  /** The id (of a token or a class) that is followed; by default the most probable one of the run. */
  readonly candidate?: number | undefined;
}

/**
 * Which heads matter for one prediction of a run: every head knocked out in turn, on top of what was changed in the run. An array of
 * {stack, layer, head, deltaProbability, deltaLogit, klNats}, layers first.
 * @throws ModelError `bad-request` for a model that predicts nothing, a text with nothing to predict, a position or a candidate that
 *   is not there
 */
export async function rankHeads(trace: Trace, options: RankOptions = {}): Promise<readonly RankedHead[]> {
  return finish(startHeadRanking(trace, options));
}

/** The same a step at a time, for a caller that has other work to do in between, or may lose interest. */
export function startHeadRanking(trace: Trace, { position, candidate }: RankOptions = {}): HeadRanking {
  const { model, data } = trace;
  const chosen = position ?? (model.head === 'none' ? 0 : defaultPositions(trace)[0]);
  if (chosen === undefined) {
    const message = 'The text has no mask token, so there is no prediction to rank the heads by; choose a token.';
    throw new ModelError('bad-request', 'no-mask', message);
  }
  const nameOf = candidateName(model);
  return new HeadRanking(data, { kind: model.head, position: chosen, candidate: candidate ?? null, nameOf });
}

export interface FlowOptions {
  /** By default the last one. */
  readonly stack?: Stack | undefined;
  /** The token at the top whose information is traced back; by default the last one. */
  readonly target?: number | undefined;
  /** Default `rollout`. */
  readonly method?: FlowMethod | undefined;
  /** Default `attention`. */
  readonly weighting?: FlowWeighting | undefined;
  /** The residual stream's share of every token, 0…1, default 0.5; of no account for `raw`, and for `norms`, which give it. */
  readonly residual?: number | undefined;
  /** How many edges are listed of each layer, default 200. */
  readonly edges?: number | undefined;
}

/**
 * Where one token's information comes from, traced back through the self-attention of a stack: its own weights, attention rollout or
 * attention flow.
 * @throws ModelError `bad-request` for a stack, a token or a share that is not there, a text too long for `flow`, or weights that
 *   overflowed
 */
export async function traceFlow(trace: Trace, options: FlowOptions = {}): Promise<LayerFlow> {
  return finish(startFlow(trace, options));
}

/** The same a step at a time: for `raw` and `rollout` a layer, for `flow` a layer and then maximum flows. */
export function startFlow(trace: Trace, options: FlowOptions = {}): LayerFlowTracing {
  const { target = trace.tokens.length - 1, method = 'rollout', weighting = 'attention' } = options;
  const { residual = 0.5, edges = 200 } = options;
  const stack = flowStack(trace.model, options.stack);
  return new LayerFlowTracing(trace.data, { stack, target, method, weighting, residual, edges });
}

/** The names that `slice` takes for this model, with their axes. */
export function traceNames(model: Model): readonly { readonly name: string; readonly axes: readonly string[] }[] {
  return [...model.source.names.values()].map(({ name, axes }) => ({ name, axes }));
}

function flowStack({ stacks }: Model, name: Stack | undefined): StackInfo {
  const stack = name === undefined ? stacks.at(-1) : stacks.find((each) => each.name === name);
  if (stack?.sites.includes('self') === true) return stack;
  const has = stacks.map((each) => each.name).join(', ');
  const message = `There is no ${name ?? 'stack'} with self-attention to trace through; this model has ${has}.`;
  throw new ModelError('bad-request', 'flow-stack-missing', message);
}

function defaultPositions({ model, tokens, data }: Trace): readonly number[] {
  if (model.head === 'next-token') return [tokens.length - 1];
  if (model.head === 'classification') return [0];
  if (model.head === 'token-classification')
    return tokens.flatMap(({ start, index }) => (start === null ? [] : [index]));
  return data.ids.flatMap((id, index) => (id === model.tokenizer.maskId ? [index] : []));
}

function candidateName({ head, labels, tokenizer }: Model): CandidateName {
  return (id) => (choosesLabels(head) ? (labels[id] ?? String(id)) : pieceOf(tokenizer, id));
}

/** A vocabulary can be larger than its tokenizer (padded to a round size); those entries have no piece. */
function pieceOf(tokenizer: Model['tokenizer'], id: number): string {
  return id < tokenizer.vocabularySize ? tokenizer.pieceText(id) : `‹${id}›`;
}

function assertSameModel({ model }: Trace, { model: other }: Trace): void {
  if (model.entry.id === other.entry.id) return;
  const message = `The two runs are of different models, ${model.entry.id} and ${other.entry.id}; only runs of one model can be compared.`;
  throw new ModelError('bad-request', 'models-differ', message, { before: model.entry.id, after: other.entry.id });
}
