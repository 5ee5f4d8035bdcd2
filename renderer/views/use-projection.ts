/** A projection under way in a worker, from a view: progress, cancel, and the last result until there is a new one. */
import { useCallback, useEffect, useState } from 'react';
import { startProjection } from '../projection/client.ts';
import { DEFAULT_SETTINGS } from '../projection/types.ts';
import type { Progress, Projection, ProjectionSettings } from '../projection/types.ts';
import type { ProjectedPoints } from '../view-models/projector.ts';

export interface ShownProjection {
  /** Of `points`; null until there is one. */
  readonly projection: Projection | null;
  readonly points: ProjectedPoints | null;
  /** Null while nothing is under way. */
  readonly progress: Progress | null;
  readonly problem: string | null;
  readonly cancel: () => void;
  readonly again: () => void;
}

interface Done {
  readonly points: ProjectedPoints | null;
  readonly projection: Projection | null;
  readonly problem: string | null;
}

/** @param points null while there are none; memoise them: new ones are projected anew */
export function useProjection(
  points: ProjectedPoints | null,
  { method, components, seed }: Pick<ProjectionSettings, 'method' | 'components' | 'seed'>,
): ShownProjection {
  const [done, setDone] = useState<Done>({ points: null, projection: null, problem: null });
  const [progress, setProgress] = useState<Progress | null>(null);
  const [running, setRunning] = useState<(() => void) | null>(null);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (points === null) return undefined;
    const settings = { ...DEFAULT_SETTINGS, method, components, seed };
    const { data, count, dims } = points;
    let isCurrent = true;
    const end = (result: Done): void => {
      if (!isCurrent) return;
      setDone(result);
      setProgress(null);
      setRunning(null);
    };
    const { result, cancel } = startProjection({ data, count, dims }, settings, {
      onProgress: (now) => {
        if (isCurrent) setProgress(now);
      },
    });
    setProgress({ stage: 'reduce', fraction: 0 });
    setRunning(() => cancel);
    result.then(
      (projection) => end({ points, projection, problem: null }),
      (error: unknown) =>
        end({ points, projection: null, problem: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isCurrent = false;
      cancel();
    };
  }, [points, method, components, seed, turn]);
  const cancel = useCallback(() => running?.(), [running]);
  const again = useCallback(() => setTurn((now) => now + 1), []);
  return { ...done, progress, cancel, again };
}
