/** How large things on the disk are. */
import { lstat, readdir } from 'node:fs/promises';
import path from 'node:path';

/** Bytes of a file, or of all files below a folder; links count as themselves. 0 where there is nothing. */
export async function bytesBelow(place: string): Promise<number> {
  const info = await lstat(place).catch(() => null);
  if (info === null) return 0;
  if (!info.isDirectory()) return info.size;
  const inside = await Promise.all((await readdir(place)).map((name) => bytesBelow(path.join(place, name))));
  return inside.reduce((sum, bytes) => sum + bytes, 0);
}

/** `12.3 MB`, in millions of bytes as installers' pages count them. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** What a download and an installed app may take, in bytes. */
export const LIMITS = { installer: 200e6, installed: 450e6 } as const;

export interface Sizes {
  /** Bytes of the app's folder. */
  readonly installed: number;
  /** Bytes of each package, by its name. */
  readonly installers: Readonly<Record<string, number>>;
}

/** One sentence for each size that is beyond its limit. */
export function sizeProblems({ installed, installers }: Sizes): string[] {
  const beyond = (what: string, bytes: number, limit: number): string[] =>
    bytes > limit ? [`${what} has ${megabytes(bytes)}; at most ${megabytes(limit)} are meant.`] : [];
  return [
    ...beyond('The installed app', installed, LIMITS.installed),
    ...Object.entries(installers).flatMap(([name, bytes]) => beyond(name, bytes, LIMITS.installer)),
  ];
}
