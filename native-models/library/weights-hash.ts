/** What a model's weights are, whatever its folder is called: SHA-256 of its files, computed when it is asked for and kept. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readWeights } from '../checkpoint/shards.ts';

/** Of files as they were: another size or time of change is another file. */
const known = new Map<string, Promise<string>>();
const MOST_KNOWN = 256;

/**
 * SHA-256 in hex: of the one weights file (on the hub, its LFS oid), or, of several, of the lines `<sha256>  <name>\n` in the order of their
 * names. Files are read in pieces, off the thread that computes.
 * @throws ModelError 'bad-model' as readWeights; Error of the file system
 */
export async function weightsHash(folder: string): Promise<string> {
  const { tensors, weightsFolder } = await readWeights(folder);
  const files = [...new Set([...tensors.values()].map(({ file }) => file))].sort();
  const hashes: string[] = [];
  for (const file of files) hashes.push(await knownHash(join(weightsFolder, file)));
  const [only] = hashes;
  if (files.length === 1 && only !== undefined) return only;
  const lines = files.map((file, at) => `${hashes[at] ?? ''}  ${file}\n`).join('');
  return createHash('sha256').update(lines).digest('hex');
}

async function knownHash(path: string): Promise<string> {
  const { size, mtimeMs } = await stat(path);
  const key = JSON.stringify([path, size, mtimeMs]);
  const before = known.get(key);
  if (before !== undefined) return before;
  const hash = fileHash(path);
  known.set(key, hash);
  if (known.size > MOST_KNOWN) known.delete(known.keys().next().value ?? '');
  // A failure is not kept.
  hash.catch(() => known.delete(key));
  return hash;
}

async function fileHash(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece as Buffer);
  return hash.digest('hex');
}
