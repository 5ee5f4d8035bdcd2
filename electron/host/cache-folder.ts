/** Where the user wants the hub's cache: a setting that the window, the engine and the command line read alike. */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

import { writeAtomically } from './atomic-write.ts';

/** Carries the setting in an environment; of the user's own, it decides too. */
export const CACHE_VARIABLE = 'HEADLIGHT_HUB_CACHE';

type Environment = Readonly<Record<string, string | undefined>>;

const fileIn = (settingsFolder: string): string => path.join(settingsFolder, 'hub-cache.json');

/** The folder of the setting; null where there is none, or where its file is damaged. */
export async function readCacheFolder(settingsFolder: string | null): Promise<string | null> {
  if (settingsFolder === null) return null;
  try {
    const json: unknown = JSON.parse(await readFile(fileIn(settingsFolder), 'utf8'));
    const folder: unknown = json !== null && typeof json === 'object' && 'folder' in json ? json.folder : null;
    return typeof folder === 'string' && path.isAbsolute(folder) ? folder : null;
  } catch {
    return null;
  }
}

/** @param folder an absolute path; null goes back to what the environment or the system says */
export async function writeCacheFolder(settingsFolder: string, folder: string | null): Promise<void> {
  const file = fileIn(settingsFolder);
  if (folder === null) {
    await rm(file, { force: true });
    return;
  }
  await mkdir(settingsFolder, { recursive: true });
  await writeAtomically(file, `${JSON.stringify({ folder }, null, 2)}\n`);
}

/** An environment with the setting in it; a variable of the same name stays. */
export async function withCacheFolder<E extends Environment>(env: E, settingsFolder: string | null): Promise<E> {
  if (env[CACHE_VARIABLE]) return env;
  const folder = await readCacheFolder(settingsFolder);
  return folder === null ? env : { ...env, [CACHE_VARIABLE]: folder };
}
