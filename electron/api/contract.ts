/**
 * The contract: every channel with its request and response. Both sides (engine handlers, renderer client), both transports
 * (Electron's ports, WebSocket) and both validators derive from this map, so a channel is declared once.
 */
import { comparison } from './comparison.ts';
import { distribution, distributionQuestion } from './distribution.ts';
import { MOST_ROWS, modelPositions, neighbours, neighboursQuestion, tableRows, typedReading } from './embeddings.ts';
import { flowPart, flowQuestion } from './flow.ts';
import { attentionRow, choosing, generationState } from './generation.ts';
import { scoredHead } from './heads.ts';
import { downloadsEvent, hubContract } from './hub.ts';
import { intervention } from './intervention.ts';
import { filledMask, fillQuestion, lensCell, lensPart, lensPlace, surprisePart } from './lens.ts';
import { MENU_COMMANDS } from './menu.ts';
import { deviceChoice, deviceReport, modelEntry, openedModel } from './model.ts';
import { ranking } from './ranking.ts';
import { count, z } from './schema.ts';
import { engineCheck, hostCheck } from './self-check.ts';
import { tokenizedText, vocabularyPage, vocabularySearch, wordQuestion, wordSteps } from './tokens.ts';
import { numberFormat, prediction, rowRange, runResult, slice, textInput, token } from './trace.ts';

