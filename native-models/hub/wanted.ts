/** Which files of a repository are fetched: what Headlight reads, and what transformers reads to open the same model. */
import { ModelError } from '../errors.ts';
import type { HubFile } from './api.ts';
import { curatedModel } from './curated.ts';

const CONFIG_FILE = 'config.json';
const SINGLE_FILE = 'model.safetensors';
const INDEX_FILE = 'model.safetensors.index.json';
const SHARD = /^model-\d{5}-of-\d{5}\.safetensors$/u;

/** What a tokenizer can be made from (checkpoint/files.ts), one of these sets. */
const TOKENIZERS = [['tokenizer.json'], ['vocab.txt'], ['vocab.json', 'merges.txt']];

/** Small files beside the weights, at the top of the repository. */
const COMPANIONS: ReadonlySet<string> = new Set([
  CONFIG_FILE,
  'generation_config.json',
  'tokenizer.json',
  'tokenizer_config.json',
  'special_tokens_map.json',
  'added_tokens.json',
  'vocab.txt',
  'vocab.json',
  'merges.txt',
  'README.md',
]);

/**
 * The files to fetch, small ones first, so that a repository that cannot be used says so early.
 *
 * @throws ModelError 'bad-model' `hub-no-config`, `hub-no-weights` or `hub-no-tokenizer` naming what is missing
 */
export function wantedFiles(repo: string, files: readonly HubFile[]): HubFile[] {
  const names = new Set(files.map(({ path }) => path));
  const extra = new Set(curatedModel(repo)?.extraFiles ?? []);
  const isWeight = weightTest(repo, names);
  if (!names.has(CONFIG_FILE)) throw missing(repo, 'hub-no-config', `has no ${CONFIG_FILE}`);
  if (!TOKENIZERS.some((set) => set.every((name) => names.has(name)))) {
    throw missing(repo, 'hub-no-tokenizer', 'has no tokenizer.json, no vocab.txt, and no vocab.json with merges.txt');
  }
  const wanted = files.filter(({ path }) => COMPANIONS.has(path) || extra.has(path) || isWeight(path));
  return wanted.sort((a, b) => a.bytes - b.bytes);
}

/** A single file wins over an index, as in transformers. */
function weightTest(repo: string, names: ReadonlySet<string>): (path: string) => boolean {
  if (names.has(SINGLE_FILE)) return (path) => path === SINGLE_FILE;
  if (names.has(INDEX_FILE)) return (path) => path === INDEX_FILE || SHARD.test(path);
  throw missing(repo, 'hub-no-weights', `has no ${SINGLE_FILE}, and Headlight reads no other weights`);
}

function missing(repo: string, reason: string, what: string): ModelError {
  return new ModelError('bad-model', reason, `${repo} ${what}.`, { repo });
}
