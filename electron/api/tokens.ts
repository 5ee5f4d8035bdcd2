/** How text becomes tokens: the words of a text, how each of their pieces forms, and the vocabulary. */
import { count, z } from './schema.ts';
import { textInput, token } from './trace.ts';

/** Tokens that form together: the pieces of one pre-token, or one that is matched (`added`) or put around the text (`special`). */
export const tokenWord = z.object({
  first: count,
  last: count,
  kind: z.enum(['word', 'added', 'special']),
  part: count,
  /** UTF-16 range in the part's text; null for tokens that the tokenizer puts around a text. */
  start: count.nullable(),
  end: count.nullable(),
});
export type TokenWord = z.infer<typeof tokenWord>;

export const tokenizerKind = z.enum(['BPE', 'WordPiece', 'Unigram', 'WordLevel']);
export type TokenizerKind = z.infer<typeof tokenizerKind>;

/** Tokens of a text of any length. */
export const tokenizedText = z.object({
  kind: tokenizerKind,
  /** Stands for text that the vocabulary cannot write; null where it can write everything. */
  unknown: z.string().nullable(),
  tokens: z.array(token),
  words: z.array(tokenWord),
});
export type TokenizedText = z.infer<typeof tokenizedText>;

export const stepPiece = z.object({
  /** As the vocabulary stores it: `Ġthe`, `##ing`. */
  piece: z.string(),
  /** As people read it, a leading space kept. */
  text: z.string(),
  /** The bytes of UTF-8 that it writes, as `F0 9F`. */
  bytes: z.string(),
  /** null for a symbol that is no piece of the vocabulary. */
  id: count.nullable(),
});
export type StepPiece = z.infer<typeof stepPiece>;

export const bpeMerge = z.object({
  /** Place of the left symbol before the merge. */
  at: count,
  left: z.string(),
  right: z.string(),
  result: z.string(),
  /** Place of the pair in the tokenizer's list of merges, from 0. */
  rank: count,
  id: count.nullable(),
});
export type BpeMergeStep = z.infer<typeof bpeMerge>;

export const wordPieceTry = z.object({
  /** Characters of the word: first, and one past the last. */
  start: count,
  end: count,
  piece: z.string(),
  /** null where the vocabulary has no such piece. */
  id: count.nullable(),
});
export type WordPieceStep = z.infer<typeof wordPieceTry>;

export const wordForming = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('whole') }),
  z.object({ kind: z.literal('merges'), symbols: z.array(stepPiece), merges: z.array(bpeMerge) }),
  z.object({ kind: z.literal('tries'), tries: z.array(wordPieceTry), tooLong: z.boolean() }),
  z.object({ kind: z.literal('none'), why: z.enum(['kind', 'length']) }),
]);

export const wordSteps = z.object({
  source: z.string(),
  normalised: z.string(),
  forming: wordForming,
  /** What the word ends in: the tokenizer's own output. */
  pieces: z.array(stepPiece),
});
export type WordSteps = z.infer<typeof wordSteps>;

export const vocabularyEntry = z.object({
  id: count,
  piece: z.string(),
  text: z.string(),
  bytes: z.string(),
  special: z.boolean(),
  /** What a special token is for, as the tokenizer's settings name it: `mask`, `sep`, `eos` … */
  roles: z.array(z.string()),
});
export type VocabularyEntry = z.infer<typeof vocabularyEntry>;

export const vocabularyPage = z.object({ size: count, found: count, entries: z.array(vocabularyEntry) });
export type VocabularyPage = z.infer<typeof vocabularyPage>;

/** Entries that one page of a search may have. */
export const MOST_ENTRIES = 500;

export const vocabularySearch = z.object({
  model: z.string(),
  /** Text or piece, anywhere in it, capitals or not; `#12` for an id; empty for all. */
  query: z.string().max(200),
  special: z.boolean().default(false),
  from: count.default(0),
  count: count.max(MOST_ENTRIES).default(100),
});

export const wordQuestion = z.object({ model: z.string(), input: textInput, word: count });
