/** Long answers of the engine, asked for a part a request, so that a text can run in between; kept by their question. */
import type { ApiError } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import { Listeners } from '../client/transport.ts';

/** `part` is the latest answer; null before the first. */
export type Asked<P> =
  | { readonly status: 'none' }
  /** `startedAt`: when it was asked for (performance.now), for progress and stop. */
  | { readonly status: 'pending'; readonly startedAt: number; readonly part: P | null }
  | { readonly status: 'ready'; readonly part: P }
  | { readonly status: 'stopped'; readonly part: P | null }
  | { readonly status: 'failed'; readonly error: ApiError };

export interface AskedOptions<Q, P> {
  /** Asks for the next part. */
  readonly fetch: (question: Q) => Promise<P>;
  readonly isLast: (part: P, question: Q) => boolean;
  readonly keyOf: (question: Q) => string;
}

const NONE = { status: 'none' } as const;

export class AskedParts<Q, P> {
  readonly #options: AskedOptions<Q, P>;
  readonly #entries = new Map<string, Asked<P>>();
  readonly #changed = new Listeners<[]>();
  #version = 0;

  constructor(options: AskedOptions<Q, P>) {
    this.#options = options;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  /** Counts up at every change. */
  readonly getSnapshot = (): number => this.#version;

  /** What is known. Never asks the engine. */
  peek(question: Q): Asked<P> {
    return this.#entries.get(this.#options.keyOf(question)) ?? NONE;
  }

  /** Asks part after part, unless the question was asked before: also one that failed or was stopped is not asked again. */
  want(question: Q): void {
    const key = this.#options.keyOf(question);
    if (this.#entries.has(key)) return;
    const startedAt = performance.now();
    void this.#ask(question, key, this.#put(key, { status: 'pending', startedAt, part: null }));
  }

  /** Asks for no more parts. What is under way is waited for by nobody. */
  stop(question: Q): void {
    const key = this.#options.keyOf(question);
    const known = this.#entries.get(key);
    if (known?.status === 'pending') this.#put(key, { status: 'stopped', part: known.part });
  }

  /** Asks again after a failure or a stop. */
  again(question: Q): void {
    const { status } = this.peek(question);
    if (status === 'failed' || status === 'stopped') this.#entries.delete(this.#options.keyOf(question));
    this.want(question);
  }

  /** Drops answers, and the questions that are under way, by their keys. */
  forget(drops: (key: string, asked: Asked<P>) => boolean): void {
    const dropped = [...this.#entries].filter(([key, asked]) => drops(key, asked));
    for (const [key] of dropped) this.#entries.delete(key);
    if (dropped.length > 0) this.#bump();
  }

  async #ask(question: Q, key: string, first: Asked<P>): Promise<void> {
    let mine = first;
    while (this.#entries.get(key) === mine && mine.status === 'pending') {
      const next = await this.#next(question, mine);
      // Stopped or forgotten meanwhile: nobody waits for this part.
      if (this.#entries.get(key) !== mine) return;
      mine = this.#put(key, next);
    }
  }

  async #next(question: Q, { startedAt }: Extract<Asked<P>, { status: 'pending' }>): Promise<Asked<P>> {
    try {
      const part = await this.#options.fetch(question);
      return this.#options.isLast(part, question) ? { status: 'ready', part } : { status: 'pending', startedAt, part };
    } catch (error) {
      return { status: 'failed', error: asApiError(error) };
    }
  }

  #put(key: string, asked: Asked<P>): Asked<P> {
    this.#entries.set(key, asked);
    this.#bump();
    return asked;
  }

  #bump(): void {
    this.#version += 1;
    this.#changed.emit();
  }
}
