/**
 * What a tokenizer.json may hold. The native library ends the whole process on some files that it accepts (a template that names an
 * unknown token, an added token that normalizes to nothing, a regular expression that never ends …), so the parts are checked here
 * first: known kinds only, with arguments that are known to work.
 */
import { describeJson, isJsonObject, quote } from '../checkpoint/json.ts';
import type { JsonObject } from '../checkpoint/json.ts';
import { ModelError } from '../errors.ts';
import { isSafeCharsmap } from './charsmap.ts';
import { canMatchNothing, isSafeRegex } from './regex.ts';
import { steps } from './tokenizer-json.ts';

/**
 * The tokenizer.json to give to the native library: checked, without truncation, padding and decoder (we decode ourselves), and without
 * BPE's training-time dropout.
 *
 * @throws ModelError 'bad-model' `tokenizer-unreadable` naming the file and the part
 */
export function checkedTokenizer(tokenizer: JsonObject, path: string): JsonObject & { readonly model: JsonObject } {
  const fail = (fact: string): never => {
    throw new ModelError('bad-model', 'tokenizer-unreadable', `${path}: ${fact}.`, { file: path });
  };
  const model = tokenizer['model'];
  if (!isJsonObject(model)) return fail('it has no "model" object, so it is not a tokenizer');
  for (const { key, list, checks } of SLOTS) {
    for (const step of steps(tokenizer[key], list)) {
      const type = step['type'];
      const check = typeof type === 'string' ? checks.get(type) : undefined;
      if (check === undefined)
        return fail(`its ${key} is of the kind ${describeJson(type)}, which Headlight does not know`);
      const fault = check(step);
      if (fault !== null) return fail(`its ${key} ${String(type)} ${fault}`);
    }
  }
  const fault =
    postProcessorFault(tokenizer['post_processor']) ??
    addedTokenFault(tokenizer) ??
    unknownTokenFault(model) ??
    mergesFault(model);
  if (fault !== null) return fail(fault);
  return { ...tokenizer, truncation: null, padding: null, decoder: null, model: withoutDropout(model) };
}

/** What is wrong with a part, to follow its name; null when nothing is. */
type Check = (part: JsonObject) => string | null;
const fine: Check = () => null;

const SLOTS: readonly { readonly key: string; readonly list: string; readonly checks: ReadonlyMap<string, Check> }[] = [
  {
    key: 'normalizer',
    list: 'normalizers',
    checks: new Map<string, Check>([
      ...[
        'BertNormalizer',
        'Lowercase',
        'NFC',
        'NFD',
        'NFKC',
        'NFKD',
        'StripAccents',
        'Strip',
        'Nmt',
        'ByteLevel',
        'Sequence',
      ].map((type) => [type, fine] as const),
      ['Prepend', ({ prepend }) => (prepend === '' ? 'puts an empty text in front' : null)],
      ['Replace', ({ pattern }) => patternFault(pattern, false)],
      ['Precompiled', ({ precompiled_charsmap: map }) => (isSafeCharsmap(map) ? null : 'has a damaged character map')],
    ]),
  },
  {
    key: 'pre_tokenizer',
    list: 'pretokenizers',
    checks: new Map<string, Check>([
      ...[
        'BertPreTokenizer',
        'ByteLevel',
        'CharDelimiterSplit',
        'Digits',
        'Metaspace',
        'Punctuation',
        'Sequence',
        'UnicodeScripts',
        'Whitespace',
        'WhitespaceSplit',
      ].map((type) => [type, fine] as const),
      ['Split', ({ pattern }) => patternFault(pattern, true)],
    ]),
  },
  {
    key: 'post_processor',
    list: 'processors',
    checks: new Map<string, Check>([
      ...['BertProcessing', 'ByteLevel', 'RobertaProcessing', 'Sequence'].map((type) => [type, fine] as const),
      ['TemplateProcessing', templateFault],
    ]),
  },
];

/** @param mayMatchNothing whether an empty match is harmless there */
function patternFault(pattern: unknown, mayMatchNothing: boolean): string | null {
  if (!isJsonObject(pattern)) return 'has no pattern';
  const { String: text, Regex: regex } = pattern;
  if (typeof text === 'string') return text === '' && !mayMatchNothing ? 'looks for an empty text' : null;
  if (typeof regex !== 'string') return 'has no pattern';
  if (!isSafeRegex(regex)) return `has the pattern ${quote(regex)}, which may never come to an end`;
  return !mayMatchNothing && canMatchNothing(regex) ? `has the pattern ${quote(regex)}, which matches nothing` : null;
}

