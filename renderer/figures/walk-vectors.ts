/** Blocks of the walk that are about vectors: one as a strip with its name, and products by dimension as bars. */
import { placeRect } from './legend.ts';
import type { WalkProducts, WalkVector } from './walk-input.ts';
import { hueText } from './walk-math.ts';
import { BAR_COLOURS, drawRule, drawStrip, INDENT, placeWords, smallSize, wordSize, wordsWidth } from './walk-pen.ts';
import type { Group, Pen } from './walk-pen.ts';

/** In px at unit 1. */
const NAME = 18;
const STRIP = 20;
const NOTE = 16;
const GAP = 9;
const BARS = 76;

export function vectorHeight({ strip, note }: WalkVector, { unit }: Pen): number {
  return (NAME + (strip === null ? 0 : STRIP) + (note === '' ? 0 : NOTE) + GAP) * unit;
}

/** The name with its numbers in words, the strip below it, and left of the strip the sign that joins it to what is above. */
export function drawVector(group: Group, vector: WalkVector, y: number, pen: Pen): void {
  const { theme, unit, width } = pen;
  const { strip, sign, note } = vector;
  drawNameLine(group, vector.name, vector.detail, y, hueText(vector.hue, theme), pen);
  const signPlace = { x: 8 * unit, colour: theme.grey, size: 15 * unit, anchor: 'middle' as const };
  if (strip === null) {
    placeWords(group, sign, { ...signPlace, y: y + 13 * unit }, pen);
    return;
  }
  const top = y + NAME * unit;
  if (sign !== '') placeWords(group, sign, { ...signPlace, y: top + 15 * unit }, pen);
  drawStrip(group, { x: INDENT * unit, y: top, width: width - INDENT * unit, height: STRIP * unit }, strip, pen);
  if (note !== '') {
    const place = { x: INDENT * unit, y: top + (STRIP + 13) * unit, colour: theme.grey, size: smallSize(pen) };
    placeWords(group, note, place, pen);
  }
}

/** A name at the left; at the right, where both have room, what it amounts to. */
function drawNameLine(group: Group, name: string, detail: string, y: number, colour: string, pen: Pen): void {
  const { theme, unit, width } = pen;
  const size = wordSize(pen);
  const base = y + 13 * unit;
  placeWords(group, name, { x: INDENT * unit, y: base, colour, size, bold: true }, pen);
  const used = INDENT * unit + wordsWidth(name, size, true) + 12 * unit;
  if (detail === '' || used + wordsWidth(detail, smallSize(pen)) > width) return;
  placeWords(group, detail, { x: width, y: base, colour: theme.grey, size: smallSize(pen), anchor: 'end' }, pen);
}

export function productsHeight(_: WalkProducts, { unit }: Pen): number {
  return (NAME + BARS + 22 + GAP) * unit;
}

/** What adds to the score stands above the line, what takes from it below. */
export function drawProducts(group: Group, products: WalkProducts, y: number, pen: Pen): void {
  const { theme, unit, width } = pen;
  const { values } = products;
  drawNameLine(group, products.title, products.detail, y, theme.ink, pen);
  const [left, top, height] = [INDENT * unit, y + NAME * unit, BARS * unit];
  const middle = top + height / 2;
  const pitch = (width - left) / values.length;
  const most = values.reduce((reach, value) => Math.max(reach, Math.abs(value)), 0);
  const bars = group.append('g').attr('class', 'products');
  values.forEach((value, index) => {
    const tall = most > 0 && Number.isFinite(value) ? Math.max(0.5, (Math.abs(value) / most) * (height / 2)) : 0.5;
    const x = left + pitch * (index + 0.08);
    const rect = { x, y: value < 0 ? middle : middle - tall, width: pitch * 0.84, height: tall };
    placeRect(bars.append('rect'), rect).attr('fill', BAR_COLOURS[theme.name][value < 0 ? 'below' : 'above']);
  });
  drawRule(group, left, width, middle, BAR_COLOURS[theme.name].zero);
  const place = { x: left, y: top + height + 16 * unit, colour: theme.ink, size: wordSize(pen) };
  placeWords(group, products.sum, place, pen);
}
