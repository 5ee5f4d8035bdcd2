/** The runs that the stage shows of a station's figure: one of them, their difference, or all three. */
import { useMemo } from 'react';
import { shownView } from '../state/changed-run.ts';
import type { Frame } from '../state/frames.ts';
import { partFrames, RUN_PARTS } from '../view-models/run-compare.ts';
import type { PartFrame } from '../view-models/run-compare.ts';
import { useApp, useChangedStageFrame } from './context.tsx';

const NOTHING: readonly PartFrame[] = [];

/** @param frame of the original run; tokens are the same in all runs, and predictions of two runs are one table */
export function useParts(frame: Frame | null): readonly PartFrame[] {
  const view = useApp(shownView);
  const changed = useChangedStageFrame().frame;
  const result = useApp((state) => state.changed.result);
  const original = useApp((state) => state.run.result);
  return useMemo(() => {
    if (frame === null) return NOTHING;
    const { station } = frame.selection;
    // Frames of other runs than the two of now do not belong together, however alike.
    const belongs = changed?.run === result && frame.run === original && station !== 'tokens' && view !== 'original';
    const wanted = station === 'prediction' ? (['changed'] as const) : view === 'both' ? RUN_PARTS : [view];
    return partFrames(frame, belongs ? changed : null, wanted);
  }, [frame, changed, result, original, view]);
}
