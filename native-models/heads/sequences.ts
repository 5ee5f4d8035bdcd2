/** The sequences that every head of a model is scored on: random tokens said twice, and prose. The same on every machine. */
import { ModelError } from '../errors.ts';
import type { Model } from '../model.ts';
import type { Encoding, TextInput, Token } from '../types.ts';
import { PROSE } from './prose.ts';
import { sample, seededRandom } from './random.ts';

/** How the random tokens are drawn. */
export const REPEATED_TOKENS = {
  /** Sequences, drawn one after another from one generator. */
  count: 8,
  /** Tokens of a round at most: fewer where twice as many do not fit the model. */
  longest: 64,
  /** Tokens of a round at least: a shorter context cannot be scored. */
  shortest: 4,
  /** Of the mulberry32 generator. */
  seed: 1,
} as const;

/** Random tokens r in what the tokenizer puts around a text: `r r` for GPT-2, `[CLS] r r [SEP]` for BERT. */
export interface RepeatedSequence {
  readonly set: 'repeated';
  readonly encoding: Encoding;
  /** Index of the first token of the first round. */
  readonly first: number;
  /** Tokens of a round, all different. */
  readonly period: number;
}

/** Two sentences: as a pair for a model that takes one, else as one text. */
export interface ProseSequence {
  readonly set: 'prose';
  readonly encoding: Encoding;
  readonly input: TextInput;
  /** True where the text's last tokens were left out to fit the model's context. */
  readonly cut: boolean;
  /** One flag a token. */
  readonly special: readonly boolean[];
  readonly separator: readonly boolean[];
}

export type TestSequence = RepeatedSequence | ProseSequence;

/** What is needed of a model to make its test sequences. */
export type SequenceModel = Pick<Model, 'tokenizer' | 'maxTokens' | 'takesPair'> & {
  readonly source: Pick<Model['source'], 'vocabulary'>;
};

/**
 * The model's test sequences, the repeated ones first.
 * @throws ModelError `bad-request` with reason `context-too-small` or `vocabulary-too-small`: four tokens cannot be said twice
 */
export async function testSequences(model: SequenceModel): Promise<readonly TestSequence[]> {
  const repeated = await repeatedSequences(model);
  const prose: ProseSequence[] = [];
  for (const paragraph of PROSE) prose.push(await proseSequence(model, paragraph));
  return [...repeated, ...prose];
}

async function repeatedSequences(model: SequenceModel): Promise<RepeatedSequence[]> {
  const frame = await frameOf(model);
  const ids = randomIds(model);
  const period = periodOf(model, frame.before.length + frame.after.length, ids.length);
  const random = seededRandom(REPEATED_TOKENS.seed);
  return Array.from({ length: REPEATED_TOKENS.count }, () => {
    const round = sample(ids, period, random).map((id) => plainToken(model, id, frame.typeId));
    const entries = [...frame.before, ...round, ...round, ...frame.after];
    return { set: 'repeated', encoding: encodingOf(entries), first: frame.before.length, period };
  });
}

function periodOf({ maxTokens }: SequenceModel, added: number, ids: number): number {
  const room = Math.floor((maxTokens - added) / 2);
  const { longest, shortest } = REPEATED_TOKENS;
  if (room < shortest) {
    const limit = 2 * shortest + added;
    const message = `This model takes at most ${maxTokens} tokens; its heads can be scored from ${limit}: ${shortest} tokens said twice.`;
    throw new ModelError('bad-request', 'context-too-small', message, { tokens: maxTokens, limit });
  }
  if (ids < shortest) {
    const message = `This model's vocabulary has ${ids} tokens that are not special; its heads can be scored from ${shortest}.`;
    throw new ModelError('bad-request', 'vocabulary-too-small', message, { tokens: ids, limit: shortest });
  }
  return Math.min(longest, room, ids);
}

/** Ids that are no special token, that the tokenizer has a piece for, and that the model has an embedding of. */
function randomIds({ tokenizer, source }: SequenceModel): number[] {
  const ids: number[] = [];
  for (let id = 0; id < Math.min(tokenizer.vocabularySize, source.vocabulary); id++) {
    if (!tokenizer.specialIds.has(id) && pieceOf(tokenizer, id) !== null) ids.push(id);
  }
  return ids;
}

/** A vocabulary can have holes: ids below its size without a piece. */
function pieceOf(tokenizer: SequenceModel['tokenizer'], id: number): string | null {
  try {
    return tokenizer.pieceText(id);
  } catch (error) {
    if (error instanceof ModelError && error.reason === 'token-unknown') return null;
    throw error;
  }
}

interface Entry {
  readonly token: Token;
  readonly typeId: number;
}

interface Frame {
  readonly before: readonly Entry[];
  readonly after: readonly Entry[];
  /** The token type of the text between. */
  readonly typeId: number;
}

/** What the tokenizer puts around one text, read off the tokens of a text. */
async function frameOf({ tokenizer }: SequenceModel): Promise<Frame> {
  const entries = entriesOf(await tokenizer.encode({ text: PROSE[0]!.text }));
  const isText = ({ token }: Entry) => token.start !== null;
  const [start, end] = [entries.findIndex(isText), entries.findLastIndex(isText)];
  return { before: entries.slice(0, start), after: entries.slice(end + 1), typeId: entries[start]!.typeId };
}

function plainToken({ tokenizer }: SequenceModel, id: number, typeId: number): Entry {
  const piece = tokenizer.pieceText(id);
  const text = piece.trim();
  const startsWord = piece !== text;
  return { token: { index: 0, id, piece, text, startsWord, special: false, part: 0, start: null, end: null }, typeId };
}

async function proseSequence(model: SequenceModel, { text, pair }: (typeof PROSE)[number]): Promise<ProseSequence> {
  const { tokenizer, takesPair, maxTokens } = model;
  const input = takesPair ? { text, pair } : { text: `${text} ${pair}` };
  const whole = entriesOf(await tokenizer.encode(input));
  const fitted = cutTo(whole, maxTokens);
  const encoding = encodingOf(fitted);
  return {
    set: 'prose',
    encoding,
    input,
    cut: fitted.length < whole.length,
    special: encoding.tokens.map((token) => token.special),
    // A tokenizer may use the same token for text it cannot write; there it separates nothing.
    separator: encoding.tokens.map(({ id, special }) => special && tokenizer.separatorIds.has(id)),
  };
}

/** Leaves out tokens of the text, each time the last one of the longer part, until `limit` are left; added tokens stay. */
function cutTo(entries: readonly Entry[], limit: number): readonly Entry[] {
  const kept = [...entries];
  const ofPart = (part: number) => kept.filter(({ token }) => token.start !== null && token.part === part);
  while (kept.length > limit) {
    const [first, second] = [ofPart(0), ofPart(1)];
    const last = (second.length > first.length ? second : first).at(-1);
    if (last === undefined) break;
    kept.splice(kept.indexOf(last), 1);
  }
  return kept;
}

function entriesOf({ tokens, typeIds }: Encoding): Entry[] {
  return tokens.map((token, index) => ({ token, typeId: typeIds[index] ?? 0 }));
}

function encodingOf(entries: readonly Entry[]): Encoding {
  return {
    tokens: entries.map(({ token }, index) => ({ ...token, index })),
    ids: entries.map(({ token }) => token.id),
    typeIds: entries.map(({ typeId }) => typeId),
  };
}
