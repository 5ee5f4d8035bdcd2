/** Where tokens' information comes from, as the engine tells it: a part a request; kept while the run is. */
import type { LayerFlowTracing } from '../../native-models/index.ts';
import type { LayerFlow } from '../../native-models/types.ts';
import type { Request, Response } from '../api/contract.ts';
import type { Backend, Trace } from './backend.ts';
import { KeptWork } from './kept-work.ts';

/** How many answers of one run are kept: one a token, method and share that was asked for. */
const FLOWS = 8;

export function layerFlows(
  backend: Pick<Backend, 'startFlow'>,
): (trace: Trace, asked: Omit<Request<'trace.flow'>, 'traceId'>) => Promise<Response<'trace.flow'>> {
  const kept = new KeptWork<Trace, LayerFlow, LayerFlowTracing>(FLOWS);
  return async (trace, { stack, target, method, weighting, residual, edges }) => {
    const options = { stack, target, method, weighting, residual, edges };
    const start = () => backend.startFlow(trace, options);
    const { work, result } = await kept.advance(trace, JSON.stringify(options), start, () => undefined);
    return { fraction: work.fraction, flow: result === null ? null : answer(result) };
  };
}

function answer(flow: LayerFlow): NonNullable<Response<'trace.flow'>['flow']> {
  return {
    ...flow,
    // A copy: what is sent is given away, and the kept answer may be asked for again.
    relevance: flow.relevance.slice().buffer,
    layers: flow.layers.map((layer) => ({ ...layer, edges: layer.edges.map((edge) => ({ ...edge })) })),
  };
}
