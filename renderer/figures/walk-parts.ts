/** Smaller blocks of the walk: numbers of the whole row, what each head writes, notes, and the legend. */
import { placeLine } from './heading.ts';
import { placeRect, round } from './legend.ts';
import { tableColour } from './colour-scale.ts';
import { textWidth, wrapText } from './text.ts';
import { MONO_FONT } from './theme.ts';
import { stripTable } from './vector-strip.ts';
import type { StripHue } from './vector-strip.ts';
import type { WalkFacts, WalkHeads, WalkLegendItem, WalkNote } from './walk-input.ts';
import { BAR_COLOURS, barColour, INDENT, placeWords, smallSize, wordSize, wordsWidth } from './walk-pen.ts';
import { wordRuns } from './walk-math.ts';
import type { Group, Pen } from './walk-pen.ts';

/** In px at unit 1. */
const LINE = 20;
const HEAD_COLUMN = 230;

interface PlacedItem<Item> {
  readonly item: Item;
  readonly x: number;
  readonly line: number;
}

/** Items from left to right, in a new line where there is no room. */
function flow<Item>(items: readonly Item[], widthOf: (item: Item) => number, room: number, gap: number) {
  const placed: PlacedItem<Item>[] = [];
  let [x, line] = [0, 0];
  for (const item of items) {
    const width = widthOf(item);
    if (x > 0 && x + width > room) [x, line] = [0, line + 1];
    placed.push({ item, x, line });
    x += width + gap;
  }
  return { placed, lines: items.length === 0 ? 0 : line + 1 };
}

type Fact = WalkFacts['facts'][number];

const factNumber = ({ before, value }: Fact): string => (before === '' ? value : `${before} → ${value}`);

function placeFacts({ facts }: WalkFacts, pen: Pen) {
  const size = wordSize(pen);
  const widthOf = (fact: Fact): number =>
    wordsWidth(fact.label, size) + 7 * pen.unit + textWidth(factNumber(fact), size, 'mono');
  return flow(facts, widthOf, pen.width, 26 * pen.unit);
}

export function factsHeight(facts: WalkFacts, pen: Pen): number {
  return (placeFacts(facts, pen).lines * LINE + 4) * pen.unit;
}

export function drawFacts(group: Group, facts: WalkFacts, y: number, pen: Pen): void {
  const size = wordSize(pen);
  for (const { item, x, line } of placeFacts(facts, pen).placed) {
    const base = y + (line * LINE + 13) * pen.unit;
    const label = placeWords(group, item.label, { x, y: base, colour: pen.theme.grey, size }, pen);
    // Part of the label's text, so that it follows the label in any font; back on the base line after a power.
    const number = label
      .append('tspan')
      .text(` ${factNumber(item)}`)
      .attr('font-family', MONO_FONT);
    const raised = wordRuns(item.label).at(-1)?.shift ?? 0;
    if (raised !== 0) number.attr('dy', round(raised * size));
    number.attr('dx', 2 * pen.unit).attr('fill', pen.theme.ink);
  }
}

const noteLines = ({ text }: WalkNote, pen: Pen): readonly string[] => wrapText(text, pen.width, smallSize(pen));

export function noteHeight(note: WalkNote, pen: Pen): number {
  return (noteLines(note, pen).length * 16 + 8) * pen.unit;
}

export function drawNote(group: Group, note: WalkNote, y: number, pen: Pen): void {
  noteLines(note, pen).forEach((text, at) => {
    const place = { x: 0, y: y + (12 + at * 16) * pen.unit, colour: pen.theme.grey, size: smallSize(pen) };
    placeWords(group, text, place, pen);
  });
}

function headColumns({ heads }: WalkHeads, { unit, width }: Pen): { count: number; rows: number; pitch: number } {
  const count = Math.max(1, Math.min(heads.length, Math.floor(width / (HEAD_COLUMN * unit))));
  return { count, rows: Math.ceil(heads.length / count), pitch: (width - INDENT * unit) / count };
}

export function headsHeight(heads: WalkHeads, pen: Pen): number {
  return (18 + headColumns(heads, pen).rows * LINE + 12) * pen.unit;
}

