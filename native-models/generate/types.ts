/** The plain data of generation and of whole distributions. */
import type { Token } from '../types.ts';

/** How logits become the probabilities that a token is drawn from, in this order. */
export interface Filters {
  /** Logits are divided by it: above 0; 1 leaves them as they are. */
  readonly temperature: number;
  /** Only so many most probable tokens stay; null: all. */
  readonly topK: number | null;
  /** Of those, the fewest most probable that have this share together stay (nucleus); 1: all. */
  readonly topP: number;
}

export const NO_FILTERS: Filters = { temperature: 1, topK: null, topP: 1 };

/** How the next token is chosen. */
export interface Choosing extends Filters {
  /** `greedy` takes the most probable token; filters do not change which one that is. */
  readonly mode: 'greedy' | 'sample';
  /** A whole number of 32 bits; the same seed chooses the same tokens. */
  readonly seed: number;
}

/** One token of the vocabulary in a distribution. */
export interface RankedToken {
  readonly id: number;
  readonly text: string;
  /** 0 for the most probable token. */
  readonly rank: number;
  readonly logit: number;
  /** The model's own: softmax over the whole vocabulary, at temperature 1. */
  readonly probability: number;
  /** Softmax over the whole vocabulary of logits ÷ temperature. */
  readonly tempered: number;
  /** What it is drawn with: `tempered` over the share of the tokens that the filters keep; 0 for the others. */
  readonly sampled: number;
}

/** A way that a typed text goes on with a text. */
export interface NamedText {
  /** `word`: as a word of its own; `joined`: written on to the last word; `piece`: as this piece of the vocabulary. */
  readonly reading: 'word' | 'joined' | 'piece';
  /** The pieces in order. The distribution is about the first; the others come after it. */
  readonly pieces: readonly { readonly id: number; readonly text: string }[];
  /** The first piece. */
  readonly token: RankedToken;
}

/** How a logit is made: Σ features·row + bias. */
export interface LogitProduct {
  readonly id: number;
  /** f32 [hidden]: what the table is multiplied with; in GPT-2 the final hidden state, in BERT that after its transform. */
  readonly features: Float32Array;
  /** f32 [hidden]: the token's row of the output table (the embedding table where they are tied). */
  readonly row: Float32Array;
  readonly bias: number;
  /** Whether the row is that of the embedding table. */
  readonly tied: boolean;
}

/** What the model predicts at one place, over its whole vocabulary. */
export interface Distribution {
  readonly kind: 'next-token' | 'masked-token';
  readonly position: number;
  readonly filters: Filters;
  readonly vocabulary: number;
  /** How many tokens top-k keeps, and how many are left after top-p. */
  readonly keptByTopK: number;
  readonly kept: number;
  /** The share of `tempered` that the kept tokens have together. */
  readonly keptMass: number;
  /** In bits, of `probability`, `tempered` and `sampled` over the whole vocabulary. */
  readonly entropy: { readonly model: number; readonly tempered: number; readonly sampled: number };
  /** The most probable tokens, kept or not. */
  readonly candidates: readonly RankedToken[];
  /** The listed candidates' share of `probability` and of `sampled`. */
  readonly listedMass: { readonly probability: number; readonly sampled: number };
  readonly named: readonly NamedText[];
  /** Of the token that was asked for; null where none was. */
  readonly product: LogitProduct | null;
}

/** Why a generation takes no further token. */
export type StopReason = 'end-of-text' | 'longest-text';

/** A token that was generated, as a node of the tree of branches. */
export interface GeneratedToken {
  /** Counts up in the order in which tokens were made, over all branches. */
  readonly node: number;
  /** The node before it; null where it follows the text that was given. */
  readonly parent: number | null;
  /** Its place in the whole text. */
  readonly position: number;
  readonly id: number;
  /** The piece as people read it, its leading space kept. */
  readonly text: string;
  /** `chosen`: by the user. */
  readonly by: 'greedy' | 'sample' | 'chosen';
  readonly rank: number;
  readonly probability: number;
  /** What it was drawn with; null where it was not drawn. */
  readonly sampled: number | null;
  /** The random number of its draw, 0…1; null where it was not drawn. */
  readonly drawn: number | null;
}

export interface GenerationState {
  /** The text that was given. */
  readonly prompt: readonly Token[];
  /** The generated tokens of the branch that is shown, in the order of the text. */
  readonly path: readonly GeneratedToken[];
  /** Every generated token, also of other branches and those stepped back from, in the order they were made. */
  readonly nodes: readonly GeneratedToken[];
  readonly stopped: StopReason | null;
  /** The given text and what was generated after it; special tokens left out. */
  readonly text: string;
  readonly maxTokens: number;
}

/** One row of attention: what one token looks at, in one head. */
export interface AttentionRow {
  readonly position: number;
  readonly layer: number;
  readonly head: number;
  /** f32 [position + 1] each: q·k, and the softmax of q·k ÷ √d_head. */
  readonly scores: Float32Array;
  readonly weights: Float32Array;
}
