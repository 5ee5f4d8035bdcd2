/** Long work that is done a part a request, and kept with the thing that it is about. */
import type { Stepwise } from '../../native-models/index.ts';

export interface Advanced<Work, Result> {
  readonly work: Work;
  /** Null until all is done. */
  readonly result: Result | null;
}

interface Entry<Work, Result> {
  readonly work: Work;
  /** The last part that was asked for; the next one waits for it. */
  last: Promise<Result | null>;
}

export class KeptWork<Owner extends object, Result, Work extends Stepwise<Result>> {
  /**
   * By the owner itself and the question about it: the work goes with its owner, and a model opened again or a text run again is
   * another owner. The question asked last stands last.
   */
  readonly #entries = new WeakMap<Owner, Map<string, Entry<Work, Result>>>();
  readonly #limit: number;

  /** @param limit how many questions about one owner are kept; those asked longest ago go first */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Does the next part of the work; once it is done, answers at once. After a failure it starts anew.
   * @param start begins the work, where it has not begun
   * @param onStep called before a part with the share that is done, 0…1
   */
  async advance(
    owner: Owner,
    question: string,
    start: () => Work,
    onStep: (fraction: number) => void,
  ): Promise<Advanced<Work, Result>> {
    const entry = this.#entry(owner, question, start);
    entry.last = entry.last.then((result) => {
      if (result !== null) return result;
      onStep(entry.work.fraction);
      return entry.work.step();
    });
    try {
      return { work: entry.work, result: await entry.last };
    } catch (error) {
      const entries = this.#entries.get(owner);
      if (entries?.get(question) === entry) entries.delete(question);
      throw error;
    }
  }

  #entry(owner: Owner, question: string, start: () => Work): Entry<Work, Result> {
    const entries = this.#entries.get(owner) ?? new Map<string, Entry<Work, Result>>();
    const entry = entries.get(question) ?? { work: start(), last: Promise.resolve(null) };
    entries.delete(question);
    entries.set(question, entry);
    for (const oldest of entries.keys()) {
      if (entries.size <= this.#limit) break;
      entries.delete(oldest);
    }
    this.#entries.set(owner, entries);
    return entry;
  }
}
