/** Points that a method needs at least; apart from the methods themselves, so that a page need not load them. */
import type { Method } from './types.ts';

const LEAST_POINTS: Readonly<Record<Method, number>> = { pca: 2, umap: 4, tsne: 4 };

/** Points that the method needs at least. */
export function leastPoints(method: Method): number {
  return LEAST_POINTS[method];
}
