/** The keys of a query as a table: a bar, vectors and numbers a row. */
import { placeLine } from './heading.ts';
import { placeRect } from './legend.ts';
import type { Rect } from './legend.ts';
import { fitText, labelText, textWidth } from './text.ts';
import { MONO_FONT } from './theme.ts';
import type { WalkBar, WalkKeys, WalkRow } from './walk-input.ts';
import {
  BAR_COLOURS,
  barColour,
  drawRule,
  drawStrip,
  placeWords,
  smallSize,
  wordSize,
  wordsWidth,
} from './walk-pen.ts';
import type { Group, Pen } from './walk-pen.ts';

/** In px at unit 1. */
const HEAD = 24;
const ROW = 22;
/** Long lists stand closer. */
const DENSE_ROW = 17;
const DENSE_ABOVE = 60;
const GAP = 16;
const WIDEST_LABEL = 150;
const LEAST_NUMBER = 58;
/** The share of the room that strips get beside bars. */
const STRIP_SHARE = 0.55;

export function keysHeight({ rows, more }: WalkKeys, { unit }: Pen): number {
  return (HEAD + rows.length * rowPitch(rows.length) + (more === '' ? 0 : ROW) + 10) * unit;
}

const rowPitch = (count: number): number => (count > DENSE_ABOVE ? DENSE_ROW : ROW);

/** Left edge and width of each column, in px. */
interface Columns {
  readonly label: { readonly x: number; readonly width: number };
  readonly bar: { readonly x: number; readonly width: number };
  readonly strips: readonly { readonly x: number; readonly width: number }[];
  /** Numbers end at `x + width`. */
  readonly cells: readonly { readonly x: number; readonly width: number }[];
}

/** Numbers take what they need, the label too; bars and strips share the rest. */
function columnsOf({ rows, keyTitle, stripTitles, cellTitles, hasBars }: WalkKeys, pen: Pen): Columns {
  const { unit, width } = pen;
  const [size, small, gap] = [wordSize(pen), smallSize(pen), GAP * unit];
  const pad = 10 * unit;
  const widest = rows.reduce((most, { label }) => Math.max(most, textWidth(labelText(label), size, 'mono')), 0);
  const labelWidth = Math.max(wordsWidth(keyTitle, small, true), Math.min(widest, WIDEST_LABEL * unit));
  const numbers = cellTitles.map((title, at) =>
    rows.reduce(
      (most, { cells }) => Math.max(most, textWidth(cells[at]?.text ?? '', size, 'mono')),
      Math.max(LEAST_NUMBER * unit, wordsWidth(title, small, true)),
    ),
  );
  const taken = pad * 2 + labelWidth + numbers.reduce((sum, each) => sum + each + gap, 0);
  const pictures = stripTitles.length + (hasBars ? 1 : 0);
  const room = Math.max(40 * unit, width - taken - gap * pictures);
  const stripRoom = stripTitles.length === 0 ? 0 : hasBars ? room * STRIP_SHARE : room;
  let x = pad;
  const next = (each: number): { x: number; width: number } => {
    const place = { x, width: each };
    x += each + gap;
    return place;
  };
  const label = next(labelWidth);
  const bar = hasBars ? next(room - stripRoom) : { x, width: 0 };
  const strips = stripTitles.map(() => next(stripRoom / stripTitles.length));
  return { label, bar, strips, cells: numbers.map(next) };
}

export function drawKeys(group: Group, keys: WalkKeys, y: number, pen: Pen): void {
  const { unit, theme, width } = pen;
  const columns = columnsOf(keys, pen);
  drawHead(group, keys, columns, y, pen);
  const pitch = rowPitch(keys.rows.length) * unit;
  const top = y + HEAD * unit;
  keys.rows.forEach((row, index) => {
    const part = group.append('g').attr('class', 'key');
    drawRow(part, row, keys, columns, { x: 0, y: top + index * pitch, width, height: pitch }, pen);
  });
  if (keys.more === '') return;
  const base = top + keys.rows.length * pitch + 15 * unit;
  placeWords(group, keys.more, { x: columns.label.x, y: base, colour: theme.grey, size: smallSize(pen) }, pen);
}

