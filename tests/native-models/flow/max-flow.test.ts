import { describe, expect, it } from 'vitest';
import { LayeredNetwork } from '../../../native-models/flow/max-flow.ts';
import { seededRandom } from '../../../native-models/heads/random.ts';

/** Rows [to, from] of every layer; about a third of the edges is missing. */
function randomLayers(seed: number, layers: number, tokens: number): Float64Array[] {
  const random = seededRandom(seed);
  return Array.from({ length: layers }, () =>
    Float64Array.from({ length: tokens * tokens }, () => (random() < 0.35 ? 0 : random())),
  );
}

/** The least capacity of all cuts between the target and the sink (Ford & Fulkerson 1956): every way to part the nodes is tried. */
function leastCut(layers: readonly Float64Array[], tokens: number, target: number, sink: number): number {
  const nodes = (layers.length + 1) * tokens;
  const source = layers.length * tokens + target;
  let least = Infinity;
  for (let side = 0; side < 2 ** nodes; side++) {
    if (((side >> source) & 1) === 0 || ((side >> sink) & 1) === 1) continue;
    let cut = 0;
    layers.forEach((weights, layer) => {
      weights.forEach((capacity, at) => {
        const upper = (layer + 1) * tokens + Math.floor(at / tokens);
        const lower = layer * tokens + (at % tokens);
        if (((side >> upper) & 1) === 1 && ((side >> lower) & 1) === 0) cut += capacity;
      });
    });
    least = Math.min(least, cut);
  }
  return least;
}

describe('LayeredNetwork', () => {
  it.each([1, 2, 3, 4, 5, 6])('the maximum flow is the least cut (random network %i)', (seed) => {
    const [layers, tokens, target] = [randomLayers(seed, 3, 3), 3, seed % 3];
    const network = new LayeredNetwork(layers, tokens, target);
    for (let sink = 0; sink < tokens; sink++) {
      expect(network.maximum(sink)).toBeCloseTo(leastCut(layers, tokens, target, sink), 9);
    }
  });

  it('finds ways that a first choice has blocked', () => {
    // The target reaches 0 by 1, and 1 by 0 and 1: sending all of 1's share to the wrong side must be taken back.
    const layers = [Float64Array.of(1, 0, 1, 1), Float64Array.of(1, 1, 0, 0)];
    expect(new LayeredNetwork(layers, 2, 0).maximum(0)).toBe(2);
    expect(new LayeredNetwork(layers, 2, 0).maximum(1)).toBe(1);
  });

  it('a flow keeps to the capacities, loses nothing on the way and ends at the sink', () => {
    const [layers, tokens, target, sink] = [randomLayers(11, 4, 5), 5, 2, 3];
    const network = new LayeredNetwork(layers, tokens, target);
    const value = network.maximum(sink);
    const ways = layers.map(() => new Float64Array(tokens * tokens));
    network.addTo(ways);
    let above = Float64Array.from({ length: tokens }, (_, token) => (token === target ? value : 0));
    for (let layer = layers.length - 1; layer >= 0; layer--) {
      const below = new Float64Array(tokens);
      ways[layer]!.forEach((amount, at) => {
        expect(amount).toBeLessThanOrEqual(layers[layer]![at]! + 1e-12);
        above[Math.floor(at / tokens)]! -= amount;
        below[at % tokens]! += amount;
      });
      for (const left of above) expect(left).toBeCloseTo(0, 9);
      above = below;
    }
    expect(value).toBeGreaterThan(0.1);
    above.forEach((amount, token) => expect(amount).toBeCloseTo(token === sink ? value : 0, 9));
  });

  it('nothing flows where no way leads', () => {
    expect(new LayeredNetwork([Float64Array.of(1, 0, 0.5, 0.5)], 2, 0).maximum(1)).toBe(0);
  });
});
