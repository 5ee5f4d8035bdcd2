/** Texts that a user types, as tokens that could come next or fill a place. */
import { ModelError } from '../errors.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import type { NamedText } from './types.ts';

export interface Reading {
  readonly reading: NamedText['reading'];
  readonly ids: readonly number[];
}

/** Longer ones are texts, not tokens. */
const LONGEST = 200;

/**
 * The pieces of a typed text, in the ways that it can go on: as it was typed, and as a word of its own, where the vocabulary writes
 * the space before a word into its pieces. A text that is a piece of the vocabulary as that stores it (`##ing`, `Ġthe`) is that piece.
 * Ways with the same pieces are one.
 * @throws ModelError `bad-text` for an empty text, or one too long to be a token
 */
export async function readingsOf(tokenizer: Tokenizer, typed: string): Promise<readonly Reading[]> {
  if (typed.length > LONGEST) {
    const message = `The typed token has ${typed.length} characters; expected at most ${LONGEST}.`;
    throw new ModelError('bad-text', 'token-too-long', message, { characters: typed.length, limit: LONGEST });
  }
  if (typed === '') throw nothingTyped();
  const piece = tokenizer.pieceId(typed);
  const spaced = /^\s/u.test(typed) ? typed : ` ${typed}`;
  const found: readonly Reading[] = [
    { reading: 'word', ids: await piecesOf(tokenizer, spaced) },
    { reading: 'joined', ids: await piecesOf(tokenizer, typed) },
    { reading: 'piece', ids: piece === null ? [] : [piece] },
  ];
  const key = ({ ids }: Reading) => ids.join(' ');
  const distinct = found.filter(
    (each, at) => each.ids.length > 0 && found.findIndex((one) => key(one) === key(each)) === at,
  );
  // What was typed exactly as it is stored was meant as that.
  if (distinct.length > 0)
    return distinct.toSorted((a, b) => Number(b.reading === 'piece') - Number(a.reading === 'piece'));
  throw nothingTyped();
}

function nothingTyped(): ModelError {
  return new ModelError('bad-text', 'token-empty', 'There is nothing to look up; type a word or a piece of one.');
}

/** The pieces without what the tokenizer adds around a text; none where it writes nothing for it. */
async function piecesOf(tokenizer: Tokenizer, text: string): Promise<readonly number[]> {
  try {
    const { tokens } = await tokenizer.encode({ text });
    return tokens.filter(({ start }) => start !== null).map(({ id }) => id);
  } catch (error) {
    if (error instanceof ModelError && error.reason === 'text-empty') return [];
    throw error;
  }
}
