/** Clicking cells of the mask: hides the key from the query in the heads of the current scope, or lets it be seen. */
import type { Frame } from '../state/frames.ts';
import { siteOf } from '../state/what-if-site.ts';
import { toggleMask } from '../state/what-if.ts';
import { useApp, useChangedStageFrame, useServices } from './context.tsx';

export interface MaskEdit {
  readonly toggle: (cell: { readonly row: number; readonly column: number }) => void;
}

/** null where a click on a cell only selects it. */
export function useMaskEdit(frame: Frame): MaskEdit | null {
  const { session, store } = useServices();
  const changed = useChangedStageFrame().frame;
  const isOn = useApp(({ whatIf, covered }) => whatIf.editsMask && covered === null);
  if (!isOn || frame.selection.station !== 'masked') return null;
  return {
    toggle: ({ row, column }) => {
      const { selection, whatIf, changed: run } = store.getState();
      // What is visible now is what the changed run says, where there is one.
      const now = changed !== null && changed.run === run.result ? changed : frame;
      const columns = now.matrices[0]?.dims[1] ?? 0;
      const visible = now.matrices[0]?.data[row * columns + column] === -Infinity;
      const edit = { kind: 'mask', site: siteOf(whatIf.scope, selection), query: row, key: column, visible } as const;
      session.changes.edit((list) => toggleMask(list, edit));
    },
  };
}
