import { describe, expect, it } from 'vitest';
import type { Intervention } from '../../../native-models/index.ts';
import { maskOf, planSites } from '../../../native-models/trace/plan.ts';

const decoder = { name: 'decoder', sites: ['self'], layers: 2, heads: 3, dHead: 16, hidden: 48, causal: true } as const;
const plan = (...list: Intervention[]) => planSites([decoder], 4, list)[0]!;
const ofHead = (layer: number, head: number) => layer * decoder.heads + head;

describe('planSites', () => {
  it('is neutral for an empty list', () => {
    const neutral = plan();
    expect(new Set(neutral.scale)).toEqual(new Set([0.25]));
    expect(new Set(neutral.factor)).toEqual(new Set([1]));
    expect(neutral.visibility.size + neutral.replaced.size).toBe(0);
  });

  it('applies in order: a later intervention wins', () => {
    const { factor, scale } = plan(
      { kind: 'head', site: {}, factor: 0 },
      { kind: 'head', site: { layer: 1, head: 2 }, factor: 1 },
      { kind: 'scale', site: { layer: 0 }, factor: 2 },
    );
    expect(Array.from(factor)).toEqual([0, 0, 0, 0, 0, 1]);
    expect(Array.from(scale)).toEqual([2, 2, 2, 0.25, 0.25, 0.25]);
  });

  const uniform: Intervention = { kind: 'pattern', site: { layer: 0, head: 0 }, pattern: 'uniform' };
  const mask = (query: number, key: number, visible = false): Intervention => ({
    kind: 'mask',
    site: {},
    query,
    key,
    visible,
  });
  const rowOf = (query: number, ...list: Intervention[]) =>
    Array.from(
      plan(...list)
        .replaced.get(ofHead(0, 0))!
        .get(query)!,
    );

  it('a uniform pattern spreads over the keys that the masks before it leave visible', () => {
    expect(rowOf(2, mask(2, 0), uniform)).toEqual([0, 0.5, 0.5, 0]);
    expect(rowOf(3, mask(2, 0), uniform)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(rowOf(0, mask(0, 3, true), uniform)).toEqual([0.5, 0, 0, 0.5]);
    expect(rowOf(0, uniform, mask(0, 3, true))).toEqual([1, 0, 0, 0]);
  });

  it('a mask after a pattern takes the weight of its key, until it is taken back', () => {
    const drawn: Intervention = {
      kind: 'pattern',
      site: { layer: 0, head: 0 },
      pattern: [{ query: 3, weights: [0.5, 0.125, 0.375, 0] }],
    };
    expect(rowOf(3, mask(3, 0), drawn)).toEqual([0.5, 0.125, 0.375, 0]);
    expect(rowOf(3, drawn, mask(3, 0))).toEqual([0, 0.25, 0.75, 0]);
    expect(rowOf(3, drawn, mask(3, 0), mask(3, 2))).toEqual([0, 1, 0, 0]);
    expect(rowOf(3, drawn, mask(3, 0), mask(3, 0, true))).toEqual([0.5, 0.125, 0.375, 0]);
    expect(rowOf(3, drawn, mask(3, 0), drawn)).toEqual([0.5, 0.125, 0.375, 0]);
  });

  it('the last pattern of a row counts, and rows that are not drawn again keep the one before', () => {
    const drawn: Intervention = { ...uniform, pattern: [{ query: 2, weights: [0, 0, 0, 1] }] };
    expect(rowOf(2, uniform, drawn)).toEqual([0, 0, 0, 1]);
    expect(rowOf(3, uniform, drawn)).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(rowOf(2, drawn, { ...uniform, pattern: 'first' })).toEqual([1, 0, 0, 0]);
  });

  it('a drawn row that is nearly 1 is made exactly 1, so that slices and the run agree', () => {
    const [weight] = rowOf(1, { ...uniform, pattern: [{ query: 1, weights: [0.4996, 0.4996, 0, 0] }] });
    expect(weight).toBe(0.5);
  });

  it('previous looks at the token before, and the first token at itself', () => {
    const rows = plan({ kind: 'pattern', site: { layer: 1, head: 1 }, pattern: 'previous' }).replaced.get(
      ofHead(1, 1),
    )!;
    expect([...rows.values()].map((row) => row.indexOf(1))).toEqual([0, 0, 1, 2]);
  });

  it.each<[Intervention, string]>([
    [
      { kind: 'head', site: { layer: 2 }, factor: 0 },
      'There is no layer 2 in this model; it has decoder (layers 0…1, heads 0…2).',
    ],
    [{ kind: 'head', site: { head: -1 }, factor: 0 }, 'head -1'],
    [{ kind: 'head', site: { stack: 'encoder' }, factor: 0 }, 'There is no encoder'],
    [
      { kind: 'head', site: { stack: 'decoder', layer: 1, head: 9 }, factor: 0 },
      'There is no decoder, layer 1, head 9 in this model',
    ],
    [{ kind: 'head', site: {}, factor: NaN }, 'expected a finite number'],
    [{ kind: 'scale', site: {}, factor: 1e39 }, 'The scale factor is 1e+39; expected a finite number'],
    [{ kind: 'mask', site: {}, query: 4, key: 0, visible: false }, 'There is no query 4; the text has tokens 0…3'],
    [
      { kind: 'mask', site: {}, query: 0, key: 0, visible: false },
      'Query 0 of decoder layer 0 head 0 would see no key at all',
    ],
    [
      { kind: 'pattern', site: {}, pattern: [{ query: 1, weights: [0.5, 0.2, 0, 0] }] },
      'expected 4 weights of 0…1 with sum 1',
    ],
    [{ kind: 'pattern', site: {}, pattern: [{ query: 1, weights: [1] }] }, 'has 1 weights'],
  ])('refuses %j', (intervention, message) => {
    expect(() => plan(intervention)).toThrow(message);
  });

  it('refuses a replaced row whose keys are all hidden afterwards, and a uniform row over no key', () => {
    const previous: Intervention = { ...uniform, pattern: 'previous' };
    expect(() => plan(previous, mask(2, 1))).toThrow(
      'Query 2 of decoder layer 0 head 0 keeps no weight: its pattern was replaced',
    );
    expect(rowOf(2, mask(2, 1), previous)).toEqual([0, 1, 0, 0]);
    expect(() => plan(mask(0, 0), uniform, mask(0, 0, true))).toThrow('would see no key at all');
  });

  it('an unmasked cell is visible beyond the diagonal, for its head only', () => {
    const lifted = plan({ kind: 'mask', site: { layer: 0, head: 1 }, query: 0, key: 3, visible: true });
    expect(Array.from(maskOf(lifted, ofHead(0, 1)).slice(0, 4))).toEqual([0, -Infinity, -Infinity, 0]);
    expect(Array.from(maskOf(lifted, ofHead(0, 0)).slice(0, 4))).toEqual([0, -Infinity, -Infinity, -Infinity]);
  });
});
