/** Reading files of a model folder, with errors that a user can act on. */
import { constants } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { ModelError } from '../errors.ts';

/** The sets of files that a tokenizer can be made from, in order of preference. */
export const TOKENIZER_FILES = [['tokenizer.json'], ['vocab.txt'], ['vocab.json', 'merges.txt']] as const;
export type TokenizerFiles = (typeof TOKENIZER_FILES)[number];
/** The same in words. */
export const TOKENIZER_EXPECTED = TOKENIZER_FILES.map((names) => names.join(' with ')).join(' or ');

/** The first set of which `folder` has every file; null where it has no tokenizer. */
export async function tokenizerFiles(folder: string): Promise<TokenizerFiles | null> {
  for (const names of TOKENIZER_FILES) {
    const found = await Promise.all(names.map((name) => isFile(join(folder, name))));
    if (found.every(Boolean)) return names;
  }
  return null;
}

/** True when `path` is a readable regular file (a symlink that leads to one counts). */
export async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

/** True when `path` is a folder (a symlink that leads to one counts). */
export async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Opens a regular file for reading, runs `use` and closes it.
 *
 * @throws ModelError 'bad-model' `file-unreadable` when it is missing, not a regular file, or cannot be read
 */
export async function withFile<T>(path: string, use: (file: FileHandle, size: number) => Promise<T>): Promise<T> {
  let file: FileHandle | null = null;
  try {
    // O_NONBLOCK: opening a named pipe that nobody writes to must not wait. (Windows has no such flag.)
    file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const facts = await file.stat();
    if (!facts.isFile()) throw new ModelError('bad-model', 'file-unreadable', `${path} is not a file.`, { file: path });
    return await use(file, facts.size);
  } catch (error) {
    throw asModelError(error, path);
  } finally {
    await file?.close();
  }
}

/** All bytes of a file of at most `maxBytes`. Throws ModelError `file-unreadable` or `file-too-large`. */
export async function readSmallFile(path: string, maxBytes: number): Promise<Uint8Array> {
  return withFile(path, async (file, size) => {
    if (size > maxBytes) {
      const message = `${path} has ${size} bytes; expected at most ${maxBytes}.`;
      throw new ModelError('bad-model', 'file-too-large', message, { file: path, bytes: size, limit: maxBytes });
    }
    return readBytes(file, path, 0, size);
  });
}

/** `length` bytes from byte `start` on. Throws ModelError `file-truncated` when the file ends before. */
export async function readBytes(file: FileHandle, path: string, start: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await file.read(bytes, filled, length - filled, start + filled);
    if (bytesRead === 0) {
      const message = `${path} ends after ${start + filled} bytes; expected at least ${start + length}.`;
      throw new ModelError('bad-model', 'file-truncated', message, { file: path });
    }
    filled += bytesRead;
  }
  return bytes;
}

/** The path with every symlink resolved. Throws ModelError `file-unreadable` when the link leads nowhere. */
export async function resolveFile(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    throw asModelError(error, path);
  }
}

function asModelError(error: unknown, path: string): ModelError {
  if (error instanceof ModelError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const why = FILE_FAULTS.get(code) ?? (error instanceof Error ? error.message : String(error));
  return new ModelError('bad-model', 'file-unreadable', `${path} cannot be read: ${why}.`, { file: path });
}

const FILE_FAULTS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is no such file (or its link leads nowhere)'],
  ['ENOTDIR', 'a part of its path is not a folder'],
  ['EISDIR', 'it is a folder'],
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['ELOOP', 'its links lead in a circle'],
  ['ENXIO', 'it is not a regular file'],
  ['ENAMETOOLONG', 'its path is too long'],
  ['EMFILE', 'too many files are open'],
]);
