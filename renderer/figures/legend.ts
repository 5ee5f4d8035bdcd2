/** The legend of a colour scale: a gradient bar with ticks, what the numbers are, and a swatch for values off the scale. */
import type { Selection } from 'd3';
import type { ColourScale } from './colour-scale.ts';
import { tableColour } from './colour-scale.ts';
import { textWidth, wrapText } from './text.ts';
import { MONO_FONT, TYPE } from './theme.ts';

export interface Rect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface TextLine {
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly anchor: 'start' | 'middle' | 'end';
}

export interface LegendSwatch {
  readonly kind: 'masked' | 'missing';
  readonly rect: Rect;
  readonly text: TextLine;
}

/** Everything is placed relative to the legend's own top left corner. */
export interface LegendLayout {
  readonly width: number;
  readonly height: number;
  readonly bar: Rect;
  readonly ticks: readonly (TextLine & { readonly tickX: number })[];
  readonly lines: readonly TextLine[];
  readonly swatches: readonly LegendSwatch[];
  readonly size: number;
}

export interface LegendInput {
  readonly scale: ColourScale;
  /** What the numbers are, with unit and transform: `weight, square-root scale · rows sum to 1`. */
  readonly title: string;
  /** Text of the swatches to show: values off the scale that do occur. */
  readonly off: readonly { readonly kind: 'masked' | 'missing'; readonly text: string }[];
  /** Room in px. */
  readonly width: number;
  /** The title stands beside the bar only when that stays within this width; default `width`. */
  readonly besideWidth?: number;
  readonly barWidth: number;
  readonly textScale: number;
}

/** Places a legend in the width given: beside the bar where it fits, else below it. */
export function legendLayout(input: LegendInput): LegendLayout {
  const size = (TYPE.label - 1) * input.textScale;
  const bar: Rect = { x: 0, y: 0, width: Math.min(input.barWidth, input.width), height: 9 * input.textScale };
  const ticks = placeTicks(input.scale, bar, size);
  const ticksBottom = bar.height + size * 1.6;
  const gap = 14 * input.textScale;
  const room = Math.min(input.width, input.besideWidth ?? input.width) - bar.width - gap;
  const beside = textWidth(input.title, size, 'mono') <= room;
  const wide = monoLines(input.title, input.width, size);
  const lines = beside
    ? [line(bar.width + gap, bar.height - 0.5, input.title)]
    : wide.map((text, index) => line(0, ticksBottom + size * (1.2 + index * 1.4), text));
  const textBottom = beside ? ticksBottom : ticksBottom + size * (0.5 + 1.4 * lines.length);
  const swatches = placeSwatches(input, size, textBottom);
  const swatchBottom = swatches.reduce((low, { rect }) => Math.max(low, rect.y + rect.height), 0);
  return {
    width: Math.max(
      bar.width,
      ...lines.map(({ x, text }) => x + textWidth(text, size, 'mono')),
      ...swatches.map(({ text }) => text.x + textWidth(text.text, size, 'mono')),
    ),
    height: Math.max(textBottom, swatchBottom) + 2,
    bar,
    ticks,
    lines,
    swatches,
    size,
  };
}

function line(x: number, y: number, text: string): TextLine {
  return { x, y, text, anchor: 'start' };
}

/** Wraps for the mono font, whose glyphs are wider than those that `wrapText` reckons with. */
function monoLines(text: string, width: number, size: number): string[] {
  const wordWidth = textWidth(text, size, 'word');
  const monoWidth = textWidth(text, size, 'mono');
  return wrapText(text, monoWidth > 0 ? (width * wordWidth) / monoWidth / 1.15 : width, size);
}

/** Ticks in order of importance, each only where it keeps a digit's distance from those already placed. */
function placeTicks(scale: ColourScale, bar: Rect, size: number): (TextLine & { tickX: number })[] {
  const placed: (TextLine & { tickX: number; from: number; to: number })[] = [];
  for (const { position, label } of scale.ticks()) {
    const tickX = bar.x + position * bar.width;
    const half = textWidth(label, size, 'mono') / 2;
    const x = Math.max(bar.x + half, Math.min(bar.x + bar.width - half, tickX));
    const clear = placed.every(({ from, to }) => x + half + size * 0.7 < from || x - half - size * 0.7 > to);
    if (!clear) continue;
    placed.push({ x, y: bar.height + size * 1.35, text: label, anchor: 'middle', tickX, from: x - half, to: x + half });
  }
  return placed.sort((a, b) => a.x - b.x);
}

