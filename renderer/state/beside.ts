/** What the text's run is compared with: another sentence in the same model, the same sentence in another one, or both. */
import type { TextInput } from '../../electron/api/index.ts';
import type { AppState } from './app-state.ts';
import { fitToModel, withoutTwins } from './selection.ts';
import type { HeadPlace, Selection } from './selection.ts';
import { shownStageView } from './views.ts';

export interface Beside {
  /** The other sentence; empty: the same one. */
  readonly text: string;
  /** The other model; null: the same one. */
  readonly model: string | null;
  /** The head that is shown of it; null: the selected one, where it has that. */
  readonly head: HeadPlace | null;
}

export const NOTHING_BESIDE: Beside = { text: '', model: null, head: null };

export interface AskedBeside {
  readonly model: string;
  readonly input: TextInput;
}

/** What the view needs run; null while it is not shown, or while there is nothing else to compare with. */
export function askedBeside({ beside, run, model, selection, covered }: AppState): AskedBeside | null {
  const isShown = covered === null && shownStageView(selection) === 'beside';
  if (!isShown || run.input === null || run.result === null || model.opened === null) return null;
  const text = beside.text.trim() === '' ? null : beside.text;
  const other = beside.model === model.opened.entry.id ? null : beside.model;
  if (text === null && other === null) return null;
  return { model: other ?? model.opened.entry.id, input: text === null ? run.input : { text } };
}

/** Where in the other run: the selected place as far as its model has it, or the head chosen there. */
export function besideSelection({ beside, besideRun, selection }: AppState): Selection {
  const { model } = besideRun;
  if (model === null) return selection;
  if (beside.head === null) return fitToModel(selection, model.stacks);
  return withoutTwins(fitToModel({ ...selection, ...beside.head, others: [] }, model.stacks));
}
