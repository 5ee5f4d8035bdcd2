/** Where everything of a flow across layers lies, in px: pure numbers, the same for the same input. */
import { placeHeading } from './heading.ts';
import type { Heading } from './heading.ts';
import { checkLayerFlow } from './layer-flow-input.ts';
import type { LayerFlowInput } from './layer-flow-input.ts';
import { rowLinks, stackLinks } from './layer-flow-links.ts';
import type { StackedLink } from './layer-flow-links.ts';
import { chooseRows, rowOfTokens } from './layer-flow-rows.ts';
import type { FlowRow } from './layer-flow-rows.ts';
import type { Rect, TextLine } from './legend.ts';
import { fitText, labelText, textWidth, wrapText } from './text.ts';
import { TYPE } from './theme.ts';

export interface PlacedRow extends FlowRow, Rect {
  readonly label: TextLine & { readonly full: string };
  /** The share at the lowest boundary. */
  readonly share: TextLine;
}

/** A row at a layer boundary. */
export interface PlacedNode extends Rect {
  readonly boundary: number;
  readonly row: number;
  readonly share: number;
}

/** A band from `x0` to `x1` whose middle runs from `y0` to `y1`. */
export interface PlacedRibbon extends StackedLink {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly width: number;
}

export interface FlowLegendItem {
  readonly kind: 'attention' | 'residual' | 'bar';
  readonly swatch: Rect;
  readonly text: TextLine;
}

export interface LayerFlowLayout {
  readonly width: number;
  readonly height: number;
  readonly heading: Heading;
  readonly labelSize: number;
  readonly rows: readonly PlacedRow[];
  /** Boundary after boundary, each with all rows. */
  readonly nodes: readonly PlacedNode[];
  /** The order of drawing: the residual stream first, then wide before narrow. */
  readonly ribbons: readonly PlacedRibbon[];
  /** x of the middle of every boundary's bars. */
  readonly columns: readonly number[];
  readonly barWidth: number;
  readonly layerLabels: readonly TextLine[];
  readonly embedding: TextLine;
  /** The target's name beside its last bar. */
  readonly targetLabel: TextLine;
  readonly legend: readonly FlowLegendItem[];
  readonly note: readonly TextLine[];
  /** The share of all amounts that the ribbons are, 0…1. */
  readonly drawn: number;
}

const BAR = 9;
/** The least room of a layer, from bar to bar. */
const LEAST_PITCH = 34;
const WIDEST_PITCH = 190;
const LABEL_CAP = 120;
/** The part of the height that may go to keeping rows apart, where there are many. */
const SPACING_SHARE = 0.6;
/** px of a share of 1, at most. */
const TALLEST = 320;
/** Narrower ribbons are left out, in px. */
const THINNEST = 0.25;

/**
 * Checks an input and lays it out. A row is as high as its largest share needs, besides a part that is the same for all, so that bars
 * and ribbons have one scale everywhere.
 * @throws RangeError `invalid <name>: <value>` as checkLayerFlow
 */
export function layerFlowLayout(input: LayerFlowInput): LayerFlowLayout {
  checkLayerFlow(input);
  const unit = input.textScale ?? 1;
  const pad = 16 * unit;
  const size = TYPE.label * unit;
  const room = Math.max(300 * unit, input.maxWidth - 2 * pad);
  const heading = placeHeading(input.title, input.subtitle, { unit, pad, room });
  const top = heading.bottom + (heading.bottom > pad ? 12 * unit : 0) + size * 1.9;
  const draftLegend = placeLegend(input, { x: pad, y: 0, room, size, drawn: 1 });
  const free = Math.max(140 * unit, input.maxHeight - top - draftLegend.height - 2 * pad);
  const base = size * 1.3;
  const rows = chooseRows(input, Math.max(3, Math.floor((SPACING_SHARE * free) / base)));
  const rowOf = rowOfTokens(rows, input.labels.length);
  const links = stackLinks(rowLinks(input, rowOf, rows.length));
  const shares = rowShares(input, rowOf, rows.length);
  const needs = rowNeeds(shares, links, rows.length);
  const total = needs.reduce((sum, need) => sum + need, 0);
  const scale = Math.min(TALLEST * unit, Math.max(40 * unit, free - base * rows.length) / Math.max(1, total));
  const across = placeColumns(input, rows, { pad, room, unit, size });
  const placedRows = placeRows(input, rows, { ...across, top, base, scale, needs, shares, pad, size, unit });
  const ribbons = placeRibbons(links, placedRows, { ...across, scale });
  const amounts = input.totals.reduce((sum, amount) => sum + amount, 0);
  const drawn = amounts === 0 ? 1 : Math.min(1, ribbons.reduce((sum, { amount }) => sum + amount, 0) / amounts);
  const bottom = top + placedRows.reduce((sum, { height }) => sum + height, 0);
  const legend = placeLegend(input, { x: pad, y: bottom + pad, room, size, drawn });
  const right = Math.max(across.right, heading.right, ...legend.items.map(({ text }) => lineEnd(text, size)));
  return {
    width: Math.ceil(right + pad),
    height: Math.ceil(legend.bottom + pad),
    heading,
    labelSize: size,
    rows: placedRows,
    nodes: placeNodes(shares, placedRows, { ...across, scale }),
    ribbons,
    columns: across.columns,
    barWidth: across.barWidth,
    layerLabels: layerLabels(input, across.columns, top - size * 0.8, size),
    embedding: { x: across.shareEnd, y: top - size * 0.8, text: input.words.embedding, anchor: 'end' },
    targetLabel: targetLabel(input, placedRows[rowOf[input.target]!]!, across, size),
    legend: legend.items,
    note: legend.note,
    drawn,
  };
}

