/** Work that is done in steps, so that whoever asks for it can do something else in between, or stop asking. */
export interface Stepwise<Result> {
  /** The share of the work that is done, 0…1. */
  readonly fraction: number;
  /** Does the next step; not to be called again before it has answered. The result after the last one, and from then on; else null. */
  step(): Promise<Result | null>;
}

/**
 * All of the work in one go.
 * @param onStep called before each step with the share that is done
 */
export async function finish<Result>(work: Stepwise<Result>, onStep?: (fraction: number) => void): Promise<Result> {
  for (;;) {
    onStep?.(work.fraction);
    const result = await work.step();
    if (result !== null) return result;
  }
}
