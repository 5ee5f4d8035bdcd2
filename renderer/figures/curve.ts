/** A curve against whole numbers, with a band from least to most around it. */
import { area, line, scaleLinear, select } from 'd3';
import { numberLabel } from './colour-scale.ts';
import { drawFrame, NAMESPACE } from './frame.ts';
import { round } from './legend.ts';
import type { Rect } from './legend.ts';
import { drawHeading, placeHeading, placeLine } from './heading.ts';
import { textWidth } from './text.ts';
import { THEMES, TYPE } from './theme.ts';
import type { ThemeName } from './theme.ts';

export interface CurveInput {
  /** A value for 0, 1, 2, …; as many in the band. */
  readonly mean: readonly number[];
  readonly least: readonly number[];
  readonly most: readonly number[];
  /** An empty title takes no room. */
  readonly title: string;
  readonly axis: string;
  readonly theme: ThemeName;
  /** In px. */
  readonly width: number;
  readonly height: number;
  /** Prefix of the ids inside the SVG. Default `curve`. */
  readonly id?: string;
}

export interface CurveLayout {
  /** Where the curve is; the first value stands on its left edge, the last on its right one. */
  readonly plot: Rect;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly xTicks: readonly number[];
  readonly yTicks: readonly number[];
}

const PAD = 12;
const TICK = TYPE.dense + 1;

/** @throws RangeError `invalid curve: …` where there is nothing to draw, or the band has another length */
export function curveLayout({ mean, least, most, title, width, height }: CurveInput): CurveLayout {
  if (mean.length < 2 || least.length !== mean.length || most.length !== mean.length) {
    throw new RangeError(`invalid curve: ${mean.length} values, a band of ${least.length} and ${most.length}`);
  }
  const [low, high] = [Math.min(...least), Math.max(...most)];
  const y = scaleLinear([Math.min(low, 0), Math.max(high, low === high ? low + 1 : high)], [0, 1]).nice();
  const yTicks = y.ticks(5);
  const left = PAD + Math.max(...yTicks.map((tick) => textWidth(numberLabel(tick), TICK, 'mono'))) + 8;
  const top = PAD + (title === '' ? 0 : TYPE.title * 1.6);
  const plot = { x: left, y: top, width: width - left - PAD, height: Math.max(20, height - top - 40) };
  const x = scaleLinear([0, mean.length - 1], [plot.x, plot.x + plot.width]);
  const placed = y.copy().range([plot.y + plot.height, plot.y]);
  return { plot, x: (index) => x(index), y: (value) => placed(value), xTicks: wholeTicks(x.ticks(6)), yTicks };
}

const wholeTicks = (ticks: readonly number[]): readonly number[] => ticks.filter((tick) => Number.isInteger(tick));

/**
 * Draws a curve.
 * @returns a detached `<svg>` of width × height px
 * @throws RangeError as `curveLayout`
 */
export function curve(input: CurveInput, options: { readonly document: Document }): SVGSVGElement {
  const { mean, least, most, width, height } = input;
  const layout = curveLayout(input);
  const { plot } = layout;
  const theme = THEMES[input.theme];
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg = select<SVGSVGElement, unknown>(element);
  const description = `${mean.length} values from ${numberLabel(Math.min(...least))} to ${numberLabel(Math.max(...most))}`;
  drawFrame(
    svg,
    { width, height },
    { id: input.id ?? 'curve', names: [input.title], unnamed: input.axis, description },
  );
  svg.append('rect').attr('width', width).attr('height', height).attr('fill', theme.panel);
  if (input.title !== '') {
    drawHeading(svg, placeHeading(input.title, '', { unit: 1, pad: PAD, room: width - 2 * PAD }), theme, 1);
  }
  const grid = svg.append('g').attr('stroke', theme.line).attr('stroke-width', 1);
  const words = svg.append('g');
  for (const tick of layout.yTicks) {
    const y = round(layout.y(tick));
    grid
      .append('line')
      .attr('x1', plot.x)
      .attr('x2', plot.x + plot.width)
      .attr('y1', y)
      .attr('y2', y);
    const at = { x: plot.x - 6, y: y + TICK * 0.35, text: numberLabel(tick), anchor: 'end' as const };
    placeLine(words, at, TICK, theme.grey);
  }
  const foot = plot.y + plot.height;
  for (const tick of layout.xTicks) {
    const at = { x: layout.x(tick), y: foot + TICK * 1.5, text: String(tick), anchor: 'middle' as const };
    placeLine(words, at, TICK, theme.grey);
  }
  const axis = { x: plot.x + plot.width / 2, y: foot + TICK * 2.9, text: input.axis, anchor: 'middle' as const };
  placeLine(words, axis, TYPE.label, theme.grey);
  const band = area<number>(
    (_, at) => layout.x(at),
    (_, at) => layout.y(least[at] ?? 0),
    (_, at) => layout.y(most[at] ?? 0),
  );
  const path = line<number>(
    (_, at) => layout.x(at),
    (value) => layout.y(value),
  );
  const shape = band.digits(2)([...mean]);
  if (least.some((value, at) => value !== most[at])) {
    svg.append('path').attr('class', 'band').attr('d', shape).attr('fill', theme.accent).attr('opacity', 0.22);
  }
  const stroke = svg
    .append('path')
    .attr('class', 'mean')
    .attr('d', path.digits(2)([...mean]))
    .attr('fill', 'none');
  stroke.attr('stroke', theme.accent).attr('stroke-width', 1.75);
  return element;
}