/** f64 [boundaries, rows]. */
function rowShares({ relevance, labels }: LayerFlowInput, rowOf: Int32Array, rows: number): Float64Array {
  const tokens = labels.length;
  const shares = new Float64Array((relevance.length / tokens) * rows);
  relevance.forEach((share, at) => (shares[Math.floor(at / tokens) * rows + rowOf[at % tokens]!]! += share));
  return shares;
}

/** The largest amount that a row holds anywhere: its bars, and the ribbons at them (more than the bar where nothing is traced). */
function rowNeeds(shares: Float64Array, links: readonly StackedLink[], rows: number): Float64Array {
  const needs = new Float64Array(rows);
  shares.forEach((share, at) => (needs[at % rows] = Math.max(needs[at % rows]!, share)));
  for (const { from, to, below, above } of links) {
    needs[from] = Math.max(needs[from]!, below.height);
    needs[to] = Math.max(needs[to]!, above.height);
  }
  return needs;
}

interface Across {
  readonly labelEnd: number;
  readonly shareEnd: number;
  readonly columns: readonly number[];
  readonly barWidth: number;
  readonly right: number;
}

function placeColumns(
  input: LayerFlowInput,
  rows: readonly FlowRow[],
  { pad, room, unit, size }: { pad: number; room: number; unit: number; size: number },
): Across {
  const { words, labels, links, target } = input;
  const named = rows.map((row) => textWidth(rowName(input, row), size, 'mono'));
  const labelEnd = pad + Math.min(LABEL_CAP * unit, Math.max(...named));
  const shareRoom = Math.max(textWidth(words.share(0.888), size, 'mono'), textWidth(words.embedding, size, 'word'));
  const shareEnd = labelEnd + 10 * unit + shareRoom;
  const barWidth = BAR * unit;
  const targetRoom = 8 * unit + Math.min(LABEL_CAP * unit, textWidth(labelText(labels[target]!.text), size, 'mono'));
  const start = shareEnd + 8 * unit + barWidth / 2;
  const free = pad + room - targetRoom - barWidth / 2 - start;
  const pitch = Math.min(WIDEST_PITCH * unit, Math.max(LEAST_PITCH * unit, free / links.length));
  const columns = Array.from({ length: links.length + 1 }, (_, boundary) => start + boundary * pitch);
  return { labelEnd, shareEnd, columns, barWidth, right: columns.at(-1)! + barWidth / 2 + targetRoom };
}

function rowName({ labels, words }: LayerFlowInput, { first, count }: FlowRow): string {
  return count === 1 ? labelText(labels[first]!.text) : words.gap(count);
}

interface RowPlaces extends Across {
  readonly top: number;
  readonly base: number;
  readonly scale: number;
  readonly needs: Float64Array;
  readonly shares: Float64Array;
  readonly pad: number;
  readonly size: number;
  readonly unit: number;
}

function placeRows(input: LayerFlowInput, rows: readonly FlowRow[], places: RowPlaces): readonly PlacedRow[] {
  const { labelEnd, shareEnd, columns, base, scale, needs, shares, pad, size, unit } = places;
  let { top } = places;
  return rows.map((row, index) => {
    const height = base + scale * needs[index]!;
    const y = top + height / 2 + size * 0.35;
    const full = rowName(input, row);
    const text = fitText(full, LABEL_CAP * unit, size, 'mono');
    const rect = { x: pad, y: top, width: columns.at(-1)! - pad, height };
    top += height;
    const share: TextLine = { x: shareEnd, y, text: input.words.share(shares[index]!), anchor: 'end' };
    return { ...row, ...rect, label: { x: labelEnd, y, text, full, anchor: 'end' }, share };
  });
}

