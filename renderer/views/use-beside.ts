/** The two runs of the view `beside` as panels; null while one of them is not here yet. */
import { useMemo } from 'react';
import type { Frame } from '../state/frames.ts';
import { shownStageView } from '../state/views.ts';
import { besidePanels } from '../view-models/beside-panels.ts';
import type { BesidePanels } from '../view-models/beside-panels.ts';
import { useApp, useBesideFrame } from './context.tsx';

/** @param frame of the text's own run */
export function useBeside(frame: Frame | null): BesidePanels | null {
  const { frame: other } = useBesideFrame();
  const lens = useApp((state) => state.lens);
  const isShown = frame !== null && shownStageView(frame.selection) === 'beside';
  return useMemo(() => {
    if (!isShown || other === null || other.selection.station !== 'pattern') return null;
    if (frame.matrices.length === 0 || other.matrices.length === 0) return null;
    return besidePanels(frame, other, lens);
  }, [isShown, frame, other, lens]);
}
