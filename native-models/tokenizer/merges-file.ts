/** A byte-level BPE tokenizer from vocab.json and merges.txt (GPT-2, RoBERTa), for checkpoints published without a tokenizer.json. */
import { parseJsonObject } from '../checkpoint/json.ts';
import type { JsonObject } from '../checkpoint/json.ts';
import { ModelError } from '../errors.ts';
import { readText } from './text-file.ts';
import { tokenName } from './tokenizer-json.ts';

export interface BpeFile {
  readonly bytes: Uint8Array;
  /** For errors. */
  readonly path: string;
}

/**
 * A tokenizer.json record. With `<s>` and `</s>` in its vocabulary it is RoBERTa's, `<s> A </s></s> B </s>`, whose mask takes the space
 * before it along; else GPT-2's, which adds nothing.
 *
 * @param vocab piece → id
 * @param merges a pair of pieces a line, the first to be merged first; a first line `#version` is left out
 * @param settings tokenizer_config.json: add_prefix_space (default false), and the names of the special tokens
 * @throws ModelError 'bad-model' `tokenizer-unreadable`
 */
export function bytePairDefinition(vocab: BpeFile, merges: BpeFile, settings: JsonObject): JsonObject {
  const ids = readVocab(vocab);
  const name = (key: string, fallback: string): string => tokenName(settings[key]) ?? fallback;
  const prefixSpace = settings['add_prefix_space'] === true;
  const [cls, sep] = [name('cls_token', '<s>'), name('sep_token', '</s>')];
  const [clsId, sepId] = [ids.get(cls), ids.get(sep)];
  const isRoberta = clsId !== undefined && sepId !== undefined;
  const mask = name('mask_token', '<mask>');
  const special = isRoberta
    ? [cls, name('pad_token', '<pad>'), sep, name('unk_token', '<unk>'), mask]
    : ['bos_token', 'eos_token', 'unk_token'].map((key) => name(key, '<|endoftext|>'));
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [...new Set(special)].flatMap((content) => addedToken(content, ids, isRoberta && content === mask)),
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: prefixSpace, trim_offsets: true, use_regex: true },
    post_processor: isRoberta
      ? {
          type: 'RobertaProcessing',
          sep: [sep, sepId],
          cls: [cls, clsId],
          trim_offsets: true,
          add_prefix_space: prefixSpace,
        }
      : { type: 'ByteLevel', add_prefix_space: prefixSpace, trim_offsets: false, use_regex: true },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: { ...BPE, vocab: Object.fromEntries(ids), merges: readMerges(merges, ids) },
  };
}

const BPE = {
  type: 'BPE',
  dropout: null,
  unk_token: null,
  continuing_subword_prefix: null,
  end_of_word_suffix: null,
  fuse_unk: false,
  byte_fallback: false,
};

function addedToken(content: string, ids: ReadonlyMap<string, number>, lstrip: boolean): JsonObject[] {
  const id = ids.get(content);
  if (id === undefined) return [];
  return [{ id, content, single_word: false, lstrip, rstrip: false, normalized: false, special: true }];
}

function readVocab({ bytes, path }: BpeFile): Map<string, number> {
  const ids = new Map<string, number>();
  const record = readObject(bytes, path);
  for (const [piece, id] of Object.entries(record)) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0) {
      throw unreadable(path, `gives ${JSON.stringify(piece)} no whole number as its id`);
    }
    ids.set(piece, id);
  }
  if (ids.size === 0) throw unreadable(path, 'has no pieces');
  return ids;
}

function readObject(bytes: Uint8Array, path: string): JsonObject {
  try {
    return parseJsonObject(bytes, path);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ModelError('bad-model', 'tokenizer-unreadable', message, { file: path });
  }
}

/** The library ends the process on a merge whose parts or result the vocabulary has not. */
function readMerges({ bytes, path }: BpeFile, ids: ReadonlyMap<string, number>): [string, string][] {
  const lines = readText(bytes, path).split('\n');
  return lines.flatMap((raw, at): [string, string][] => {
    const line = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    if (line === '' || (at === 0 && line.startsWith('#version'))) return [];
    const [left = '', right = '', ...rest] = line.split(' ');
    if (left === '' || right === '' || rest.length > 0)
      throw unreadable(path, `has no pair of pieces in line ${at + 1}`);
    const missing = [left, right, left + right].find((piece) => !ids.has(piece));
    if (missing === undefined) return [[left, right]];
    throw unreadable(path, `merges ${JSON.stringify(missing)} in line ${at + 1}, which the vocabulary does not have`);
  });
}

function unreadable(path: string, fact: string): ModelError {
  return new ModelError('bad-model', 'tokenizer-unreadable', `${path} ${fact}.`, { file: path });
}
