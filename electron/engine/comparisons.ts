/** What an intervention did, as the engine tells it: predictions at once, layers a part a request; kept while the changed run is. */
import type { Stepwise } from '../../native-models/index.ts';
import type { LayerChange, PredictionChange } from '../../native-models/types.ts';
import type { Request, Response } from '../api/contract.ts';
import type { Backend, Trace } from './backend.ts';
import { KeptWork } from './kept-work.ts';

/** How many comparisons with one changed run are kept: one an original and set of positions. */
const COMPARISONS = 4;

interface Work extends Stepwise<readonly LayerChange[]> {
  readonly predictions: Promise<readonly PredictionChange[]>;
}

export function comparisons(
  backend: Pick<Backend, 'startComparison' | 'comparePredictions'>,
): (before: Trace, after: Trace, asked: Request<'trace.compare'>) => Promise<Response<'trace.compare'>> {
  const kept = new KeptWork<Trace, readonly LayerChange[], Work>(COMPARISONS);
  return async (before, after, { before: beforeId, positions, candidates }) => {
    const start = (): Work => {
      const changes = backend.startComparison(before, after);
      const options = positions === undefined ? { candidates } : { candidates, positions };
      const predictions = backend.comparePredictions(before, after, options);
      // Its failure is told below, after the first part of the layers.
      predictions.catch(() => undefined);
      return Object.assign(changes, { predictions });
    };
    const question = JSON.stringify([beforeId, positions ?? null, candidates]);
    const { work, result } = await kept.advance(after, question, start, () => undefined);
    return {
      predictions: (await work.predictions).map(predictionChange),
      fraction: work.fraction,
      layers: result?.map((layer) => ({ ...layer, heads: [...layer.heads] })) ?? null,
    };
  };
}

function predictionChange(change: PredictionChange): Response<'trace.compare'>['predictions'][number] {
  return { ...change, candidates: change.candidates.map((candidate) => ({ ...candidate })) };
}
