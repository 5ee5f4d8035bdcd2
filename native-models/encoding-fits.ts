/** Whether tokens are such as a model can read. */
import { ModelError } from './errors.ts';
import type { Model } from './model.ts';
import type { Encoding } from './types.ts';

/**
 * @throws ModelError `bad-text` `text-too-long` for more tokens than the model takes; `bad-model` `tokenizer-mismatch` for an id that it
 *   does not know
 */
export function assertFits(model: Model, encoding: Encoding): void {
  const { maxTokens } = model;
  const { ids } = encoding;
  if (ids.length > maxTokens) {
    const message = `The text has ${ids.length} tokens; this model takes at most ${maxTokens}, special tokens included.`;
    throw new ModelError('bad-text', 'text-too-long', message, { tokens: ids.length, limit: maxTokens });
  }
  assertKnown(model, encoding);
}

/** @throws ModelError `bad-model` `tokenizer-mismatch` */
export function assertKnown({ source }: Model, { ids }: Encoding): void {
  const unknown = ids.find((id) => id >= source.vocabulary);
  if (unknown === undefined) return;
  throw new ModelError(
    'bad-model',
    'tokenizer-mismatch',
    `The tokenizer gave the id ${unknown}, but the model's vocabulary has ${source.vocabulary} entries; they do not belong together.`,
    { id: unknown, vocabulary: source.vocabulary },
  );
}
