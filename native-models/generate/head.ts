/** The head at one place: final hidden state → logits of the whole vocabulary, and how one of them is made. */
import { ModelError } from '../errors.ts';
import type { Model } from '../model.ts';
import { floats } from '../trace/feeds.ts';
import type { LogitProduct } from './types.ts';

/** A place that the head predicts from. */
export interface HeadPlace {
  readonly position: number;
  /** f32 [hidden]: after the last layer and its norm. */
  readonly final: Float32Array;
}

export interface HeadOutput {
  /** f32 [vocabulary]. */
  readonly logits: Float32Array;
  /** f32 [hidden]: what the table is multiplied with. */
  readonly features: Float32Array;
}

/**
 * The model's head, where it predicts tokens.
 * @throws ModelError `bad-request` for a model that predicts none
 */
export function assertPredictsTokens({ head, source }: Model): 'next-token' | 'masked-token' {
  if (source.head !== null && (head === 'next-token' || head === 'masked-token')) return head;
  if (head === 'classification' || head === 'token-classification') {
    const of = head === 'classification' ? 'the whole text' : 'every token';
    const message = `This model chooses among classes of ${of}; it predicts no token of a vocabulary.`;
    throw new ModelError('bad-request', 'no-vocabulary', message);
  }
  throw new ModelError('bad-request', 'no-head', 'This model has no prediction head.');
}

export async function headAt({ source }: Model, { final }: HeadPlace): Promise<HeadOutput> {
  const { head } = source;
  if (head === null) throw new Error('invalid model: it has no head');
  const asked = head.outputNames.includes('features') ? ['logits', 'features'] : ['logits'];
  const results = await head.run({ final: floats(final, [1, final.length]) }, asked);
  return { logits: results.get('logits')!.data, features: results.get('features')?.data ?? final.slice() };
}

/** The two vectors whose product is the logit of `id`, and what is added. */
export async function logitProduct({ source }: Model, id: number, features: Float32Array): Promise<LogitProduct> {
  const table = source.headTable;
  if (table === null) throw new Error('invalid model: its head has no table');
  return { id, features, ...(await table.row(id)), tied: table.tied };
}
