/** How large the masks of a run are: shared wherever edits are the same. What they compute is tested by the golden interventions. */
import { expect, it } from 'vitest';

import { siteFeeds } from '../../../native-models/trace/feeds.ts';
import type { Intervention, Site } from '../../../native-models/trace/interventions.ts';
import { planSites } from '../../../native-models/trace/plan.ts';
import type { StackInfo } from '../../../native-models/types.ts';

const stack: StackInfo = { name: 'decoder', sites: ['self'], layers: 3, heads: 4, dHead: 8, hidden: 32, causal: true };
const TOKENS = 5;

function masksOf(...list: readonly Intervention[]) {
  const [plan] = planSites([stack], TOKENS, list);
  const feeds = siteFeeds(plan!, new Array<boolean>(TOKENS).fill(false));
  const mask = feeds['decoder.self.mask']!;
  const index = Array.from(feeds['decoder.self.maskIndex']!.data as BigInt64Array, Number);
  const size = TOKENS * TOKENS;
  const at = (layer: number, head: number) => {
    const [, , width = 1] = mask.dims;
    const start = (index[layer]! * width + (width === 1 ? 0 : head)) * size;
    return Array.from((mask.data as Float32Array).subarray(start, start + size));
  };
  return { dims: mask.dims, index, at };
}

const hide = (site: Site, query = 3, key = 1): Intervention => ({ kind: 'mask', site, query, key, visible: false });
const causal = Array.from({ length: TOKENS * TOKENS }, (_, at) =>
  at % TOKENS > Math.floor(at / TOKENS) ? -Infinity : 0,
);
const hidden = causal.with(3 * TOKENS + 1, -Infinity);

it('the model’s own mask is one table', () => {
  const masks = masksOf();
  expect([masks.dims, masks.index]).toEqual([
    [1, 1, 1, TOKENS, TOKENS],
    [0, 0, 0],
  ]);
  expect(masks.at(2, 3)).toEqual(causal);
});

it('a key hidden in all heads of all layers is one more table', () => {
  const masks = masksOf(hide({}));
  expect([masks.dims, masks.index]).toEqual([
    [2, 1, 1, TOKENS, TOKENS],
    [1, 1, 1],
  ]);
  expect(masks.at(1, 2)).toEqual(hidden);
});

it('layers with the same edits share a table, others have their own', () => {
  const masks = masksOf(hide({ layer: 0 }), hide({ layer: 2 }));
  expect([masks.dims, masks.index]).toEqual([
    [2, 1, 1, TOKENS, TOKENS],
    [1, 0, 1],
  ]);
  expect([masks.at(0, 0), masks.at(1, 0), masks.at(2, 0)]).toEqual([hidden, causal, hidden]);
});

it('an edit of one head needs a table of all heads', () => {
  const masks = masksOf(hide({ layer: 1, head: 2 }), hide({ layer: 2, head: 0 }));
  expect([masks.dims, masks.index]).toEqual([
    [3, 1, 4, TOKENS, TOKENS],
    [0, 1, 2],
  ]);
  expect([masks.at(1, 2), masks.at(1, 0), masks.at(2, 0), masks.at(0, 2)]).toEqual([hidden, causal, hidden, causal]);
});

it('replaced rows are tables of their own', () => {
  const masks = masksOf({ kind: 'pattern', site: {}, pattern: 'first' });
  expect([masks.dims, masks.index]).toEqual([
    [4, 1, 4, TOKENS, TOKENS],
    [1, 2, 3],
  ]);
  expect(masks.at(2, 3).slice(2 * TOKENS, 3 * TOKENS)).toEqual([0, -Infinity, -Infinity, -Infinity, -Infinity]);
});
