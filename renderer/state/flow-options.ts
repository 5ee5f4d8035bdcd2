/** How information is traced back through the layers. */

/** raw: mean weights of one layer at a time; rollout and flow: Abnar & Zuidema (2020). */
export const FLOW_METHODS = ['raw', 'rollout', 'flow'] as const;

export interface FlowOptions {
  readonly method: (typeof FLOW_METHODS)[number];
  /** attention: weights; norms: norms of the weighted, transformed values (Kobayashi et al. 2020). */
  readonly weighting: 'attention' | 'norms';
  /** The share of a token's own residual stream, 0…1, where the weighting does not give it. */
  readonly residual: number;
}

export const FIRST_FLOW: FlowOptions = { method: 'rollout', weighting: 'attention', residual: 0.5 };
