/** What a folder's tokenizer files say: the native library's JSON, and the facts about its tokens that we show. */
import { join } from 'node:path';
import { isFile, readSmallFile, TOKENIZER_EXPECTED, tokenizerFiles } from '../checkpoint/files.ts';
import { parseJsonObject } from '../checkpoint/json.ts';
import type { JsonObject } from '../checkpoint/json.ts';
import { ModelError } from '../errors.ts';
import type { PieceStyle } from './pieces.ts';
import {
  addedTokens,
  pieceStyle,
  separatesPair,
  specialIdsOf,
  tokenName,
  unknownToken,
  vocabularySize,
} from './tokenizer-json.ts';
import { bytePairDefinition } from './merges-file.ts';
import { checkedTokenizer } from './safety.ts';
import { wordPieceDefinition } from './vocab-file.ts';

const MAX_TOKENIZER_BYTES = 100_000_000;
const MAX_SETTINGS_BYTES = 16_000_000;

export interface TokenizerDefinition {
  /** The file the tokenizer comes from, for errors. */
  readonly path: string;
  /** The text of the tokenizer.json for the native library. */
  readonly json: string;
  readonly style: PieceStyle;
  /** Largest id + 1. */
  readonly vocabularySize: number;
  /** Tokens beside the model's vocabulary, by content; their text is shown as it is. */
  readonly addedTokens: ReadonlyMap<string, number>;
  readonly specialIds: ReadonlySet<number>;
  readonly separatorTokens: ReadonlySet<string>;
  /** Stands for text that the vocabulary cannot write. */
  readonly unknownToken: string | null;
  /** The mask's names in order of trust; the first that the vocabulary has is the mask. */
  readonly maskTokens: readonly string[];
  readonly takesPair: boolean;
  /** What tokens are for, as the settings name them: `[MASK]` → `mask`. */
  readonly roles: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads tokenizer.json, or vocab.txt or vocab.json and merges.txt where there is none, and the names in tokenizer_config.json.
 *
 * @throws ModelError 'bad-model' `tokenizer-missing` or `tokenizer-unreadable`
 */
export async function readDefinition(folder: string): Promise<TokenizerDefinition> {
  const settings = await readSettings(folder);
  const files = await tokenizerFiles(folder);
  if (files === null) {
    const message = `${folder} has no tokenizer; expected ${TOKENIZER_EXPECTED}.`;
    throw new ModelError('bad-model', 'tokenizer-missing', message, { folder });
  }
  const [first] = files;
  const path = join(folder, first);
  const bytes = await readBytesOf(path);
  switch (first) {
    case 'tokenizer.json':
      return define(path, settings, parse(bytes, path));
    case 'vocab.txt':
      return define(path, settings, wordPieceDefinition(bytes, path, settings));
    case 'vocab.json': {
      const mergesPath = join(folder, files[1]);
      const merges = { bytes: await readBytesOf(mergesPath), path: mergesPath };
      return define(path, settings, bytePairDefinition({ bytes, path }, merges, settings));
    }
  }
}

function readBytesOf(path: string): Promise<Uint8Array> {
  return readSmallFile(path, MAX_TOKENIZER_BYTES).catch((error: unknown) => unreadable(error, path));
}

function define(path: string, settings: JsonObject, tokenizer: JsonObject): TokenizerDefinition {
  const checked = checkedTokenizer(tokenizer, path);
  const { model } = checked;
  const style = pieceStyle(tokenizer, model);
  const named = (key: string): string[] => [tokenName(settings[key])].filter((name) => name !== null);
  const separatorTokens = new Set([...named('sep_token'), ...named('eos_token'), ...KNOWN_SEPARATORS]);
  return {
    path,
    json: stringify(checked, path),
    style,
    vocabularySize: vocabularySize(tokenizer, model),
    addedTokens: addedTokens(tokenizer),
    specialIds: specialIdsOf(tokenizer),
    separatorTokens,
    unknownToken: unknownToken(model, style),
    maskTokens: [...named('mask_token'), '[MASK]', '<mask>'],
    takesPair: separatesPair(tokenizer['post_processor'], separatorTokens),
    roles: rolesIn(settings),
  };
}

/** `bos_token`, `eos_token`, … of the settings, by token. */
function rolesIn(settings: JsonObject): Map<string, string[]> {
  const roles = new Map<string, string[]>();
  for (const [key, value] of Object.entries(settings)) {
    const role = /^([a-z]+)_token$/u.exec(key)?.[1];
    const name = role === undefined ? null : tokenName(value);
    if (role !== undefined && name !== null) roles.set(name, [...(roles.get(name) ?? []), role]);
  }
  return roles;
}

const KNOWN_SEPARATORS = ['[SEP]', '</s>', '<sep>', '<|endoftext|>'];

/** tokenizer_config.json, over special_tokens_map.json; empty where there is neither. */
async function readSettings(folder: string): Promise<JsonObject> {
  const merged: Record<string, unknown> = {};
  for (const name of ['special_tokens_map.json', 'tokenizer_config.json']) {
    const path = join(folder, name);
    if (!(await isFile(path))) continue;
    const bytes = await readSmallFile(path, MAX_SETTINGS_BYTES).catch((error: unknown) => unreadable(error, path));
    Object.assign(merged, parse(bytes, path));
  }
  return merged;
}

function parse(bytes: Uint8Array, path: string): JsonObject {
  try {
    return parseJsonObject(bytes, path);
  } catch (error) {
    return unreadable(error, path);
  }
}

/** JSON.stringify, which fails on a file that is nested very deep. */
function stringify(tokenizer: JsonObject, path: string): string {
  try {
    return JSON.stringify(tokenizer);
  } catch (error) {
    return unreadable(error, path);
  }
}

function unreadable(error: unknown, path: string): never {
  const message = error instanceof ModelError ? error.message : `${path} is nested too deep to be a tokenizer.`;
  throw new ModelError('bad-model', 'tokenizer-unreadable', message, { file: path });
}
