/** The token for the hub: what the user gave in the app, else what the environment or `hf auth login` left. */
import { cleanToken, findToken } from '../../native-models/hub/index.ts';
import type { Environment } from '../../native-models/hub/index.ts';
import { ModelError } from '../../native-models/errors.ts';
import type { HubToken } from '../api/hub.ts';

/** Where a token that was given is kept. */
export interface TokenStore {
  readonly kind: HubToken['keeps'];
  read(): Promise<string | null>;
  /** null forgets it. */
  write(token: string | null): Promise<void>;
}

/** In memory, until the process ends. */
export function sessionTokenStore(): TokenStore {
  let kept: string | null = null;
  return {
    kind: 'session',
    read: async () => kept,
    write: async (token) => {
      kept = token;
    },
  };
}

export class Tokens {
  readonly #store: TokenStore;
  readonly #env: Environment;

  constructor(store: TokenStore, env: Environment) {
    this.#store = store;
    this.#env = env;
  }

  async find(): Promise<string | null> {
    return (await this.#store.read()) ?? (await findToken(this.#env))?.token ?? null;
  }

  /** What may be told of it. */
  async describe(): Promise<HubToken> {
    const given = await this.#store.read();
    const found = given === null ? await findToken(this.#env) : null;
    return { from: given === null ? (found?.from ?? null) : this.#store.kind, keeps: this.#store.kind };
  }

  /** @throws ModelError 'bad-request' `hub-token-invalid`, without the token */
  async give(typed: string | null): Promise<void> {
    const token = typed === null ? null : cleanToken(typed);
    if (typed !== null && token === null) {
      throw new ModelError(
        'bad-request',
        'hub-token-invalid',
        'That is no token; one begins with hf_ and has no spaces.',
      );
    }
    await this.#store.write(token);
  }
}
