/** What a text must be before it goes to the native library. */
import { ModelError } from '../errors.ts';

/** Longest text that is tokenized at all, in UTF-16 code units: far over every model's length, quick to refuse. */
export const MAX_TEXT_LENGTH = 2_000_000;

const NAMES = ['The text', 'The second sentence'];

/**
 * @param part 0: the text, 1: the pair
 * @throws ModelError 'bad-text' `text-empty`, `text-too-large` or `lone-surrogate`
 */
export function checkText(text: string, part: number): void {
  if (text === '') throw textEmpty(part);
  if (text.length > MAX_TEXT_LENGTH) {
    const message = `${NAMES[part]} has ${text.length} characters; expected at most ${MAX_TEXT_LENGTH}.`;
    const values = { part, characters: text.length, limit: MAX_TEXT_LENGTH };
    throw new ModelError('bad-text', 'text-too-large', message, values);
  }
  const at = text.search(/\p{Surrogate}/u);
  if (at >= 0) {
    const code = text.charCodeAt(at).toString(16).toUpperCase();
    const message = `${NAMES[part]} has half a character (the lone surrogate U+${code}) at position ${at}; expected whole characters.`;
    throw new ModelError('bad-text', 'lone-surrogate', message, { part, position: at, code: `U+${code}` });
  }
}

/** The error for a text without a single token of its own. */
export function textEmpty(part: number): ModelError {
  return new ModelError('bad-text', 'text-empty', `${NAMES[part]} is empty; expected at least one word.`, { part });
}

/** Throws ModelError 'bad-text' `text-too-long` when `tokens` are more than the model takes. */
export function checkLength(tokens: number, limit: number | undefined): void {
  if (limit === undefined || tokens <= limit) return;
  const message = `The text has ${tokens} tokens; this model takes at most ${limit}.`;
  throw new ModelError('bad-text', 'text-too-long', message, { tokens, limit });
}
