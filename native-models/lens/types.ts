/** The plain data of the logit lens, of filled masks and of surprise. Ranks count from 0, the most probable token's. */
import type { Candidate } from '../types.ts';

/** The numbers of one cell of a lens, in their order. Probabilities are softmax over the whole vocabulary. */
export const LENS_MEASURES = [
  'top',
  'topProbability',
  'entropy',
  'kl',
  'finalProbability',
  'finalRank',
  'actualProbability',
  'actualRank',
] as const;
export type LensMeasure = (typeof LENS_MEASURES)[number];

/** A token in a distribution over the vocabulary. */
export interface PlacedToken {
  readonly id: number;
  readonly text: string;
  readonly probability: number;
  readonly rank: number;
}

/** What every layer would predict at every token, as summaries. */
export interface LensGrid {
  readonly kind: 'next-token' | 'masked-token';
  /** Layers of the model; the grid has one row more, the embedding's, which comes first. */
  readonly layers: number;
  readonly tokens: number;
  /**
   * f32 [layers + 1, tokens, 8] in the order of LENS_MEASURES: the id of the most probable token and its probability; entropy in bits;
   * KL(final ‖ layer) in bits; probability and rank of the model's own prediction, and of the token that stands there: the next one of
   * the text, in a model that fills masks the one at the place itself. NaN where there is none.
   */
  readonly cells: Float32Array;
  /** The pieces of every id of `cells`. */
  readonly names: ReadonlyMap<number, string>;
}

/** One cell of a lens. */
export interface LensCell {
  /** −1 for the embedding. */
  readonly layer: number;
  readonly position: number;
  readonly candidates: readonly Candidate[];
  readonly entropyBits: number;
  /** KL(final ‖ layer). */
  readonly klBits: number;
  /** The model's own prediction, as this layer has it. */
  readonly final: PlacedToken;
  /** The token that stands there; null where there is none. */
  readonly actual: PlacedToken | null;
}

export interface FillCandidate extends Candidate {
  /** What is written when it takes the mask's place: with a space before it, unless it goes on with the word before (`##ing`, `.`). */
  readonly insert: string;
}

/** What a model puts in the place of one mask. */
export interface FilledMask {
  readonly position: number;
  /** What stood there before it was masked; null for a mask that the text itself has. */
  readonly original: PlacedToken | null;
  readonly entropyBits: number;
  /** Most probable first. */
  readonly candidates: readonly FillCandidate[];
}

/** How much one token surprises a model; null where it is not scored. */
export interface TokenSurprise {
  readonly index: number;
  /** −log₂ of its probability. */
  readonly bits: number | null;
  readonly probability: number | null;
  readonly rank: number | null;
}

export interface StartToken {
  readonly id: number;
  readonly text: string;
}

export interface Surprise {
  /**
   * `next-token`: each token by those before it. `masked-token`: each token by all others, itself masked; the sum is then the
   * pseudo-log-likelihood of Salazar et al. 2020, "Masked Language Model Scoring", and no probability of the text.
   */
  readonly kind: 'next-token' | 'masked-token';
  readonly tokens: readonly TokenSurprise[];
  /** How many tokens are scored, and their bits together. */
  readonly scored: number;
  readonly bits: number;
  /** UTF-8 bytes of the text without the tokens that are not scored. */
  readonly bytes: number;
  /** null where nothing is scored. */
  readonly bitsPerToken: number | null;
  readonly bitsPerByte: number | null;
  /** The token that was put before the text, so that its first token is scored too. */
  readonly start: StartToken | null;
  /** The token that can be put there; null for a model without one, and where the text has it or a changed run no place for it. */
  readonly offersStart: StartToken | null;
  /** How the text was read: in so many windows of at most `longest` tokens, each `stride` tokens further on. */
  readonly windows: { readonly count: number; readonly longest: number; readonly stride: number };
}
