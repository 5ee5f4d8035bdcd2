/** What the points of a scatter plot look like, however they are drawn. */
import type { Places } from './scatter-pick.ts';

export interface PointStyle {
  /** `#rrggbb`, one a point. */
  readonly colours: readonly string[];
  /** 0 disc, 1 square, 2 diamond; one a point. */
  readonly shapes: Uint8Array;
  /** Of a point, in px. */
  readonly size: number;
  /** Points that stand out; the others are pale while there are any. Empty: all alike. */
  readonly marked: ReadonlySet<number>;
}

/** How strong a point is: alone, unmarked beside marked ones, and marked. */
const STRENGTHS = { plain: 0.85, pale: 0.16, marked: 1 } as const;
/** How much larger the nearest point of three dimensions is than the one in the middle. */
export const NEARNESS = 0.25;

export function strengthOf({ marked }: PointStyle, point: number): number {
  if (marked.size === 0) return STRENGTHS.plain;
  return marked.has(point) ? STRENGTHS.marked : STRENGTHS.pale;
}

/** In px; the depth of points in two dimensions is 0. */
export function sizeAt({ size }: PointStyle, depth: number): number {
  return size * (1 + NEARNESS * Math.min(1, Math.max(-1, depth)));
}

/** The points as they are painted: unmarked ones first, far ones before near ones. */
export function paintOrder(places: Places, { marked }: PointStyle): Uint32Array {
  const order = new Uint32Array(Math.floor(places.length / 3)).map((_, at) => at);
  const rank = (point: number): number =>
    (marked.has(point) ? 10 : 0) + Math.min(4, Math.max(-4, places[point * 3 + 2]!));
  return order.sort((a, b) => rank(a) - rank(b) || a - b);
}