/** Channels answered by the engine process. */
export const engineContract = {
  'engine.info': {
    request: z.object({}),
    response: z.object({
      version: z.string(),
      onnxruntime: z.string(),
      platform: z.string(),
      devices: z.array(deviceReport),
    }),
  },
  /** Tests every device that was not tested before, and the bundled models' files against the hashes that they were shipped with. */
  'engine.selfCheck': { request: z.object({}), response: engineCheck },
  'models.list': { request: z.object({}), response: z.array(modelEntry) },
  'models.addFolder': { request: z.object({ folder: z.string() }), response: modelEntry },
  'model.open': { request: z.object({ model: z.string(), device: deviceChoice }), response: openedModel },
  /**
   * Every head of the model scored on fixed test sequences, layers first; measured once and kept while the model is open. Each
   * request does a part of the work, so that a text can run in between: ask until `heads` are there. `fraction`: what is done.
   */
  'model.heads': {
    request: z.object({ model: z.string(), device: deviceChoice }),
    response: z.object({ fraction: z.number(), heads: z.array(scoredHead).nullable() }),
  },
  /** SHA-256 of the model's weights, in hex; of several files together where there are several. */
  'model.weights': { request: z.object({ model: z.string() }), response: z.object({ sha256: z.string() }) },
  /** Tokens of a text of any length, by the tokenizer alone: neither the model's weights are read nor is it run. */
  'tokens.words': { request: z.object({ model: z.string(), input: textInput }), response: tokenizedText },
  /** How the pieces of one word of the text form. */
  'tokens.steps': { request: wordQuestion, response: wordSteps },
  'tokens.vocabulary': { request: vocabularySearch, response: vocabularyPage },
  /** Which rows of the embedding table are nearest to a vector: exact, over the whole vocabulary. */
  'embedding.neighbours': { request: neighboursQuestion, response: neighbours },
  'embedding.positions': { request: z.object({ model: z.string() }), response: modelPositions },
  /** A typed text as pieces of the vocabulary. */
  'embedding.find': { request: z.object({ model: z.string(), typed: z.string() }), response: z.array(typedReading) },
  /** Rows of the embedding table, from `first` on. */
  'embedding.rows': {
    request: z.object({ model: z.string(), first: count, count: z.number().int().min(1).max(MOST_ROWS) }),
    response: tableRows,
  },
  'text.tokenize': { request: z.object({ model: z.string(), input: textInput }), response: z.array(token) },
  /** Runs the text. Newest wins: a waiting `text.run` of the same `lane` fails as `superseded` when a newer one comes. */
  'text.run': {
    request: z.object({
      model: z.string(),
      device: deviceChoice,
      input: textInput,
      interventions: z.array(intervention).default([]),
      lane: z.string(),
      /** How many candidates each prediction lists. */
      candidates: count.default(10),
    }),
    response: runResult,
  },
  /** A traced value; of one head, of some rows only (of one head where the value has heads); `format` is `f32` by default. */
  'trace.slice': {
    request: z.object({
      traceId: z.string(),
      name: z.string(),
      head: count.optional(),
      format: numberFormat.optional(),
      rows: rowRange.optional(),
    }),
    response: slice,
  },
  'trace.predict': {
    request: z.object({ traceId: z.string(), position: count, candidates: count }),
    response: prediction,
  },
  /**
   * Every head of the run knocked out in turn, as seen from one prediction; kept with the run. Each request does a part of the work:
   * ask until `heads` are there, or stop asking. By default the position is that of the run's first prediction, and the candidate
   * that is followed the most probable one.
   */
  'trace.rank': {
    request: z.object({ traceId: z.string(), position: count.optional(), candidate: count.optional() }),
    response: ranking,
  },
  /**
   * Two runs of one text compared: the predictions at once, and the layers a part a request; ask until `layers` are there, or stop
   * asking. By default the positions are those of the runs' own predictions.
   */
  'trace.compare': {
    request: z.object({
      before: z.string(),
      after: z.string(),
      positions: z.array(count).optional(),
      candidates: count,
    }),
    response: comparison,
  },
  /**
   * Where one token's information comes from, layer by layer; kept with the run. Each request does a part of the work: ask until
   * `flow` is there, or stop asking.
   */
  'trace.flow': { request: flowQuestion.extend({ traceId: z.string() }), response: flowPart },
  /**
   * What the run predicts at one token, over the whole vocabulary: temperature, top-k and top-p, and any token by its text. By default
   * the position is that of the run's first prediction.
   */
  'trace.distribution': {
    request: distributionQuestion.extend({ traceId: z.string(), position: count.optional() }),
    response: distribution,
  },
  /**
   * What every layer of the run would predict at every token (logit lens); kept with the run. Each request does a part of the work: ask
   * until `lens` is there, or stop asking.
   */
  'trace.lens': { request: z.object({ traceId: z.string() }), response: lensPart },
  'trace.lensCell': { request: lensPlace.extend({ traceId: z.string() }), response: lensCell },
  /** What fills the masks of the run's text, and tokens of it that are masked for the question; a mask each, in the text's order. */
  'trace.fill': { request: fillQuestion.extend({ traceId: z.string() }), response: z.array(filledMask) },
  /**
   * How much each token of the run surprises the model; kept with the run. Each request does a part of the work: ask until `surprise` is
   * there, or stop asking. `start`: with the model's start token before the text, so that the first token is scored too.
   */
  'trace.surprise': {
    request: z.object({ traceId: z.string(), start: z.boolean().default(false) }),
    response: surprisePart,
  },
  /** Reads a text to go on with. Kept while the model is open, the newest few. */
  'generate.start': {
    request: z.object({ model: z.string(), device: deviceChoice, input: textInput }),
    response: generationState,
  },
  /** Generates up to `count` tokens, fewer where the text ends: ask for a few at a time, and pause by not asking. */
  'generate.step': {
    request: z.object({ generationId: z.string(), choosing, count: z.number().int().min(1).max(32).default(1) }),
    response: generationState,
  },
  /** Steps back over the last `count` generated tokens; they stay as a branch. */
  'generate.back': {
    request: z.object({ generationId: z.string(), count: z.number().int().min(1).default(1) }),
    response: generationState,
  },
  /** Takes another candidate at the place of a generated token, or at the next one. */
  'generate.branch': {
    request: z.object({ generationId: z.string(), position: count, candidate: count }),
    response: generationState,
  },
  /** Shows the branch of a node: up to it, and on to the end of what was generated after it last. */
  'generate.select': { request: z.object({ generationId: z.string(), node: count }), response: generationState },
  /** What was, or is, to choose from at a place of the generated text; `position` is that of the token that is predicted. */
  'generate.distribution': {
    request: distributionQuestion.extend({ generationId: z.string(), position: count }),
    response: distribution,
  },
  /** What one token of the generated text looks at, in one head. */
  'generate.attention': {
    request: z.object({ generationId: z.string(), position: count, layer: count, head: count }),
    response: attentionRow,
  },
  'generate.close': { request: z.object({ generationId: z.string() }), response: z.object({}) },
  'trace.close': { request: z.object({ traceId: z.string() }), response: z.object({}) },
} as const;

