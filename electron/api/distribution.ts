/** What a model predicts at one place, over its whole vocabulary: temperature, top-k, top-p, typed tokens, and how a logit is made. */
import { binary, count, z } from './schema.ts';

/** From logits to the probabilities that a token is drawn from, in this order; the engine says which values it takes. */
export const filters = z.object({
  /** Logits are divided by it: above 0. */
  temperature: z.number().default(1),
  /** Only so many most probable tokens stay; null: all. */
  topK: z.number().nullable().default(null),
  /** Of those, the fewest most probable that have this share together stay: above 0; 1: all. */
  topP: z.number().default(1),
});
export type Filters = z.infer<typeof filters>;

export const NO_FILTERS: Filters = { temperature: 1, topK: null, topP: 1 };

export const rankedToken = z.object({
  id: count,
  /** The piece as people read it, its leading space kept. */
  text: z.string(),
  /** 0 for the most probable token. */
  rank: count,
  logit: z.number(),
  /** The model's own: softmax over the whole vocabulary, at temperature 1. */
  probability: z.number(),
  /** Softmax over the whole vocabulary of logits ÷ temperature. */
  tempered: z.number(),
  /** What it is drawn with: `tempered` over the share of the tokens that the filters keep; 0 for the others. */
  sampled: z.number(),
});
export type RankedToken = z.infer<typeof rankedToken>;

/** A way that a typed text goes on with a text: as a word of its own, written on to the last word, or as a piece by its stored name. */
export const namedText = z.object({
  reading: z.enum(['word', 'joined', 'piece']),
  pieces: z.array(z.object({ id: count, text: z.string() })),
  /** The first piece; the distribution is about that. */
  token: rankedToken,
});
export type NamedText = z.infer<typeof namedText>;

export const distribution = z.object({
  kind: z.enum(['next-token', 'masked-token']),
  /** The token that predicts. */
  position: count,
  filters,
  vocabulary: count,
  /** How many tokens top-k keeps, and how many are left after top-p. */
  keptByTopK: count,
  kept: count,
  /** The share of `tempered` that the kept tokens have together. */
  keptMass: z.number(),
  /** In bits, over the whole vocabulary. */
  entropy: z.object({ model: z.number(), tempered: z.number(), sampled: z.number() }),
  /** The most probable tokens, kept or not. */
  candidates: z.array(rankedToken),
  /** What the listed candidates have together. */
  listedMass: z.object({ probability: z.number(), sampled: z.number() }),
  named: z.array(namedText),
  /** How the logit of the token that was asked for is made: Σ features·row + bias. f32 [hidden] each. */
  product: z
    .object({
      id: count,
      features: binary,
      row: binary,
      bias: z.number(),
      /** Whether the row is that of the embedding table. */
      tied: z.boolean(),
    })
    .nullable(),
});
export type Distribution = z.infer<typeof distribution>;

/** What is asked of a distribution. */
export const distributionQuestion = z.object({
  filters: filters.default(NO_FILTERS),
  /** How many of the most probable tokens are listed. */
  candidates: count.max(100_000).default(50),
  /** A text to find among the tokens. */
  named: z.string().optional(),
  /** A token whose logit is taken apart. */
  product: count.optional(),
});
export type DistributionQuestion = z.input<typeof distributionQuestion>;
