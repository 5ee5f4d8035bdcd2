/** Which safetensors files hold a model's weights: one `model.safetensors`, or the shards of its index. */
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { ModelError } from '../errors.ts';
import { isFile, resolveFile } from './files.ts';
import { describeJson, isJsonObject, quote, readJsonObject } from './json.ts';
import { readSafetensorsHeader } from './safetensors.ts';
import type { TensorEntry } from './safetensors.ts';

export const SINGLE_FILE = 'model.safetensors';
export const INDEX_FILE = 'model.safetensors.index.json';
const MAX_INDEX_BYTES = 100_000_000;
const MAX_SHARDS = 1_000;

export interface Weights {
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** Real path of the one folder that holds all weight files. */
  readonly weightsFolder: string;
  /** Size of all weight files together in bytes. */
  readonly byteLength: number;
}

/**
 * Finds the weight files of `folder` and reads their headers. A single file wins over an index, as in transformers.
 *
 * @throws ModelError 'bad-model' `weights-missing`, `index-*`, `weights-scattered` or a header's fault
 */
export async function readWeights(folder: string): Promise<Weights> {
  const single = join(folder, SINGLE_FILE);
  if (await isFile(single)) {
    const real = await resolveFile(single);
    const header = await readSafetensorsHeader(single, basename(real));
    return { ...header, weightsFolder: dirname(real) };
  }
  const index = join(folder, INDEX_FILE);
  if (await isFile(index)) return readShards(folder, index);
  throw await weightsMissing(folder);
}

async function readShards(folder: string, index: string): Promise<Weights> {
  const weightMap = await readWeightMap(index);
  const shards = [...new Set(weightMap.values())].sort();
  if (shards.length > MAX_SHARDS) {
    throw indexError(index, 'index-shards', `names ${shards.length} files; expected at most ${MAX_SHARDS}`);
  }
  const tensors = new Map<string, TensorEntry>();
  let weightsFolder: string | null = null;
  let byteLength = 0;
  for (const shard of shards) {
    const path = join(folder, shard);
    const real = await resolveFile(path);
    weightsFolder ??= dirname(real);
    if (dirname(real) !== weightsFolder) throw scattered(index, weightsFolder, real);
    const header = await readSafetensorsHeader(path, basename(real));
    byteLength += header.byteLength;
    for (const tensor of header.tensors.values()) addTensor(tensors, tensor, shard, weightMap, index);
  }
  for (const [name, shard] of weightMap) {
    if (!tensors.has(name)) {
      throw indexError(
        index,
        'index-entry',
        `says that ${quote(name)} is in ${quote(shard)}, but that file has no such tensor`,
      );
    }
  }
  return { tensors, weightsFolder: weightsFolder ?? folder, byteLength };
}

/** Takes a shard's tensor unless the index says that another shard has it; one that no line names is taken too. */
function addTensor(
  tensors: Map<string, TensorEntry>,
  tensor: TensorEntry,
  shard: string,
  weightMap: ReadonlyMap<string, string>,
  index: string,
): void {
  if ((weightMap.get(tensor.name) ?? shard) !== shard) return;
  if (tensors.has(tensor.name)) {
    throw indexError(
      index,
      'index-entry',
      `does not name the tensor ${quote(tensor.name)}, which two of its files have`,
    );
  }
  tensors.set(tensor.name, tensor);
}

async function readWeightMap(index: string): Promise<Map<string, string>> {
  const json = await readJsonObject(index, MAX_INDEX_BYTES);
  const map = json['weight_map'];
  if (!isJsonObject(map))
    throw indexError(index, 'index-map', 'has no weight_map; expected an object from names to files');
  const weightMap = new Map<string, string>();
  for (const [name, shard] of Object.entries(map)) {
    if (typeof shard !== 'string' || !isShardName(shard)) {
      const fact = `puts ${quote(name)} in ${describeJson(shard)}; expected a .safetensors file beside the index`;
      throw indexError(index, 'index-shard-name', fact);
    }
    weightMap.set(name, shard);
  }
  if (weightMap.size === 0)
    throw indexError(index, 'index-map', 'has an empty weight_map; expected at least one tensor');
  return weightMap;
}

/** A plain file name: nothing that could lead out of the folder, on any system. */
function isShardName(name: string): boolean {
  return /^[^/\\:\p{C}\p{Zl}\p{Zp}]+\.safetensors$/u.test(name) && name.length <= 255;
}

async function weightsMissing(folder: string): Promise<ModelError> {
  const names = await readdir(folder).catch(() => [] as string[]);
  if (names.includes(SINGLE_FILE) || names.includes(INDEX_FILE)) {
    const name = names.includes(SINGLE_FILE) ? SINGLE_FILE : INDEX_FILE;
    const message = `${join(folder, name)} cannot be read: its link leads nowhere, or it is not a file.`;
    return new ModelError('bad-model', 'file-unreadable', message, { file: join(folder, name) });
  }
  const other = names.find((name) => /\.(bin|pt|pth|ckpt|h5|msgpack|onnx|gguf|safetensors)$/u.test(name));
  const found = other === undefined ? '' : ` (it has ${other})`;
  const message = `${folder} has no ${SINGLE_FILE}${found}; Headlight reads weights in safetensors only.`;
  return new ModelError('bad-model', 'weights-missing', message, { folder });
}

function scattered(index: string, weightsFolder: string, real: string): ModelError {
  const fact = `leads to files in two folders, ${weightsFolder} and ${dirname(real)}; expected all of them in one folder`;
  return indexError(index, 'weights-scattered', fact);
}

function indexError(index: string, reason: string, fact: string): ModelError {
  return new ModelError('bad-model', reason, `${index} ${fact}.`, { file: index });
}
