/** The head view: queries left, keys right, a line a weight, a colour a head. A detached SVG element. */
import { select } from 'd3';
import type { Selection } from 'd3';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeLine } from './heading.ts';
import { lineStyle } from './head-colours.ts';
import type { PlacedLabel } from './heatmap-grid.ts';
import { round } from './legend.ts';
import { MONO_FONT, THEMES, TYPE } from './theme.ts';
import type { FigureTheme } from './theme.ts';
import { drawFlowLegend } from './token-flow-legend.ts';
import type { TokenFlowInput } from './token-flow-input.ts';
import { chosenToken, drawnLine, drawnTokenLine, flowLabel, tokenFlowLayout } from './token-flow-layout.ts';
import type { DrawnLine, FlowLayout, FlowSide } from './token-flow-layout.ts';
import { flowCells, tokenLines } from './token-flow-lines.ts';
import type { FlowCells } from './token-flow-lines.ts';

export { flowTargetAt, lineTokens } from './token-flow-hit.ts';
export type { FlowTarget } from './token-flow-hit.ts';
export { MOST_LINES } from './token-flow-input.ts';
export type { FlowDirection, FlowFacts, FlowFocus, FlowSet, TokenFlowInput } from './token-flow-input.ts';
export { tokenFlowLayout } from './token-flow-layout.ts';
export type { FlowLayout } from './token-flow-layout.ts';
export { flowCells, tokenLines } from './token-flow-lines.ts';
export type { FlowCells, TokenLine } from './token-flow-lines.ts';

/** What is left of the other lines' opacity where some stand out. */
export const FAINT = 0.3;

export interface TokenFlowOptions {
  readonly document: Document;
  /** `omit` leaves lines and background out, for an interface that paints them on a canvas below. */
  readonly lines: 'draw' | 'omit';
  /** Where they are known already. */
  readonly cells?: FlowCells;
  readonly layout?: FlowLayout;
}

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

/**
 * Draws a token flow.
 * @returns a detached `<svg>` of layout.width × layout.height px, with text as text and at most `mostLines` lines besides those of
 *   the selected token
 * @throws RangeError as tokenFlowLayout; `invalid head: …` for more sets than there are strokes
 */
export function tokenFlow(input: TokenFlowInput, options: TokenFlowOptions): SVGSVGElement {
  const cells = options.cells ?? flowCells(input);
  const layout = options.layout ?? tokenFlowLayout(input, cells);
  const theme = THEMES[input.theme];
  const unit = input.textScale ?? 1;
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg: Svg = select(element);
  drawFrame(svg, layout, {
    id: input.id ?? 'token-flow',
    names: [input.title, input.subtitle],
    unnamed: 'Token flow',
    description: input.words?.description ?? describe(input, layout),
  });
  if (options.lines === 'draw') {
    svg.append('rect').attr('width', layout.width).attr('height', layout.height).attr('fill', theme.panel);
    drawLines(svg, input, layout, cells);
  }
  drawHeading(svg, layout.heading, theme, unit);
  drawSides(svg, input, layout, theme);
  const { legend } = layout;
  if (legend !== null) {
    const place = `translate(${round(legend.x)},${round(legend.y)})`;
    drawFlowLegend(svg.append('g').attr('class', 'legend').attr('transform', place), legend, theme);
  }
  return element;
}

function describe({ rows, columns, sets, rowTitle, columnTitle }: TokenFlowInput, { facts }: FlowLayout): string {
  const heads = sets.map(({ label }) => label).join('; ');
  return `${facts.drawn} lines from ${rows} tokens (${rowTitle}) to ${columns} tokens (${columnTitle}): ${heads}.`;
}

function drawLines(svg: Svg, input: TokenFlowInput, layout: FlowLayout, cells: FlowCells): void {
  const chosen = chosenToken(input, input.selection);
  const all = svg.append('g').attr('class', 'lines').attr('fill', 'none');
  if (chosen !== null) all.attr('opacity', FAINT);
  for (let index = 0; index < layout.lines.count; index += 1) drawLine(all, input, layout, drawnLine(layout, index));
  if (chosen === null) return;
  const group = svg.append('g').attr('class', 'lines chosen').attr('fill', 'none');
  for (const line of tokenLines(input, cells, chosen.direction, chosen.token)) {
    drawLine(group, input, layout, drawnTokenLine(layout, line));
  }
}

function drawLine(
  group: Selection<SVGGElement, unknown, null, undefined>,
  input: TokenFlowInput,
  { panel }: FlowLayout,
  { set, y0, y1, width, opacity }: DrawnLine,
): void {
  const { colour, dash } = lineStyle(input.sets[set]!.style, THEMES[input.theme]);
  const [x0, middle, x1] = [panel.x, panel.x + panel.width / 2, panel.x + panel.width].map((x) => round(x, 1));
  const [start, end] = [round(y0, 1), round(y1, 1)];
  const path = group
    .append('path')
    .attr('d', `M${x0} ${start}C${middle} ${start} ${middle} ${end} ${x1} ${end}`)
    .attr('stroke', colour)
    .attr('stroke-width', round(width))
    .attr('stroke-opacity', round(opacity));
  if (dash !== null) path.attr('stroke-dasharray', dash.join(' '));
}

