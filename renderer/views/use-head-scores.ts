/** The head scores of the model whose heads are shown, asked for when they are first wanted. */
import { useEffect, useSyncExternalStore } from 'react';
import { NO_SCORES } from '../state/head-scores.ts';
import type { HeadScoreState } from '../state/head-scores.ts';
import { useApp, useSession } from './context.tsx';

/** @param wanted false: nothing is asked, and `none` is the answer */
export function useHeadScores(wanted: boolean): HeadScoreState {
  const { headScores } = useSession();
  const version = useSyncExternalStore(headScores.subscribe, headScores.getSnapshot);
  const shown = useApp((state) => state.run.model);
  const opened = useApp((state) => state.model.opened);
  useEffect(() => {
    // While another model opens, the heads of the one before are still shown: nothing more is asked about them.
    if (wanted && opened !== null && shown === opened) headScores.want(opened);
  }, [headScores, version, wanted, shown, opened]);
  return wanted ? headScores.peek(shown) : NO_SCORES;
}
