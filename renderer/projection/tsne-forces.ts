/** The two forces of t-SNE's gradient (van der Maaten and Hinton 2008, equation 5; as a sum of two in van der Maaten 2014, section 4.2). */
import { BarnesHutTree } from './barnes-hut.ts';
import type { Nearest } from './nearest.ts';

export interface Forces {
  /** Σ_j p_ij q_ij Z (y_i − y_j): [count, components]. */
  readonly attraction: Float64Array;
  /** Σ_j q_ij² Z² (y_i − y_j): [count, components]. */
  readonly repulsion: Float64Array;
  /** Z = Σ_{k≠l} 1 ÷ (1 + ‖y_k − y_l‖²). */
  readonly normalisation: number;
}

/** The forces on a layout [count, components]; the arrays are used again by the next call. */
export type ForceField = (layout: Float64Array) => Forces;

/** Cells seen under a smaller angle than this stand for their points (van der Maaten 2014, section 4.2). */
const THETA = 0.5;

/** The exact forces. @param conditional p(j|i) over all other points, in the order of `nearest` */
export function exactForces({ k, indices }: Nearest, conditional: Float64Array, components: number): ForceField {
  const count = indices.length / k;
  const joint = new Float64Array(count * count);
  for (let from = 0; from < count; from += 1) {
    for (let at = from * k; at < (from + 1) * k; at += 1) {
      const half = conditional[at]! / (2 * count);
      joint[from * count + indices[at]!]! += half;
      joint[indices[at]! * count + from]! += half;
    }
  }
  // With two components the third is 0 everywhere.
  const place = new Float64Array(3 * count);
  const [attraction, repulsion] = [new Float64Array(3 * count), new Float64Array(3 * count)];
  return (layout) => {
    for (let at = 0; at < layout.length; at += 1) {
      place[3 * Math.floor(at / components) + (at % components)] = layout[at]!;
    }
    attraction.fill(0);
    repulsion.fill(0);
    let normalisation = 0;
    for (let i = 0; i < count; i += 1) normalisation += addForces(i, { place, joint, attraction, repulsion });
    return {
      attraction: spread(attraction, count, components),
      repulsion: spread(repulsion, count, components),
      normalisation,
    };
  };
}

interface Field {
  /** [count, 3] */
  readonly place: Float64Array;
  /** p_ij: [count, count] */
  readonly joint: Float64Array;
  /** [count, 3] */
  readonly attraction: Float64Array;
  readonly repulsion: Float64Array;
}

/** The forces between a point and those after it; returns their part of the normalisation. */
function addForces(i: number, { place, joint, attraction, repulsion }: Field): number {
  const count = place.length / 3;
  const [x, y, z] = [place[3 * i]!, place[3 * i + 1]!, place[3 * i + 2]!];
  let [ax, ay, az] = [0, 0, 0];
  let [rx, ry, rz] = [0, 0, 0];
  let normalisation = 0;
  for (let j = i + 1; j < count; j += 1) {
    const at = 3 * j;
    const dx = x - place[at]!;
    const dy = y - place[at + 1]!;
    const dz = z - place[at + 2]!;
    const weight = 1 / (1 + dx * dx + dy * dy + dz * dz);
    const pull = joint[i * count + j]! * weight;
    const push = weight * weight;
    normalisation += 2 * weight;
    ax += pull * dx;
    ay += pull * dy;
    az += pull * dz;
    rx += push * dx;
    ry += push * dy;
    rz += push * dz;
    attraction[at]! -= pull * dx;
    attraction[at + 1]! -= pull * dy;
    attraction[at + 2]! -= pull * dz;
    repulsion[at]! -= push * dx;
    repulsion[at + 1]! -= push * dy;
    repulsion[at + 2]! -= push * dz;
  }
  const own = [ax, ay, az, rx, ry, rz];
  for (let axis = 0; axis < 3; axis += 1) {
    attraction[3 * i + axis]! += own[axis]!;
    repulsion[3 * i + axis]! += own[3 + axis]!;
  }
  return normalisation;
}

/** [count, 3] as [count, components]. */
function spread(force: Float64Array, count: number, components: number): Float64Array {
  if (components === 3) return force;
  return Float64Array.from({ length: count * 2 }, (_, at) => force[3 * (at >> 1) + (at & 1)]!);
}

/** The forces with the attraction of near neighbours only, and the repulsion of far points by their cells (Barnes and Hut 1986). */
export function treeForces({ k, indices }: Nearest, conditional: Float64Array, components: number): ForceField {
  const count = indices.length / k;
  const [attraction, repulsion] = [new Float64Array(count * components), new Float64Array(count * components)];
  const tree = new BarnesHutTree(count, components);
  return (layout) => {
    attraction.fill(0);
    repulsion.fill(0);
    for (let i = 0; i < count; i += 1) {
      for (let at = i * k; at < (i + 1) * k; at += 1) {
        pull(attraction, layout, [i, indices[at]!, components], conditional[at]! / (2 * count));
      }
    }
    tree.build(layout);
    let normalisation = 0;
    for (let i = 0; i < count; i += 1) normalisation += tree.repel(i, THETA, repulsion);
    return { attraction, repulsion, normalisation };
  };
}

/** Adds half·w·(y_i − y_j) with w = 1 ÷ (1 + ‖y_i − y_j‖²) to point i, and its opposite to point j. */
function pull(
  force: Float64Array,
  layout: Float64Array,
  [i, j, components]: readonly [number, number, number],
  half: number,
): void {
  const a = i * components;
  const b = j * components;
  let squared = 0;
  for (let axis = 0; axis < components; axis += 1) squared += (layout[a + axis]! - layout[b + axis]!) ** 2;
  const weight = half / (1 + squared);
  for (let axis = 0; axis < components; axis += 1) {
    const part = weight * (layout[a + axis]! - layout[b + axis]!);
    force[a + axis]! += part;
    force[b + axis]! -= part;
  }
}
