/** The point that is chosen: of the typed sentence it is the selected query or key, the same that the matrix shows. */
import { useCallback, useMemo, useState } from 'react';
import type { JointSet } from '../state/joint-view.ts';
import { jointPoints, pointAt } from '../view-models/joint.ts';
import type { JointPoint } from '../view-models/joint.ts';
import { useApp, useServices, useSession } from './context.tsx';
import { useShownKey } from './use-cell.ts';

type Place = Pick<JointPoint, 'kind' | 'sentence' | 'position'>;

export interface JointFocus {
  readonly points: readonly JointPoint[];
  readonly chosen: number | null;
  /** The selected query and key of the typed sentence. */
  readonly query: number | null;
  readonly key: number | null;
  readonly choose: (point: number | null) => void;
  readonly point: (point: number | null) => void;
}

const FIRST: Place = { kind: 'query', sentence: 0, position: 0 };

export function useJointFocus(set: JointSet): JointFocus {
  const session = useSession();
  const { hover } = useServices();
  const query = useApp((state) => state.selection.query);
  const key = useShownKey();
  const [focus, setFocus] = useState<Place | null>(FIRST);
  const points = useMemo(() => jointPoints(set), [set]);
  const queryPoint = pointAt(set, { kind: 'query', sentence: 0, position: query });
  const keyPoint = key === null ? null : pointAt(set, { kind: 'key', sentence: 0, position: key });
  const own = focus?.kind === 'query' ? queryPoint : keyPoint;
  const chosen = focus === null ? null : focus.sentence === 0 ? own : pointAt(set, focus);
  const choose = useCallback(
    (at: number | null) => {
      const place = at === null ? null : (points[at] ?? null);
      setFocus(place);
      if (place?.sentence !== 0) return;
      session.select(place.kind === 'query' ? { query: place.position } : { key: place.position });
    },
    [points, session],
  );
  const point = useCallback(
    (at: number | null) => {
      const place = at === null ? undefined : points[at];
      if (place?.sentence !== 0) hover.set(null);
      else if (place.kind === 'query') hover.set(key === null ? null : { query: place.position, key });
      else hover.set({ query, key: place.position });
    },
    [points, hover, query, key],
  );
  return { points, chosen, query: queryPoint, key: keyPoint, choose, point };
}
