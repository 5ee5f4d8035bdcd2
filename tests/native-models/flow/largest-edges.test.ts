import { describe, expect, it } from 'vitest';
import { LargestEdges } from '../../../native-models/flow/largest-edges.ts';
import { seededRandom } from '../../../native-models/heads/random.ts';
import type { FlowEdge } from '../../../native-models/types.ts';

describe('LargestEdges', () => {
  it.each([1, 7, 50, 400])('keeps the %i largest of 300, largest first', (limit) => {
    const random = seededRandom(limit);
    const all = Array.from({ length: 300 }, (_, at): FlowEdge => {
      // Few different amounts, so that many are equal.
      const amount = (1 + Math.floor(random() * 40)) / 40;
      return { from: at % 20, to: Math.floor(at / 20), amount, residual: at % 3 === 0 };
    });
    const found = new LargestEdges(limit);
    for (const { from, to, amount, residual } of all) found.offer(from, to, amount, residual);
    const sorted = all.toSorted((a, b) => b.amount - a.amount || a.to - b.to || a.from - b.from);
    expect(found.edges).toEqual(sorted.slice(0, limit));
    expect(found.total).toBeCloseTo(
      all.reduce((sum, { amount }) => sum + amount, 0),
      9,
    );
    expect(found.residual).toBeCloseTo(
      all.reduce((sum, { amount, residual }) => sum + (residual ? amount : 0), 0),
      9,
    );
  });

  it('has no edges without an amount', () => {
    const found = new LargestEdges(3);
    found.offer(0, 1, 0, false);
    found.offer(1, 1, Number.NaN, true);
    expect([found.edges, found.total, found.residual]).toEqual([[], 0, 0]);
  });
});
