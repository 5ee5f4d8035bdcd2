/** The errors that cross a process border: a code for programs, a sentence for people. */
import { z } from './schema.ts';

/**
 * `bad-request`: the caller's arguments; `bad-model`: a checkpoint that cannot be used; `bad-text`: empty, too long, not
 * encodable; `superseded`: a newer request of the same lane took its place; `cancelled`: the user stopped it; `engine-lost`: the
 * engine process ended while it worked; `device`: the chosen device cannot run; `network`: the hub, or the way to it; `disk`: no room,
 * or no right to write; `internal`: a fault of ours.
 */
export const errorCode = z.enum([
  'bad-request',
  'bad-model',
  'bad-text',
  'not-found',
  'superseded',
  'cancelled',
  'engine-lost',
  'device',
  'network',
  'disk',
  'internal',
]);
export type ErrorCode = z.infer<typeof errorCode>;

/** `reason` is a stable key (`text-too-long`) with `values` ({tokens, limit}) so that an interface can say it in its own language. */
export const apiFailure = z.object({
  code: errorCode,
  message: z.string(),
  reason: z.string().optional(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type ApiFailure = z.infer<typeof apiFailure>;

export class ApiError extends Error {
  readonly failure: ApiFailure;

  constructor(failure: ApiFailure) {
    super(failure.message);
    this.name = 'ApiError';
    this.failure = failure;
  }
}
