/** Which heads matter for one prediction of a run: every head knocked out in turn, on top of what was changed in the run. */
import { count, z } from './schema.ts';
import { candidate } from './trace.ts';

/** The prediction without this head minus the prediction as it was: a negative delta is a head that helped. */
export const rankedHead = z.object({
  stack: z.enum(['encoder', 'decoder', 'vision']),
  layer: count,
  head: count,
  /** Of the candidate's probability, −1…1. */
  deltaProbability: z.number(),
  deltaLogit: z.number(),
  /** KL(as it was ‖ without the head) over the whole vocabulary, in nats, from 0. */
  klNats: z.number(),
});
export type RankedHead = z.infer<typeof rankedHead>;

export const ranking = z.object({
  /** The share of the heads that are done, 0…1. */
  fraction: z.number(),
  /** The token that predicts; −1 for a classification of the whole text. */
  position: z.number().int(),
  /** The candidate that is followed, as the run predicts it. */
  candidate,
  /** Every head, layers first; null until all are done. */
  heads: z.array(rankedHead).nullable(),
});
export type Ranking = z.infer<typeof ranking>;