/** Head by head with a bar, in columns. */
export function drawHeads(group: Group, block: WalkHeads, y: number, pen: Pen): void {
  const { unit, theme } = pen;
  const size = wordSize(pen);
  const title = { x: INDENT * unit, y: y + 13 * unit, colour: theme.ink, size, bold: true };
  placeWords(group, block.title, title, pen);
  const { count, pitch } = headColumns(block, pen);
  const labels = Math.max(...block.heads.map(({ label }) => wordsWidth(label, size, true)));
  const values = Math.max(...block.heads.map(({ value }) => textWidth(value, size, 'mono')));
  block.heads.forEach(({ label, share, value, isSelected }, at) => {
    const x = INDENT * unit + (at % count) * pitch;
    const top = y + (18 + Math.floor(at / count) * LINE) * unit;
    const base = top + 14 * unit;
    const right = x + pitch - 22 * unit;
    const track = { x: x + labels + 10 * unit, y: top + 5 * unit, width: 0, height: 10 * unit };
    track.width = Math.max(1, right - values - 10 * unit - track.x);
    if (isSelected) {
      const frame = { x: x - 6 * unit, y: top, width: right - x + 12 * unit, height: LINE * unit };
      placeRect(group.append('rect'), frame).attr('rx', 4).attr('fill', 'none').attr('stroke', theme.accent);
    }
    placeWords(group, label, { x, y: base, colour: theme.ink, size, bold: isSelected }, pen);
    placeRect(group.append('rect'), track).attr('rx', 2).attr('fill', BAR_COLOURS[theme.name].track);
    placeRect(group.append('rect'), { ...track, width: Math.max(0.5, track.width * share) })
      .attr('class', 'bar')
      .attr('rx', 2)
      .attr('fill', barColour('above', theme));
    const number = placeLine(group, { x: right, y: base, text: value, anchor: 'end' }, size, theme.ink);
    number.attr('font-family', MONO_FONT);
    if (isSelected) number.attr('font-weight', 700);
  });
}

/** Of a strip's gradient in the legend, in px at unit 1. */
const GRADIENT = 96;
const LEGEND_LINE = 30;
const LEGEND_GAP = 6;

function legendWidth(item: WalkLegendItem, pen: Pen): number {
  const words = wordsWidth(item.text, smallSize(pen));
  if (item.kind === 'strip') return (GRADIENT + 9) * pen.unit + words;
  return item.colours.length * 13 * pen.unit + 4 * pen.unit + words;
}

const placeLegend = (legend: readonly WalkLegendItem[], pen: Pen) =>
  flow(legend, (item) => legendWidth(item, pen), pen.width, 28 * pen.unit);

export function walkLegendHeight(legend: readonly WalkLegendItem[], pen: Pen): number {
  const { placed, lines } = placeLegend(legend, pen);
  // Swatches are lower than gradients with their numbers.
  const isLow = placed.every(({ item, line }) => line < lines - 1 || item.kind === 'swatches');
  return (lines * LEGEND_LINE + LEGEND_GAP - (isLow ? 12 : 0)) * pen.unit;
}

export function drawWalkLegend(group: Group, legend: readonly WalkLegendItem[], y: number, pen: Pen): void {
  const { theme, unit, id } = pen;
  const size = smallSize(pen);
  for (const [at, { item, x, line }] of placeLegend(legend, pen).placed.entries()) {
    const top = y + (LEGEND_GAP + line * LEGEND_LINE) * unit;
    const words = { y: top + 9 * unit, colour: theme.grey, size };
    if (item.kind === 'strip') {
      drawGradient(group, item, { x, y: top, name: `${id}-strip-${at}` }, pen);
      placeWords(group, item.text, { ...words, x: x + (GRADIENT + 9) * unit }, pen);
      continue;
    }
    item.colours.forEach((colour, place) => {
      const rect = { x: x + place * 13 * unit, y: top, width: 10 * unit, height: 10 * unit };
      placeRect(group.append('rect'), rect)
        .attr('rx', 2)
        .attr('fill', colour === 'masked' ? `url(#${id}-masked)` : barColour(colour, theme));
    });
    const indent = item.colours.length === 0 ? 0 : item.colours.length * 13 + 4;
    placeWords(group, item.text, { ...words, x: x + indent * unit }, pen);
  }
}

const STOPS = 24;

/** The colours of a strip from its lowest to its highest, 0 in the middle. */
function drawGradient(
  group: Group,
  { hue, low, high }: { readonly hue: StripHue; readonly low: string; readonly high: string },
  { x, y, name }: { readonly x: number; readonly y: number; readonly name: string },
  pen: Pen,
): void {
  const { theme, unit } = pen;
  const table = stripTable(hue, theme);
  const gradient = group.append('defs').append('linearGradient').attr('id', name);
  for (let stop = 0; stop <= STOPS; stop += 1) {
    const colour = tableColour(table, stop / STOPS);
    gradient
      .append('stop')
      .attr('offset', round(stop / STOPS, 5))
      .attr('stop-color', colour);
  }
  const [width, height] = [GRADIENT * unit, 9 * unit];
  placeRect(group.append('rect'), { x, y, width, height }).attr('fill', `url(#${name})`).attr('stroke', theme.line);
  const size = smallSize(pen) * 0.92;
  const ticks = group.append('g').attr('font-family', MONO_FONT);
  const base = y + height + 11 * unit;
  placeLine(ticks, { x, y: base, text: low, anchor: 'start' }, size, theme.grey);
  placeLine(ticks, { x: x + width / 2, y: base, text: '0', anchor: 'middle' }, size, theme.grey);
  placeLine(ticks, { x: x + width, y: base, text: high, anchor: 'end' }, size, theme.grey);
}
