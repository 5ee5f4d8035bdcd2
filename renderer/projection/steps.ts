/** Long work in steps, so that whoever drives it can tell how far it is, let others go on, and stop it. */

/** Work that yields the share of it that is done (0 to 1), about every few milliseconds, and returns its result. */
export type Steps<Result> = Generator<number, Result, void>;

/** Does the work at one go. */
export function finishSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The same work, told as a part of a whole: from `start` to `start + share`. */
export function* partOf<Result>(steps: Steps<Result>, start: number, share: number): Steps<Result> {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
    yield start + share * value;
  }
}