/** A template must name each of its sequences once and only special tokens that it defines. */
function templateFault({ single, pair, special_tokens: defined }: JsonObject): string | null {
  const known = isJsonObject(defined) ? defined : {};
  for (const token of Object.values(known)) {
    const { ids, tokens }: JsonObject = isJsonObject(token) ? token : {};
    const fits = Array.isArray(ids) && Array.isArray(tokens) && ids.length > 0 && ids.length === tokens.length;
    if (!fits) return 'has a special token without as many ids as names';
  }
  const parts = [
    { name: 'single', template: single, sequences: 'A' },
    { name: 'pair', template: pair, sequences: 'AB' },
  ];
  for (const { name, template, sequences } of parts) {
    if (!Array.isArray(template)) return `has no "${name}"`;
    let found = '';
    for (const entry of template as readonly unknown[]) {
      const { Sequence: sequence, SpecialToken: special }: JsonObject = isJsonObject(entry) ? entry : {};
      if (isJsonObject(sequence)) found += String(sequence['id']);
      else if (!isJsonObject(special) || typeof special['id'] !== 'string' || !Object.hasOwn(known, special['id'])) {
        return `has a "${name}" with a special token that it does not define`;
      }
    }
    if (found !== sequences) return `has a "${name}" with the sequences ${quote(found)}; expected ${quote(sequences)}`;
  }
  return null;
}

function postProcessorFault(postProcessor: unknown): string | null {
  const adding = steps(postProcessor, 'processors').filter(({ type }) => type !== 'ByteLevel' && type !== 'Sequence');
  return adding.length > 1 ? 'its post_processor adds special tokens more than once' : null;
}

/** A token that normalizes to nothing would be found everywhere. */
function addedTokenFault(tokenizer: JsonObject): string | null {
  const tokens: readonly unknown[] = Array.isArray(tokenizer['added_tokens']) ? tokenizer['added_tokens'] : [];
  for (const token of tokens) {
    if (!isJsonObject(token) || typeof token['content'] !== 'string')
      return 'its added_tokens hold one without a content';
    const { content, normalized } = token as { readonly content: string; readonly normalized?: unknown };
    const bare = normalized === false ? content : content.replace(/[\s\p{C}\p{M}]/gu, '');
    if (bare === '') return `its added_tokens hold ${quote(content)}, which is empty`;
    const removed = steps(tokenizer['normalizer'], 'normalizers').some((step) => canRemove(step, bare));
    if (normalized !== false && removed)
      return `its added_tokens hold ${quote(content)}, which its normalizer may remove`;
  }
  return null;
}

/** True when a Replace could take the whole content away. */
function canRemove({ type, pattern, content }: JsonObject, token: string): boolean {
  if (type !== 'Replace' || (content !== '' && !/^[\s\p{C}\p{M}]*$/u.test(String(content)))) return false;
  const text = isJsonObject(pattern) ? pattern['String'] : undefined;
  return typeof text !== 'string' || token.replaceAll(text, '') === '';
}

/** A vocabulary of words needs a token for what it does not have. */
function unknownTokenFault({ type, vocab, unk_token: unknown }: JsonObject): string | null {
  if (type !== 'WordPiece' && type !== 'WordLevel') return null;
  const known = typeof unknown === 'string' && isJsonObject(vocab) && Object.hasOwn(vocab, unknown);
  return known ? null : `its unk_token ${describeJson(unknown)} is not in its vocabulary`;
}

/** With a prefix for continuing pieces, BPE takes it off the second part of each merge without looking. */
function mergesFault(model: JsonObject): string | null {
  const { type, continuing_subword_prefix: prefix, merges } = model;
  if ((type !== 'BPE' && merges === undefined) || typeof prefix !== 'string' || prefix === '') return null;
  const list: readonly unknown[] = Array.isArray(merges) ? merges : [];
  const fits = list.every((merge) => {
    const parts: unknown = typeof merge === 'string' ? merge.split(' ') : merge;
    const second: unknown = Array.isArray(parts) ? parts[1] : undefined;
    return typeof second === 'string' && second.startsWith(prefix);
  });
  return fits ? null : `its merges do not begin with the prefix ${quote(prefix)} for continuing pieces`;
}

function withoutDropout(model: JsonObject): JsonObject {
  return 'dropout' in model ? { ...model, dropout: null } : model;
}
