/** A formula as SVG text: fractions one above the other, scripts raised and lowered, Q, K and V in their colours. */
import type { Selection } from 'd3';
import { round } from './legend.ts';
import type { FigureTheme } from './theme.ts';
import { isFraction, placeRuns, runsWidth } from './walk-math.ts';
import type { MathFraction, MathPart, MathRun } from './walk-math.ts';
import { parseTeX } from './walk-tex.ts';

interface FormulaLine {
  readonly parts: readonly MathPart[];
  readonly x: number;
  /** Above and below the base line, in px. */
  readonly ascent: number;
  readonly descent: number;
}

export interface PlacedFormula {
  /** Lines of formulas that stand side by side share a row. */
  readonly rows: readonly (readonly FormulaLine[])[];
  readonly size: number;
  readonly height: number;
}

/** In em: around the bar of a fraction, and between two formulas in a row. */
const BAR_ABOVE = 0.3;
const OVER = 0.36;
const UNDER = 0.98;
const FRACTION_PAD = 0.26;
const BESIDE = 2.2;

/** Places formulas, side by side where they fit in `width` px, else below each other; a long one goes on in a new line. */
export function placeFormulas(formulas: readonly string[], width: number, size: number): PlacedFormula {
  const lines = formulas.map((tex) => brokenLines(parseTeX(tex), width, size));
  const widths = lines.map((each) => Math.max(0, ...each.map((parts) => partsWidth(parts, size))));
  const whole = widths.reduce((sum, each) => sum + each, 0) + BESIDE * size * (formulas.length - 1);
  const isOneRow = formulas.length > 0 && whole <= width && lines.every((each) => each.length <= 1);
  let x = 0;
  const row = lines.map((each, at): FormulaLine => {
    const placed = lineOf(each[0] ?? [], x, size);
    x += (widths[at] ?? 0) + BESIDE * size;
    return placed;
  });
  const rows = isOneRow ? [row] : lines.flatMap((each) => each.map((parts) => [lineOf(parts, 0, size)]));
  return { rows, size, height: rows.reduce((sum, each) => sum + rowHeight(each), 0) };
}

function lineOf(parts: readonly MathPart[], x: number, size: number): FormulaLine {
  const hasFraction = parts.some(isFraction);
  return { parts, x, ascent: size * (hasFraction ? 1.7 : 1.15), descent: size * (hasFraction ? 1.05 : 0.5) };
}

const most = (row: readonly FormulaLine[], of: 'ascent' | 'descent'): number =>
  Math.max(...row.map((line) => line[of]));
const rowHeight = (row: readonly FormulaLine[]): number => most(row, 'ascent') + most(row, 'descent');

/** Breaks before `=` and after wide spaces, only where the line would be too long. */
function brokenLines(parts: readonly MathPart[], width: number, size: number): readonly (readonly MathPart[])[] {
  const lines: MathPart[][] = [];
  let line: MathPart[] = [];
  for (const chunk of chunksOf(parts)) {
    if (line.length > 0 && partsWidth([...line, ...chunk], size) > width) {
      lines.push(line);
      line = [];
    }
    line.push(...chunk);
  }
  if (line.length > 0) lines.push(line);
  return lines;
}

function chunksOf(parts: readonly MathPart[]): readonly (readonly MathPart[])[] {
  const chunks: MathPart[][] = [[]];
  for (const part of parts) {
    // A break is wanted only between things of the line itself, not inside a script.
    const pieces = isFraction(part) || part.scale < 1 ? [part] : piecesOf(part);
    for (const piece of pieces) {
      if (!isFraction(piece) && piece.scale === 1 && piece.text.startsWith(' = ')) chunks.push([]);
      chunks.at(-1)?.push(piece);
      if (!isFraction(piece) && piece.text.endsWith('\u2003')) chunks.push([]);
    }
  }
  return chunks.filter((chunk) => chunk.length > 0);
}

function piecesOf(run: MathRun): readonly MathRun[] {
  return run.text
    .split(/(?= = )|(?<=\u2003)(?!\u2003)/)
    .filter((text) => text !== '')
    .map((text) => ({ ...run, text }));
}

function fractionWidth({ over, under }: MathFraction, size: number): number {
  return Math.max(runsWidth(over, size), runsWidth(under, size)) + 2 * FRACTION_PAD * size;
}

function partsWidth(parts: readonly MathPart[], size: number): number {
  return parts.reduce((sum, part) => sum + (isFraction(part) ? fractionWidth(part, size) : runsWidth([part], size)), 0);
}

/** Draws placed formulas with their top left corner at a point. */
export function drawFormulas<Parent extends SVGElement>(
  parent: Selection<Parent, unknown, null, undefined>,
  { rows, size }: PlacedFormula,
  corner: { readonly x: number; readonly y: number },
  theme: FigureTheme,
): void {
  let top = corner.y;
  for (const row of rows) {
    const y = top + most(row, 'ascent');
    for (const line of row) {
      const group = parent.append('g').attr('class', 'formula');
      drawParts(group, line.parts, { x: corner.x + line.x, y, size }, theme);
    }
    top += rowHeight(row);
  }
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** Runs that follow each other are one text, so that only what stands beside a fraction has a place of its own. */
function drawParts(
  group: Selection<SVGGElement, unknown, null, undefined>,
  parts: readonly MathPart[],
  { x: start, y, size }: Place,
  theme: FigureTheme,
): void {
  let x = start;
  let runs: MathRun[] = [];
  const flush = (): void => {
    const [first, ...others] = runs;
    if (first === undefined) return;
    // Viewers differ in what they do with space at the beginning of a text: it is left out, and the text begins after it.
    const text = first.text.trimStart();
    const space = { ...first, text: first.text.slice(0, first.text.length - text.length) };
    const place = { x: x + runsWidth([space], size), y, size, colour: theme.ink };
    placeRuns(group, [{ ...first, text }, ...others], place, theme);
    x += runsWidth(runs, size);
    runs = [];
  };
  for (const part of parts) {
    if (!isFraction(part)) runs.push(part);
    else {
      flush();
      drawFraction(group, part, { x, y, size }, theme);
      x += fractionWidth(part, size);
    }
  }
  flush();
}

function drawFraction(
  group: Selection<SVGGElement, unknown, null, undefined>,
  fraction: MathFraction,
  { x, y, size }: Place,
  theme: FigureTheme,
): void {
  const width = fractionWidth(fraction, size);
  const bar = y - BAR_ABOVE * size;
  const middle = { x: x + width / 2, size, colour: theme.ink, anchor: 'middle' as const };
  placeRuns(group, fraction.over, { ...middle, y: bar - OVER * size }, theme);
  placeRuns(group, fraction.under, { ...middle, y: bar + UNDER * size }, theme);
  group
    .append('line')
    .attr('x1', round(x + 0.1 * size))
    .attr('x2', round(x + width - 0.1 * size))
    .attr('y1', round(bar))
    .attr('y2', round(bar))
    .attr('stroke', theme.ink)
    .attr('stroke-width', 1);
}
