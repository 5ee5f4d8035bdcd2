/** The places of queries and keys in the picture: by the PCA of what was fitted, or all anew by UMAP or t-SNE. */
import { useCallback, useEffect, useMemo, useState } from 'react';
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
  const { done } = worker;
  const isCurrent = done?.points === points;
  const next = useMemo(() => {
    if (set === null || adjustment === null || done === null || !isCurrent) return null;
    const { projection } = done;
    const { pca } = projection;
    const coordinates =
      pca === null ? projection.coordinates : applyPca(pca, adjusted(set.queries, set.keys, adjustment));
    return { set, adjustment, projection, coordinates };
  }, [set, adjustment, done, isCurrent]);
  return { ...worker, adjustment, shown: useLast(next) };
}

/** The value, or the one before it while there is none. */
function useLast<T>(value: T | null): T | null {
  const [last, setLast] = useState<T | null>(null);
  if (value !== null && value !== last) setLast(value);
  return value ?? last;
}

interface Done {
  readonly points: Points;
  readonly projection: Projection;
}

function useWorker(points: Points | null, method: JointView['method'], components: 2 | 3) {
  const [done, setDone] = useState<(Done & { readonly of: string }) | null>(null);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [running, setRunning] = useState<(() => void) | null>(null);
  const [turn, setTurn] = useState(0);
  const of = `${method} ${components}`;
  useEffect(() => {
    if (points === null) return undefined;
    let isCurrent = true;
    const end = (made: Projection | null, reason: string | null): void => {
      if (!isCurrent) return;
      if (made !== null) setDone({ points, projection: made, of });
      setProblem(reason);
      setProgress(null);
      setRunning(null);
    };
    const { result, cancel } = startProjection(
      points,
      { ...DEFAULT_SETTINGS, method, components },
      {
        onProgress: (now) => {
          if (isCurrent) setProgress(now);
        },
      },
    );
    setProgress({ stage: 'reduce', fraction: 0 });
    setProblem(null);
    setRunning(() => cancel);
    result.then(
      (made) => end(made, null),
      (error: unknown) => end(null, error instanceof Error ? error.message : String(error)),
    );
    return () => {
      isCurrent = false;
      cancel();
    };
  }, [points, method, components, of, turn]);
  return {
    done: done?.of === of ? done : null,
    progress,
    problem,
    cancel: useCallback(() => running?.(), [running]),
    again: useCallback(() => setTurn((now) => now + 1), []),
  };
}
