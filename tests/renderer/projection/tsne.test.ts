import { describe, expect, it } from 'vitest';
import { nearestNeighbours } from '../../../renderer/projection/nearest.ts';
import { finishSteps } from '../../../renderer/projection/steps.ts';
import { conditionalProbabilities } from '../../../renderer/projection/tsne-affinities.ts';
import { exactForces, treeForces } from '../../../renderer/projection/tsne-forces.ts';
import { assertClose } from '../../support/close.ts';
import { randomPoints } from './support.ts';

describe('t-SNE', () => {
  it('gives each point probabilities that sum to 1 and have the perplexity', () => {
    const conditional = finishSteps(
      conditionalProbabilities(finishSteps(nearestNeighbours(randomPoints(90, 7), 89)), 12),
    );
    for (let point = 0; point < 90; point += 1) {
      const row = conditional.subarray(point * 89, (point + 1) * 89);
      expect(row.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      const entropy = row.reduce((sum, value) => sum - (value > 0 ? value * Math.log(value) : 0), 0);
      expect(Math.exp(entropy)).toBeCloseTo(12, 3);
    }
  });

  it.each([2, 3])(
    '%i components: the forces by the tree are near the exact ones, points at one place among them',
    (components) => {
      const count = 300;
      const nearest = finishSteps(nearestNeighbours(randomPoints(count, 6), count - 1));
      const conditional = finishSteps(conditionalProbabilities(nearest, 20));
      const layout = Float64Array.from(randomPoints(count, components, 3).data, (value) => 8 * value);
      layout.copyWithin(0, components, 2 * components);
      const exact = exactForces(nearest, conditional, components)(layout);
      const tree = treeForces(nearest, conditional, components)(layout);
      assertClose(tree.attraction, exact.attraction, { atol: 1e-12, rtol: 1e-9 });
      expect(Math.abs(tree.normalisation / exact.normalisation - 1)).toBeLessThan(0.02);
      const size = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
      const error = size(tree.repulsion.map((value, at) => value - exact.repulsion[at]!)) / size(exact.repulsion);
      expect(error).toBeLessThan(0.05);
      expect(error).toBeGreaterThan(0);
    },
  );
});
