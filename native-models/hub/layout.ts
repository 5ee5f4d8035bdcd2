/** How a hub cache lies on disk: huggingface_hub's `models--org--name/{blobs,refs,snapshots}`, and which names may go into a path. */
import { join } from 'node:path';
import { ModelError } from '../errors.ts';

export const REPOSITORY_PREFIX = 'models--';
/** What a download has so far; of our own name, because huggingface_hub writes its own beside it. */
export const PARTIAL_SUFFIX = '.headlight.incomplete';

/** A repository and what of it is wanted: a branch, a tag, or a commit of 40 hexadecimal digits. */
export interface RepoRevision {
  readonly repo: string;
  readonly revision: string;
}

/** The folders and files of one repository in the cache. */
export interface RepoFolders {
  readonly root: string;
  readonly blobs: string;
  readonly refs: string;
  readonly snapshots: string;
  readonly lock: string;
}

/** `org/name`, `org/name@revision`, or a page's address on the hub (`https://huggingface.co/org/name/tree/revision`). */
export function parseRepo(typed: string): RepoRevision {
  const text = typed
    .trim()
    .replace(/^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\//iu, '')
    .replace(/\/$/u, '');
  const page = /^([^/@]+\/[^/@]+)\/(?:tree|blob)\/([^/]+)(?:\/.*)?$/u.exec(text);
  if (page !== null) return checkedRevision(page[1] ?? '', decodeURIComponent(page[2] ?? ''));
  const at = text.indexOf('@');
  return at < 0 ? checkedRevision(text, 'main') : checkedRevision(text.slice(0, at), text.slice(at + 1));
}

/** @throws ModelError 'bad-request' `hub-repo-invalid` or `hub-revision-invalid` */
export function checkedRevision(repo: string, revision: string): RepoRevision {
  assertRepo(repo);
  if (!isRefName(revision)) {
    const message = `"${shown(revision)}" is no revision; expected a branch, a tag, or a commit of 40 hexadecimal digits.`;
    throw new ModelError('bad-request', 'hub-revision-invalid', message, { revision: shown(revision) });
  }
  return { repo, revision };
}

/** @throws ModelError 'bad-request' `hub-repo-invalid` for what is no `name` or `organisation/name` */
export function assertRepo(repo: string): void {
  const parts = repo.split('/');
  const sound = parts.every((part) => /^[A-Za-z0-9_](?:[\w.-]{0,94}[A-Za-z0-9_])?$/u.test(part));
  if (sound && parts.length <= 2 && repo.length <= 96 && !/--|\.\.|\.git$/u.test(repo)) return;
  const message = `"${shown(repo)}" is no repository of the hub; expected organisation/name, such as openai-community/gpt2.`;
  throw new ModelError('bad-request', 'hub-repo-invalid', message, { repo: shown(repo) });
}

export function isCommit(text: string): boolean {
  return /^[0-9a-f]{40}$/u.test(text);
}

/** True for what may be a file's name below refs: git's rules, and no part that would lead out of the folder. */
export function isRefName(text: string): boolean {
  const parts = text.split('/');
  return text.length <= 200 && parts.every((part) => /^[\w.+=-]+$/u.test(part) && !/^\.|\.\.|\.lock$|\.$/u.test(part));
}

/** True for a path inside a snapshot: relative, no part that leads out of it, nothing that Windows reads otherwise. */
export function isSafePath(path: string): boolean {
  const parts = path.split('/');
  return (
    path.length <= 500 &&
    parts.length <= 20 &&
    parts.every((part) => /^[^\\:*?"<>|\p{Cc}]{1,255}$/u.test(part) && !/^\.{1,2}$|[ .]$/u.test(part))
  );
}

/** Name of a repository's folder: `models--openai-community--gpt2`. */
export function repositoryFolder(repo: string): string {
  return `${REPOSITORY_PREFIX}${repo.replaceAll('/', '--')}`;
}

/** The repository of a folder's name. */
export function repositoryId(folderName: string): string {
  return folderName.slice(REPOSITORY_PREFIX.length).replaceAll('--', '/');
}

export function repoFolders(cacheFolder: string, repo: string): RepoFolders {
  assertRepo(repo);
  const name = repositoryFolder(repo);
  const root = join(cacheFolder, name);
  return {
    root,
    blobs: join(root, 'blobs'),
    refs: join(root, 'refs'),
    snapshots: join(root, 'snapshots'),
    lock: join(cacheFolder, '.locks', name, 'headlight.lock'),
  };
}

function shown(text: string): string {
  return text.replace(/\p{C}/gu, '�').slice(0, 120);
}
