/** Facts read from a parsed tokenizer.json. Unknown or odd parts count as absent: the native library judges the file. */
import { isJsonObject } from '../checkpoint/json.ts';
import type { JsonObject } from '../checkpoint/json.ts';
import type { PieceStyle } from './pieces.ts';

const MAX_ID = 0xffffffff;

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_ID;
}

/** Tokens beside the model's vocabulary: content → id. */
export function addedTokens(tokenizer: JsonObject): Map<string, number> {
  return new Map(addedEntries(tokenizer).map(({ content, id }) => [content, id]));
}

/** Ids marked special, and ids that the post-processor puts around a text. */
export function specialIdsOf(tokenizer: JsonObject): Set<number> {
  const ids = addedEntries(tokenizer)
    .filter(({ special }) => special)
    .map(({ id }) => id);
  for (const step of steps(tokenizer['post_processor'], 'processors')) {
    const named = isJsonObject(step['special_tokens']) ? Object.values(step['special_tokens']) : [];
    for (const token of named) {
      if (isJsonObject(token) && Array.isArray(token['ids'])) for (const id of token['ids'].filter(isId)) ids.push(id);
    }
    for (const key of ['sep', 'cls']) {
      const pair: unknown = step[key];
      if (Array.isArray(pair) && isId(pair[1])) ids.push(pair[1]);
    }
  }
  return new Set(ids);
}

/** Largest id + 1 over the model's vocabulary and the added tokens. */
export function vocabularySize(tokenizer: JsonObject, model: JsonObject): number {
  const vocab = model['vocab'];
  let size = Array.isArray(vocab) ? vocab.length : 0;
  if (isJsonObject(vocab)) {
    for (const id of Object.values(vocab)) if (isId(id)) size = Math.max(size, id + 1);
  }
  for (const { id } of addedEntries(tokenizer)) size = Math.max(size, id + 1);
  return size;
}

/** How the vocabulary writes its pieces, from the decoder, the pre-tokenizer and the model's type. */
export function pieceStyle(tokenizer: JsonObject, model: JsonObject): PieceStyle {
  const types = new Set(
    [
      ...steps(tokenizer['decoder'], 'decoders'),
      ...steps(tokenizer['pre_tokenizer'], 'pretokenizers'),
      ...steps(tokenizer['normalizer'], 'normalizers'),
    ].map((step) => step['type']),
  );
  if (types.has('ByteLevel')) return { kind: 'byte-level' };
  if (types.has('Metaspace') || types.has('ByteFallback') || model['type'] === 'Unigram') return { kind: 'metaspace' };
  if (model['type'] === 'WordPiece' || types.has('WordPiece')) {
    const prefix = model['continuing_subword_prefix'];
    return { kind: 'wordpiece', prefix: typeof prefix === 'string' ? prefix : '##' };
  }
  return { kind: 'plain' };
}

/** The piece that stands for text the vocabulary cannot write; null for byte-level vocabularies, which can write everything. */
export function unknownToken(model: JsonObject, style: PieceStyle): string | null {
  if (style.kind === 'byte-level') return null;
  if (model['type'] !== 'Unigram') return tokenName(model['unk_token']);
  const entry: unknown =
    Array.isArray(model['vocab']) && isId(model['unk_id']) ? model['vocab'][model['unk_id']] : null;
  return Array.isArray(entry) ? tokenName(entry[0]) : null;
}

/** True when the post-processor puts a separator between a text and its pair, as the model was trained. */
export function separatesPair(postProcessor: unknown, separators: ReadonlySet<string>): boolean {
  return steps(postProcessor, 'processors').some((step) => {
    if (step['type'] === 'BertProcessing' || step['type'] === 'RobertaProcessing') return true;
    if (step['type'] !== 'TemplateProcessing' || !Array.isArray(step['pair'])) return false;
    const pair: readonly unknown[] = step['pair'];
    const first = pair.findIndex((entry) => templateId(entry, 'Sequence') === 'A');
    const second = pair.findIndex((entry) => templateId(entry, 'Sequence') === 'B');
    const between = pair.slice(first + 1, Math.max(second, first + 1));
    return first >= 0 && between.some((entry) => separators.has(templateId(entry, 'SpecialToken') ?? ''));
  });
}

function templateId(entry: unknown, kind: 'Sequence' | 'SpecialToken'): string | null {
  const part = isJsonObject(entry) ? entry[kind] : undefined;
  return isJsonObject(part) && typeof part['id'] === 'string' ? part['id'] : null;
}

/** A token's name in a settings file: a string, or an object with `content`. */
export function tokenName(value: unknown): string | null {
  if (isJsonObject(value)) return tokenName(value['content']);
  return typeof value === 'string' && value !== '' ? value : null;
}

interface AddedEntry {
  readonly content: string;
  readonly id: number;
  readonly special: boolean;
}

function addedEntries(tokenizer: JsonObject): AddedEntry[] {
  const list: readonly unknown[] = Array.isArray(tokenizer['added_tokens']) ? tokenizer['added_tokens'] : [];
  return list.flatMap((entry) => {
    if (!isJsonObject(entry) || typeof entry['content'] !== 'string' || !isId(entry['id'])) return [];
    return [{ content: entry['content'], id: entry['id'], special: entry['special'] === true }];
  });
}

/** A component, or the components of a Sequence (nested ones too). */
export function steps(component: unknown, listKey: string): JsonObject[] {
  const found: JsonObject[] = [];
  const waiting: unknown[] = [component];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (!isJsonObject(next)) continue;
    found.push(next);
    const inner = next[listKey];
    if (Array.isArray(inner)) for (const part of inner as readonly unknown[]) waiting.push(part);
  }
  return found;
}
