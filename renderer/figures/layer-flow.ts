/**
 * Where one token's information comes from, across the layers: tokens as rows, layer boundaries as columns, and between them ribbons
 * as wide as what they carry; a detached SVG element.
 */
import { select } from 'd3';
import type { Selection } from 'd3';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeLine } from './heading.ts';
import type { LayerFlowInput } from './layer-flow-input.ts';
import { layerFlowLayout } from './layer-flow-layout.ts';
import type { FlowLegendItem, LayerFlowLayout, PlacedRibbon } from './layer-flow-layout.ts';
import { placeRect, round } from './legend.ts';
import { MONO_FONT, THEMES } from './theme.ts';
import type { FigureTheme } from './theme.ts';

export { flowAt, ribbonMiddle } from './layer-flow-hit.ts';
export type { FlowPlace } from './layer-flow-hit.ts';
export type { FlowLink, LayerFlowInput, LayerFlowWords } from './layer-flow-input.ts';
export { layerFlowLayout } from './layer-flow-layout.ts';
export type { LayerFlowLayout, PlacedNode, PlacedRibbon, PlacedRow } from './layer-flow-layout.ts';

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

/** Ribbons lie over each other; what is below shows through. */
const OPACITY = { attention: 0.45, residual: 0.38 } as const;

/**
 * Draws an input. Every ribbon has its index in `data-ribbon`, every bar its boundary and row in `data-node`.
 * @param options `background: 'omit'` for an interface that has one of its own
 * @returns a detached `<svg>` of layout.width × layout.height px, with text as text
 * @throws RangeError as layerFlowLayout
 */
export function layerFlow(
  input: LayerFlowInput,
  options: { readonly document: Document; readonly background?: 'draw' | 'omit' },
): SVGSVGElement {
  const layout = layerFlowLayout(input);
  const theme = THEMES[input.theme];
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg = select<SVGSVGElement, unknown>(element);
  const names = [input.title, input.subtitle];
  drawFrame(svg, layout, {
    id: input.id ?? 'layer-flow',
    names,
    unnamed: 'Flow across layers',
    description: describe(input, layout),
  });
  if (options.background !== 'omit')
    svg.append('rect').attr('width', layout.width).attr('height', layout.height).attr('fill', theme.panel);
  drawHeading(svg, layout.heading, theme, input.textScale ?? 1);
  drawRibbons(svg, layout, theme);
  drawBars(svg, layout, theme);
  drawLabels(svg, input, layout, theme);
  drawLegend(svg, layout, theme);
  return element;
}

/** The target and the tokens with the largest shares at the lowest boundary. */
function describe({ labels, relevance, target, words }: LayerFlowInput, { ribbons }: LayerFlowLayout): string {
  const shares = labels.map(({ text }, token) => ({ text, share: relevance[token]! }));
  const largest = shares
    .toSorted((a, b) => b.share - a.share)
    .slice(0, 5)
    .map(({ text, share }) => `${text} ${words.share(share)}`);
  return `${labels[target]!.text}: ${words.embedding} ${largest.join(', ')}. ${ribbons.length} × ${words.attention} / ${words.residual}.`;
}

function ribbonColour({ residual }: { readonly residual: boolean }, theme: FigureTheme): string {
  return residual ? theme.grey : theme.accent;
}

function drawRibbons(svg: Svg, { ribbons }: LayerFlowLayout, theme: FigureTheme): void {
  const group = svg.append('g').attr('class', 'ribbons');
  ribbons.forEach((ribbon, index) => {
    group
      .append('path')
      .attr('data-ribbon', index)
      .attr('d', bandPath(ribbon))
      .attr('fill', ribbonColour(ribbon, theme))
      .attr('fill-opacity', ribbon.residual ? OPACITY.residual : OPACITY.attention);
  });
}

/** Both edges of a band, level at its ends. */
function bandPath({ x0, x1, y0, y1, width }: PlacedRibbon): string {
  const half = width / 2;
  const [a, b, m] = [round(x0), round(x1), round((x0 + x1) / 2)];
  const y = (middle: number, side: number) => round(middle + side * half, 3);
  const there = `M${a},${y(y0, -1)}C${m},${y(y0, -1)} ${m},${y(y1, -1)} ${b},${y(y1, -1)}`;
  const back = `L${b},${y(y1, 1)}C${m},${y(y1, 1)} ${m},${y(y0, 1)} ${a},${y(y0, 1)}Z`;
  return there + back;
}

function drawBars(svg: Svg, { nodes, rows }: LayerFlowLayout, theme: FigureTheme): void {
  const group = svg.append('g').attr('class', 'bars');
  for (const node of nodes) {
    if (node.share === 0) continue;
    const height = Math.max(0.75, node.height);
    const y = node.y + (node.height - height) / 2;
    placeRect(group.append('rect'), { ...node, y, height })
      .attr('data-node', `${node.boundary} ${node.row}`)
      .attr('fill', rows[node.row]!.count > 1 ? theme.grey : theme.ink);
  }
}

function drawLabels(svg: Svg, input: LayerFlowInput, layout: LayerFlowLayout, theme: FigureTheme): void {
  const { labelSize: size, rows, embedding, layerLabels, targetLabel } = layout;
  const group = svg.append('g').attr('class', 'row-labels').attr('font-family', MONO_FONT);
  for (const { first, count, label, share } of rows) {
    const quiet = count > 1 || input.labels[first]!.special;
    const isTarget = count === 1 && first === input.target;
    const text = placeLine(group, label, size, quiet ? theme.grey : theme.ink);
    if (isTarget) text.attr('font-weight', 700);
    if (label.text !== label.full) text.append('title').text(label.full);
    placeLine(group, share, size, theme.grey);
  }
  placeLine(group, targetLabel, size, theme.ink).attr('font-weight', 700);
  const heads = svg.append('g').attr('class', 'layer-labels');
  placeLine(heads, embedding, size, theme.grey);
  for (const label of layerLabels) placeLine(heads, label, size, theme.grey);
}

function drawLegend(svg: Svg, { legend, note, labelSize }: LayerFlowLayout, theme: FigureTheme): void {
  const group = svg.append('g').attr('class', 'legend');
  const look: Readonly<Record<FlowLegendItem['kind'], { readonly fill: string; readonly opacity: number }>> = {
    attention: { fill: theme.accent, opacity: OPACITY.attention },
    residual: { fill: theme.grey, opacity: OPACITY.residual },
    bar: { fill: theme.ink, opacity: 1 },
  };
  for (const { kind, swatch, text } of legend) {
    placeRect(group.append('rect'), swatch).attr('fill', look[kind].fill).attr('fill-opacity', look[kind].opacity);
    placeLine(group, text, labelSize, theme.grey);
  }
  for (const line of note) placeLine(group, line, labelSize, theme.grey);
}
