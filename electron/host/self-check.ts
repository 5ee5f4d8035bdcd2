/** The host's part of the self-check: versions, the machine, and the folders that Headlight uses. */
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import type { CacheSource, CheckedFolder, HostCheck } from '../api/self-check.ts';
import { appVersion } from './versions.ts';

export interface HostCheckOptions {
  readonly kind: HostCheck['kind'];
  readonly settings: string | null;
  /** null where the log is not a file. */
  readonly logs: string | null;
  readonly cache: string;
  readonly cacheFrom: CacheSource;
}

export async function checkHost({ kind, settings, logs, cache, cacheFrom }: HostCheckOptions): Promise<HostCheck> {
  const folders = [
    await checkFolder('settings', settings),
    await checkFolder('logs', logs),
    await checkFolder('cache', cache),
  ];
  return {
    version: appVersion(),
    kind,
    runtimes: runtimes(),
    system: system(),
    home: os.homedir(),
    folders,
    cacheFrom,
  };
}

export async function checkFolder(id: CheckedFolder['id'], folder: string | null): Promise<CheckedFolder> {
  if (folder === null) return { id, path: null, exists: false, freeBytes: null };
  return { id, path: folder, exists: existsSync(folder), freeBytes: await freeBytes(folder) };
}

/** Bytes that may be written in `folder`, or where it would be made. */
async function freeBytes(folder: string): Promise<number | null> {
  const facts = await statfs(folder).catch(() => null);
  if (facts !== null) return facts.bavail * facts.bsize;
  return path.dirname(folder) === folder ? null : freeBytes(path.dirname(folder));
}

function runtimes(): HostCheck['runtimes'] {
  const { electron, chrome, node } = process.versions as Partial<Record<'electron' | 'chrome' | 'node', string>>;
  const all = [
    ['Electron', electron],
    ['Chromium', chrome],
    ['Node.js', node],
  ] as const;
  return all.flatMap(([name, version]) => (version === undefined ? [] : [{ name, version }]));
}

function system(): HostCheck['system'] {
  const cpus = os.cpus();
  return {
    name: os.version(),
    platform: os.platform(),
    release: os.release(),
    architecture: os.arch(),
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: cpus.length,
    memoryBytes: os.totalmem(),
    freeBytes: os.freemem(),
  };
}
