/** The places of queries and keys in the picture: by the PCA of what was fitted, or all anew by UMAP or t-SNE. */
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { adjustmentOf } from '../projection/joint-parts.ts';
import { adjusted } from '../projection/joint.ts';
import type { JointAdjustment } from '../projection/joint.ts';
import { applyPca } from '../projection/pca.ts';
import { DEFAULT_SETTINGS } from '../projection/types.ts';
import type { Points, Projection } from '../projection/types.ts';
import type { JointSet } from '../state/joint-view.ts';
import type { ProjectionState } from '../state/projection-runs.ts';
import { jointInput } from '../view-models/joint.ts';
import { useApp, useSession } from './context.tsx';

export interface JointPicture {
  /** The last one; null until there is one. */
  readonly shown: {
    readonly set: JointSet;
    readonly adjustment: JointAdjustment;
    readonly projection: Projection;
    /** [queries + keys, components] */
    readonly coordinates: Float32Array;
  } | null;
  /** Null while nothing is under way. */
  readonly running: ProjectionState<Points>['running'];
  readonly problem: string | null;
  readonly cancel: () => void;
  readonly again: () => void;
}

export function useJointPicture(set: JointSet | null, fit: JointSet | null): JointPicture {
  const { shift, rescale, method, components } = useApp((state) => state.joint);
  const adjustment = useMemo(
    () => (fit === null || fit.queries.count === 0 ? null : adjustmentOf(jointInput(fit), { shift, rescale })),
    [fit, shift, rescale],
  );
  // PCA is of what was fitted; the other methods place no points but those that they are given.
  const projected = method === 'pca' ? fit : set;
  const points = useMemo(
    () => (projected === null || adjustment === null ? null : adjusted(projected.queries, projected.keys, adjustment)),
    [projected, adjustment],
  );
  const key = JSON.stringify([projected?.key, fit?.key, shift, rescale, method, components]);
  const { projections, done, running, problem } = useRuns(points, key, { method, components });
  const projection = done?.job.key === key ? done.projection : null;
  const next = useMemo(() => {
    if (set === null || adjustment === null || projection === null) return null;
    const { pca } = projection;
    const coordinates =
      pca === null ? projection.coordinates : applyPca(pca, adjusted(set.queries, set.keys, adjustment));
    return { set, adjustment, projection, coordinates };
  }, [set, adjustment, projection]);
  return {
    ...{ shown: useLast(next), running, cancel: projections.cancel, again: projections.again },
    problem: problem?.job.key === key ? problem.error.message : null,
  };
}

function useRuns(points: Points | null, key: string, settings: Pick<Projection['used'], 'method' | 'components'>) {
  const { jointProjections: projections } = useSession();
  const { method, components } = settings;
  const state = useSyncExternalStore(projections.subscribe, projections.getSnapshot);
  useEffect(() => {
    if (points !== null)
      projections.want({ key, of: key, points, settings: { ...DEFAULT_SETTINGS, method, components } });
  }, [projections, points, key, method, components]);
  return { projections, ...state };
}

/** The value, or the one before it while there is none. */
function useLast<T>(value: T | null): T | null {
  const [last, setLast] = useState<T | null>(null);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}
