/** Whether the models that ship with the app are as they were shipped: SHA-256 of every file that is read. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Environment } from '../hub/environment.ts';
import { bundledFolder, bundledPlaces } from './places.ts';

export interface BundledCheck {
  readonly id: string;
  /** `unlisted`: no hash is known, because it is not one of Headlight's own. */
  readonly state: 'verified' | 'damaged' | 'unlisted';
  /** How many files were read. */
  readonly files: number;
  /** One sentence about the first file at fault; null when all is well. */
  readonly problem: string | null;
}

/** SHA-256 of each file, as it ships. */
export const BUNDLED_HASHES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'headlight-bert': {
    'config.json': 'ed0cded10032c890e4404dababa4b34fbdd1028382250e40e8920eda34dea4ea',
    'model.safetensors': '96ca73cf4f12b1c5ba96902b08a2000beb4715fb06a3aa99e510b8daf93390cd',
    'tokenizer.json': '0711ff2414e753b34c30f71d8fbd20218a280eb17c847ecff8f1d04e10f988e6',
    'tokenizer_config.json': '4e5857e261b623df3a5617426f78970a571af03dc351d094b96f28ca44e87e7a',
    'vocab.txt': '6aca53c35c773d24e2b1bf4309c07643392bdd1eb92cae150b5bbb4ab7f5270d',
  },
  'headlight-gpt': {
    'config.json': 'fb2dea394503f428279c14f56ded6ae86fe1f1221f8b1ec84a83806993c0fbc2',
    'model.safetensors': '3d15d9be171c0bed4aaf8a7ee0a510ae56e2743d44ff522dadb23f17be0ac2b2',
    'tokenizer.json': '49b8a85746cb65f87c55aca02f72adeaa74a642a7ab7e9c76120ed1850e4b347',
    'tokenizer_config.json': '50c3e45e15e148871be8aecae26ec9222e8d9ccb732f0d7f63172eafd3924e19',
  },
};

/** Every model of the bundled folder, and those of Headlight's own that are missing there, in the order of their names. */
export async function checkBundled(folder: string): Promise<BundledCheck[]> {
  const places = await bundledPlaces(folder);
  const ids = [...new Set([...places.map(({ id }) => id), ...Object.keys(BUNDLED_HASHES)])].sort();
  const checks: BundledCheck[] = [];
  for (const id of ids) checks.push(await checkModel(join(folder, id), id));
  return checks;
}

/** Of the folder that this process takes bundled models from. */
export async function checkBundledModels(
  env: Environment = process.env,
): Promise<{ folder: string; checks: BundledCheck[] }> {
  const folder = bundledFolder(env);
  return { folder, checks: await checkBundled(folder) };
}

async function checkModel(folder: string, id: string): Promise<BundledCheck> {
  const hashes = Object.entries(BUNDLED_HASHES[id] ?? {});
  if (hashes.length === 0) return { id, state: 'unlisted', files: 0, problem: null };
  const files = hashes.length;
  for (const [name, expected] of hashes) {
    const actual = await sha256(join(folder, name)).catch(() => null);
    if (actual === expected) continue;
    const problem = actual === null ? 'cannot be read' : `is not the file that was shipped (SHA-256 ${actual})`;
    return { id, state: 'damaged', files, problem: `${id}/${name} ${problem}.` };
  }
  return { id, state: 'verified', files, problem: null };
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}
