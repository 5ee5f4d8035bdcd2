import { describe, expect, it } from 'vitest';
import { adjustmentOf, jointPoints, measureJoint } from '../../../renderer/projection/index.ts';

/** Numbers between −1 and 1 that are the same in every run. */
function numbers(count: number, seed: number): Float32Array {
  let state = seed;
  return Float32Array.from({ length: count }, () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return (2 * state) / 2147483648 - 1;
  });
}
const [COUNT, DIMS] = [20, 4];
const queries = { data: numbers(COUNT * DIMS, 7).map((value) => value + 2), count: COUNT, dims: DIMS };
const keys = { data: numbers(COUNT * DIMS, 11).map((value) => 3 * value - 1), count: COUNT, dims: DIMS };
const input = { queries, keys, sees: (query: number, key: number) => key <= query };

describe('parts of the joint adjustment', () => {
  it('are the whole one where both are on, and nothing where none is', () => {
    const { shift, c, correlation } = jointPoints(input);
    expect(adjustmentOf(input, { shift: true, rescale: true })).toEqual({ shift, c });
    expect(adjustmentOf(input, { shift: false, rescale: false })).toEqual({ shift: new Float64Array(DIMS), c: 1 });
    expect(measureJoint(input, { shift, c }).correlation).toBeCloseTo(correlation.after!, 5);
    expect(measureJoint(input, { shift: new Float64Array(DIMS), c: 1 }).correlation).toBeCloseTo(
      correlation.before!,
      9,
    );
  });

  it('bring the centroids together by the shift alone', () => {
    const { shift, c } = adjustmentOf(input, { shift: true, rescale: false });
    const mean = (data: Float32Array, axis: number): number =>
      data.reduce((sum, value, at) => (at % DIMS === axis ? sum + value / COUNT : sum), 0);
    expect(c).toBe(1);
    shift.forEach((value, axis) => {
      expect(mean(keys.data, axis) + value).toBeCloseTo(mean(queries.data, axis), 6);
    });
  });

  it('change no softmax weight, whichever are on', () => {
    for (const shift of [true, false]) {
      for (const rescale of [true, false]) {
        const { softmaxChange, pairs } = measureJoint(input, adjustmentOf(input, { shift, rescale }));
        expect(softmaxChange).toBeLessThan(1e-12);
        expect(pairs).toBe((COUNT * (COUNT + 1)) / 2);
      }
    }
  });
});
