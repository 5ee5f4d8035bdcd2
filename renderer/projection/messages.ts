/** What a page and its projection worker say to each other. */
import type { Points, Progress, Projection, ProjectionError, ProjectionSettings } from './types.ts';

export interface ToWorker {
  readonly type: 'start';
  readonly points: Points;
  readonly settings: ProjectionSettings;
}

export type FromWorker =
  | { readonly type: 'progress'; readonly progress: Progress }
  | { readonly type: 'done'; readonly projection: Projection }
  | { readonly type: 'error'; readonly code: ProjectionError['code']; readonly message: string };
