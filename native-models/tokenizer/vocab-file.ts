/** A BERT tokenizer from vocab.txt, for checkpoints that were published without a tokenizer.json. */
import type { JsonObject } from '../checkpoint/json.ts';
import { ModelError } from '../errors.ts';
import { readText } from './text-file.ts';
import { tokenName } from './tokenizer-json.ts';

/**
 * A tokenizer.json record: BERT's normalizer and pre-tokenizer, WordPiece, `[CLS] A [SEP] B [SEP]`.
 *
 * @param bytes vocab.txt: one piece a line, its id the line's number from 0
 * @param path the file, for errors
 * @param settings tokenizer_config.json: do_lower_case (default true), strip_accents (default: as do_lower_case),
 *   tokenize_chinese_chars (default true), and the names of the special tokens
 * @throws ModelError 'bad-model' `tokenizer-unreadable` when it is not UTF-8 or lacks a special token
 */
export function wordPieceDefinition(bytes: Uint8Array, path: string, settings: JsonObject): JsonObject {
  const vocab = readVocab(bytes, path);
  const name = (key: string, fallback: string): string => tokenName(settings[key]) ?? fallback;
  const cls = name('cls_token', '[CLS]');
  const sep = name('sep_token', '[SEP]');
  const unk = name('unk_token', '[UNK]');
  const id = (content: string): number => {
    const found = vocab.get(content);
    if (found !== undefined) return found;
    const message = `${path} has no line "${content}"; a BERT vocabulary needs ${unk}, ${cls} and ${sep}.`;
    throw new ModelError('bad-model', 'tokenizer-unreadable', message, { file: path, token: content });
  };
  const special = [...new Set([name('pad_token', '[PAD]'), unk, cls, sep, name('mask_token', '[MASK]')])];
  const required = new Set([unk, cls, sep]);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: special
      .filter((content) => required.has(content) || vocab.has(content))
      .map((content) => addedToken(content, id(content))),
    normalizer: normalizer(settings),
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: template(cls, id(cls), sep, id(sep)),
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: unk,
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocab),
    },
  };
}

function readVocab(bytes: Uint8Array, path: string): Map<string, number> {
  const lines = readText(bytes, path)
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  if (lines.at(-1) === '') lines.pop();
  return new Map(lines.map((line, at) => [line, at]));
}

function addedToken(content: string, id: number): JsonObject {
  return { id, content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true };
}

function normalizer(settings: JsonObject): JsonObject {
  const flag = (key: string): boolean | null => (typeof settings[key] === 'boolean' ? settings[key] : null);
  return {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: flag('tokenize_chinese_chars') ?? true,
    strip_accents: flag('strip_accents'),
    lowercase: flag('do_lower_case') ?? true,
  };
}

function template(cls: string, clsId: number, sep: string, sepId: number): JsonObject {
  const special = (id: string, type: number): JsonObject => ({ SpecialToken: { id, type_id: type } });
  const sequence = (id: string, type: number): JsonObject => ({ Sequence: { id, type_id: type } });
  const single = [special(cls, 0), sequence('A', 0), special(sep, 0)];
  return {
    type: 'TemplateProcessing',
    single,
    pair: [...single, sequence('B', 1), special(sep, 1)],
    special_tokens: {
      [cls]: { id: cls, ids: [clsId], tokens: [cls] },
      [sep]: { id: sep, ids: [sepId], tokens: [sep] },
    },
  };
}
