/** The plain data that native-models hands out; `index.ts` has the functions. Layers, heads and tokens count from 0. */
import type { Intervention } from './trace/interventions.ts';

export type Stack = 'encoder' | 'decoder' | 'vision';
export type AttentionSite = 'self' | 'cross';
export type DeviceId = 'cpu' | 'webgpu' | 'dml' | 'coreml' | 'cuda';
export type DeviceChoice = DeviceId | 'auto';

export interface TextInput {
  readonly text: string;
  readonly pair?: string | undefined;
}

export interface Token {
  readonly index: number;
  readonly id: number;
  /** The piece as the tokenizer stores it: `Ġanimal`, `##ing`. */
  readonly piece: string;
  /** The piece as people read it, without white space: `animal`, `ing`; bytes of a split character as `‹F0 9F›`. */
  readonly text: string;
  /** True where the piece begins a word: after white space or at the start of its part; special tokens too. */
  readonly startsWord: boolean;
  readonly special: boolean;
  /** 0: the sentence, 1: the second sentence. A special token belongs to the segment (token type) it is in. */
  readonly part: number;
  /** UTF-16 offsets into the part's text; null for tokens that the tokenizer adds (a `[MASK]` that was typed has them). */
  readonly start: number | null;
  readonly end: number | null;
}

export interface Encoding {
  readonly tokens: readonly Token[];
  readonly ids: readonly number[];
  readonly typeIds: readonly number[];
}

export interface StackInfo {
  readonly name: Stack;
  readonly sites: readonly AttentionSite[];
  readonly layers: number;
  readonly heads: number;
  readonly dHead: number;
  readonly hidden: number;
  readonly causal: boolean;
}

/** `classification`: of the whole text; `token-classification`: of every token. */
export type HeadKind = 'next-token' | 'masked-token' | 'classification' | 'token-classification' | 'none';

/**
 * What logits mean. `softmax`: one of the vocabulary, or of labels that exclude each other; `sigmoid`: each label by itself, there or not;
 * `value`: a number to be read as it is, of a model that was trained to give one.
 */
export type Scale = 'softmax' | 'sigmoid' | 'value';

export interface DeviceReport {
  readonly id: DeviceId;
  readonly state: 'ready' | 'untested' | 'unavailable' | 'failed';
  readonly reason?: string;
  readonly seconds?: number;
}

export interface ModelEntry {
  readonly id: string;
  readonly name: string;
  readonly source: 'bundled' | 'huggingface' | 'folder';
  readonly folder: string;
  readonly family: string | null;
  readonly layers: number | null;
  readonly heads: number | null;
  readonly hidden: number | null;
  readonly maxTokens: number | null;
  readonly vocabulary: number | null;
  readonly parameters: number | null;
  readonly bytes: number | null;
  readonly dtype: string | null;
  readonly license: string | null;
  readonly revision: string | null;
  readonly problem: string | null;
}

export const STATISTICS = ['entropy', 'distance', 'first', 'previous', 'self', 'separator'] as const;
export type Statistic = (typeof STATISTICS)[number];

export interface SiteSummary {
  readonly stack: Stack;
  readonly site: AttentionSite;
  readonly layers: number;
  readonly heads: number;
  /** Pictures are grid × grid; each cell is the largest weight of a block × block tile of the pattern. */
  readonly grid: number;
  readonly block: number;
  /** u8 [layers, heads, grid, grid], round(255·√weight). */
  readonly pictures: Uint8Array;
  /** f32 [layers, heads, 6] in the order of STATISTICS; means over queries. Entropy in nats, distance in tokens. */
  readonly statistics: Float32Array;
}

export interface Candidate {
  readonly id: number;
  readonly text: string;
  readonly logit: number;
  /** On the model's scale, 0…1; where that is `value`, the value, which is no probability. */
  readonly probability: number;
}

export interface Prediction {
  readonly kind: Exclude<HeadKind, 'none'>;
  /** The token whose final hidden state predicts; -1 for a classification of the whole text. */
  readonly position: number;
  readonly candidates: readonly Candidate[];
}

/** A candidate in two runs of the same text; probabilities as those of Candidate. */
export interface CandidateChange {
  readonly id: number;
  readonly text: string;
  readonly before: number;
  readonly after: number;
  /** after − before. */
  readonly delta: number;
}

