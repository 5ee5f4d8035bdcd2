/** Where everything of a token flow lies, in px: pure numbers, so that a canvas and an SVG can share them. */
import { lineStyle } from './head-colours.ts';
import { placeHeading } from './heading.ts';
import type { Heading } from './heading.ts';
import type { PlacedLabel } from './heatmap-grid.ts';
import type { AxisLabel } from './heatmap-input.ts';
import type { Rect, TextLine } from './legend.ts';
import { fitText, labelText, textWidth } from './text.ts';
import { THEMES, TYPE } from './theme.ts';
import { flowAxis, focusSpan, shownTokens, tokenHeight, tokenMiddle } from './token-flow-axis.ts';
import type { FlowAxis } from './token-flow-axis.ts';
import { checkFlow, MOST_LINES } from './token-flow-input.ts';
import type { FlowFacts, FlowSelection, TokenFlowInput } from './token-flow-input.ts';
import { flowLegend, lineLook } from './token-flow-legend.ts';
import type { FlowLegend, LineLook } from './token-flow-legend.ts';
import { bundleLines, flowCells } from './token-flow-lines.ts';
import type { FlowCells, FlowLines, TokenLine } from './token-flow-lines.ts';

export interface FlowLayout {
  readonly width: number;
  readonly height: number;
  /** The lines' room: queries end at its left edge, keys at its right. */
  readonly panel: Rect;
  readonly rowAxis: FlowAxis;
  readonly columnAxis: FlowAxis;
  readonly labelSize: number;
  /** Longest a label may be, in px. */
  readonly labelRoom: number;
  readonly rowLabels: readonly PlacedLabel[];
  readonly columnLabels: readonly PlacedLabel[];
  readonly rowTitle: TextLine;
  readonly columnTitle: TextLine;
  readonly heading: Heading;
  readonly lines: FlowLines;
  readonly facts: FlowFacts;
  /** Width of a line of weight 1 in px. */
  readonly widest: number;
  /** How many sets share a token's height. */
  readonly sets: number;
  readonly legend: (FlowLegend & { readonly x: number; readonly y: number }) | null;
}

/** From the label to the lines, in px at textScale 1. */
const LABEL_GAP = 8;
/** Height of a token where there is plenty of room, and the least at which each is readable, in px at textScale 1. */
const COMFORTABLE = 22;
const READABLE = 12.5;

/**
 * Checks an input and lays it out: queries left, keys right, from top to bottom.
 * @param cells of the same input, where they are known already: they do not depend on sizes, focus or selection
 * @throws RangeError `invalid <name>: <value>` when sizes, labels, filter or selection do not fit
 */
