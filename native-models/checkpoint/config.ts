/** config.json of a model folder, with typed getters that fail with a sentence. */
import { join } from 'node:path';
import { ModelError } from '../errors.ts';
import { describeJson, isJsonObject, readJsonObject } from './json.ts';
import type { JsonObject } from './json.ts';

const MAX_CONFIG_BYTES = 16_000_000;

/**
 * The record as stored, read by key. A getter with `fallback` returns it when the key is absent or null; without one an absent
 * key throws. A present value of the wrong type always throws. All throw ModelError 'bad-model': `config-missing-key` or
 * `config-wrong-type`.
 */
export class ModelConfig {
  readonly modelType: string;
  readonly raw: JsonObject;
  readonly path: string;

  /**
   * @param raw the parsed record
   * @param path the file it came from, for errors
   * @throws ModelError `config-model-type` when model_type is absent or not a name (letters, digits, `_`, `-`, `.`)
   */
  constructor(raw: JsonObject, path: string) {
    this.raw = raw;
    this.path = path;
    const modelType = Object.hasOwn(raw, 'model_type') ? raw['model_type'] : undefined;
    if (typeof modelType !== 'string' || !/^[\w.-]{1,100}$/u.test(modelType)) {
      const given = modelType === undefined ? 'has no model_type' : `has the model_type ${describeJson(modelType)}`;
      const message = `${path} ${given}; expected the name of an architecture, such as "gpt2" or "bert".`;
      throw new ModelError('bad-model', 'config-model-type', message, { file: path });
    }
    this.modelType = modelType;
  }

  /** True when the key is present and not null. */
  has(key: string): boolean {
    return Object.hasOwn(this.raw, key) && this.raw[key] !== null;
  }

  /** A finite number. */
  number(key: string, fallback?: number): number {
    const value = this.#value(key, fallback, 'a number');
    if (typeof value !== 'number' || !Number.isFinite(value)) throw this.#wrong(key, value, 'a number');
    return value;
  }

  /** A whole number of at least 1 (at most 2⁵³−1). */
  positiveInteger(key: string, fallback?: number): number {
    const value = this.#value(key, fallback, 'a whole number of at least 1');
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 1) {
      throw this.#wrong(key, value, 'a whole number of at least 1');
    }
    return value;
  }

  boolean(key: string, fallback?: boolean): boolean {
    const value = this.#value(key, fallback, 'true or false');
    if (typeof value !== 'boolean') throw this.#wrong(key, value, 'true or false');
    return value;
  }

  string(key: string, fallback?: string): string {
    const value = this.#value(key, fallback, 'a string');
    if (typeof value !== 'string') throw this.#wrong(key, value, 'a string');
    return value;
  }

  /** A string that is one of `choices`. */
  oneOf<T extends string>(key: string, choices: readonly T[], fallback?: T): T {
    const value = this.string(key, fallback);
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw this.#wrong(key, value, `one of ${choices.join(', ')}`);
    return choice;
  }

  /** An object whose values are all strings, such as id2label. */
  stringMap(key: string, fallback?: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const value = this.#value(key, fallback, 'an object of strings');
    if (!isStringMap(value)) throw this.#wrong(key, value, 'an object of strings');
    return value;
  }

  /** A list of strings, such as architectures. */
  strings(key: string, fallback?: readonly string[]): readonly string[] {
    const value = this.#value(key, fallback, 'a list of strings');
    if (!isStrings(value)) throw this.#wrong(key, value, 'a list of strings');
    return value;
  }

  #value(key: string, fallback: unknown, expected: string): unknown {
    if (this.has(key)) return this.raw[key];
    if (fallback !== undefined) return fallback;
    const message = `${this.path} has no "${key}"; expected ${expected}.`;
    throw new ModelError('bad-model', 'config-missing-key', message, { file: this.path, key });
  }

  #wrong(key: string, value: unknown, expected: string): ModelError {
    const message = `${this.path}: "${key}" is ${describeJson(value)}; expected ${expected}.`;
    return new ModelError('bad-model', 'config-wrong-type', message, { file: this.path, key });
  }
}

function isStringMap(value: unknown): value is Readonly<Record<string, string>> {
  return isJsonObject(value) && Object.values(value).every((entry) => typeof entry === 'string');
}

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}

/**
 * Reads `folder`/config.json.
 *
 * @throws ModelError 'bad-model' when it is missing, unreadable, not a JSON object, or without model_type
 */
export async function readConfig(folder: string): Promise<ModelConfig> {
  const path = join(folder, 'config.json');
  return new ModelConfig(await readJsonObject(path, MAX_CONFIG_BYTES), path);
}
