/** The model library as the window knows it: the cache, the hub's answers, and the downloads of the process behind it. */
import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import { ApiError } from '../../electron/api/index.ts';
import type { ApiFailure, Download, HubOverview, HubResult } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';

export interface LibraryState {
  /** null until the cache was read. */
  readonly overview: HubOverview | null;
  readonly downloads: readonly Download[];
  readonly search: HubSearch;
  /** What a button of the library could not do; null when all went well. */
  readonly failure: ApiFailure | null;
  /** The last thing that came to an end, for a sentence about it. */
  readonly ended: Ended | null;
}

export interface HubSearch {
  readonly status: 'none' | 'asking' | 'done' | 'failed';
  readonly results: readonly HubResult[];
  readonly failure: ApiFailure | null;
}

export type Ended =
  | { readonly kind: 'done'; readonly repo: string }
  | { readonly kind: 'failed'; readonly repo: string; readonly failure: ApiFailure }
  | { readonly kind: 'deleted'; readonly repo: string; readonly bytes: number };

const NO_SEARCH: HubSearch = { status: 'none', results: [], failure: null };

export class Library {
  readonly store: StoreApi<LibraryState>;
  readonly #client: Client;
  readonly #onModels: () => void;
  #searchSerial = 0;

  /** @param onModels called when the models on this machine are others than before */
  constructor(client: Client, onModels: () => void) {
    this.#client = client;
    this.#onModels = onModels;
    this.store = createStore<LibraryState>(() => ({
      overview: null,
      downloads: [],
      search: NO_SEARCH,
      failure: null,
      ended: null,
    }));
    client.on('downloads', ({ downloads }) => {
      this.#heard(downloads);
    });
    client.onConnection((state) => {
      if (state === 'open') void this.#hear();
    });
  }

  /** Reads the cache and the downloads; the dialog calls it when it opens. */
  async refresh(): Promise<void> {
    await this.#try(async () => this.#set({ overview: await this.#client.call('hub.overview', {}) }));
  }

  /** Searches by words; a text with a slash in it is looked up as a repository as well. The newest search wins. */
  async search(typed: string): Promise<void> {
    const text = typed.trim();
    const serial = ++this.#searchSerial;
    if (text === '') {
      this.#set({ search: NO_SEARCH });
      return;
    }
    this.#set({ search: { ...NO_SEARCH, status: 'asking' } });
    const search = await this.#asked(text);
    if (serial === this.#searchSerial) this.#set({ search });
  }

  async #asked(text: string): Promise<HubSearch> {
    try {
      const named = text.includes('/') ? [await this.#named(text)] : [];
      const found = text.includes('/') ? [] : await this.#client.call('hub.search', { query: text });
      return { status: 'done', results: [...named, ...found], failure: null };
    } catch (error) {
      return { status: 'failed', results: [], failure: asApiError(error).failure };
    }
  }

  /** One repository by its name; a revision that was typed stays part of it. @throws ApiError, also for one without weights to read */
  async #named(text: string): Promise<HubResult> {
    const { repo, family, license, gated, problem } = await this.#client.call('hub.info', { model: text });
    if (problem !== null) throw new ApiError(problem);
    const at = text.indexOf('@');
    return { repo: at < 0 ? repo : `${repo}${text.slice(at)}`, family, license, gated, downloads: 0 };
  }

  /** @param model `org/name` or `org/name@revision` */
  async fetch(model: string): Promise<void> {
    await this.#try(() => this.#client.call('hub.fetch', { model }));
  }

  async pause(id: string): Promise<void> {
    await this.#try(() => this.#client.call('hub.pause', { id }));
  }

  async resume(id: string): Promise<void> {
    await this.#try(() => this.#client.call('hub.resume', { id }));
  }

  async cancel(id: string): Promise<void> {
    await this.#try(() => this.#client.call('hub.cancel', { id }));
    await this.refresh();
  }

  async delete(repo: string): Promise<void> {
    await this.#try(async () => {
      const { freed } = await this.#client.call('hub.delete', { repo });
      for (const { id, state, repo: other } of this.store.getState().downloads) {
        if (other === repo && state === 'done') await this.#client.call('hub.cancel', { id });
      }
      this.#set({ ended: { kind: 'deleted', repo, bytes: freed } });
      this.#onModels();
    });
    await this.refresh();
  }

  /** Chooses another folder for the cache; null goes back to the usual one. @returns whether it was taken */
  async setFolder(folder: string | null): Promise<boolean> {
    return this.#try(async () => {
      this.#set({ overview: await this.#client.call('hub.setFolder', { folder }) });
      this.#onModels();
    });
  }

  /** Gives a token, or forgets it. @returns whether it was taken */
  async setToken(token: string | null): Promise<boolean> {
    return this.#try(async () => {
      const told = await this.#client.call('hub.setToken', { token });
      const { overview } = this.store.getState();
      if (overview !== null) this.#set({ overview: { ...overview, token: told } });
    });
  }

  async #hear(): Promise<void> {
    await this.#client.call('hub.downloads', {}).then(
      (downloads) => this.#heard(downloads),
      () => undefined,
    );
  }

  #heard(downloads: readonly Download[]): void {
    const before = new Map(this.store.getState().downloads.map((download) => [download.id, download.state]));
    this.#set({ downloads });
    for (const { id, repo, state, failure } of downloads) {
      const was = before.get(id);
      if (was === undefined || was === state) continue;
      if (state === 'failed' && failure !== null) this.#set({ ended: { kind: 'failed', repo, failure } });
      if (state !== 'done') continue;
      this.#set({ ended: { kind: 'done', repo } });
      this.#onModels();
      void this.refresh();
    }
  }

  async #try(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.#set({ failure: null });
      return true;
    } catch (error) {
      this.#set({ failure: asApiError(error).failure });
      return false;
    }
  }

  #set(change: Partial<LibraryState>): void {
    this.store.setState(change);
  }
}
