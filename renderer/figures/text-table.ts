/** A table of words and numbers, with a bar in a row where wanted: tokens and predictions as a detached SVG element. */
import { select } from 'd3';
import type { Selection } from 'd3';
import { drawHeading, placeHeading, placeLine } from './heading.ts';
import { placeRect, round } from './legend.ts';
import type { TextLine } from './legend.ts';
import { cleanText, fitText, textWidth } from './text.ts';
import { MONO_FONT, THEMES, TYPE, WORD_FONT } from './theme.ts';
import type { FigureTheme, ThemeName } from './theme.ts';

export interface TableColumn {
  readonly title: string;
  readonly align: 'start' | 'end';
  readonly cells: readonly string[];
}

export interface TextTableInput {
  readonly title: string;
  readonly subtitle: string;
  readonly columns: readonly TableColumn[];
  /** A bar a row after the first column, as shares of its room, 0…1; left out for a table without bars. */
  readonly bars?: readonly number[];
  /** A line under the table; empty for none. */
  readonly note: string;
  readonly theme: ThemeName;
  readonly textScale?: number;
  /** Prefix of the ids inside the SVG. Default `table`. */
  readonly id?: string;
}

const NAMESPACE = 'http://www.w3.org/2000/svg';
const BAR_WIDTH = 220;
const WIDEST = 240;
const GAP = 24;

/**
 * Draws a table.
 * @returns a detached `<svg>` as large as its words need
 * @throws RangeError `invalid columns: …` when columns (or bars) differ in length or there are none
 */
export function textTable(input: TextTableInput, options: { readonly document: Document }): SVGSVGElement {
  const rows = checkTable(input);
  const unit = input.textScale ?? 1;
  const size = TYPE.text * unit;
  const pad = 16 * unit;
  const pitch = 24 * unit;
  const widths = input.columns.map((column) => columnWidth(column, size, unit));
  const bar = input.bars === undefined ? 0 : (BAR_WIDTH + GAP) * unit;
  const inner = widths.reduce((sum, width) => sum + width, 0) + GAP * unit * (widths.length - 1) + bar;
  const heading = placeHeading(input.title, input.subtitle, { unit, pad, room: Math.max(inner, 420 * unit) });
  const top = heading.bottom + 12 * unit;
  const width = Math.ceil(Math.max(heading.right, pad + inner) + pad);
  const height = Math.ceil(top + pitch * (rows + 1) + (input.note === '' ? 0 : pitch) + pad);
  const theme = THEMES[input.theme];
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg = select<SVGSVGElement, unknown>(element);
  drawFrame(svg, input, width, height, theme);
  drawHeading(svg, heading, theme, unit);
  const xs = columnStarts(widths, pad, unit, bar);
  input.columns.forEach((column, index) => {
    const x = xs[index]! + (column.align === 'end' ? widths[index]! : 0);
    drawColumn(svg, column, { x, top, pitch, size, width: widths[index]! }, theme);
  });
  svg
    .append('line')
    .attr('x1', pad)
    .attr('x2', round(pad + inner))
    .attr('y1', round(top + pitch * 0.9))
    .attr('y2', round(top + pitch * 0.9))
    .attr('stroke', theme.line);
  const barX = pad + widths[0]! + GAP * unit;
  input.bars?.forEach((share, row) => {
    const y = top + pitch * (row + 1) + pitch * 0.28;
    const rect = { x: barX, y, width: Math.max(0.5, BAR_WIDTH * unit * share), height: pitch * 0.44 };
    placeRect(svg.append('rect'), rect).attr('rx', 2).attr('fill', theme.accent);
  });
  if (input.note !== '') {
    const line: TextLine = { x: pad, y: top + pitch * (rows + 1.7), text: cleanText(input.note), anchor: 'start' };
    placeLine(svg, line, TYPE.label * unit, theme.grey);
  }
  return element;
}

function checkTable({ columns, bars }: TextTableInput): number {
  const rows = columns[0]?.cells.length ?? 0;
  if (columns.length === 0 || columns.some(({ cells }) => cells.length !== rows)) {
    throw new RangeError(`invalid columns: ${columns.map(({ cells }) => cells.length).join(', ')} cells`);
  }
  if (bars !== undefined && bars.length !== rows) throw new RangeError(`invalid bars: ${bars.length} for ${rows} rows`);
  return rows;
}

function columnWidth(column: TableColumn, size: number, unit: number): number {
  const title = textWidth(column.title, TYPE.label * unit, 'word', true);
  return Math.min(
    WIDEST * unit,
    column.cells.reduce((most, cell) => Math.max(most, textWidth(cell, size, 'mono')), title),
  );
}

function columnStarts(widths: readonly number[], pad: number, unit: number, bar: number): number[] {
  let x = pad;
  return widths.map((width, index) => {
    const start = x;
    x += width + GAP * unit + (index === 0 ? bar : 0);
    return start;
  });
}

function drawFrame(
  svg: Selection<SVGSVGElement, unknown, null, undefined>,
  input: TextTableInput,
  width: number,
  height: number,
  theme: FigureTheme,
): void {
  const id = input.id ?? 'table';
  svg
    .attr('xmlns', NAMESPACE)
    .attr('width', width)
    .attr('height', height)
    .attr('viewBox', `0 0 ${width} ${height}`)
    .attr('font-family', WORD_FONT)
    .attr('role', 'img')
    .attr('aria-labelledby', `${id}-title`);
  svg
    .append('title')
    .attr('id', `${id}-title`)
    .text(cleanText([input.title, input.subtitle].filter(Boolean).join(', ')));
  svg.append('rect').attr('width', width).attr('height', height).attr('fill', theme.panel);
}

function drawColumn(
  svg: Selection<SVGSVGElement, unknown, null, undefined>,
  column: TableColumn,
  place: { x: number; top: number; pitch: number; size: number; width: number },
  theme: FigureTheme,
): void {
  const { x, top, pitch, size, width } = place;
  const line = (y: number, text: string): TextLine => ({ x, y, text, anchor: column.align });
  placeLine(svg, line(top + pitch * 0.6, column.title), size * 0.92, theme.grey).attr('font-weight', 600);
  const group = svg.append('g').attr('font-family', MONO_FONT).attr('xml:space', 'preserve');
  column.cells.forEach((cell, row) => {
    const text = fitText(cleanText(cell), width + 1, size, 'mono');
    placeLine(group, line(top + pitch * (row + 1.66), text), size, theme.ink);
  });
}
