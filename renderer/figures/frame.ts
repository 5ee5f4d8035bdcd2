/** What every figure's root element says: its size, its type, and its name and description for a screen reader. */
import type { Selection } from 'd3';
import { cleanText } from './text.ts';
import { WORD_FONT } from './theme.ts';

export const NAMESPACE = 'http://www.w3.org/2000/svg';

export interface Frame {
  readonly id: string;
  /** The parts of the figure's name; empty ones are left out. */
  readonly names: readonly string[];
  /** The name of a figure whose parts are all empty. */
  readonly unnamed: string;
  readonly description: string;
}

/** Writes size (px), font, role, `<title>` and `<desc>` on a root `<svg>`; ids are `<id>-title` and `<id>-description`. */
export function drawFrame(
  svg: Selection<SVGSVGElement, unknown, null, undefined>,
  { width, height }: { readonly width: number; readonly height: number },
  { id, names, unnamed, description }: Frame,
): void {
  svg
    .attr('xmlns', NAMESPACE)
    .attr('width', width)
    .attr('height', height)
    .attr('viewBox', `0 0 ${width} ${height}`)
    .attr('font-family', WORD_FONT)
    .attr('role', 'img')
    .attr('aria-labelledby', `${id}-title ${id}-description`);
  const name = names.filter((text) => text !== '').join(', ') || unnamed;
  svg.append('title').attr('id', `${id}-title`).text(cleanText(name));
  svg.append('desc').attr('id', `${id}-description`).text(cleanText(description));
}
