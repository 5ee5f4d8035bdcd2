/** What an export of the large atlas shows. */
import { shownRun } from '../state/changed-run.ts';
import type { Frame } from '../state/frames.ts';
import { summaryOf } from '../state/selection.ts';
import { shownStageView } from '../state/views.ts';
import type { HeadsPlace } from '../view-models/export-heads.ts';
import { useAtlasShown } from './atlas-shown.ts';
import { useApp, useWords } from './context.tsx';

/** null while the stage shows something else, or no heads. @param frame what the stage shows */
export function useHeadsPlace(frame: Frame | null): Omit<HeadsPlace, 'theme'> | null {
  const words = useWords();
  const run = useApp(shownRun);
  const selection = useApp((state) => state.selection);
  const range = useApp((state) => state.lens.range);
  const isShown = shownStageView(selection) === 'heads';
  const summary = isShown ? summaryOf(run.result?.summaries ?? [], selection) : null;
  const { order, reading, arrangement } = useAtlasShown(summary);
  if (frame === null || summary === null || run.result === null) return null;
  const shown = { ...frame, run: run.result, interventions: run.interventions, selection };
  return { frame: shown, summary, order, reading, arrangement, range, words };
}
