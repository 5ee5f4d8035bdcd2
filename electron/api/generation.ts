/** Text generated token by token, as a tree of branches of which one is shown. */
import { filters } from './distribution.ts';
import { binary, count, z } from './schema.ts';
import { token } from './trace.ts';

/** How the next token is chosen: the most probable one, or drawn with a seed from what the filters leave. */
export const choosing = filters.extend({
  mode: z.enum(['greedy', 'sample']),
  /** A whole number of 32 bits; the same seed chooses the same tokens. */
  seed: z.number().default(0),
});
export type Choosing = z.infer<typeof choosing>;

export const generatedToken = z.object({
  /** Counts up in the order in which tokens were made, over all branches. */
  node: count,
  /** The node before it; null where it follows the given text. */
  parent: count.nullable(),
  /** Its place in the whole text. */
  position: count,
  id: count,
  /** The piece as people read it, its leading space kept. */
  text: z.string(),
  /** `chosen`: by the user. */
  by: z.enum(['greedy', 'sample', 'chosen']),
  /** Among all candidates at its place, from 0. */
  rank: count,
  /** The model's own, over the whole vocabulary. */
  probability: z.number(),
  /** What it was drawn with, and the random number of the draw, 0…1; null where it was not drawn. */
  sampled: z.number().nullable(),
  drawn: z.number().nullable(),
});
export type GeneratedToken = z.infer<typeof generatedToken>;

export const generationState = z.object({
  generationId: z.string(),
  prompt: z.array(token),
  /** The branch that is shown. */
  path: z.array(generatedToken),
  /** Every generated token, in the order they were made. */
  nodes: z.array(generatedToken),
  /** Why the text takes no further token; null: it does. */
  stopped: z.enum(['end-of-text', 'longest-text']).nullable(),
  /** The given text and what was generated after it. */
  text: z.string(),
  maxTokens: count,
});
export type GenerationState = z.infer<typeof generationState>;

/** What one token looks at, in one head: f32 [position + 1] each. */
export const attentionRow = z.object({
  position: count,
  layer: count,
  head: count,
  /** q·k. */
  scores: binary,
  /** Softmax of q·k ÷ √d_head; sums to 1. */
  weights: binary,
});
export type AttentionRow = z.infer<typeof attentionRow>;
