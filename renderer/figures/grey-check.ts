/** Whether a figure still says the same when it is printed without colour: measured on the colours that it uses. */
import { lab } from 'd3';

export interface GreyCheck {
  /** How the colour scale's lightness (CIELAB L*) runs: one way, there and back, or there is no scale. */
  readonly scale: 'even' | 'folded' | 'none';
  /** The least difference in L* between two colours of lines; null with fewer than two. */
  readonly lines: number | null;
}

/** Greys that differ by less are hard to tell apart in print. */
export const LEAST_DIFFERENCE = 10;

export function greyCheck(svg: SVGSVGElement): GreyCheck {
  const gradients = [...svg.querySelectorAll('linearGradient')].map(lightnesses);
  const scale = gradients.length === 0 ? 'none' : gradients.every(isMonotone) ? 'even' : 'folded';
  const strokes = [...svg.querySelectorAll('path[stroke]')].map((path) => path.getAttribute('stroke') ?? '');
  const colours = [...new Set(strokes)].filter((colour) => /^#[0-9a-f]{6}$/i.test(colour));
  const sorted = colours.map((colour) => lab(colour).l).sort((a, b) => a - b);
  const steps = sorted.slice(1).map((value, at) => value - (sorted[at] ?? 0));
  return { scale, lines: steps.length === 0 ? null : Math.min(...steps) };
}

function lightnesses(gradient: Element): readonly number[] {
  return [...gradient.querySelectorAll('stop')].map((stop) => lab(stop.getAttribute('stop-color') ?? '#000').l);
}

/** Within a rounding of the colours. */
function isMonotone(values: readonly number[]): boolean {
  const steps = values.slice(1).map((value, at) => value - (values[at] ?? 0));
  return steps.every((step) => step >= -0.5) || steps.every((step) => step <= 0.5);
}
