/** The table that token ids are looked up in: its rows, and which of them are near a vector. */
import { binary, count, z } from './schema.ts';

/** Neighbours that one list may have. */
export const MOST_NEIGHBOURS = 1000;
/** Rows that one request may ask for. */
export const MOST_ROWS = 4096;

export const neighbour = z.object({
  id: count,
  /** The piece as people read it, a leading space kept. */
  text: z.string(),
  /** (v · row) / (‖v‖ ‖row‖) */
  cosine: z.number(),
  /** v · row */
  dot: z.number(),
});
export type Neighbour = z.infer<typeof neighbour>;

/** Whose neighbours: those of a token's own row, or of what a token of a run is at some depth. */
export const neighboursQuestion = z.object({
  model: z.string(),
  of: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('token'), id: count }),
    /** `layer` null: the sum of embeddings that enters layer 0. */
    z.object({ kind: z.literal('state'), traceId: z.string(), position: count, layer: count.nullable() }),
  ]),
  count: count.max(MOST_NEIGHBOURS).default(20),
});

export const neighbours = z.object({
  /** The token whose row it is; null for a vector of a run. */
  id: count.nullable(),
  text: z.string().nullable(),
  /** f32 [hidden] */
  vector: binary,
  /** ‖vector‖ */
  norm: z.number(),
  /** Pieces that were compared: the whole vocabulary, without the token itself. */
  among: count,
  byCosine: z.array(neighbour),
  byDot: z.array(neighbour),
});
export type Neighbours = z.infer<typeof neighbours>;

/** A typed text as pieces, in the ways that it can be read: as a word of its own, as it was typed, as a stored piece. */
export const typedReading = z.object({
  reading: z.enum(['word', 'joined', 'piece']),
  pieces: z.array(z.object({ id: count, text: z.string() })),
});
export type TypedReading = z.infer<typeof typedReading>;

export const tableRows = z.object({
  /** Of the whole table. */
  rows: count,
  columns: count,
  /** f32 [count, columns] from row `first` on; fewer where the table ends. */
  data: binary,
  names: z.array(z.string()),
});
export type TableRows = z.infer<typeof tableRows>;

/** How a model knows the places of tokens. */
export const modelPositions = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('learned'),
    rows: count,
    columns: count,
    /** The first places, as many as are compared. */
    shown: count,
    /** f32 [shown, shown]: the cosine of each place's vector with each other's. */
    cosine: binary,
    /** f32 [shown] */
    norms: binary,
  }),
  z.object({ kind: z.literal('none') }),
]);
export type ModelPositions = z.infer<typeof modelPositions>;
