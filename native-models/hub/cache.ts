/** What is in the hub cache, with its size on the disk, and taking it out again. */
import { lstat, readdir, readFile, readlink, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ModelError } from '../errors.ts';
import { diskFault } from './faults.ts';
import { assertRepo, isCommit, PARTIAL_SUFFIX, repoFolders, repositoryId, REPOSITORY_PREFIX } from './layout.ts';
import type { RepoFolders } from './layout.ts';
import { tryLock } from './lock.ts';

export interface CachedRevision {
  readonly commit: string;
  /** Branches and tags that name it. */
  readonly refs: readonly string[];
  readonly folder: string;
  readonly files: number;
  /** Size of its files; what it shares with other revisions counts in each. */
  readonly bytes: number;
  /** Bytes that deleting it frees. */
  readonly ownBytes: number;
  /** True when it has a config and safetensors weights. */
  readonly isModel: boolean;
}

export interface CachedRepo {
  readonly repo: string;
  readonly folder: string;
  /** Everything of it on the disk, once. */
  readonly bytes: number;
  /** Of that, what downloads that did not end have left. */
  readonly partialBytes: number;
  /** Newest first. */
  readonly revisions: readonly CachedRevision[];
}

interface FoundFile {
  readonly path: string;
  /** The blob that it leads to, or itself. */
  readonly content: string;
  readonly bytes: number;
}

/** Every model repository of the cache, largest first. Never throws for what it finds. */
export async function scanCache(cacheFolder: string): Promise<CachedRepo[]> {
  const names = await readdir(cacheFolder).catch(() => [] as string[]);
  const repos: CachedRepo[] = [];
  for (const name of names.filter((each) => each.startsWith(REPOSITORY_PREFIX))) {
    const repo = await scanRepo(cacheFolder, repositoryId(name)).catch(() => null);
    if (repo !== null && (repo.bytes > 0 || repo.revisions.length > 0)) repos.push(repo);
  }
  return repos.sort((a, b) => b.bytes - a.bytes);
}

/** One repository of the cache. @throws ModelError 'bad-request' `hub-repo-invalid` */
export async function scanRepo(cacheFolder: string, repo: string): Promise<CachedRepo> {
  const folders = repoFolders(cacheFolder, repo);
  const refs = await readRefs(folders.refs);
  const commits = (await readdir(folders.snapshots).catch(() => [] as string[])).filter(isCommit);
  const found = new Map<string, FoundFile[]>();
  for (const commit of commits) found.set(commit, await filesBelow(join(folders.snapshots, commit)));
  const blobs = await filesBelow(folders.blobs);
  const sizes = new Map(blobs.map(({ content, bytes }) => [content, bytes]));
  for (const { content, bytes } of [...found.values()].flat()) sizes.set(content, bytes);
  const times = new Map<string, number>();
  for (const commit of commits) times.set(commit, (await stat(join(folders.snapshots, commit))).mtimeMs);
  return {
    repo,
    folder: folders.root,
    bytes: sum(sizes.values()),
    partialBytes: sum(blobs.filter(({ path }) => path.endsWith('.incomplete')).map(({ bytes }) => bytes)),
    revisions: commits
      .sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0))
      .map((commit) => describeRevision(folders, commit, found, refs)),
  };
}

/**
 * Takes a repository, or one revision of it, out of the cache; blobs that another revision uses stay.
 *
 * @returns bytes that were freed
 * @throws ModelError 'not-found' `hub-not-cached`, 'bad-request' `hub-in-use` while it is being fetched, 'disk' `disk-refused`
 */
export async function deleteCached(cacheFolder: string, repo: string, commit: string | null = null): Promise<number> {
  assertRepo(repo);
  const folders = repoFolders(cacheFolder, repo);
  const before = await scanRepo(cacheFolder, repo);
  const isThere = commit === null ? before.bytes > 0 || before.revisions.length > 0 : hasRevision(before, commit);
  if (!isThere) {
    const message = `${repo}${commit === null ? '' : `@${commit.slice(0, 12)}`} is not in the hub cache.`;
    throw new ModelError('not-found', 'hub-not-cached', message, { repo });
  }
  const lock = await tryLock(folders.lock);
  if (lock === null) {
    throw new ModelError('bad-request', 'hub-in-use', `${repo} is being fetched; stop that first.`, { repo });
  }
  try {
    if (commit === null || before.revisions.every((revision) => revision.commit === commit)) await removeRepo(folders);
    else await removeRevision(folders, commit);
  } catch (error) {
    throw diskFault(error, folders.root);
  } finally {
    await lock.release();
  }
  const after = await scanRepo(cacheFolder, repo);
  return before.bytes - after.bytes;
}