function placeNodes(
  shares: Float64Array,
  rows: readonly PlacedRow[],
  { columns, barWidth, scale }: Across & { readonly scale: number },
): readonly PlacedNode[] {
  return columns.flatMap((x, boundary) =>
    rows.map((row, index) => {
      const share = shares[boundary * rows.length + index]!;
      const height = share * scale;
      const y = row.y + (row.height - height) / 2;
      return { boundary, row: index, share, x: x - barWidth / 2, y, width: barWidth, height };
    }),
  );
}

function placeRibbons(
  links: readonly StackedLink[],
  rows: readonly PlacedRow[],
  { columns, barWidth, scale }: Across & { readonly scale: number },
): readonly PlacedRibbon[] {
  const middle = (row: number, amount: number, { before, height }: StackedLink['below']) =>
    rows[row]!.y + rows[row]!.height / 2 + (before - height / 2 + amount / 2) * scale;
  return links
    .filter(({ amount }) => amount * scale >= THINNEST)
    .map((link) => ({
      ...link,
      x0: columns[link.layer]! + barWidth / 2,
      y0: middle(link.from, link.amount, link.below),
      x1: columns[link.layer + 1]! - barWidth / 2,
      y1: middle(link.to, link.amount, link.above),
      width: link.amount * scale,
    }))
    .sort((a, b) => Number(b.residual) - Number(a.residual) || b.amount - a.amount);
}

/** Names in the middle of each layer where all of them fit, else numbers, as many as fit. */
function layerLabels({ words }: LayerFlowInput, columns: readonly number[], y: number, size: number): TextLine[] {
  const pitch = columns[1]! - columns[0]!;
  const layers = columns.slice(1).map((_, layer) => layer);
  const fits = (text: string) => textWidth(text, size, 'word') + size * 0.8 <= pitch;
  const named = layers.every((layer) => fits(words.layer(layer)));
  return layers.map((layer) => ({
    x: (columns[layer]! + columns[layer + 1]!) / 2,
    y,
    text: named ? words.layer(layer) : String(layer),
    anchor: 'middle',
  }));
}

function targetLabel(
  { labels, target }: LayerFlowInput,
  row: PlacedRow,
  { columns, barWidth }: Across,
  size: number,
): TextLine {
  const text = fitText(labelText(labels[target]!.text), (LABEL_CAP * size) / TYPE.label, size, 'mono');
  const x = columns.at(-1)! + barWidth / 2 + size / 2;
  return { x, y: row.y + row.height / 2 + size * 0.35, text, anchor: 'start' };
}

/** Swatches with their words in lines of at most `room` px, and below them how much is drawn. */
function placeLegend(
  { words, links }: LayerFlowInput,
  { x: left, y: top, room, size, drawn }: { x: number; y: number; room: number; size: number; drawn: number },
): { items: readonly FlowLegendItem[]; note: readonly TextLine[]; height: number; bottom: number } {
  const kinds = [
    ['attention', words.attention],
    ...(links.some((ofLayer) => ofLayer.some(({ residual }) => residual))
      ? [['residual', words.residual] as const]
      : []),
    ['bar', words.bar],
  ] as const;
  let [x, y] = [left, top];
  const items = kinds.map(([kind, text]): FlowLegendItem => {
    const swatchWidth = kind === 'bar' ? size * 0.7 : size * 1.7;
    const width = swatchWidth + size * 0.6 + textWidth(text, size, 'word');
    if (x > left && x + width > left + room) {
      x = left;
      y += size * 1.6;
    }
    const swatch = { x, y, width: swatchWidth, height: size };
    const line: TextLine = { x: x + swatchWidth + size * 0.6, y: y + size * 0.85, text, anchor: 'start' };
    x += width + size * 1.6;
    return { kind, swatch, text: line };
  });
  const noteTop = y + size * 1.9;
  const note = wrapText(words.drawn(drawn), room, size).map((text, index): TextLine => ({
    x: left,
    y: noteTop + size * (0.85 + 1.4 * index),
    text,
    anchor: 'start',
  }));
  const bottom = noteTop + size * 1.4 * note.length;
  return { items, note, height: bottom - top, bottom };
}

function lineEnd({ x, text }: TextLine, size: number): number {
  return x + textWidth(text, size, 'word');
}
