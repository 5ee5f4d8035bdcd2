/** The legend of a token flow: a stroke a head, what widths stand for, and what is said about the lines. */
import type { Selection } from 'd3';
import { lineStyle } from './head-colours.ts';
import type { LineStyle } from './head-colours.ts';
import { placeLine } from './heading.ts';
import { round } from './legend.ts';
import type { TextLine } from './legend.ts';
import { cleanText, fitText, textWidth, wrapText } from './text.ts';
import { TYPE } from './theme.ts';
import type { FigureTheme } from './theme.ts';
import type { FlowFacts, FlowSet, TokenFlowInput } from './token-flow-input.ts';

/** A stroke and its words; everything is placed relative to the legend's own top left corner. */
interface LegendStroke {
  readonly x: number;
  readonly y: number;
  readonly length: number;
  readonly width: number;
  readonly opacity: number;
  readonly style: LineStyle;
  readonly text: TextLine;
}

export interface FlowLegend {
  readonly width: number;
  readonly height: number;
  readonly size: number;
  readonly strokes: readonly LegendStroke[];
  readonly lines: readonly TextLine[];
}

/** How a line of a weight is drawn. */
export interface LineLook {
  /** In px. */
  readonly width: number;
  readonly opacity: number;
}

const LEAST_WIDTH = 0.5;
const LEAST_OPACITY = 0.12;

/** Width and opacity by the square root of the weight, so that small weights stay visible. @param widest width of weight 1, px */
export function lineLook(weight: number, widest: number): LineLook {
  const root = Math.sqrt(Math.max(0, Math.min(1, weight)));
  return {
    width: LEAST_WIDTH + (widest - LEAST_WIDTH) * root,
    opacity: LEAST_OPACITY + (1 - LEAST_OPACITY) * root,
  };
}

/** Weights whose strokes the legend shows. */
const SAMPLES = [0.01, 0.1, 0.5, 1];

/**
 * Places a legend.
 * @param room width in px
 * @param widest width of a line of weight 1, px
 */
export function flowLegend(
  input: TokenFlowInput,
  facts: FlowFacts,
  { theme, room, widest }: { readonly theme: FigureTheme; readonly room: number; readonly widest: number },
): FlowLegend {
  const unit = input.textScale ?? 1;
  const size = (TYPE.label - 1) * unit;
  const row = size * 1.7;
  const stroke = 22 * unit;
  const strokes: LegendStroke[] = [];
  let x = 0;
  let y = 0;
  const add = (text: string, look: LineLook, style: LineStyle): void => {
    const words = fitText(cleanText(text), room - stroke - size, size, 'word');
    const length = stroke + size * 0.6 + textWidth(words, size, 'word');
    if (x > 0 && x + length > room) {
      x = 0;
      y += row;
    }
    const place: TextLine = { x: x + stroke + size * 0.6, y: y + size, text: words, anchor: 'start' };
    strokes.push({ x, y: y + size * 0.62, length: stroke, ...look, style, text: place });
    x += length + size * 1.6;
  };
  for (const { label, style } of legendSets(input.sets)) {
    add(label, { width: Math.max(2.5, widest * 0.6), opacity: 1 }, lineStyle(style, theme));
  }
  x = 0;
  y += input.sets.length > 0 ? row * 1.15 : 0;
  const weight = input.words?.weight ?? 'weight';
  for (const sample of SAMPLES) {
    add(`${weight} ${sample}`, lineLook(sample, widest), { colour: theme.ink, dash: null });
  }
  const notes = (input.words?.notes ?? flowNotes)(facts).flatMap((note) => wrapText(note, room, size));
  const lines = notes.map((text, at): TextLine => ({
    x: 0,
    y: y + row + size * (1.2 + at * 1.45),
    text,
    anchor: 'start',
  }));
  const right = [
    ...strokes.map(({ text }) => text.x + textWidth(text.text, size, 'word')),
    ...lines.map(({ text }) => textWidth(text, size, 'word')),
  ];
  return { width: Math.max(0, ...right), height: (lines.at(-1)?.y ?? y + size) + size * 0.5, size, strokes, lines };
}

/** Sets that look alike and are called alike have one entry. */
export function legendSets<T extends Pick<FlowSet, 'label' | 'style'>>(sets: readonly T[]): readonly T[] {
  const isSame = (a: T, b: T) => a.label === b.label && a.style === b.style;
  return sets.filter((set, at) => sets.findIndex((other) => isSame(other, set)) === at);
}

/** What is said about the lines, in English. */
export function flowNotes(facts: FlowFacts): readonly string[] {
  const { threshold, topK, direction, drawn, found, share, isBundled, isThinned, isDashed } = facts;
  const least = threshold > 0 ? `of at least ${threshold}` : 'above 0';
  const token = direction === 'from' ? 'query' : 'key';
  const most = topK === null ? '' : `, at most ${topK} a ${token} and colour`;
  return [
    'width and opacity: square root of the weight',
    `lines for weights ${least}${most}; they hold ${percent(share)} of the weight`,
    ...(drawn < found ? [`the strongest ${drawn} of ${found} lines`] : []),
    ...(isBundled ? ['neighbouring tokens share lines: sum over keys, mean over queries'] : []),
    ...(isThinned ? ['not every token has room for its label'] : []),
    ...(isDashed ? ['colours come again with dashes'] : []),
  ];
}

/** A share in whole percent; never 0 or 100 for what is not. */
export function percent(share: number): string {
  const whole = Math.round(share * 100);
  if (whole === 0 && share > 0) return '< 1 %';
  return whole === 100 && share < 0.99995 ? '> 99 %' : `${whole} %`;
}

/** Draws a placed legend into `group`. */
export function drawFlowLegend<Parent extends SVGElement>(
  group: Selection<Parent, unknown, null, undefined>,
  legend: FlowLegend,
  theme: FigureTheme,
): void {
  for (const { x, y, length, width, opacity, style, text } of legend.strokes) {
    const line = group
      .append('line')
      .attr('x1', round(x))
      .attr('x2', round(x + length))
      .attr('y1', round(y))
      .attr('y2', round(y))
      .attr('stroke', style.colour)
      .attr('stroke-width', round(width));
    if (opacity < 1) line.attr('stroke-opacity', round(opacity));
    if (style.dash !== null) line.attr('stroke-dasharray', style.dash.join(' '));
    placeLine(group, text, legend.size, theme.ink);
  }
  for (const line of legend.lines) placeLine(group, line, legend.size, theme.grey);
}