/** Channels answered by the process that owns the window (or by the server for a browser). */
export const hostContract = {
  'host.info': {
    request: z.object({}),
    response: z.object({ kind: z.enum(['electron', 'server']), locale: z.string(), version: z.string() }),
  },
  'host.selfCheck': { request: z.object({}), response: hostCheck },
  /** Ends the running engine request, if any, by restarting the engine process; waiting requests fail as `cancelled`. */
  'engine.cancel': { request: z.object({}), response: z.object({ cancelled: z.boolean() }) },
  /** A native dialog in Electron; `supported: false` where the host has none (the server): the page then offers a text field. */
  'dialog.openFolder': {
    request: z.object({ title: z.string() }),
    response: z.object({ supported: z.boolean(), folder: z.string().nullable() }),
  },
  /** Electron asks where to save and writes the whole file or nothing; `supported: false` lets the page download it itself. */
  'dialog.saveFile': {
    request: z.object({ name: z.string(), mimeType: z.string(), data: z.instanceof(ArrayBuffer) }),
    response: z.object({ supported: z.boolean(), path: z.string().nullable() }),
  },
  ...hubContract,
} as const;

export const contract = { ...engineContract, ...hostContract } as const;

export type Contract = typeof contract;
export type Channel = keyof Contract;
export type EngineChannel = keyof typeof engineContract;
export type HostChannel = keyof typeof hostContract;
/** What a caller passes (defaults may be left out) and what a handler receives (defaults filled in). */
export type RequestInput<C extends Channel> = z.input<Contract[C]['request']>;
export type Request<C extends Channel> = z.output<Contract[C]['request']>;
export type Response<C extends Channel> = z.output<Contract[C]['response']>;

/** What hosts send unasked. */
export const eventContract = {
  /** Work of an engine request: `stage` is a message key, `fraction` 0…1 or null where unknown. */
  progress: z.object({
    channel: z.string(),
    lane: z.string().nullable(),
    stage: z.enum(['opening', 'self-test', 'tokenizing', 'running', 'summarizing', 'scoring']),
    fraction: z.number().nullable(),
  }),
  /** The engine process: `restarting` after a crash, with the reason; traces of the old process are gone. */
  engine: z.object({
    state: z.enum(['starting', 'ready', 'restarting', 'stopped']),
    /** Why, as a key to translate: `crashed` and `cancelled` restart it; `gave-up` after repeated crashes; `closed` by the host. */
    cause: z.enum(['crashed', 'cancelled', 'gave-up', 'closed']).nullable().default(null),
    reason: z.string().nullable(),
    restarts: count,
  }),
  downloads: downloadsEvent,
  /** A menu item of the application menu was chosen. */
  menu: z.object({ command: z.enum(MENU_COMMANDS) }),
  /** The system opened a notebook (`.headlight`) with the app: by double click, from the command line. `path` is its full path. */
  sessionFile: z.object({ path: z.string() }),
} as const;
export type EventName = keyof typeof eventContract;
export type EventPayload<E extends EventName> = z.output<(typeof eventContract)[E]>;
