/** Requests waiting for the engine: first in, first out, but a newer `text.run` takes the place of a waiting one of its lane. */
import { ApiError, type ApiFailure } from '../api/errors.ts';

export interface Job {
  readonly id: number;
  readonly channel: string;
  readonly payload: unknown;
  /** Who asked: a window or a connection. Lanes of different clients never meet. */
  readonly client: string;
  readonly lane: string | null;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: ApiError) => void;
}

export class JobQueue {
  #jobs: Job[] = [];

  get size(): number {
    return this.#jobs.length;
  }

  /** Appends `job`; a waiting job of the same client and lane is rejected as `superseded`. */
  push(job: Job): void {
    if (job.lane !== null) {
      this.#rejectWhere((other) => other.lane === job.lane && other.client === job.client, {
        code: 'superseded',
        message: 'A newer text of the same view took the place of this one.',
        reason: 'superseded',
      });
    }
    this.#jobs.push(job);
  }

  shift(): Job | undefined {
    return this.#jobs.shift();
  }

  /** Rejects everything that waits. */
  rejectAll(failure: ApiFailure): void {
    this.#rejectWhere(() => true, failure);
  }

  /** Rejects what `client` waits for. */
  rejectClient(client: string, failure: ApiFailure): void {
    this.#rejectWhere((job) => job.client === client, failure);
  }

  #rejectWhere(matches: (job: Job) => boolean, failure: ApiFailure): void {
    const rejected = this.#jobs.filter(matches);
    this.#jobs = this.#jobs.filter((job) => !matches(job));
    for (const job of rejected) job.reject(new ApiError(failure));
  }
}
