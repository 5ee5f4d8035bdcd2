/** The prediction that is shown: where the user chose; else where the model itself predicts; else, without a [MASK], at the query. */
import { useEffect, useSyncExternalStore } from 'react';
import { shownPosition } from '../state/predictions.ts';
import type { PredictionState } from '../state/predictions.ts';
import { useApp, useSession } from './context.tsx';

export function usePrediction(): PredictionState {
  const { predictions } = useSession();
  const run = useApp((state) => state.run.result);
  const position = useApp((state) => shownPosition(state.run, state.selection));
  useSyncExternalStore(predictions.subscribe, predictions.getSnapshot);
  useEffect(() => {
    predictions.want(run, position);
  }, [predictions, run, position]);
  return predictions.peek(run, position);
}
