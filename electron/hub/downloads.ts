/**
 * The downloads of this process: a few at a time, with pause and resume, remembered in the settings folder so that what was under way
 * when the app ended goes on at the next start.
 */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';

import { checkedRevision, discardPartials, fetchModel, RateMeter } from '../../native-models/hub/index.ts';
import type { Connection, FetchOptions, FetchProgress, RepoRevision } from '../../native-models/hub/index.ts';
import { ModelError } from '../../native-models/errors.ts';
import type { Download } from '../api/hub.ts';
import { writeAtomically } from '../host/atomic-write.ts';
import { toFailure } from '../host/failure.ts';

export interface DownloadsOptions {
  /** Where they are remembered; null keeps them in memory. */
  readonly settingsFolder: string | null;
  /** Asked at the beginning of each download: the user may choose another. */
  readonly cacheFolder: () => Promise<string>;
  readonly connect: () => Promise<Connection>;
  /** How many run at once. Default 2. */
  readonly parallel?: number;
  /** Milliseconds between two messages about bytes that came. Default 250. */
  readonly every?: number;
  readonly fetch?: (options: FetchOptions) => Promise<{ readonly commit: string }>;
}

type Listener = (downloads: Download[]) => void;

interface Job {
  shown: Download;
  meter: RateMeter;
  /** Not null while it runs; resolves when it has let go of its files. */
  running: { readonly stop: AbortController; readonly ended: Promise<void> } | null;
}

const NOT_BEGUN = {
  stage: null,
  file: null,
  bytes: 0,
  total: 0,
  bytesPerSecond: null,
  secondsLeft: null,
  failure: null,
  commit: null,
} as const;
const MAX_REMEMBERED = 100;

