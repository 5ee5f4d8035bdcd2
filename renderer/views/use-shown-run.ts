/** The run whose predictions are shown: with changes that of the changed run, unless the original is asked for. */
import type { Frame } from '../state/frames.ts';
import { useParts } from './use-parts.ts';

/** @param frame of the original run */
export function useShownRun(frame: Frame): Frame {
  return useParts(frame).at(-1)?.frame ?? frame;
}