export function tokenFlowLayout(input: TokenFlowInput, cells: FlowCells = flowCells(input)): FlowLayout {
  checkFlow(input);
  const unit = input.textScale ?? 1;
  const pad = 16 * unit;
  const heading = placeHeading(input.title, input.subtitle, {
    unit,
    pad,
    room: Math.max(160, input.maxWidth - 2 * pad),
  });
  const titleSize = TYPE.label * unit;
  const top = heading.bottom + (heading.bottom > pad ? 12 * unit : 0) + titleSize * 1.8;
  const { rowAxis, columnAxis } = axesOf(input, top, unit);
  const pitch = Math.max(tallest(rowAxis), tallest(columnAxis));
  const labelSize = (pitch >= 15 * unit ? TYPE.label : TYPE.dense) * unit;
  const labelRoom = roomForLabels(input, labelSize, unit);
  const side = labelRoom + LABEL_GAP * unit;
  const panel: Rect = {
    x: pad + side,
    y: top,
    width: Math.max(140 * unit, Math.min(560 * unit, input.maxWidth - 2 * (pad + side))),
    height: rowAxis.edges[input.rows]! - top,
  };
  const width = Math.ceil(panel.width + 2 * (pad + side));
  const most = input.mostLines ?? MOST_LINES;
  const lines = bundleLines(input, cells, { rows: rowAxis, keys: columnAxis, most });
  const widest = widestLine(pitch / unit, input.sets.length) * unit;
  const room = width - 2 * pad;
  const placed = { panel, labelSize, labelRoom, gap: LABEL_GAP * unit };
  const labels = {
    rowLabels: placeLabels(rowAxis, input.rowLabels, 'row', input.selection?.row, placed),
    columnLabels: placeLabels(columnAxis, input.columnLabels, 'column', input.selection?.column, placed),
  };
  const facts = {
    ...weightFacts(input, cells, lines),
    isBundled: rowAxis.starts.length <= input.rows || columnAxis.starts.length <= input.columns,
    isThinned: labels.rowLabels.length < input.rows || labels.columnLabels.length < input.columns,
  };
  const legend = input.legend === false ? null : flowLegend(input, facts, { theme: THEMES[input.theme], room, widest });
  const bottom = panel.y + panel.height + (legend === null ? 6 * unit : 14 * unit);
  const titleY = top - titleSize * 0.7;
  return {
    width: Math.max(width, Math.ceil(heading.right + pad)),
    height: Math.ceil(bottom + (legend?.height ?? 0) + (legend === null ? 0 : pad * 0.6)),
    panel,
    rowAxis,
    columnAxis,
    labelSize,
    labelRoom,
    ...labels,
    rowTitle: { x: panel.x - placed.gap, y: titleY, text: input.rowTitle, anchor: 'end' },
    columnTitle: { x: panel.x + panel.width + placed.gap, y: titleY, text: input.columnTitle, anchor: 'start' },
    heading,
    lines,
    facts,
    widest,
    sets: input.sets.length,
    legend: legend === null ? null : { ...legend, x: pad, y: bottom },
  };
}

/** Both sides have the same height; a focus is around the same place of both. */
function axesOf(input: TokenFlowInput, top: number, unit: number): { rowAxis: FlowAxis; columnAxis: FlowAxis } {
  const { rows, columns, focus = null } = input;
  const count = Math.max(rows, columns);
  const free = Math.max(120 * unit, input.maxHeight - top - 8 * unit);
  const height = Math.min(count * COMFORTABLE * unit, free);
  const axis = (tokens: number): FlowAxis => {
    if (focus === null) return flowAxis(tokens, { top, height }, null);
    const { centre, tokens: wish } = focus;
    return flowAxis(tokens, { top, height }, focusSpan(tokens, height, { centre, wish, pitch: READABLE * unit }));
  };
  const rowAxis = axis(rows);
  return { rowAxis, columnAxis: rows === columns ? rowAxis : axis(columns) };
}

/** Width of weight 1, so that the lines of many heads leave room between each other. @param pitch height of a token, both in px */
function widestLine(pitch: number, sets: number): number {
  return Math.max(1.2, Math.min(5, pitch * 0.3, (pitch * 0.9) / Math.max(1, sets) ** 0.75));
}

function tallest(axis: FlowAxis): number {
  return tokenHeight(axis, axis.focus?.first ?? 0);
}

function roomForLabels({ rowLabels, columnLabels, maxWidth }: TokenFlowInput, size: number, unit: number): number {
  let widest = 40 * unit;
  for (const { text } of rowLabels) widest = Math.max(widest, textWidth(labelText(text), size, 'mono'));
  if (columnLabels !== rowLabels) {
    for (const { text } of columnLabels) widest = Math.max(widest, textWidth(labelText(text), size, 'mono'));
  }
  return Math.ceil(Math.min(widest, 150 * unit, Math.max(48 * unit, maxWidth * 0.22)));
}

function weightFacts(
  input: TokenFlowInput,
  { total }: FlowCells,
  lines: FlowLines,
): Omit<FlowFacts, 'isBundled' | 'isThinned'> {
  const { threshold, topK, direction, sets } = input;
  const theme = THEMES[input.theme];
  const held = lines.sum.reduce((sum, weight) => sum + weight, 0);
  return {
    threshold,
    topK,
    direction,
    drawn: lines.count,
    found: lines.found,
    share: total > 0 ? Math.min(1, held / total) : 0,
    isDashed: sets.some(({ style }) => lineStyle(style, theme).dash !== null),
  };
}