export class Downloads {
  readonly #options: DownloadsOptions;
  readonly #file: string | null;
  readonly #jobs = new Map<string, Job>();
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | null = null;
  #saving: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: DownloadsOptions) {
    this.#options = options;
    this.#file = options.settingsFolder === null ? null : path.join(options.settingsFolder, 'downloads.json');
  }

  list(): Download[] {
    return [...this.#jobs.values()].map(({ shown }) => shown);
  }

  /** Calls `listener` for every change; returns a function that ends it. */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes up what an earlier process left: what ran goes on, what was paused stays so. A damaged file counts as none. */
  async restore(): Promise<void> {
    for (const { repo, revision, paused } of await this.#remembered()) {
      if (!this.#jobs.has(idOf(repo, revision))) this.#add({ repo, revision }, paused ? 'paused' : 'queued');
    }
    this.#tell();
    this.#next();
  }

  /** Begins a download; one of the same model that is there goes on. */
  start(asked: RepoRevision): Download {
    const id = idOf(asked.repo, asked.revision);
    const known = this.#jobs.get(id);
    if (known !== undefined && known.shown.state !== 'done') this.resume(id);
    else this.#add(asked, 'queued');
    this.#changed();
    return this.#job(id).shown;
  }

  /** @throws ModelError 'not-found' `hub-no-download`, as do `resume` and `cancel` */
  pause(id: string): void {
    const job = this.#job(id);
    if (job.shown.state !== 'queued' && job.shown.state !== 'running') return;
    this.#show(job, { state: 'paused', stage: null, bytesPerSecond: null, secondsLeft: null });
    job.running?.stop.abort(new Error('paused'));
    this.#changed();
  }

  resume(id: string): void {
    const job = this.#job(id);
    if (job.shown.state !== 'paused' && job.shown.state !== 'failed') return;
    job.meter = new RateMeter();
    this.#show(job, { state: 'queued', failure: null });
    this.#changed();
  }

  /** Ends it and removes what came; resolves when that is done. */
  async cancel(id: string): Promise<void> {
    const job = this.#job(id);
    const isDone = job.shown.state === 'done';
    this.#jobs.delete(id);
    job.running?.stop.abort(new Error('cancelled'));
    this.#changed();
    await job.running?.ended;
    const { repo } = job.shown;
    const others = [...this.#jobs.values()].some(({ shown }) => shown.repo === repo);
    if (!isDone && !others) await discardPartials(await this.#options.cacheFolder(), repo);
  }

  /** Ends every transfer; what is remembered goes on at the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const running = [...this.#jobs.values()].flatMap(({ running: each }) => (each === null ? [] : [each]));
    for (const { stop } of running) stop.abort(new Error('stopped'));
    await Promise.all(running.map(({ ended }) => ended));
    await this.#saving;
  }

  #job(id: string): Job {
    const job = this.#jobs.get(id);
    if (job !== undefined) return job;
    throw new ModelError('not-found', 'hub-no-download', `There is no download of ${id.slice(0, 200)}.`);
  }

  #add({ repo, revision }: RepoRevision, state: 'queued' | 'paused'): void {
    const id = idOf(repo, revision);
    this.#jobs.set(id, { shown: { ...NOT_BEGUN, id, repo, revision, state }, meter: new RateMeter(), running: null });
  }

  #next(): void {
    const jobs = [...this.#jobs.values()];
    let free = (this.#options.parallel ?? 2) - jobs.filter(({ running }) => running !== null).length;
    for (const job of jobs) {
      if (this.#stopped || free <= 0) return;
      // One that was paused and taken up again at once waits until its files are free.
      if (job.shown.state !== 'queued' || job.running !== null) continue;
      const stop = new AbortController();
      this.#show(job, { state: 'running', stage: 'resolving' });
      job.running = { stop, ended: this.#run(job, stop.signal) };
      free -= 1;
    }
  }

  async #run(job: Job, signal: AbortSignal): Promise<void> {
    const { repo, revision } = job.shown;
    const { connect, fetch = fetchModel } = this.#options;
    let outcome: Partial<Download>;
    try {
      const cacheFolder = await this.#options.cacheFolder();
      const connection = await connect();
      try {
        const onProgress = (progress: FetchProgress): void => {
          if (!signal.aborted) this.#progress(job, progress);
        };
        const { commit } = await fetch({ repo, revision, cacheFolder, connection, signal, onProgress });
        outcome = { state: 'done', bytes: job.shown.total, commit };
      } finally {
        await connection.close();
      }
    } catch (error) {
      outcome = { state: 'failed', failure: toFailure(error) };
    }
    job.running = null;
    if (!signal.aborted) this.#show(job, { ...outcome, stage: null, bytesPerSecond: null, secondsLeft: null });
    if (!this.#stopped) this.#changed();
  }

  #progress(job: Job, { stage, bytes, total, file }: FetchProgress): void {
    const isNew = job.shown.stage !== stage;
    const rate =
      stage === 'downloading' ? job.meter.measure(bytes, total) : { bytesPerSecond: null, secondsLeft: null };
    // While the hub is asked again, what was known stays on show.
    const known = total === 0 && job.shown.total > 0 ? {} : { bytes, total };
    this.#show(job, { stage, file, ...known, ...rate });
    if (isNew) this.#tell();
    else this.#timer ??= setTimeout(() => this.#tell(), this.#options.every ?? 250);
  }

  #show(job: Job, change: Partial<Download>): void {
    job.shown = { ...job.shown, ...change };
  }

  #changed(): void {
    this.#next();
    this.#tell();
    this.#save();
  }

  #tell(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const list = this.list();
    for (const listener of this.#listeners) listener(list);
  }

  #save(): void {
    const file = this.#file;
    if (file === null) return;
    const downloads = this.list()
      .filter(({ state }) => state !== 'done')
      .map(({ repo, revision, state }) => ({ repo, revision, paused: state === 'paused' || state === 'failed' }));
    // A list that cannot be kept is no reason to stop a download.
    this.#saving = this.#saving
      .then(() => mkdir(path.dirname(file), { recursive: true }))
      .then(() => writeAtomically(file, `${JSON.stringify({ downloads }, null, 2)}\n`))
      .catch(() => undefined);
  }

  async #remembered(): Promise<(RepoRevision & { readonly paused: boolean })[]> {
    if (this.#file === null) return [];
    try {
      const json: unknown = JSON.parse(await readFile(this.#file, 'utf8'));
      const list: unknown = typeof json === 'object' && json !== null && 'downloads' in json ? json.downloads : [];
      return (Array.isArray(list) ? (list as unknown[]) : []).slice(0, MAX_REMEMBERED).flatMap(rememberedOne);
    } catch {
      return [];
    }
  }
}

function rememberedOne(item: unknown): (RepoRevision & { readonly paused: boolean })[] {
  if (typeof item !== 'object' || item === null || !('repo' in item) || !('revision' in item)) return [];
  try {
    const asked = checkedRevision(String(item.repo), String(item.revision));
    return [{ ...asked, paused: 'paused' in item && item.paused === true }];
  } catch {
    return [];
  }
}

function idOf(repo: string, revision: string): string {
  return `${repo}@${revision}`;
}
