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

  it('a named pattern spreads over the keys that the masks leave visible', () => {
    const { replaced } = plan(
      { kind: 'pattern', site: { layer: 0, head: 0 }, pattern: 'uniform' },
      { kind: 'mask', site: {}, query: 2, key: 0, visible: false },
    );
    const rows = replaced.get(ofHead(0, 0))!;
    expect(Array.from(rows.get(2)!)).toEqual([0, 0.5, 0.5, 0]);
    expect(Array.from(rows.get(3)!)).toEqual([0.25, 0.25, 0.25, 0.25]);
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
      'There is no any stack, layer 2, head any in this model; it has decoder (layers 0…1, heads 0…2).',
    ],
    [{ kind: 'head', site: { head: -1 }, factor: 0 }, 'head -1'],
    [{ kind: 'head', site: { stack: 'encoder' }, factor: 0 }, 'There is no encoder'],
    [{ kind: 'head', site: {}, factor: NaN }, 'expected a finite number'],
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

  it('an unmasked cell is visible beyond the diagonal, for its head only', () => {
    const lifted = plan({ kind: 'mask', site: { layer: 0, head: 1 }, query: 0, key: 3, visible: true });
    expect(Array.from(maskOf(lifted, ofHead(0, 1)).slice(0, 4))).toEqual([0, -Infinity, -Infinity, 0]);
    expect(Array.from(maskOf(lifted, ofHead(0, 0)).slice(0, 4))).toEqual([0, -Infinity, -Infinity, -Infinity]);
  });
});
