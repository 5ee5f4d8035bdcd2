import { describe, expect, it } from 'vitest';
import { jointPoints } from '../../../renderer/projection/joint.ts';
import type { Points } from '../../../renderer/projection/types.ts';
import { assertClose } from '../../support/close.ts';
import { randomPoints } from './support.ts';

const DIMS = 8;
const queries = randomPoints(20, DIMS, 1);
const drawn = randomPoints(24, DIMS, 2);
const keys: Points = { ...drawn, data: drawn.data.map((value) => 3 * value + 2) };

function weights(data: Float32Array, query: number, first: number, seen: number): number[] {
  const scores = Array.from({ length: seen }, (_, key) => {
    let sum = 0;
    for (let at = 0; at < DIMS; at += 1) sum += data[query * DIMS + at]! * data[(first + key) * DIMS + at]!;
    return Math.exp(sum / Math.sqrt(DIMS));
  });
  const all = scores.reduce((sum, value) => sum + value, 0);
  return scores.map((value) => value / all);
}

describe('queries and keys together', () => {
  it('keeps every softmax weight, and brings near what attends', () => {
    const { points, correlation, softmaxChange } = jointPoints({ queries, keys });
    const before = Float32Array.from([...queries.data, ...keys.data]);
    for (let query = 0; query < 20; query += 1) {
      assertClose(weights(points.data, query, 20, 24), weights(before, query, 20, 24), { atol: 2e-6, rtol: 0 });
    }
    expect(softmaxChange).toBeLessThan(1e-12);
    expect(correlation.after!).toBeLessThan(correlation.before!);
    expect(correlation.after!).toBeLessThan(0);
  });

  it('lays the centroids on each other', () => {
    const { points } = jointPoints({ queries, keys });
    const centre = (from: number, to: number) =>
      Array.from({ length: DIMS }, (_, axis) => {
        const column = points.data.subarray(from * DIMS, to * DIMS).filter((_, at) => at % DIMS === axis);
        return column.reduce((sum, value) => sum + value, 0) / column.length;
      });
    assertClose(centre(20, 44), centre(0, 20), { atol: 1e-5, rtol: 0 });
  });

  it('heeds no pair that does not see each other', () => {
    const sees = (_: number, key: number) => key !== 3;
    const other = { ...keys, data: keys.data.slice() };
    const { correlation } = jointPoints({ queries, keys, sees });
    other.data[3 * DIMS] = -50;
    const changed = jointPoints({ queries, keys: other, sees }).correlation;
    expect(changed.before).toBe(correlation.before);
    expect(jointPoints({ queries, keys: other }).correlation.before).not.toBe(
      jointPoints({ queries, keys }).correlation.before,
    );
  });

  it('says what it cannot do', () => {
    expect(() => jointPoints({ queries, keys: randomPoints(3, 5) })).toThrow('invalid keys: 5 dimensions; queries: 8');
    expect(() => jointPoints({ queries, keys, sees: () => false })).toThrow('There is no query with a key');
  });
});