/** Which side a label stands on: queries left, keys right. */
export type FlowSide = 'row' | 'column';

interface LabelPlace {
  readonly panel: Rect;
  readonly labelSize: number;
  readonly labelRoom: number;
  readonly gap: number;
}

function placeLabels(
  axis: FlowAxis,
  labels: readonly AxisLabel[],
  side: FlowSide,
  selected: number | undefined,
  place: LabelPlace,
): PlacedLabel[] {
  return shownTokens(axis, place.labelSize * 1.12, selected).map((index) => labelOf(axis, labels, side, index, place));
}

function labelOf(
  axis: FlowAxis,
  labels: readonly AxisLabel[],
  side: FlowSide,
  index: number,
  { panel, labelSize, labelRoom, gap }: LabelPlace,
): PlacedLabel {
  const full = labelText(labels[index]!.text);
  return {
    index,
    full,
    text: fitText(full, labelRoom, labelSize, 'mono'),
    x: side === 'row' ? panel.x - gap : panel.x + panel.width + gap,
    y: tokenMiddle(axis, index) + labelSize * 0.35,
    anchor: side === 'row' ? 'end' : 'start',
  };
}

/** The label of a token that is not among those shown, where it would stand. */
export function flowLabel(layout: FlowLayout, input: TokenFlowInput, side: FlowSide, index: number): PlacedLabel {
  const { panel, labelSize, labelRoom } = layout;
  const place = { panel, labelSize, labelRoom, gap: LABEL_GAP * (input.textScale ?? 1) };
  const isRow = side === 'row';
  return labelOf(
    isRow ? layout.rowAxis : layout.columnAxis,
    isRow ? input.rowLabels : input.columnLabels,
    side,
    index,
    place,
  );
}

/** A line as it is drawn: from (panel.x, y0) to (panel.x + panel.width, y1). */
export interface DrawnLine extends LineLook {
  readonly set: number;
  readonly y0: number;
  readonly y1: number;
}

/** A bundled line of the figure. */
export function drawnLine(layout: FlowLayout, index: number): DrawnLine {
  const { lines, rowAxis, columnAxis, widest } = layout;
  const set = lines.set[index]!;
  const from = bundlePlace(rowAxis, lines.from[index]!);
  const to = bundlePlace(columnAxis, lines.to[index]!);
  const look = lineLook(lines.strength[index]!, widest);
  return { set, y0: from.y + port(layout, set, from.height), y1: to.y + port(layout, set, to.height), ...look };
}

/** The line of one weight. */
export function drawnTokenLine(layout: FlowLayout, { set, row, column, weight }: TokenLine): DrawnLine {
  const { rowAxis, columnAxis, widest } = layout;
  const y0 = tokenMiddle(rowAxis, row) + port(layout, set, tokenHeight(rowAxis, row));
  const y1 = tokenMiddle(columnAxis, column) + port(layout, set, tokenHeight(columnAxis, column));
  return { set, y0, y1, ...lineLook(weight, widest) };
}

function bundlePlace({ edges, starts }: FlowAxis, bundle: number): { y: number; height: number } {
  const upper = edges[starts[bundle]!]!;
  const lower = edges[starts[bundle + 1]!]!;
  return { y: (upper + lower) / 2, height: lower - upper };
}

/** Lines of different heads end side by side, so that one does not hide the other. In px from the token's middle. */
function port({ sets }: FlowLayout, set: number, height: number): number {
  return ((set + 0.5) / sets - 0.5) * Math.min(height * 0.7, sets * 3.5);
}

/** What is chosen of a figure: lines of the selected query or key. @returns null where there is none */
export function chosenToken(
  { direction }: Pick<TokenFlowInput, 'direction'>,
  selection: FlowSelection | undefined,
): { readonly direction: 'from' | 'to'; readonly token: number } | null {
  const token = direction === 'from' ? selection?.row : selection?.column;
  return token === undefined ? null : { direction, token };
}
