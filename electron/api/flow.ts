/** Where one token's information comes from, traced back through the layers of a run. */
import { binary, count, z } from './schema.ts';

/** raw: the token's own weights, a layer at a time; rollout and flow: Abnar & Zuidema (2020). */
export const FLOW_METHODS = ['raw', 'rollout', 'flow'] as const;
export type FlowMethod = (typeof FLOW_METHODS)[number];

/** attention: weights, mean over the heads; norms: of what the weighted values write (Kobayashi et al. 2020 and 2021). */
export const FLOW_WEIGHTINGS = ['attention', 'norms'] as const;
export type FlowWeighting = (typeof FLOW_WEIGHTINGS)[number];

export const flowQuestion = z.object({
  stack: z.enum(['encoder', 'decoder', 'vision']),
  /** The token at the top. */
  target: count,
  method: z.enum(FLOW_METHODS),
  weighting: z.enum(FLOW_WEIGHTINGS),
  /** The residual stream's share of every token; of no account for `raw`, and for `norms`, which give it. */
  residual: z.number().min(0).max(1).default(0.5),
  /** How many edges are listed of each layer. */
  edges: z.number().int().min(1).max(10_000).default(200),
});

/** What the token `to` that leaves a layer has of the token `from` that enters it, as a share of all that the target has there. */
export const flowEdge = z.object({
  from: count,
  to: count,
  amount: z.number(),
  /** By way of the residual stream, from a token to itself; else by way of attention. */
  residual: z.boolean(),
});
export type FlowEdge = z.infer<typeof flowEdge>;

export const flowLayer = z.object({
  layer: count,
  /** The amounts of all edges, listed or not: 1, or 0 where nothing is attended to. */
  total: z.number(),
  /** The part of them that passes through the residual stream. */
  residual: z.number(),
  /** The largest edges, largest first. */
  edges: z.array(flowEdge),
});
export type FlowLayer = z.infer<typeof flowLayer>;

export const layerFlow = z.object({
  stack: z.enum(['encoder', 'decoder', 'vision']),
  target: count,
  method: z.enum(FLOW_METHODS),
  weighting: z.enum(FLOW_WEIGHTINGS),
  /** The share that was given to the residual stream; null where there is none or the norms give it. */
  residual: z.number().nullable(),
  /**
   * f32 [layers + 1, tokens]: the share that the target has of each token at each layer boundary, from what enters layer 0 to what
   * leaves the last one.
   */
  relevance: binary,
  /** What the lowest row was divided by: 1, but for `flow` the sum of the maximum flows to all tokens. */
  scale: z.number(),
  /** Lowest first. */
  layers: z.array(flowLayer),
});
export type LayerFlow = z.infer<typeof layerFlow>;

export const flowPart = z.object({
  /** The share of the work that is done, 0…1. */
  fraction: z.number(),
  /** Null until all is done. */
  flow: layerFlow.nullable(),
});
export type FlowPart = z.infer<typeof flowPart>;
