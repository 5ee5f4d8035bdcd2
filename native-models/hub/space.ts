/** Room on the disk, asked before a download begins. */
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ModelError } from '../errors.ts';

/** Kept free besides: a full disk hurts more than this download. */
const RESERVE = 64 * 1024 * 1024;

export type FreeBytes = (folder: string) => Promise<number | null>;

/** Bytes that this user may still write in `folder`, or where it would be made; null where the system does not say. */
export const freeBytes: FreeBytes = async (folder) => {
  const facts = await statfs(folder).catch(() => null);
  if (facts !== null) return facts.bavail * facts.bsize;
  return dirname(folder) === folder ? null : freeBytes(dirname(folder));
};

/** @throws ModelError 'disk' `disk-space` when `needed` bytes do not fit */
export async function assertSpace(folder: string, needed: number, free: FreeBytes): Promise<void> {
  const room = await free(folder);
  if (room === null || needed === 0 || needed + RESERVE <= room) return;
  const megabytes = (bytes: number): number => Math.ceil(bytes / 1e6);
  const message = `${megabytes(needed)} MB are needed at ${folder}, but only ${megabytes(room)} MB are free.`;
  throw new ModelError('disk', 'disk-space', message, {
    folder,
    neededMegabytes: megabytes(needed),
    freeMegabytes: megabytes(room),
  });
}
