/** Clicking cells of the mask: hides the key from the query in the heads of the current scope, or lets it be seen. */
import type { Frame } from '../state/frames.ts';
import { siteOf } from '../state/what-if-site.ts';
import { toggleMask } from '../state/what-if.ts';
import { useApp, useChangedStageFrame, useServices, useStageFrame } from './context.tsx';

interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface MaskEdit {
  readonly toggle: (cell: Cell) => void;
}

/** null where a click on a cell only selects it. */
export function useMaskEdit(): MaskEdit | null {
  const { session, store } = useServices();
  const original = useStageFrame().frame;
  const changed = useChangedStageFrame().frame;
  const isOn = useApp(({ whatIf, covered }) => whatIf.editsMask && covered === null);
  if (!isOn || original?.selection.station !== 'masked') return null;
  return {
    toggle: (cell) => {
      const { selection, whatIf, changed: run } = store.getState();
      // What is visible now is what the changed run says, where there is one.
      const now = changed !== null && changed.run === run.result ? changed : original;
      const place = { site: siteOf(whatIf.scope, selection), query: cell.row, key: cell.column };
      const edit = { kind: 'mask', ...place, visible: isHidden(now, cell) } as const;
      session.changes.edit((list) => toggleMask(list, edit, !isHidden(original, cell)));
    },
  };
}

function isHidden({ matrices: [masked] }: Frame, { row, column }: Cell): boolean {
  return masked?.data[row * (masked.dims[1] ?? 0) + column] === -Infinity;
}
