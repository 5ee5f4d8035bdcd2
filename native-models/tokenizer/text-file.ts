/** Tokenizer files that are plain text. */
import { ModelError } from '../errors.ts';

/** @throws ModelError 'bad-model' `tokenizer-unreadable` for bytes that are not UTF-8 */
export function readText(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const message = `${path} is not UTF-8 text; expected one piece a line.`;
    throw new ModelError('bad-model', 'tokenizer-unreadable', message, { file: path });
  }
}
