/** Projections in a worker, as the page asks for them. */
import type { FromWorker, ToWorker } from './messages.ts';
import { ProjectionError } from './types.ts';
import type { Points, Progress, Projection, ProjectionSettings, RunningProjection } from './types.ts';

export interface ProjectionListeners {
  readonly onProgress?: (progress: Progress) => void;
}

/** What is used of a worker; tests bring their own. */
export type ProjectionWorker = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>;

/**
 * Starts a projection; the points are copied to the worker and stay as they are.
 * `cancel` ends the worker at once, whatever it does, and does nothing once there is a result.
 */
export function startProjection(
  points: Points,
  settings: ProjectionSettings,
  { onProgress }: ProjectionListeners = {},
  createWorker: () => ProjectionWorker = newWorker,
): RunningProjection {
  const worker = createWorker();
  let stop: (error: ProjectionError) => void = () => undefined;
  const result = new Promise<Projection>((resolve, reject) => {
    stop = reject;
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'progress') onProgress?.(data.progress);
      else if (data.type === 'done') resolve(data.projection);
      else reject(new ProjectionError(data.code, data.message));
    };
    worker.onerror = ({ message }) => reject(new ProjectionError('failed', message || 'The projection worker failed.'));
    worker.onmessageerror = () => reject(new ProjectionError('failed', 'The projection could not be read.'));
    const start: ToWorker = { type: 'start', points, settings };
    worker.postMessage(start);
  }).finally(() => worker.terminate());
  const cancel = (): void => {
    worker.terminate();
    stop(new ProjectionError('stopped', 'The projection was stopped.'));
  };
  return { result, cancel };
}

function newWorker(): ProjectionWorker {
  return new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'projection' });
}
