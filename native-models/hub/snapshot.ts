/** A snapshot's files as links to their blobs, and the refs that name its commit; moved or copied where a disk has no symlinks. */
import { copyFile, lstat, mkdir, readFile, readlink, rename, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { randomUUID } from 'node:crypto';
import type { HubFile } from './api.ts';
import { isCommit } from './layout.ts';
import type { RepoFolders } from './layout.ts';

export type MakeLink = (target: string, path: string) => Promise<void>;

export const makeSymlink: MakeLink = (target, path) => symlink(target, path, 'file');

/**
 * Gives `file` its name in the snapshot of `commit`. Where there are no symlinks, a blob that was just fetched is moved there and an older
 * one is copied, as huggingface_hub does.
 */
export async function linkFile(
  folders: RepoFolders,
  commit: string,
  file: HubFile,
  { fresh, makeLink = makeSymlink }: { fresh: boolean; makeLink?: MakeLink },
): Promise<void> {
  const pointer = join(folders.snapshots, commit, ...file.path.split('/'));
  const blob = join(folders.blobs, file.oid);
  await mkdir(dirname(pointer), { recursive: true });
  const target = relative(dirname(pointer), blob);
  if ((await readlink(pointer).catch(() => null)) === target) return;
  const draft = `${pointer}.${randomUUID()}.incomplete`;
  try {
    await makeLink(target, draft).catch(async (error: unknown) => {
      if (!NO_SYMLINKS.has(error instanceof Error && 'code' in error ? String(error.code) : '')) throw error;
      if (fresh) await rename(blob, draft);
      else await copyFile(blob, draft);
    });
    await rename(draft, pointer);
  } finally {
    await rm(draft, { force: true });
  }
}

const NO_SYMLINKS: ReadonlySet<string> = new Set([
  'EPERM',
  'EACCES',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EINVAL',
  'UNKNOWN',
]);

/** Remembers which commit a branch or tag is; a commit needs no ref. */
export async function writeRef(folders: RepoFolders, revision: string, commit: string): Promise<void> {
  if (isCommit(revision)) return;
  const file = join(folders.refs, ...revision.split('/'));
  await mkdir(dirname(file), { recursive: true });
  if ((await readFile(file, 'utf8').catch(() => '')).trim() === commit) return;
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, commit, { flag: 'wx' });
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** Where the content of a file is: its blob, or the snapshot itself where that has no links; null when it is in neither. */
export async function contentPath(folders: RepoFolders, commit: string, file: HubFile): Promise<string | null> {
  const blob = join(folders.blobs, file.oid);
  if ((await stat(blob).catch(() => null))?.isFile() === true) return blob;
  const pointer = join(folders.snapshots, commit, ...file.path.split('/'));
  return (await lstat(pointer).catch(() => null))?.isFile() === true ? pointer : null;
}

/** Tells backup programs that the cache can be made again (https://bford.info/cachedir/), as huggingface_hub does. */
export async function tagCache(cacheFolder: string): Promise<void> {
  const text =
    'Signature: 8a477f597d28d172789f06886806bc55\n# This folder is a cache of the Hugging Face hub.\n# For information about cache directory tags see https://bford.info/cachedir/\n';
  await writeFile(join(cacheFolder, 'CACHEDIR.TAG'), text, { flag: 'wx' }).catch(() => undefined);
}