function drawSides(svg: Svg, input: TokenFlowInput, layout: FlowLayout, theme: FigureTheme): void {
  const titleSize = TYPE.label * (input.textScale ?? 1);
  placeLine(svg, layout.rowTitle, titleSize, theme.queryText).attr('font-weight', 600);
  placeLine(svg, layout.columnTitle, titleSize, theme.keyText).attr('font-weight', 600);
  for (const side of ['row', 'column'] as const) {
    const placed = side === 'row' ? layout.rowLabels : layout.columnLabels;
    const group = labelGroup(svg, side, layout, theme);
    for (const label of placed) drawLabel(group, label, colourOf(side, label.index, layout, input));
  }
  drawFocus(svg, layout, theme);
}

/** Where the tokens that are drawn larger begin and end. */
function drawFocus(svg: Svg, { panel, rowAxis, columnAxis }: FlowLayout, theme: FigureTheme): void {
  const group = svg.append('g').attr('class', 'focus').attr('stroke', theme.grey).attr('stroke-dasharray', '2 3');
  for (const { axis, x } of [
    { axis: rowAxis, x: panel.x - 14 },
    { axis: columnAxis, x: panel.x + panel.width + 2 },
  ]) {
    if (axis.focus === null) continue;
    const { first, last } = axis.focus;
    for (const y of [
      ...(first > 0 ? [axis.edges[first]!] : []),
      ...(last < axis.count - 1 ? [axis.edges[last + 1]!] : []),
    ]) {
      group
        .append('line')
        .attr('x1', round(x))
        .attr('x2', round(x + 12))
        .attr('y1', round(y))
        .attr('y2', round(y));
    }
  }
}

function labelGroup<Parent extends SVGElement>(
  parent: Selection<Parent, unknown, null, undefined>,
  side: FlowSide,
  layout: FlowLayout,
  theme: FigureTheme,
): Selection<SVGGElement, unknown, null, undefined> {
  const group = parent
    .append('g')
    .attr('class', `${side}-labels`)
    .attr('font-family', MONO_FONT)
    .attr('font-size', layout.labelSize)
    .attr('fill', theme.ink);
  return side === 'row' ? group.attr('text-anchor', 'end') : group;
}

/** The colour of a selected token, grey outside the focus; null for the others. */
function colourOf(side: FlowSide, index: number, layout: FlowLayout, input: TokenFlowInput): LabelLook {
  const theme = THEMES[input.theme];
  const { focus } = side === 'row' ? layout.rowAxis : layout.columnAxis;
  const isChosen = index === (side === 'row' ? input.selection?.row : input.selection?.column);
  const isSpecial = (side === 'row' ? input.rowLabels : input.columnLabels)[index]!.special;
  const isOutside = focus !== null && (index < focus.first || index > focus.last);
  if (isChosen) return { colour: side === 'row' ? theme.queryText : theme.keyText, isBold: true };
  return { colour: isSpecial || isOutside ? theme.grey : null, isBold: false };
}

interface LabelLook {
  /** null: that of the group. */
  readonly colour: string | null;
  readonly isBold: boolean;
}

function drawLabel(
  group: Selection<SVGGElement, unknown, null, undefined>,
  placed: PlacedLabel,
  { colour, isBold }: LabelLook,
): void {
  const text = group.append('text').attr('x', round(placed.x)).attr('y', round(placed.y)).text(placed.text);
  if (colour !== null) text.attr('fill', colour);
  if (isBold) text.attr('font-weight', 700);
  if (placed.text !== placed.full) text.append('title').text(placed.full);
}

/** Tokens that an interface marks while the pointer is on something. */
export interface FlowMarks {
  readonly rows: readonly number[];
  readonly columns: readonly number[];
}

/**
 * Labels of some tokens on plates, above those that are drawn already, so that they can be read where labels are left out. Of tokens
 * whose labels would touch, the first in each list is shown.
 * @returns a detached `<g>` in px of the figure
 */
export function tokenFlowMarks(
  layout: FlowLayout,
  input: TokenFlowInput,
  marks: FlowMarks,
  options: { readonly document: Document },
): SVGGElement {
  const theme = THEMES[input.theme];
  const element = options.document.createElementNS(NAMESPACE, 'g');
  const root = select(element).attr('class', 'marks').attr('pointer-events', 'none');
  for (const side of ['row', 'column'] as const) {
    const group = labelGroup(root, side, layout, theme);
    const taken: number[] = [];
    for (const token of side === 'row' ? marks.rows : marks.columns) {
      const placed = flowLabel(layout, input, side, token);
      if (taken.some((y) => Math.abs(y - placed.y) < layout.labelSize * 1.1)) continue;
      taken.push(placed.y);
      const height = layout.labelSize * 1.3;
      group
        .append('rect')
        .attr('x', round(side === 'row' ? placed.x - layout.labelRoom - 3 : placed.x - 3))
        .attr('y', round(placed.y - layout.labelSize * 1.02))
        .attr('width', round(layout.labelRoom + 6))
        .attr('height', round(height))
        .attr('fill', theme.panel);
      drawLabel(group, placed, { colour: side === 'row' ? theme.queryText : theme.keyText, isBold: true });
    }
  }
  return element;
}
