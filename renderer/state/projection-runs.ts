/** The projection that is under way, and the last one that was finished: both go on while other views are looked at. */
import { Listeners } from '../client/transport.ts';
import { startProjection } from '../projection/client.ts';
import { ProjectionError } from '../projection/types.ts';
import type { Points, Progress, Projection, ProjectionSettings, RunningProjection } from '../projection/types.ts';

export interface ProjectionJob<P extends Points> {
  /** What the points and the settings are, in words for a program: the same name is not projected twice. */
  readonly key: string;
  /** What kind of points they are. */
  readonly of: string;
  readonly points: P;
  readonly settings: ProjectionSettings;
}

export interface ProjectionState<P extends Points> {
  /** The last one that was finished; it stays while the next is under way. */
  readonly done: { readonly job: ProjectionJob<P>; readonly projection: Projection } | null;
  readonly running: {
    readonly job: ProjectionJob<P>;
    readonly progress: Progress;
    /** performance.now() */
    readonly startedAt: number;
  } | null;
  /** Why the newest has no result. */
  readonly problem: { readonly job: ProjectionJob<P>; readonly error: ProjectionError } | null;
}

type Start = (
  points: Points,
  settings: ProjectionSettings,
  listeners: { readonly onProgress: (progress: Progress) => void },
) => RunningProjection;

export class ProjectionRuns<P extends Points> {
  readonly #changed = new Listeners<[]>();
  readonly #start: Start;
  #state: ProjectionState<P> = { done: null, running: null, problem: null };
  #cancel: () => void = () => undefined;

  /** @param start tests bring their own */
  constructor(start: Start = startProjection) {
    this.#start = start;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  readonly getSnapshot = (): ProjectionState<P> => this.#state;

  /** Projects, unless that is done, under way, or has failed; the newest wins. */
  want(job: ProjectionJob<P>): void {
    const { done, running, problem } = this.#state;
    if ((running ?? problem ?? done)?.job.key === job.key) return;
    if (done?.job.key === job.key) this.#rest({ done, running: null, problem: null });
    else this.#run(job);
  }

  /** Ends what is under way; it can be begun again. */
  readonly cancel = (): void => {
    this.#cancel();
  };

  /** Begins anew what was ended, or failed. */
  readonly again = (): void => {
    const { problem } = this.#state;
    if (problem !== null) this.#run(problem.job);
  };

  #rest(state: ProjectionState<P>): void {
    const cancel = this.#cancel;
    this.#set(state);
    cancel();
  }

  #run(job: ProjectionJob<P>): void {
    const startedAt = performance.now();
    const running = { job, progress: { stage: 'reduce', fraction: 0 }, startedAt } as const;
    this.#rest({ done: this.#state.done, running, problem: null });
    const isCurrent = (): boolean => this.#state.running?.job === job;
    const { result, cancel } = this.#start(job.points, job.settings, {
      onProgress: (progress) => {
        if (isCurrent()) this.#set({ ...this.#state, running: { job, progress, startedAt } });
      },
    });
    this.#cancel = cancel;
    result.then(
      (projection) => {
        if (isCurrent()) this.#set({ done: { job, projection }, running: null, problem: null });
      },
      (reason: unknown) => {
        const error = reason instanceof ProjectionError ? reason : new ProjectionError('failed', String(reason));
        if (isCurrent()) this.#set({ ...this.#state, running: null, problem: { job, error } });
      },
    );
  }

  #set(state: ProjectionState<P>): void {
    this.#state = state;
    this.#changed.emit();
  }
}
