/** The model folders that the user added, kept in `folders.json` of Headlight's settings folder. */
import { mkdir, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';

import { ModelError } from '../../native-models/errors.ts';
import { writeAtomically } from '../host/atomic-write.ts';

export class Folders {
  readonly #file: string | null;
  #folders: string[] | null = null;

  /** @param settingsFolder where to keep the list; null keeps it in memory only */
  constructor(settingsFolder: string | null) {
    this.#file = settingsFolder === null ? null : path.join(settingsFolder, 'folders.json');
  }

  /** The folders in the order they were added. A missing or damaged file counts as an empty list. */
  async list(): Promise<readonly string[]> {
    this.#folders ??= await this.#read();
    return this.#folders;
  }

  /** Remembers `folder`; one that is known already stays where it is. */
  async add(folder: string): Promise<void> {
    const known = await this.list();
    if (known.includes(folder)) return;
    this.#folders = [...known, folder];
    if (this.#file === null) return;
    await mkdir(path.dirname(this.#file), { recursive: true });
    await writeAtomically(this.#file, JSON.stringify({ folders: this.#folders }, null, 2) + '\n');
  }

  async #read(): Promise<string[]> {
    if (this.#file === null) return [];
    try {
      const json: unknown = JSON.parse(await readFile(this.#file, 'utf8'));
      const folders: unknown = json !== null && typeof json === 'object' && 'folders' in json ? json.folders : [];
      return Array.isArray(folders) ? folders.filter((item): item is string => typeof item === 'string') : [];
    } catch {
      return [];
    }
  }
}

/**
 * What a user typed or chose as an existing folder's absolute path: `~` is the home folder, quotes and a trailing slash go.
 * @throws ModelError `bad-request` with reason `folder-not-absolute`, `not-found` with reason `folder-missing`
 */
export async function resolveFolder(typed: string): Promise<string> {
  const bare = typed.trim().replace(/^(["'])(.*)\1$/u, '$2');
  const expanded = bare === '~' || /^~[/\\]/u.test(bare) ? path.join(homedir(), bare.slice(1)) : bare;
  if (!path.isAbsolute(expanded)) {
    const message = `The folder's full path is needed, such as ${path.join(homedir(), 'models', 'gpt2')}; "${typed}" is not one.`;
    throw new ModelError('bad-request', 'folder-not-absolute', message, { folder: typed });
  }
  const folder = path.resolve(expanded);
  const found = await stat(folder).catch(() => null);
  if (!found?.isDirectory()) {
    const message =
      found === null ? `There is no folder ${folder}.` : `${folder} is a file; a model's folder is needed.`;
    throw new ModelError('not-found', 'folder-missing', message, { folder });
  }
  return folder;
}
