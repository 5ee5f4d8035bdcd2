/** What each layer of a run would predict, what fills its masks, and how much its text surprises the model. Ranks count from 0. */
import { binary, count, z } from './schema.ts';
import { candidate } from './trace.ts';

/** The numbers of one cell of a lens, in their order. */
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
export const placedToken = z.object({ id: count, text: z.string(), probability: z.number(), rank: count });
export type PlacedToken = z.infer<typeof placedToken>;

export const lensGrid = z.object({
  kind: z.enum(['next-token', 'masked-token']),
  /** Layers of the model; the grid has one row more, the embedding's, which comes first. */
  layers: count,
  tokens: count,
  /**
   * f32 [layers + 1, tokens, 8] in the order of LENS_MEASURES: the id of the most probable token and its probability; entropy in bits;
   * KL(final ‖ layer) in bits; probability and rank of the model's own prediction, and of the token that the text has there, NaN where
   * it has none: the next token, or in a model that fills masks the token at the place itself.
   */
  cells: binary,
  /** Every id of `cells` with its piece as people read it, a leading space kept. */
  names: z.array(z.object({ id: count, text: z.string() })),
});
export type LensGrid = z.infer<typeof lensGrid>;

export const lensPart = z.object({
  /** The share of the work that is done, 0…1. */
  fraction: z.number(),
  /** Null until all is done. */
  lens: lensGrid.nullable(),
});
export type LensPart = z.infer<typeof lensPart>;

/** One layer's prediction at one token; −1 is the embedding. */
export const lensPlace = z.object({
  layer: z.number().int().min(-1),
  position: count,
  /** How many candidates are listed. */
  candidates: count.min(1).max(1000).default(10),
});

export const lensCell = z.object({
  layer: z.number().int().min(-1),
  position: count,
  candidates: z.array(candidate),
  entropyBits: z.number(),
  /** KL(final ‖ layer). */
  klBits: z.number(),
  /** The model's own prediction, as this layer has it. */
  final: placedToken,
  /** What the text has there; null where it has nothing. */
  actual: placedToken.nullable(),
});
export type LensCell = z.infer<typeof lensCell>;

export const fillQuestion = z.object({
  /** Tokens of the run that are masked for the question, beside the masks of the text; the run itself stays as it is. */
  masked: z.array(count).default([]),
  candidates: count.min(1).max(1000).default(10),
});

export const filledMask = z.object({
  position: count,
  /** What stood there before it was masked; null for a mask that the text itself has. */
  original: placedToken.nullable(),
  entropyBits: z.number(),
  /** `insert`: what is written when it takes the mask's place, with a space before it unless it goes on with the word before. */
  candidates: z.array(candidate.extend({ insert: z.string() })),
});
export type FilledMask = z.infer<typeof filledMask>;

const startToken = z.object({ id: count, text: z.string() });

export const surprise = z.object({
  /** By the tokens before (`next-token`), or by all others, each token masked in turn: pseudo-log-likelihood (`masked-token`). */
  kind: z.enum(['next-token', 'masked-token']),
  /** Every token of the run; nulls where it is not scored. */
  tokens: z.array(
    z.object({
      index: count,
      /** −log₂ of its probability. */
      bits: z.number().nullable(),
      probability: z.number().nullable(),
      rank: count.nullable(),
    }),
  ),
  /** How many tokens are scored, and their bits together. */
  scored: count,
  bits: z.number(),
  /** UTF-8 bytes of the text without the tokens that are not scored. */
  bytes: count,
  bitsPerToken: z.number().nullable(),
  bitsPerByte: z.number().nullable(),
  /** The token that was put before the text. */
  start: startToken.nullable(),
  /** The token that can be put there; null where there is none or no place for it. */
  offersStart: startToken.nullable(),
  windows: z.object({ count, longest: count, stride: count }),
});
export type Surprise = z.infer<typeof surprise>;
export type TokenSurprise = Surprise['tokens'][number];

export const surprisePart = z.object({
  /** The share of the work that is done, 0…1. */
  fraction: z.number(),
  /** Null until all is done. */
  surprise: surprise.nullable(),
});
export type SurprisePart = z.infer<typeof surprisePart>;
