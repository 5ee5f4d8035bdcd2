/** Which (query, key) cell is meant: the selected one, with the strongest key until one is chosen; or the one pointed at. */
import type { CellMatrices } from '../view-models/inspector.ts';
import { hasRow, strongestKey } from '../view-models/inspector.ts';
import type { Frame } from '../state/frames.ts';
import type { Matrix } from '../state/slices.ts';
import { useApp, useInspectorFrame } from './context.tsx';

export interface InspectorMatrices extends CellMatrices {
  readonly q: Matrix;
  readonly k: Matrix;
}

/** The six matrices of an inspector frame, by name; of a long text, the rows of one query and one key. */
export function inspectorMatrices(frame: Frame | null): InspectorMatrices | null {
  const [q, k, scores, scaled, masked, pattern] = frame?.matrices ?? [];
  if (!q || !k || !scores || !scaled || !masked || !pattern) return null;
  return { q, k, scores, scaled, masked, pattern };
}

/** The selected key, or the one that the query looks at most; null while that is not known. */
export function useShownKey(): number | null {
  const { key, query } = useApp((state) => state.selection);
  const traceId = useApp((state) => state.run.result?.traceId);
  const { frame } = useInspectorFrame();
  if (key !== null) return key;
  const pattern = inspectorMatrices(frame)?.pattern;
  if (pattern === undefined || frame?.run.traceId !== traceId || !hasRow(pattern, query)) return null;
  return strongestKey(pattern, query);
}
