/** The prediction that is shown: at the position the user chose, else where the model itself predicts. */
import { useEffect, useSyncExternalStore } from 'react';
import type { PredictionState } from '../state/predictions.ts';
import { useApp, useSession } from './context.tsx';

export function usePrediction(): PredictionState {
  const { predictions } = useSession();
  const run = useApp((state) => state.run.result);
  const chosen = useApp((state) => state.selection.position);
  const position = run?.predictions[0]?.kind === 'classification' ? null : chosen;
  useSyncExternalStore(predictions.subscribe, predictions.getSnapshot);
  useEffect(() => {
    predictions.want(run, position);
  }, [predictions, run, position]);
  return predictions.peek(run, position);
}
