/** A checkpoint's weights under the names a family uses, whatever the prefix and spelling they were stored with. */
import { ModelError } from '../errors.ts';
import type { Checkpoint } from './checkpoint.ts';
import { WEIGHT_DTYPES } from './dtypes.ts';
import { quote } from './json.ts';
import type { TensorEntry } from './safetensors.ts';

export interface WeightNaming {
  /** Prefixes that a stored name may have and a key has not, e.g. `['transformer.']`; at most one is taken off. */
  readonly prefixes: readonly string[];
  /** Buffers that are no weights (position ids, GPT-2's mask): matched against the stored name and the key. */
  readonly ignored: readonly RegExp[];
}

/**
 * Weights by key. A key is the stored name without its optional prefix, with a LayerNorm's `gamma`/`beta` as `weight`/`bias`.
 * Tied heads need no flag: ask `has('lm_head.weight')`, and take the embedding instead when it is false.
 */
export class WeightSource {
  readonly #checkpoint: Checkpoint;
  readonly #byKey = new Map<string, TensorEntry>();
  readonly #used = new Set<string>();

  /** @throws ModelError 'bad-model' `weight-name-clash` when two stored names stand for the same key */
  constructor(checkpoint: Checkpoint, naming: WeightNaming) {
    this.#checkpoint = checkpoint;
    for (const tensor of checkpoint.tensors.values()) {
      const key = normalizeKey(tensor.name, naming.prefixes);
      if (naming.ignored.some((pattern) => matches(pattern, tensor.name) || matches(pattern, key))) continue;
      const other = this.#byKey.get(key);
      if (other !== undefined) {
        const message = `${checkpoint.folder} stores the weight ${quote(key)} twice, as ${quote(other.name)} and ${quote(tensor.name)}.`;
        throw new ModelError('bad-model', 'weight-name-clash', message, { key: quote(key) });
      }
      this.#byKey.set(key, tensor);
    }
  }

  /** True when the checkpoint stores this key. */
  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  /** All keys, in the order of the file. */
  keys(): string[] {
    return [...this.#byKey.keys()];
  }

  /**
   * The stored tensor of `key`, marked as used. A key may be taken more than once (tied weights).
   *
   * @param shape what the config implies, outermost axis first
   * @throws ModelError 'bad-model' `weight-missing`, `weight-shape` or `weight-dtype`, naming key and file
   */
  take(key: string, shape: readonly number[]): TensorEntry {
    const tensor = this.#byKey.get(key);
    const expected = `[${shape.join(', ')}]`;
    if (tensor === undefined) {
      const message = `${this.#checkpoint.folder} has no weight "${key}"; expected one of shape ${expected}.`;
      throw new ModelError('bad-model', 'weight-missing', message, { key });
    }
    const { name, file, dtype } = tensor;
    if (tensor.shape.length !== shape.length || tensor.shape.some((axis, at) => axis !== shape[at])) {
      const actual = `[${tensor.shape.join(', ')}]`;
      const message = `Weight "${name}" in ${file} has the shape ${actual}; the config expects ${expected}.`;
      throw new ModelError('bad-model', 'weight-shape', message, { key, file, actual, expected });
    }
    if (!WEIGHT_DTYPES.includes(dtype)) {
      const message = `Weight "${name}" in ${file} is stored as ${dtype}; Headlight computes with ${WEIGHT_DTYPES.join(', ')}.`;
      throw new ModelError('bad-model', 'weight-dtype', message, { key, file, dtype });
    }
    this.#used.add(name);
    return tensor;
  }

  /** Stored names that nothing took, in the order of the file; ignored buffers are not among them. */
  unused(): string[] {
    return [...this.#byKey.values()].map(({ name }) => name).filter((name) => !this.#used.has(name));
  }
}

/** The key of a stored name: the longest fitting prefix off, a norm's gamma/beta as weight/bias. */
export function normalizeKey(name: string, prefixes: readonly string[]): string {
  const prefix = prefixes
    .filter((candidate) => name.startsWith(candidate) && name.length > candidate.length)
    .reduce((longest, candidate) => (candidate.length > longest.length ? candidate : longest), '');
  return renameNorm(name.slice(prefix.length));
}

function renameNorm(key: string): string {
  const [owner = '', leaf = ''] = key.split('.').slice(-2);
  const renamed = NORM_LEAVES.get(leaf);
  if (renamed === undefined || !/norm|ln/iu.test(owner)) return key;
  return key.slice(0, -leaf.length) + renamed;
}

const NORM_LEAVES: ReadonlyMap<string, string> = new Map([
  ['gamma', 'weight'],
  ['beta', 'bias'],
]);

/** `test` without the memory that a global or sticky expression keeps between calls. */
function matches(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}
