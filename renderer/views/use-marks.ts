/** The point that is chosen, and those that are marked: kept while other views are looked at, and one with the selected token. */
import { useMemo } from 'react';
import type { PointMeaning } from '../state/projected-points.ts';
import { pointOfToken } from '../view-models/projector.ts';
import { useApp, useSession } from './context.tsx';

export interface ShownMarks {
  readonly chosen: number | null;
  readonly within: readonly number[];
  readonly choose: (point: number | null) => void;
  /** Into what is marked, or out of it. */
  readonly mark: (point: number) => void;
  readonly markAll: (points: readonly number[]) => void;
}

/** @param of which points they are: those of others have marks of their own */
export function useMarks(of: string, meanings: readonly PointMeaning[]): ShownMarks {
  const session = useSession();
  const marks = useApp((state) => state.projection.marks);
  const query = useApp((state) => state.selection.query);
  const own = marks.of === of;
  const selected = useMemo(() => pointOfToken(meanings, query), [meanings, query]);
  const chosen = own && marks.query === query ? marks.chosen : selected;
  const within = useMemo(() => (own ? marks.within : []), [own, marks.within]);
  const set = (change: { chosen?: number | null; within?: readonly number[]; query?: number }): void =>
    session.setProjection({ marks: { of, query, chosen, within, ...change } });
  return {
    chosen: chosen !== null && chosen < meanings.length ? chosen : null,
    within,
    choose: (point) => {
      const meaning = point === null ? undefined : meanings[point];
      const position = (meaning?.sentence === 0 ? meaning.position : null) ?? query;
      set({ chosen: point, query: position });
      if (position !== query) session.select({ query: position });
    },
    mark: (point) =>
      set({ within: within.includes(point) ? within.filter((each) => each !== point) : [...within, point] }),
    markAll: (points) => set({ within: points }),
  };
}
