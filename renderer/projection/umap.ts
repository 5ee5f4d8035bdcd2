/** UMAP (McInnes, Healy and Melville 2018), by umap-js, with exact neighbours and a seed. */
import { UMAP } from 'umap-js';
import type { Nearest } from './nearest.ts';
import { seededRandom } from './random.ts';
import type { Steps } from './steps.ts';
import type { ProjectionSettings } from './types.ts';

/** The largest coordinate of the start, as in the authors' program. */
const START_SIZE = 10;

/** Of the fitting, how much is done when the layout begins. */
const PREPARED = 0.1;

/**
 * @param nearest of each point, `neighbours − 1` others: UMAP counts the point itself among them
 * @param start [count, components]
 */
export function* umapSteps(nearest: Nearest, start: Float64Array, settings: ProjectionSettings): Steps<Float32Array> {
  const { components, minDist, seed, iterations } = settings;
  const count = start.length / components;
  const umap = new UMAP({
    nComponents: components,
    nNeighbors: nearest.k + 1,
    minDist,
    random: seededRandom(seed),
    ...(iterations === null ? {} : { nEpochs: iterations }),
  });
  umap.setPrecomputedKNN(...withThemselves(nearest, count));
  // The neighbours are given, so that only the number of points is read.
  const epochs = umap.initializeFit(Array.from({ length: count }, () => []));
  const layout = umap.getEmbedding();
  placeAt(layout, start, components);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    umap.step();
    yield PREPARED + (1 - PREPARED) * ((epoch + 1) / epochs);
  }
  return Float32Array.from({ length: count * components }, (_, at) => {
    return layout[Math.floor(at / components)]![at % components]!;
  });
}

/** Moves umap-js's layout, which begins at random, to the start. */
function placeAt(layout: readonly number[][], start: Float64Array, components: number): void {
  const size = start.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  for (const [row, place] of layout.entries()) {
    for (let axis = 0; axis < components; axis += 1) {
      place[axis] = (START_SIZE * start[row * components + axis]!) / size;
    }
  }
}

function withThemselves({ k, indices, distances }: Nearest, count: number): [number[][], number[][]] {
  const rows = Array.from({ length: count }, (_, row) => row);
  return [
    rows.map((row) => [row, ...indices.subarray(row * k, (row + 1) * k)]),
    rows.map((row) => [0, ...distances.subarray(row * k, (row + 1) * k)]),
  ];
}
