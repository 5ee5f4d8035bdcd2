/** What of a token flow lies under a point. */
import { tokenAt } from './token-flow-axis.ts';
import { drawnLine } from './token-flow-layout.ts';
import type { DrawnLine, FlowLayout } from './token-flow-layout.ts';
import type { Rect } from './legend.ts';

/** A query, a key, or one of the layout's lines. */
export type FlowTarget =
  { readonly kind: 'row' | 'column'; readonly token: number } | { readonly kind: 'line'; readonly line: number };

/** So far into the lines' room a token is meant, not a line, in px. */
const TOKEN_REACH = 14;
/** So far from a line it is still meant, in px. */
const LINE_REACH = 3.5;

/** The token or line under a point of the figure, or null: a token at the sides, the nearest line between them. */
export function flowTargetAt(layout: FlowLayout, x: number, y: number): FlowTarget | null {
  const { panel, rowAxis, columnAxis } = layout;
  const reach = Math.min(TOKEN_REACH, panel.width / 6);
  const isLeft = x < panel.x + reach;
  if (isLeft || x > panel.x + panel.width - reach) {
    const token = tokenAt(isLeft ? rowAxis : columnAxis, y);
    return token === null ? null : { kind: isLeft ? 'row' : 'column', token };
  }
  const line = nearestLine(layout, x, y);
  return line === null ? null : { kind: 'line', line };
}

function nearestLine(layout: FlowLayout, x: number, y: number): number | null {
  const part = riseAt((x - layout.panel.x) / layout.panel.width);
  let best: number | null = null;
  let least = Infinity;
  // Strongest last: of two equally near, the one on top.
  for (let index = 0; index < layout.lines.count; index += 1) {
    const { y0, y1, width } = drawnLine(layout, index);
    const distance = Math.max(0, Math.abs(y0 + (y1 - y0) * part - y) - width / 2);
    if (distance > LINE_REACH || distance > least) continue;
    best = index;
    least = distance;
  }
  return best;
}

/**
 * How far along its rise a line is. Lines are cubic Bézier curves whose inner points lie in the middle across, at the height of the
 * nearer end: x(t) = 1.5t − 1.5t² + t³ and y(t) = 3t² − 2t³, of 1.
 *
 * @param across 0 at the queries, 1 at the keys
 */
export function riseAt(across: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 24; step += 1) {
    const t = (low + high) / 2;
    if (1.5 * t - 1.5 * t * t + t * t * t < across) low = t;
    else high = t;
  }
  const t = (low + high) / 2;
  return 3 * t * t - 2 * t * t * t;
}

/** The height of a line at a point across the panel, in px. */
export function lineHeightAt({ y0, y1 }: DrawnLine, panel: Rect, x: number): number {
  return y0 + (y1 - y0) * riseAt((x - panel.x) / panel.width);
}

/** The tokens at both ends of a line of the layout; several where they share it. */
export function lineTokens(
  { lines, rowAxis, columnAxis }: FlowLayout,
  line: number,
): { readonly rows: readonly [number, number]; readonly columns: readonly [number, number] } {
  const span = (starts: Int32Array, bundle: number): [number, number] => [starts[bundle]!, starts[bundle + 1]! - 1];
  return { rows: span(rowAxis.starts, lines.from[line]!), columns: span(columnAxis.starts, lines.to[line]!) };
}
