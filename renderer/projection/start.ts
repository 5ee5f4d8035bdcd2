/** Where UMAP and t-SNE begin: at the principal components, which keeps the coarse order (Kobak and Linderman 2021). */
import { applyPca, pcaSteps } from './pca.ts';
import { normal } from './random.ts';
import type { Steps } from './steps.ts';
import type { Points } from './types.ts';

/** The jitter, as a share of the spread, that parts points that are the same. */
const JITTER = 1e-2;

/** [count, components] with standard deviation 1 in the first component, and a little noise. */
export function* startFromPca(points: Points, components: number, random: () => number): Steps<Float64Array> {
  const { count, dims } = points;
  const taken = Math.min(components, dims);
  const found = applyPca(yield* pcaSteps(points, taken), points);
  let squares = 0;
  for (let row = 0; row < count; row += 1) squares += found[row * taken]! ** 2;
  const spread = Math.sqrt(squares / count);
  const start = new Float64Array(count * components);
  for (let row = 0; row < count; row += 1) {
    for (let axis = 0; axis < components; axis += 1) {
      const place = axis < taken && spread > 0 ? found[row * taken + axis]! / spread : 0;
      start[row * components + axis] = place + JITTER * normal(random);
    }
  }
  return start;
}
