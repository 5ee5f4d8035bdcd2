/** The projection of what is asked for, from a view: the last one until the next is done, and what is under way. */
import { useEffect, useSyncExternalStore } from 'react';
import { DEFAULT_SETTINGS } from '../projection/types.ts';
import type { ProjectionSettings } from '../projection/types.ts';
import type { ProjectedPoints } from '../state/projected-points.ts';
import type { ProjectionState } from '../state/projection-runs.ts';
import type { ProjectionView } from '../state/projection-view.ts';
import { typedSettings } from '../state/projection-view.ts';
import { useSession } from './context.tsx';

export interface ShownProjection extends ProjectionState<ProjectedPoints> {
  readonly cancel: () => void;
  readonly again: () => void;
}

/** What the method reads; of the others the default, so that a change of them projects nothing anew. */
export function projectionSettings(view: ProjectionView): ProjectionSettings {
  const { method, components } = view;
  const typed = Object.fromEntries(typedSettings(method).map((name) => [name, view[name]]));
  return { ...DEFAULT_SETTINGS, method, components, ...typed };
}

/**
 * @param points null while there are none
 * @param key which points they are, in words for a program
 */
export function useProjection(points: ProjectedPoints | null, key: string, view: ProjectionView): ShownProjection {
  const { projections } = useSession();
  const state = useSyncExternalStore(projections.subscribe, projections.getSnapshot);
  const of = view.what;
  const settings = JSON.stringify(projectionSettings(view));
  useEffect(() => {
    if (points === null) return;
    const job = { key: `${key} ${settings}`, of, points, settings: JSON.parse(settings) as ProjectionSettings };
    projections.want(job);
  }, [projections, points, key, of, settings]);
  return { ...state, cancel: projections.cancel, again: projections.again };
}
