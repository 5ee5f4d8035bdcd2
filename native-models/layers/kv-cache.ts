/**
 * Going on with a text: keys and values of the tokens before come in, those of the new tokens go out, so that a step computes the new
 * tokens alone. What comes in is read where it lies: it is neither copied nor put in front of the new tokens.
 */
import type { GraphBuilder } from '../graph/builder.ts';
import type { Value } from '../graph/tensor.ts';
import type { Network } from './network.ts';

/** Keys or values, or both, of some tokens: [1, heads, token, d_head] each. */
export interface KeysAndValues {
  readonly k: Value;
  readonly v: Value;
}

/** What a layer keeps of the tokens before, as inputs `<name>.past.k` and `<name>.past.v`; hidden places of it do not count. */
export function declarePast({ graph }: Network, name: string, heads: number, dHead: number): KeysAndValues {
  const input = (part: 'k' | 'v'): Value => graph.input(`${name}.past.${part}`, 'float32', [1, heads, 'past', dHead]);
  return { k: input('k'), v: input('v') };
}

/**
 * Attention of new tokens to those before and to each other: softmax over both together, [1, heads, new, d_head].
 * @param scaledQ q·scale of the new tokens, [1, heads, new, d_head]
 * @param mask [1, 1, new, past + new]: −∞ where a query may not see a key, and at places of the past that are not taken
 */
export function attentionWithPast(
  graph: GraphBuilder,
  { scaledQ, mask, past, now }: { scaledQ: Value; mask: Value; past: KeysAndValues; now: KeysAndValues },
): Value {
  const scores = [past, now].map(({ k }) =>
    graph.op('MatMul', [scaledQ, graph.op('Transpose', [k], { perm: [0, 1, 3, 2] })]),
  );
  const masked = graph.op('Add', [graph.op('Concat', scores, { axis: 3 }), mask]);
  const pattern = graph.op('Softmax', [masked], { axis: -1 });
  const counts = [past, now].map(({ k }) => graph.op('Shape', [k], { start: 2, end: 3 }));
  const weights = graph.ops('Split', [pattern, graph.op('Concat', counts, { axis: 0 })], { axis: 3 }, 2);
  const sums = [past, now].map(({ v }, at) => graph.op('MatMul', [weights[at] as Value, v]));
  return graph.op('Add', sums);
}
