/** Where models lie on this machine: beside this module, in the Hugging Face cache, in folders the user named. */
import { readFile, readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFile, isFolder } from '../checkpoint/files.ts';
import { expand } from '../hub/environment.ts';
import type { Environment } from '../hub/environment.ts';
import { isRefName, repositoryId, REPOSITORY_PREFIX } from '../hub/layout.ts';
import type { ModelEntry } from '../types.ts';

/** A place that may hold a model. `folders` are its revisions, best first; at least one. */
export interface Place {
  readonly id: string;
  readonly name: string;
  readonly source: ModelEntry['source'];
  readonly folders: readonly [Revision, ...Revision[]];
}

export interface Revision {
  readonly folder: string;
  /** Commit of a Hugging Face snapshot, else null. */
  readonly revision: string | null;
}

/** Names the folder of bundled models where they do not lie beside this module (a packaged app). */
export const BUNDLED_VARIABLE = 'HEADLIGHT_BUNDLED_MODELS';
const MAX_CHILDREN = 500;

/** The folder of the models that ship with the app. */
export function bundledFolder(env: Environment): string {
  const named = env[BUNDLED_VARIABLE];
  if (named !== undefined && named !== '') return resolve(named);
  return join(dirname(fileURLToPath(import.meta.url)), '..', 'bundled');
}

/** Bundled models: one a folder. A folder without a config.json is none. */
export async function bundledPlaces(folder: string): Promise<Place[]> {
  const names = await children(folder);
  const places = await Promise.all(
    names.map(async (name): Promise<Place[]> => {
      const path = join(folder, name);
      if (!(await isFile(join(path, 'config.json')))) return [];
      return [{ id: name, name, source: 'bundled', folders: [{ folder: path, revision: null }] }];
    }),
  );
  return places.flat();
}

/** Models of a hub cache: `models--org--name` with at least one snapshot. */
export async function huggingFacePlaces(hub: string): Promise<Place[]> {
  const names = (await children(hub)).filter((name) => name.startsWith(REPOSITORY_PREFIX));
  const places = await Promise.all(names.map((name) => repositoryPlace(join(hub, name))));
  return places.filter((place) => place !== null);
}

/**
 * What a folder of the user's holds: the folder itself when it is a model, a cached repository, or the models inside it (one level
 * down, or a hub cache). A folder without any model is one place, so that the list can say what is wrong with it.
 */
export async function userPlaces(given: string, env: Environment): Promise<Place[]> {
  const folder = expand(given, env);
  if (await isModel(folder)) return [await folderPlace(folder)];
  const inside: Place[] = [];
  for (const name of (await children(folder)).slice(0, MAX_CHILDREN)) {
    const child = join(folder, name);
    if (await isModel(child)) inside.push(await folderPlace(child));
  }
  return inside.length > 0 ? inside : [await folderPlace(folder)];
}

async function isModel(folder: string): Promise<boolean> {
  return (await isFile(join(folder, 'config.json'))) || (await repositoryPlace(folder)) !== null;
}

/** The place of one folder: a repository of a hub cache, one snapshot of it, or any other folder. */
export async function folderPlace(folder: string): Promise<Place> {
  const repository = await repositoryPlace(folder);
  if (repository !== null) return repository;
  const owner = basename(dirname(dirname(folder)));
  const isSnapshot = basename(dirname(folder)) === 'snapshots' && owner.startsWith(REPOSITORY_PREFIX);
  const name = isSnapshot ? repositoryId(owner) : basename(folder);
  const revision = isSnapshot ? basename(folder) : null;
  return { id: folder, name, source: 'folder', folders: [{ folder, revision }] };
}

/** A hub cache's `models--org--name`, or null when it is none or nothing of it was downloaded. */
async function repositoryPlace(folder: string): Promise<Place | null> {
  const name = basename(folder);
  if (!name.startsWith(REPOSITORY_PREFIX)) return null;
  const [first, ...others] = await snapshots(folder);
  if (first === undefined) return null;
  const id = repositoryId(name);
  return { id, name: id, source: 'huggingface', folders: [first, ...others] };
}

/** Snapshots of a repository: the one that refs/main names, then the others, newest first. */
async function snapshots(repository: string): Promise<Revision[]> {
  const main = await readFile(join(repository, 'refs', 'main'), 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
  const found = await Promise.all(
    (await children(join(repository, 'snapshots'))).map(async (revision) => {
      const folder = join(repository, 'snapshots', revision);
      const time = await stat(folder).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
      return { folder, revision, time: revision === main ? Infinity : time };
    }),
  );
  const inOrder = found.sort((a, b) => (a.time === b.time ? 0 : b.time - a.time));
  return inOrder.map(({ folder, revision }) => ({ folder, revision }));
}

/** The commit that a branch or tag of a cached repository names; null for one that it has not. */
export async function commitOfRef(place: Place, ref: string): Promise<string | null> {
  if (!isRefName(ref)) return null;
  const repository = dirname(dirname(place.folders[0].folder));
  return readFile(join(repository, 'refs', ...ref.split('/')), 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}

/** Names of the folders in a folder, sorted; none when it cannot be read. */
async function children(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  const kept: string[] = [];
  for (const name of names.sort()) if (!name.startsWith('.') && (await isFolder(join(folder, name)))) kept.push(name);
  return kept;
}
