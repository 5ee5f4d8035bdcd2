/** Models on this machine, the devices they run on, and what is known about each. */
import { count, z } from './schema.ts';

export const deviceChoice = z.enum(['auto', 'cpu', 'webgpu', 'dml', 'coreml', 'cuda']);
export type DeviceChoice = z.infer<typeof deviceChoice>;

export const deviceReport = z.object({
  id: z.enum(['cpu', 'webgpu', 'dml', 'coreml', 'cuda']),
  /** `ready` passed the self-test against the CPU; `untested` was not tried yet; others say why in `reason`. */
  state: z.enum(['ready', 'untested', 'unavailable', 'failed']),
  reason: z.string().optional(),
  /** Seconds of the self-test's timed run; absent until it ran. */
  seconds: z.number().optional(),
});
export type DeviceReport = z.infer<typeof deviceReport>;

export const modelSource = z.enum(['bundled', 'huggingface', 'folder']);

/** A line of the library: a model that can be opened, or the reason why it cannot. */
export const modelEntry = z.object({
  /** What a user types: `headlight-gpt`, `openai-community/gpt2`, or the folder's path. Unique in a list. */
  id: z.string(),
  name: z.string(),
  source: modelSource,
  folder: z.string(),
  family: z.string().nullable(),
  layers: count.nullable(),
  heads: count.nullable(),
  hidden: count.nullable(),
  /** Longest text in tokens, special tokens included. */
  maxTokens: count.nullable(),
  vocabulary: count.nullable(),
  parameters: count.nullable(),
  /** Size of the weight files in bytes. */
  bytes: count.nullable(),
  dtype: z.string().nullable(),
  license: z.string().nullable(),
  revision: z.string().nullable(),
  /** null when it can be opened; else one sentence that says why not. */
  problem: z.string().nullable(),
});
export type ModelEntry = z.infer<typeof modelEntry>;

/** What the head of the model predicts; `classification` is of the whole text. `none`: hidden states only (an encoder without a head). */
export const headKind = z.enum(['next-token', 'masked-token', 'classification', 'token-classification', 'none']);
/** What a prediction is of. */
export const predictionKind = headKind.exclude(['none']);
/** What logits mean: one among all; each label there or not by itself; or a value that is no probability. */
export const scale = z.enum(['softmax', 'sigmoid', 'value']);

/** One stack of layers; `layers` and `heads` may differ between the stacks of an encoder-decoder. */
export const stackInfo = z.object({
  name: z.enum(['encoder', 'decoder', 'vision']),
  sites: z.array(z.enum(['self', 'cross'])),
  layers: count,
  heads: count,
  dHead: count,
  hidden: count,
  /** True where a query sees only itself and what came before. */
  causal: z.boolean(),
});

export const openedModel = z.object({
  entry: modelEntry,
  stacks: z.array(stackInfo),
  head: headKind,
  /** Class names of a classification head, in the order of its logits; empty for other heads. */
  labels: z.array(z.string()),
  /** What the logits of `head` mean. */
  scale,
  takesPair: z.boolean(),
  /** Kinds of segments (token types) that the embedding adds; 0 for none. With one, both texts of a pair are of it. */
  segments: count,
  maskToken: z.string().nullable(),
  device: deviceReport,
  /** Weights in the file that the network does not use, by their stored names. */
  unusedWeights: z.array(z.string()),
  openSeconds: z.number(),
});
export type StackInfo = z.infer<typeof stackInfo>;
export type HeadKind = z.infer<typeof headKind>;
export type PredictionKind = z.infer<typeof predictionKind>;
export type Scale = z.infer<typeof scale>;
export type OpenedModel = z.infer<typeof openedModel>;
