/** A session that is made when it is first asked for. */
import type { Session } from './runtime.ts';

export class LazySession {
  readonly #create: () => Promise<Session>;
  #session: Promise<Session> | null = null;
  #disposed = false;

  /** @param create called once, and again only after it failed */
  constructor(create: () => Promise<Session>) {
    this.#create = create;
  }

  /** @throws what `create` throws; Error when it was disposed */
  async get(): Promise<Session> {
    if (this.#disposed) throw new Error('invalid session: it was disposed');
    this.#session ??= this.#create().catch((error: unknown) => {
      this.#session = null;
      throw error;
    });
    return this.#session;
  }

  /** Frees the session, if there is one. */
  async dispose(): Promise<void> {
    this.#disposed = true;
    await (await this.#session?.catch(() => null))?.dispose();
  }
}
