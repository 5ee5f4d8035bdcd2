/** Figures that belong together, under one heading: side by side or below each other. */
import { select } from 'd3';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeHeading } from './heading.ts';
import { round } from './legend.ts';
import { THEMES } from './theme.ts';
import type { ThemeName } from './theme.ts';

export interface PanelsInput {
  readonly title: string;
  readonly subtitle: string;
  /** Finished figures with ids of their own; they become part of the result. */
  readonly figures: readonly SVGSVGElement[];
  /** True: side by side. */
  readonly isAcross: boolean;
  readonly theme: ThemeName;
  readonly textScale?: number;
  /** Prefix of the ids inside the SVG. Default `panels`. */
  readonly id?: string;
}

const GAP = 4;

/**
 * Puts figures into one.
 * @returns a detached `<svg>` that holds them at their own sizes
 * @throws RangeError `invalid figures: none`
 */
export function figurePanels(input: PanelsInput, options: { readonly document: Document }): SVGSVGElement {
  if (input.figures.length === 0) throw new RangeError('invalid figures: none');
  const unit = input.textScale ?? 1;
  const pad = 16 * unit;
  const theme = THEMES[input.theme];
  const sizes = input.figures.map((figure) => ({
    width: Number(figure.getAttribute('width')),
    height: Number(figure.getAttribute('height')),
  }));
  const sum = (side: 'width' | 'height'): number =>
    sizes.reduce((total, size) => total + size[side], GAP * unit * (sizes.length - 1));
  const most = (side: 'width' | 'height'): number => Math.max(...sizes.map((size) => size[side]));
  const width = Math.ceil(input.isAcross ? sum('width') : most('width'));
  const heading = placeHeading(input.title, input.subtitle, { unit, pad, room: width - 2 * pad });
  const top = heading.bottom + 2 * unit;
  const height = Math.ceil(top + (input.isAcross ? most('height') : sum('height')));
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg = select<SVGSVGElement, unknown>(element);
  const names = [input.title, input.subtitle];
  const description = `${input.figures.length} figures`;
  drawFrame(svg, { width, height }, { id: input.id ?? 'panels', names, unnamed: 'Figures', description });
  svg.append('rect').attr('width', width).attr('height', height).attr('fill', theme.panel);
  drawHeading(svg, heading, theme, unit);
  let along = 0;
  input.figures.forEach((figure, at) => {
    const size = sizes[at]!;
    figure.setAttribute('x', String(round(input.isAcross ? along : 0)));
    figure.setAttribute('y', String(round(top + (input.isAcross ? 0 : along))));
    element.appendChild(figure);
    along += (input.isAcross ? size.width : size.height) + GAP * unit;
  });
  return element;
}
