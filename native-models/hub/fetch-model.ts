/** The driver of a download: which commit, which files, is there room, fetch each, link them, remember the ref. */
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeModel } from './api.ts';
import type { HubFile, HubModel } from './api.ts';
import { fetchBlob, isVerified } from './blob.ts';
import { diskFault } from './faults.ts';
import type { Connection } from './http.ts';
import { checkedRevision, PARTIAL_SUFFIX, repoFolders } from './layout.ts';
import type { RepoFolders } from './layout.ts';
import { takeLock } from './lock.ts';
import type { Lock } from './lock.ts';
import { contentPath, linkFile, makeSymlink, tagCache, writeRef } from './snapshot.ts';
import type { MakeLink } from './snapshot.ts';
import { assertSpace, freeBytes } from './space.ts';
import type { FreeBytes } from './space.ts';
import { wantedFiles } from './wanted.ts';

/** `waiting`: another process fetches the same repository; `checking`: what is here already is read through its hash. */
export type FetchStage = 'resolving' | 'waiting' | 'checking' | 'downloading' | 'linking';

export interface FetchProgress {
  readonly stage: FetchStage;
  /** Bytes that are here, and bytes in all; 0 while the files are not known. */
  readonly bytes: number;
  readonly total: number;
  /** The file that is worked on; null before there is one. */
  readonly file: string | null;
}

export interface FetchOptions {
  readonly repo: string;
  readonly revision: string;
  readonly cacheFolder: string;
  readonly connection: Connection;
  /** Stops the download; what came so far stays for the next time. */
  readonly signal: AbortSignal;
  onProgress?(progress: FetchProgress): void;
  /** For tests: a disk that is full, a system without symlinks. */
  readonly free?: FreeBytes;
  readonly makeLink?: MakeLink;
}

export interface FetchedModel {
  readonly repo: string;
  readonly commit: string;
  /** The snapshot's folder. */
  readonly folder: string;
  readonly files: readonly HubFile[];
  readonly bytes: number;
  /** Bytes that were fetched now; 0 when everything was here. */
  readonly fetched: number;
}

interface Job {
  readonly options: FetchOptions;
  readonly model: HubModel;
  readonly files: readonly HubFile[];
  readonly folders: RepoFolders;
  readonly total: number;
  readonly lock: Lock;
  /** Bytes of files that are done. */
  done: number;
}

/**
 * Brings a model of the hub into the cache. A file gets its name in the snapshot only when every file has been checked against the
 * hub's hash.
 *
 * @throws ModelError as describeModel, wantedFiles and fetchBlob; 'disk' `disk-space`, `disk-full`, `disk-refused`; the signal's reason
 */
export async function fetchModel(options: FetchOptions): Promise<FetchedModel> {
  const { repo, revision, cacheFolder, connection, signal } = options;
  checkedRevision(repo, revision);
  options.onProgress?.({ stage: 'resolving', bytes: 0, total: 0, file: null });
  const model = await describeModel(connection, { repo, revision }, signal);
  const files = wantedFiles(model.repo, model.files);
  const folders = repoFolders(cacheFolder, model.repo);
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  try {
    await mkdir(folders.blobs, { recursive: true });
    await tagCache(cacheFolder);
    const onWait = (): void => options.onProgress?.({ stage: 'waiting', bytes: 0, total, file: null });
    const lock = await takeLock(folders.lock, { signal, wait: connection.wait, onWait });
    try {
      const fetched = await fetchFiles({ options, model, files, folders, total, lock, done: 0 });
      await writeRef(folders, revision, model.commit);
      return {
        repo: model.repo,
        commit: model.commit,
        folder: join(folders.snapshots, model.commit),
        files,
        bytes: total,
        fetched,
      };
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw diskFault(error, folders.root);
  }
}

/** @returns bytes that were fetched */
async function fetchFiles(job: Job): Promise<number> {
  const { options, model, files, folders, total } = job;
  const missing = await missingFiles(job);
  const needed = await bytesToFetch(folders, missing);
  await assertSpace(folders.root, needed, options.free ?? freeBytes);
  for (const file of missing) await fetchFile(job, file);
  options.signal.throwIfAborted();
  options.onProgress?.({ stage: 'linking', bytes: total, total, file: null });
  const fresh = new Set(missing);
  const link = { makeLink: options.makeLink ?? makeSymlink };
  // config.json last: a folder without it is no model yet.
  const isConfig = ({ path }: HubFile): boolean => path === 'config.json';
  for (const file of [...files].sort((a, b) => Number(isConfig(a)) - Number(isConfig(b)))) {
    await job.lock.assertHeld();
    if ((await contentPath(folders, model.commit, file)) === join(folders.blobs, file.oid)) {
      await linkFile(folders, model.commit, file, { ...link, fresh: fresh.has(file) });
    }
  }
  return needed;
}

/** The files whose content is not here, or is not what the hub says: each is read through its hash once. */
async function missingFiles(job: Job): Promise<HubFile[]> {
  const { options, model, files, folders, total } = job;
  const missing: HubFile[] = [];
  for (const file of files) {
    const path = await contentPath(folders, model.commit, file);
    if (path !== null) options.onProgress?.({ stage: 'checking', bytes: job.done, total, file: file.path });
    if (path !== null && (await isVerified(path, file, options.signal))) job.done += file.bytes;
    else missing.push(file);
    if (path !== null && missing.at(-1) === file) await rm(path, { force: true });
  }
  return missing;
}

async function bytesToFetch(folders: RepoFolders, files: readonly HubFile[]): Promise<number> {
  let needed = 0;
  for (const { oid, bytes } of files) {
    const here = await stat(join(folders.blobs, oid + PARTIAL_SUFFIX)).catch(() => null);
    needed += here === null || here.size > bytes ? bytes : bytes - here.size;
  }
  return needed;
}

async function fetchFile(job: Job, file: HubFile): Promise<void> {
  const { options, model, folders, total, lock } = job;
  const blob = join(folders.blobs, file.oid);
  const name = file.path.split('/').map(encodeURIComponent).join('/');
  // Two paths of one content share a blob.
  if ((await stat(blob).catch(() => null)) === null) {
    await fetchBlob({
      connection: options.connection,
      file,
      path: `/${model.repo}/resolve/${model.commit}/${name}`,
      what: `${model.repo}/${file.path}`,
      repo: model.repo,
      partial: blob + PARTIAL_SUFFIX,
      blob,
      signal: options.signal,
      onBytes: (bytes) =>
        options.onProgress?.({ stage: 'downloading', bytes: job.done + bytes, total, file: file.path }),
      assertHeld: () => lock.assertHeld(),
    });
  }
  job.done += file.bytes;
}
