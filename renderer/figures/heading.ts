/** Title and subtitle at the top of a figure. */
import type { Selection } from 'd3';
import { round } from './legend.ts';
import type { TextLine } from './legend.ts';
import { cleanText, textWidth, wrapText } from './text.ts';
import { TYPE } from './theme.ts';
import type { FigureTheme } from './theme.ts';

export interface Heading {
  readonly titleLines: readonly TextLine[];
  readonly subtitleLines: readonly TextLine[];
  /** Where the heading ends, in px of the figure; `bottom` is `pad` when there is none. */
  readonly right: number;
  readonly bottom: number;
}

/** Places a heading: the subtitle beside the title where both fit in `room` px, else below it; long lines are wrapped. */
export function placeHeading(
  title: string,
  subtitle: string,
  { unit, pad, room }: { unit: number; pad: number; room: number },
): Heading {
  const titleSize = TYPE.title * unit;
  const size = TYPE.text * unit;
  const start = (x: number, y: number, text: string): TextLine => ({ x, y, text, anchor: 'start' });
  const titles = wrapText(title, room, titleSize, true);
  const titleWidth = Math.max(0, ...titles.map((text) => textWidth(text, titleSize, 'word', true)));
  const titleLines = titles.map((text, index) => start(pad, pad + titleSize * (0.95 + 1.3 * index), text));
  const titleBottom = pad + titleSize * 1.3 * titles.length;
  const whole = cleanText(subtitle).trim();
  if (whole === '') return { titleLines, subtitleLines: [], right: pad + titleWidth, bottom: titleBottom };
  const x = pad + titleWidth + (titleWidth > 0 ? 12 * unit : 0);
  const right = x + textWidth(whole, size, 'word');
  if (titles.length <= 1 && right <= pad + room) {
    const subtitleLines = [start(x, pad + titleSize * 0.95, whole)];
    return { titleLines, subtitleLines, right, bottom: pad + titleSize * 1.3 };
  }
  const texts = wrapText(whole, room, size);
  const widest = Math.max(titleWidth, ...texts.map((text) => textWidth(text, size, 'word')));
  return {
    titleLines,
    subtitleLines: texts.map((text, index) => start(pad, titleBottom + size * (1.1 + 1.4 * index), text)),
    right: pad + widest,
    bottom: titleBottom + size * 1.4 * texts.length,
  };
}

/** Draws a placed heading. */
export function drawHeading(
  svg: Selection<SVGSVGElement, unknown, null, undefined>,
  heading: Pick<Heading, 'titleLines' | 'subtitleLines'>,
  theme: FigureTheme,
  unit: number,
): void {
  for (const line of heading.titleLines) {
    placeLine(svg, line, TYPE.title * unit, theme.ink).attr('font-weight', 600);
  }
  for (const line of heading.subtitleLines) placeLine(svg, line, TYPE.text * unit, theme.grey);
}

/** Appends one line of text. */
export function placeLine<Parent extends SVGElement>(
  parent: Selection<Parent, unknown, null, undefined>,
  line: TextLine,
  size: number,
  colour: string,
): Selection<SVGTextElement, unknown, null, undefined> {
  const text = parent.append('text').attr('x', round(line.x)).attr('y', round(line.y));
  if (line.anchor !== 'start') text.attr('text-anchor', line.anchor);
  return text.attr('font-size', size).attr('fill', colour).text(line.text);
}
