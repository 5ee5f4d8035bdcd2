/** How information is traced back through the layers. */
import type { FlowMethod, FlowWeighting } from '../../electron/api/index.ts';

export { FLOW_METHODS, FLOW_WEIGHTINGS } from '../../electron/api/index.ts';

export interface FlowOptions {
  readonly method: FlowMethod;
  readonly weighting: FlowWeighting;
  /** The share of a token's own residual stream, 0…1, where the weighting does not give it. */
  readonly residual: number;
}

export const FIRST_FLOW: FlowOptions = { method: 'rollout', weighting: 'attention', residual: 0.5 };

/** Whether the residual share can be chosen: raw weights have none, and norms give it. */
export function takesResidual({ method, weighting }: FlowOptions): boolean {
  return method !== 'raw' && weighting === 'attention';
}
