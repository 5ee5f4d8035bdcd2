/** What a user changes in the computation before a run. Applied in order; an empty list is the model as trained. */
import { count, z } from './schema.ts';

/** Which attention sites an intervention touches; a missing part means "all of them". Layers and heads count from 0. */
export const site = z.object({
  stack: z.enum(['encoder', 'decoder', 'vision']).optional(),
  layer: count.optional(),
  head: count.optional(),
});

export const intervention = z.discriminatedUnion('kind', [
  /** `factor` multiplies q·k in place of 1/√d_head. */
  z.object({ kind: z.literal('scale'), site, factor: z.number() }),
  /** `factor` multiplies the head's context (pattern·v); 0 knocks the head out. */
  z.object({ kind: z.literal('head'), site, factor: z.number() }),
  /** `visible: false` hides `key` from `query`; `true` lets it be seen even where the model's own mask hides it. */
  z.object({ kind: z.literal('mask'), site, query: count, key: count, visible: z.boolean() }),
  /** Softmax's output of the site is replaced: by a named pattern, or by rows the user drew (query → weights, sum 1). */
  z.object({
    kind: z.literal('pattern'),
    site,
    pattern: z.union([
      z.enum(['uniform', 'previous', 'first']),
      z.array(z.object({ query: count, weights: z.array(z.number().nonnegative()) })),
    ]),
  }),
]);

export type Site = z.infer<typeof site>;
export type Intervention = z.infer<typeof intervention>;