function drawHead(group: Group, keys: WalkKeys, columns: Columns, y: number, pen: Pen): void {
  const { theme, unit, width } = pen;
  const place = { y: y + 15 * unit, colour: theme.grey, size: smallSize(pen), bold: true };
  placeWords(group, keys.keyTitle, { ...place, x: columns.label.x }, pen);
  columns.strips.forEach(({ x }, at) => {
    placeWords(group, keys.stripTitles[at] ?? '', { ...place, x }, pen);
  });
  columns.cells.forEach((cell, at) => {
    placeWords(group, keys.cellTitles[at] ?? '', { ...place, x: cell.x + cell.width, anchor: 'end' }, pen);
  });
  drawRule(group, 0, width, y + (HEAD - 1) * unit, BAR_COLOURS[theme.name].zero);
}

function drawRow(group: Group, row: WalkRow, keys: WalkKeys, columns: Columns, rect: Rect, pen: Pen): void {
  const { theme, unit } = pen;
  const size = wordSize(pen);
  const base = rect.y + rect.height / 2 + size * 0.36;
  if (row.isSelected) {
    placeRect(group.append('rect'), rect).attr('fill', theme.key).attr('fill-opacity', 0.13);
    placeRect(group.append('rect'), { ...rect, width: 3 * unit }).attr('fill', theme.keyText);
  }
  drawRule(group, rect.x, rect.x + rect.width, rect.y + rect.height, theme.line);
  const words = group.append('g').attr('font-family', MONO_FONT).attr('xml:space', 'preserve');
  const full = labelText(row.label);
  const ink = row.isHidden && !row.isSelected ? theme.grey : theme.ink;
  const shown = fitText(full, columns.label.width + 1, size, 'mono');
  const label = placeLine(words, { x: columns.label.x, y: base, text: shown, anchor: 'start' }, size, ink);
  if (row.isSelected) label.attr('font-weight', 700);
  if (shown !== full) label.append('title').text(full);
  if (keys.hasBars) drawBars(group, row, keys.isCentred, columns.bar, rect, pen);
  columns.strips.forEach(({ x, width }, at) => {
    const strip = row.strips[at];
    const height = rect.height - 6 * unit;
    if (strip !== undefined) drawStrip(group, { x, y: rect.y + 3 * unit, width, height }, strip, pen);
  });
  columns.cells.forEach(({ x, width }, at) => {
    const cell = row.cells[at];
    if (cell === undefined) return;
    const colour = cell.isQuiet && !row.isSelected ? theme.grey : ink;
    placeLine(words, { x: x + width, y: base, text: cell.text, anchor: 'end' }, size, colour);
  });
}

function drawBars(
  group: Group,
  row: WalkRow,
  isCentred: boolean,
  place: { readonly x: number; readonly width: number },
  rect: Rect,
  pen: Pen,
): void {
  const { theme, unit, id } = pen;
  const colours = BAR_COLOURS[theme.name];
  const thick = (row.bars.length > 1 ? 6 : 11) * unit;
  const thin = 4 * unit;
  const whole = row.bars.length > 1 ? thick + 2 * unit + thin : thick;
  const top = rect.y + (rect.height - whole) / 2;
  const tracks = row.bars.map((_, at) => ({
    ...place,
    y: at === 0 ? top : top + thick + 2 * unit,
    height: at === 0 ? thick : thin,
  }));
  tracks.forEach((track, at) => {
    placeRect(group.append('rect'), track)
      .attr('class', 'track')
      .attr('rx', 2)
      .attr('fill', row.isHidden && at === 0 ? `url(#${id}-masked)` : colours.track);
    drawBar(group, row.bars[at], track, pen);
  });
  if (!isCentred) return;
  const middle = place.x + place.width / 2;
  const zero = { x: middle - 0.5, y: top - 3 * unit, width: 1, height: whole + 6 * unit };
  placeRect(group.append('rect'), zero).attr('fill', colours.zero);
}

function drawBar(group: Group, bar: WalkBar | undefined, track: Rect, { theme }: Pen): void {
  if (bar === undefined || !(bar.width > 0)) return;
  const rect = { ...track, x: track.x + bar.from * track.width, width: Math.max(0.5, bar.width * track.width) };
  placeRect(group.append('rect'), rect)
    .attr('class', 'bar')
    .attr('rx', Math.min(2, rect.width / 2))
    .attr('fill', barColour(bar.colour, theme));
}
