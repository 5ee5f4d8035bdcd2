/** The two changes of `joint.ts` one by one, and what any of them does to given queries and keys. */
import { adjusted, centroid, chosenPairs, correlation, jointPoints, softmaxChange } from './joint.ts';
import type { JointAdjustment, JointInput } from './joint.ts';

/** Which of the two changes are made. */
export interface JointParts {
  readonly shift: boolean;
  readonly rescale: boolean;
}

/**
 * The changes that go with queries and keys. Without the scale, c is 1 and the shift alone brings the centroids together; without the
 * shift, c is the one that goes with it.
 * @throws ProjectionError as `jointPoints`
 */
export function adjustmentOf(input: JointInput, { shift, rescale }: JointParts): JointAdjustment {
  const none = new Float64Array(input.queries.dims);
  if (!shift && !rescale) return { shift: none, c: 1 };
  if (rescale) {
    const found = jointPoints(input);
    return shift ? { shift: found.shift, c: found.c } : { shift: none, c: found.c };
  }
  const keyMiddle = centroid(input.keys);
  return { shift: centroid(input.queries).map((value, at) => value - keyMiddle[at]!), c: 1 };
}

export interface JointMeasure {
  /** As in `JointPoints`; null without variation. */
  readonly correlation: number | null;
  /** The largest difference of a softmax weight that the changes make. */
  readonly softmaxChange: number;
  /** Pairs of a query and a key that were looked at. */
  readonly pairs: number;
}

/** How distances follow scores under given changes, and that softmax stays as it is. */
export function measureJoint(input: Required<JointInput>, adjustment: JointAdjustment): JointMeasure {
  const { queries, keys, sees } = input;
  const pairs = chosenPairs(queries.count, keys.count, sees);
  const { data, dims } = adjusted(queries, keys, adjustment);
  const [score, distance] = [new Float64Array(pairs.length), new Float64Array(pairs.length)];
  const [sum, count] = [new Float64Array(queries.count), new Uint32Array(queries.count)];
  pairs.forEach(([query, key], at) => {
    let [dot, square] = [0, 0];
    for (let axis = 0; axis < dims; axis += 1) {
      dot += queries.data[query * dims + axis]! * keys.data[key * dims + axis]!;
      square += (data[query * dims + axis]! - data[(queries.count + key) * dims + axis]!) ** 2;
    }
    score[at] = dot;
    distance[at] = Math.sqrt(square);
    sum[query]! += dot;
    count[query]! += 1;
  });
  // Softmax sees nothing of what all scores of a query have in common.
  pairs.forEach(([query], at) => (score[at]! -= sum[query]! / count[query]!));
  return {
    correlation: pairs.length === 0 ? null : correlation(distance, score),
    softmaxChange: softmaxChange(input, adjustment),
    pairs: pairs.length,
  };
}
