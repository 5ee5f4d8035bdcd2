/** What an intervention did: a run of the same text with it, against the one without. */
import { predictionKind } from './model.ts';
import { count, z } from './schema.ts';

/** One candidate in both runs; probabilities 0…1 over the whole vocabulary, `delta` after minus before. */
export const candidateChange = z.object({
  id: count,
  text: z.string(),
  before: z.number(),
  after: z.number(),
  delta: z.number(),
});
export type CandidateChange = z.infer<typeof candidateChange>;

export const predictionChange = z.object({
  kind: predictionKind,
  position: z.number().int(),
  /** KL(before ‖ after) over the whole vocabulary, in nats, from 0. */
  klNats: z.number(),
  /** The top candidates of both runs, by their probability before; newcomers come last. */
  candidates: z.array(candidateChange),
});
export type PredictionChange = z.infer<typeof predictionChange>;

export const layerChange = z.object({
  stack: z.enum(['encoder', 'decoder', 'vision']),
  layer: count,
  /** Of the hidden states that leave the layer: ‖after − before‖ ÷ ‖before‖ over all tokens. */
  hidden: z.number(),
  /** For each head the share of its weights that moved to other keys, 0…1, mean over the queries. */
  heads: z.array(z.number()),
});
export type LayerChange = z.infer<typeof layerChange>;

export const comparison = z.object({
  predictions: z.array(predictionChange),
  /** The share of the layers that are done, 0…1. */
  fraction: z.number(),
  /** Every layer in the order of the computation; null until all are done. */
  layers: z.array(layerChange).nullable(),
});
export type Comparison = z.infer<typeof comparison>;
