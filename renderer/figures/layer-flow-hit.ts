/** What lies under a point of a flow across layers. */
import type { LayerFlowLayout, PlacedRibbon } from './layer-flow-layout.ts';

export type FlowPlace =
  | { readonly kind: 'node'; readonly boundary: number; readonly row: number }
  /** An index of the layout's ribbons. */
  | { readonly kind: 'ribbon'; readonly ribbon: number };

/** Bars and ribbons are as wide as this for the pointer, in px. */
const REACH = 3;

/** A bar, or the narrowest ribbon there; null for empty space. Bars take their whole row, which may be higher than they are. */
export function flowAt(layout: LayerFlowLayout, x: number, y: number): FlowPlace | null {
  const boundary = layout.columns.findIndex((column) => Math.abs(x - column) <= layout.barWidth / 2 + REACH);
  if (boundary >= 0) {
    const row = layout.rows.findIndex((each) => y >= each.y && y < each.y + each.height);
    return row < 0 ? null : { kind: 'node', boundary, row };
  }
  let [found, narrowest] = [-1, Infinity];
  for (const [index, ribbon] of layout.ribbons.entries()) {
    if (x < ribbon.x0 || x > ribbon.x1 || ribbon.width >= narrowest) continue;
    if (Math.abs(y - ribbonMiddle(ribbon, x)) <= Math.max(ribbon.width / 2, REACH))
      [found, narrowest] = [index, ribbon.width];
  }
  return found < 0 ? null : { kind: 'ribbon', ribbon: found };
}

/** y of a ribbon's middle at an x between its ends: a cubic Bézier curve that leaves and arrives level. */
export function ribbonMiddle({ x0, x1, y0, y1 }: PlacedRibbon, x: number): number {
  // The controls' x are the middle: x(t) = 1.5·t·(1 − t) + t³ of the way, y(t) = 3t² − 2t³ of it.
  const way = (x - x0) / (x1 - x0);
  let [low, high] = [0, 1];
  for (let step = 0; step < 24; step++) {
    const t = (low + high) / 2;
    if (1.5 * t * (1 - t) + t ** 3 < way) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return y0 + (y1 - y0) * (3 * t ** 2 - 2 * t ** 3);
}