/** What an intervention did to one prediction. */
export interface PredictionChange {
  readonly kind: Prediction['kind'];
  /** As in Prediction. */
  readonly position: number;
  /** KL divergence in nats of the changed prediction from the untouched one, KL(before ‖ after), over the whole vocabulary (scale.ts). */
  readonly klNats: number;
  /** The top candidates of both runs: most probable before the change first. */
  readonly candidates: readonly CandidateChange[];
}

export interface Slice {
  readonly name: string;
  readonly head: number | null;
  readonly axes: readonly string[];
  readonly dims: readonly number[];
  /** The tokens or queries that `dims` and `data` are of; null: all of them. */
  readonly rows: { readonly first: number; readonly count: number } | null;
  readonly data: Float32Array;
}

export interface RunOptions {
  readonly interventions?: readonly Intervention[];
  readonly onStage?: (stage: 'tokenizing' | 'running' | 'summarizing') => void;
}

/** The scores of a head, in the order they are listed; heads/definitions.ts says what each means. */
export const HEAD_SCORES = [
  'previousToken',
  'nextToken',
  'firstToken',
  'separator',
  'self',
  'duplicateToken',
  'induction',
  'distance',
  'uniform',
] as const;
export type HeadScore = (typeof HEAD_SCORES)[number];

/** What one head of a model does on fixed test sequences: each score in 0…1 but `distance`, in tokens. */
export interface ScoredHead {
  readonly stack: Stack;
  readonly layer: number;
  readonly head: number;
  readonly scores: Readonly<Record<HeadScore, number>>;
}

/**
 * What one head does for a prediction: the prediction with the head knocked out minus the prediction as it was, so that a negative
 * delta is a head that helped.
 */
export interface RankedHead {
  readonly stack: Stack;
  readonly layer: number;
  readonly head: number;
  /** Of the candidate that is followed: its softmax over the whole vocabulary, −1…1. */
  readonly deltaProbability: number;
  readonly deltaLogit: number;
  /** KL(as it was ‖ without the head) over the whole vocabulary, in nats, from 0. */
  readonly klNats: number;
}

/** What changed in one layer between two runs of the same text. */
export interface LayerChange {
  readonly stack: Stack;
  readonly layer: number;
  /** Of the hidden states that leave the layer: ‖after − before‖ ÷ ‖before‖ over all tokens. */
  readonly hidden: number;
  /** For each head the share of its weights that moved to other keys, 0…1, mean over the queries. */
  readonly heads: readonly number[];
}

/**
 * How a token's information is traced back: `raw`, its own weights in each layer by itself; `rollout`, their product over the layers;
 * `flow`, maximum flows through them (Abnar & Zuidema 2020, "Quantifying Attention Flow in Transformers", section 3).
 */
export const FLOW_METHODS = ['raw', 'rollout', 'flow'] as const;
export type FlowMethod = (typeof FLOW_METHODS)[number];

/** `attention`: weights, mean over the heads; `norms`: norms of what the weighted values write (Kobayashi et al. 2020 and 2021). */
export const FLOW_WEIGHTINGS = ['attention', 'norms'] as const;
export type FlowWeighting = (typeof FLOW_WEIGHTINGS)[number];

/** What a token that leaves a layer has of one that enters it. */
export interface FlowEdge {
  readonly from: number;
  readonly to: number;
  /** A share of what the target token has in this layer, above 0, at most 1. */
  readonly amount: number;
  /** By way of the residual stream: from a token to itself. Else by way of attention. */
  readonly residual: boolean;
}

export interface FlowLayer {
  readonly layer: number;
  /** The amounts of all edges, listed or not; 1, or 0 where nothing is attended to. */
  readonly total: number;
  /** The part of them that passes through the residual stream. */
  readonly residual: number;
  /** The largest edges, largest first. */
  readonly edges: readonly FlowEdge[];
}

/** Where a token's information comes from, layer by layer. */
export interface LayerFlow {
  readonly stack: Stack;
  readonly target: number;
  readonly method: FlowMethod;
  readonly weighting: FlowWeighting;
  /** The share that was given to the residual stream; null where there is none (`raw`) or the norms give it. */
  readonly residual: number | null;
  /**
   * f32 [layers + 1, tokens]: the share that the target has of each token at each layer boundary, from what enters layer 0 to what
   * leaves the last one; rows sum to 1 (or are 0 where nothing is attended to).
   */
  readonly relevance: Float32Array;
  /** What the lowest row was divided by: 1, but for `flow` the sum of the maximum flows to all tokens. */
  readonly scale: number;
  /** Lowest first. */
  readonly layers: readonly FlowLayer[];
}
