/** What every head of a model does, as scores on fixed test sequences: measured once a model, whatever sentence is open. */
import { count, z } from './schema.ts';

/** The names of the scores, in the order they are listed. */
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

/** One head's scores: each in 0…1 but `distance`, in tokens. */
export const scoredHead = z.object({
  stack: z.enum(['encoder', 'decoder', 'vision']),
  layer: count,
  head: count,
  scores: z.object({
    previousToken: z.number(),
    nextToken: z.number(),
    firstToken: z.number(),
    separator: z.number(),
    self: z.number(),
    duplicateToken: z.number(),
    induction: z.number(),
    distance: z.number(),
    uniform: z.number(),
  } satisfies Record<HeadScore, z.ZodNumber>),
});
export type ScoredHead = z.infer<typeof scoredHead>;
