import { describe, expect, it } from 'vitest';
import { applyPca, fitPca } from '../../../renderer/projection/pca.ts';
import { assertClose } from '../../support/close.ts';
import { randomPoints, reference } from './support.ts';

const CLOSE = { atol: 2e-6, rtol: 2e-6 };

describe('PCA', () => {
  it.each(['tall', 'wide', 'deficient', 'constant'])("%s: as NumPy's SVD has it, up to sign", (name) => {
    const points = reference(`${name}/points`);
    const axes = reference(`${name}/axes`).data;
    const expected = reference(`${name}/coordinates`).data;
    const pca = fitPca(points, 3);
    const found = applyPca(pca, points);
    const { dims } = points;
    const signs = [0, 1, 2].map((axis) => {
      let along = 0;
      for (let at = axis * dims; at < (axis + 1) * dims; at += 1) along += pca.axes[at]! * axes[at]!;
      return Math.sign(along);
    });
    assertClose(
      pca.axes.map((value, at) => value * signs[Math.floor(at / dims)]!),
      axes,
      CLOSE,
      'axes',
    );
    assertClose(
      found.map((value, at) => value * signs[at % 3]!),
      expected,
      { atol: 1e-5, rtol: 2e-6 },
      'coordinates',
    );
    assertClose(pca.explained, reference(`${name}/explained`).data, CLOSE, 'explained');
  });

  it('places new points with the mean and axes of the old ones', () => {
    const pca = fitPca(randomPoints(50, 6), 2);
    const point = pca.mean.map((value, at) => value + 2 * pca.axes[at]! - 3 * pca.axes[6 + at]!);
    assertClose(applyPca(pca, { data: Float32Array.from(point), count: 1, dims: 6 }), [2, -3], { atol: 1e-5, rtol: 0 });
    expect(() => applyPca(pca, randomPoints(2, 5))).toThrow('invalid points: 5 dimensions');
  });

  it('gives orthonormal axes where the points have fewer directions, and explains nothing by them', () => {
    const { axes, explained } = fitPca({ data: new Float32Array(12).fill(3), count: 3, dims: 4 }, 3);
    expect(explained).toEqual([0, 0, 0]);
    for (const a of [0, 1, 2])
      for (const b of [0, 1, 2]) {
        const dot = [0, 1, 2, 3].reduce((sum, at) => sum + axes[a * 4 + at]! * axes[b * 4 + at]!, 0);
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 12);
      }
  });

  it('says what it cannot do', () => {
    expect(() => fitPca(randomPoints(1, 3), 2)).toThrow('PCA takes 2 points or more; there are 1.');
    expect(() => fitPca(randomPoints(5, 3), 4)).toThrow('invalid components: 4');
  });
});
