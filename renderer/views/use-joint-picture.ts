/** The places of queries and keys in the picture: by the PCA of what was fitted, or all anew by UMAP or t-SNE. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { startProjection } from '../projection/client.ts';
import { adjustmentOf } from '../projection/joint-parts.ts';
import { adjusted } from '../projection/joint.ts';
import type { JointAdjustment } from '../projection/joint.ts';
import { applyPca } from '../projection/pca.ts';
import { DEFAULT_SETTINGS } from '../projection/types.ts';
import type { Points, Progress, Projection } from '../projection/types.ts';
import type { JointSet, JointView } from '../state/joint-view.ts';
import { jointInput } from '../view-models/joint.ts';
import { useApp } from './context.tsx';

export interface JointPicture {
  readonly adjustment: JointAdjustment | null;
  /** Null until there is one. */
  readonly shown: {
    readonly set: JointSet;
    readonly adjustment: JointAdjustment;
    readonly projection: Projection;
    /** [queries + keys, components] */
    readonly coordinates: Float32Array;
  } | null;
  /** Null while nothing is under way. */
  readonly progress: Progress | null;
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
  const worker = useWorker(points, method, components);
  const projection = worker.points === points ? worker.projection : null;
  const next = useMemo(() => {
    if (set === null || adjustment === null || projection === null) return null;
    const { pca } = projection;
    const coordinates =
      pca === null ? projection.coordinates : applyPca(pca, adjusted(set.queries, set.keys, adjustment));
    return { set, adjustment, projection, coordinates };
  }, [set, adjustment, projection]);
  return { ...worker, adjustment, shown: useLast(next) };
}

/** The value, or the one before it while there is none. */
function useLast<T>(value: T | null): T | null {
  const [last, setLast] = useState<T | null>(null);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}

interface Made {
  readonly points: Points;
  readonly of: string;
  readonly projection: Projection | null;
  readonly problem: string | null;
  readonly progress: Progress | null;
}

/** The last projection that was made, and what is under way of the points that are wanted. */
function useWorker(points: Points | null, method: JointView['method'], components: 2 | 3) {
  const [made, setMade] = useState<Made | null>(null);
  const [now, setNow] = useState<Made | null>(null);
  const running = useRef<() => void>(() => undefined);
  const [turn, setTurn] = useState(0);
  const of = `${method} ${components} ${turn}`;
  useEffect(() => {
    if (points === null) return undefined;
    let isCurrent = true;
    const base = { points, of, projection: null, problem: null, progress: null };
    const show = (change: Partial<Made>): void => {
      if (isCurrent) setNow({ ...base, ...change });
    };
    const settings = { ...DEFAULT_SETTINGS, method, components };
    const { result, cancel } = startProjection(points, settings, { onProgress: (progress) => show({ progress }) });
    running.current = cancel;
    result.then(
      (projection) => {
        show({ projection });
        if (isCurrent) setMade({ ...base, projection });
      },
      (error: unknown) => show({ problem: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
      cancel();
    };
  }, [points, method, components, of]);
  const isCurrent = now !== null && now.points === points && now.of === of;
  return {
    points: made?.points ?? null,
    projection: made?.of === of ? made.projection : null,
    progress: isCurrent ? now.progress : null,
    problem: isCurrent ? now.problem : null,
    cancel: useCallback(() => running.current(), []),
    again: useCallback(() => setTurn((count) => count + 1), []),
  };
}
