/** A sentence's run through a model: tokens, summary of every head, predictions, and slices of the traced values. */
import { predictionKind } from './model.ts';
import { binary, count, z } from './schema.ts';

export const textInput = z.object({ text: z.string(), pair: z.string().optional() });
export type TextInput = z.infer<typeof textInput>;

export const token = z.object({
  index: count,
  id: count,
  /** The piece as the tokenizer stores it: `Ġanimal`, `##ing`. */
  piece: z.string(),
  /** The piece as people read it: ` animal` → `animal`, `##ing` → `ing`; bytes of a split character as `‹F0 9F›`. */
  text: z.string(),
  /** True where the piece begins a word (after white space, or at the start). */
  startsWord: z.boolean(),
  special: z.boolean(),
  /** 0: the sentence, 1: the second sentence; the segment a special token closes. */
  part: count,
  /** UTF-16 offsets into the part's text; null for tokens that the tokenizer adds (a `[MASK]` that was typed has them). */
  start: count.nullable(),
  end: count.nullable(),
});
export type Token = z.infer<typeof token>;

/** Means over the queries of one head's pattern rows. Weights in 0…1; entropy in nats; distance in tokens. */
export const headStatistics = z.object({
  entropy: z.number(),
  distance: z.number(),
  first: z.number(),
  previous: z.number(),
  self: z.number(),
  separator: z.number(),
});
export type HeadStatistics = z.infer<typeof headStatistics>;

/**
 * All heads of one stack and site. `pictures` is u8 [layer, head, grid, grid]: the largest weight of each block×block tile of
 * the pattern, as round(255·√weight); no tile is averaged. `statistics` is f32 [layer, head, 6] in the order of `order`.
 */
export const siteSummary = z.object({
  stack: z.enum(['encoder', 'decoder', 'vision']),
  site: z.enum(['self', 'cross']),
  layers: count,
  heads: count,
  grid: count,
  block: count,
  pictures: binary,
  statistics: binary,
  order: z.array(z.enum(['entropy', 'distance', 'first', 'previous', 'self', 'separator'])),
});
export type SiteSummary = z.infer<typeof siteSummary>;

export const candidate = z.object({
  /** Token id, or class index for a head that classifies. */
  id: count,
  text: z.string(),
  logit: z.number(),
  /** On the model's scale: softmax over the whole vocabulary (or all classes), or each class by itself, 0…1; or the value itself. */
  probability: z.number(),
});
/** The most probable candidates for what comes after (or at) `position`, or for its class; -1 for a classification of the whole text. */
export const prediction = z.object({
  kind: predictionKind,
  position: z.number().int(),
  candidates: z.array(candidate),
});
export type Candidate = z.infer<typeof candidate>;
export type Prediction = z.infer<typeof prediction>;

export const runResult = z.object({
  traceId: z.string(),
  model: z.string(),
  device: z.string(),
  tokens: z.array(token),
  summaries: z.array(siteSummary),
  predictions: z.array(prediction),
  /** Wall time of the forward pass with its traced values, in seconds. */
  seconds: z.number(),
});
export type RunResult = z.infer<typeof runResult>;

/** How numbers are sent: float32 as they were computed, or half precision (half.ts) for pictures. */
export const numberFormat = z.enum(['f32', 'f16']);
export type NumberFormat = z.infer<typeof numberFormat>;

/** Tokens or queries `first … first + count − 1`. */
export const rowRange = z.object({ first: count, count: count });
export type RowRange = z.infer<typeof rowRange>;

/** One traced value, e.g. `decoder.3.self.pattern` of head 2: row-major, `axes` naming `dims`. */
export const slice = z.object({
  name: z.string(),
  head: count.nullable(),
  axes: z.array(z.string()),
  /** Of what is sent: with `rows`, only those. */
  dims: z.array(count),
  /** The tokens or queries that are sent; null: all of them. */
  rows: rowRange.nullable(),
  /** Of `data`. `f32` too where `f16` was asked for and a number is beyond its range (±65504). */
  format: numberFormat,
  data: binary,
});
export type Slice = z.infer<typeof slice>;
