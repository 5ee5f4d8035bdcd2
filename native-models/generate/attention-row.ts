/** What one token of a generated text looks at: made on demand from the queries, keys and values that were kept. */
import { ModelError } from '../errors.ts';
import { stageOf } from '../trace/core.ts';
import { planSites } from '../trace/plan.ts';
import type { StackInfo } from '../types.ts';
import type { TokenRows } from './cache.ts';
import type { AttentionRow } from './types.ts';

export interface KeptText {
  readonly stack: StackInfo;
  readonly tokens: number;
  /** The text in parts, in order. */
  readonly parts: readonly TokenRows[];
}

/** @throws ModelError `bad-request` for a token, layer or head that is not there */
export async function attentionRow(
  text: KeptText,
  position: number,
  layer: number,
  head: number,
): Promise<AttentionRow> {
  const { stack, tokens } = text;
  assertInside('token', position, tokens);
  assertInside('layer', layer, stack.layers);
  assertInside('head', head, stack.heads);
  const [plan] = planSites([stack], tokens, []);
  if (plan === undefined) throw new Error('invalid plan: there is one stack');
  const part = (name: 'q' | 'k' | 'v') => headRows(text, `${stack.name}.${layer}.self.${name}`, head);
  const vectors = { q: part('q'), k: part('k'), v: part('v') };
  const place = { plan, layer, heads: { first: head, count: 1 }, vectors };
  const rows = { first: position, count: 1 };
  const seen = async (stage: 'scores' | 'pattern') => (await stageOf(place, stage, rows)).data.slice(0, position + 1);
  return { position, layer, head, scores: await seen('scores'), weights: await seen('pattern') };
}

/** One head's rows of the whole text: f32 [tokens, d_head]. */
function headRows({ stack: { dHead }, tokens, parts }: KeptText, name: string, head: number): Float32Array {
  const all = new Float32Array(tokens * dHead);
  let at = 0;
  for (const { count, values } of parts) {
    const size = count * dHead;
    all.set(values.get(name)!.subarray(head * size, (head + 1) * size), at);
    at += size;
  }
  return all;
}

function assertInside(what: 'token' | 'layer' | 'head', index: number, count: number): void {
  if (Number.isInteger(index) && index >= 0 && index < count) return;
  const message = `There is no ${what} ${index}; there are ${count}, counted from 0.`;
  throw new ModelError('bad-request', `${what}-missing`, message, { index, tokens: count });
}
