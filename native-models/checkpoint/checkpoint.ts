/** A model folder on disk: its config and the named byte ranges of its weights. */
import { ModelError } from '../errors.ts';
import { readConfig } from './config.ts';
import type { ModelConfig } from './config.ts';
import { isFolder } from './files.ts';
import type { TensorEntry } from './safetensors.ts';
import { readWeights } from './shards.ts';

export interface Checkpoint {
  /** The folder as given. */
  readonly folder: string;
  readonly config: ModelConfig;
  /** By stored name. */
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  /** Real path of the folder that holds all weight files (the Hugging Face cache keeps them away from `folder`). */
  readonly weightsFolder: string;
  /** Size of all weight files together in bytes. */
  readonly byteLength: number;
}

/**
 * Opens a model folder: config.json and the headers of its safetensors files. No weight is read.
 *
 * @throws ModelError 'not-found' `folder-missing`, or 'bad-model' naming the file, the field and what was expected
 */
export async function openCheckpoint(folder: string): Promise<Checkpoint> {
  if (!(await isFolder(folder))) {
    throw new ModelError('not-found', 'folder-missing', `There is no folder ${folder}.`, { folder });
  }
  const config = await readConfig(folder);
  const weights = await readWeights(folder);
  return { folder, config, ...weights };
}