function placeSwatches(input: LegendInput, size: number, top: number): LegendSwatch[] {
  const swatches: LegendSwatch[] = [];
  let x = 0;
  let y = top + size * 0.7;
  for (const { kind, text } of input.off) {
    const width = size * 1.8 + textWidth(text, size, 'mono');
    if (x > 0 && x + width > input.width) {
      x = 0;
      y += size * 1.7;
    }
    const rect: Rect = { x, y, width: size * 1.2, height: size * 1.2 };
    swatches.push({ kind, rect, text: line(x + size * 1.8, y + size, text) });
    x += width + size * 1.5;
  }
  return swatches;
}

const STOPS = 32;

/** Draws a laid-out legend into `group`; gradient and hatching are defined under `id`. */
export function drawLegend<Parent extends SVGElement>(
  group: Selection<Parent, unknown, null, undefined>,
  layout: LegendLayout,
  scale: ColourScale,
  id: string,
): void {
  const gradient = group.append('defs').append('linearGradient').attr('id', `${id}-gradient`);
  for (let stop = 0; stop <= STOPS; stop += 1) {
    gradient
      .append('stop')
      .attr('offset', round(stop / STOPS, 5))
      .attr('stop-color', tableColour(scale.table, stop / STOPS));
  }
  const { theme } = scale;
  placeRect(group.append('rect'), layout.bar)
    .attr('rx', 1)
    .attr('fill', `url(#${id}-gradient)`)
    .attr('stroke', theme.line)
    .attr('stroke-width', 1);
  const text = group.append('g').attr('font-family', MONO_FONT).attr('font-size', layout.size).attr('fill', theme.grey);
  for (const tick of layout.ticks) {
    const x = round(tick.tickX);
    text
      .append('line')
      .attr('x1', x)
      .attr('x2', x)
      .attr('y1', layout.bar.height)
      .attr('y2', layout.bar.height + 3)
      .attr('stroke', theme.grey);
    placeText(text, tick);
  }
  for (const each of layout.lines) placeText(text, each);
  for (const { kind, rect, text: words } of layout.swatches) {
    placeRect(group.append('rect'), rect)
      .attr('fill', kind === 'masked' ? `url(#${id}-masked)` : scale.missing)
      .attr('stroke', theme.line);
    placeText(text, words);
  }
}

/** The hatching of masked cells as a pattern `<id>-masked`, in px of the figure. */
export function defineMasked<Parent extends SVGElement>(
  svg: Selection<Parent, unknown, null, undefined>,
  scale: ColourScale,
  id: string,
): void {
  const pattern = svg
    .append('defs')
    .append('pattern')
    .attr('id', `${id}-masked`)
    .attr('width', 5)
    .attr('height', 5)
    .attr('patternUnits', 'userSpaceOnUse')
    .attr('patternTransform', 'rotate(45)');
  pattern.append('rect').attr('width', 5).attr('height', 5).attr('fill', scale.masked);
  pattern.append('rect').attr('width', 1.4).attr('height', 5).attr('fill', scale.theme.maskedLine);
}

function placeText<Parent extends SVGElement>(
  parent: Selection<Parent, unknown, null, undefined>,
  { x, y, text, anchor }: TextLine,
): void {
  const node = parent.append('text').attr('x', round(x)).attr('y', round(y)).text(text);
  if (anchor !== 'start') node.attr('text-anchor', anchor);
}

export function placeRect<Node extends SVGElement>(
  node: Selection<Node, unknown, null, undefined>,
  rect: Rect,
): Selection<Node, unknown, null, undefined> {
  return node
    .attr('x', round(rect.x))
    .attr('y', round(rect.y))
    .attr('width', round(rect.width))
    .attr('height', round(rect.height));
}

/** Rounds a coordinate, so that the same figure is the same text everywhere. */
export function round(value: number, digits = 2): number {
  const factor = 10 ** digits;
  return Math.round(value * factor) / factor;
}