/** Removes what downloads of a repository that did not end have left here; all of it when there is no snapshot that could need any. */
export async function discardPartials(cacheFolder: string, repo: string): Promise<void> {
  const folders = repoFolders(cacheFolder, repo);
  const lock = await tryLock(folders.lock);
  // Another process goes on with them.
  if (lock === null) return;
  try {
    for (const { path } of await filesBelow(folders.blobs))
      if (path.endsWith(PARTIAL_SUFFIX)) await rm(path, { force: true });
    const { revisions } = await scanRepo(cacheFolder, repo);
    if (revisions.length === 0) await removeRepo(folders);
  } catch (error) {
    throw diskFault(error, folders.root);
  } finally {
    await lock.release();
  }
}

function hasRevision({ revisions }: CachedRepo, commit: string): boolean {
  return revisions.some((revision) => revision.commit === commit);
}

/** Snapshots and refs go first: what is half deleted must not look like a whole model. */
async function removeRepo(folders: RepoFolders): Promise<void> {
  for (const folder of [folders.refs, folders.snapshots]) await rm(folder, { recursive: true, force: true });
  await rm(folders.root, { recursive: true, force: true });
}

async function removeRevision(folders: RepoFolders, commit: string): Promise<void> {
  const snapshot = join(folders.snapshots, commit);
  const mine = await filesBelow(snapshot);
  const others = await filesBelow(folders.snapshots);
  const kept = new Set(others.filter(({ path }) => !path.startsWith(snapshot + sep)).map(({ content }) => content));
  for (const [ref, target] of await readRefs(folders.refs)) {
    if (target === commit) await rm(join(folders.refs, ...ref.split('/')), { force: true });
  }
  await rm(snapshot, { recursive: true, force: true });
  await rm(join(folders.root, '.no_exist', commit), { recursive: true, force: true });
  for (const { content } of mine) {
    if (!kept.has(content) && dirname(content) === folders.blobs) await rm(content, { force: true });
  }
}

function describeRevision(
  folders: RepoFolders,
  commit: string,
  found: ReadonlyMap<string, readonly FoundFile[]>,
  refs: ReadonlyMap<string, string>,
): CachedRevision {
  const folder = join(folders.snapshots, commit);
  const files = found.get(commit) ?? [];
  const elsewhere = new Set(
    [...found].filter(([other]) => other !== commit).flatMap(([, theirs]) => theirs.map(({ content }) => content)),
  );
  const once = new Map(files.map(({ content, bytes }) => [content, bytes]));
  const names = new Set(files.map(({ path }) => relative(folder, path)));
  return {
    commit,
    refs: [...refs].filter(([, target]) => target === commit).map(([name]) => name),
    folder,
    files: files.length,
    bytes: sum(once.values()),
    ownBytes: sum([...once].filter(([content]) => !elsewhere.has(content)).map(([, bytes]) => bytes)),
    isModel: names.has('config.json') && [...names].some((name) => name.endsWith('.safetensors')),
  };
}

/** Branch or tag → commit. */
async function readRefs(folder: string): Promise<Map<string, string>> {
  const refs = new Map<string, string>();
  for (const { path } of await filesBelow(folder)) {
    const commit = (await readFile(path, 'utf8').catch(() => '')).trim();
    if (isCommit(commit)) refs.set(relative(folder, path).split(sep).join('/'), commit);
  }
  return refs;
}

/** Files below a folder, at most 8 levels deep; a link that leads nowhere is none. */
async function filesBelow(folder: string, depth = 8): Promise<FoundFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const files: FoundFile[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && depth > 1) files.push(...(await filesBelow(path, depth - 1)));
    else if (entry.isFile()) files.push({ path, content: path, bytes: (await lstat(path)).size });
    else if (entry.isSymbolicLink()) {
      const facts = await stat(path).catch(() => null);
      if (facts?.isFile() !== true) continue;
      files.push({ path, content: resolve(folder, await readlink(path)), bytes: facts.size });
    }
  }
  return files;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
