/** A text with a colour behind every token: the weights between one token and all others, as a detached SVG element. */
import { select } from 'd3';
import type { Selection } from 'd3';
import { colourScale } from './colour-scale.ts';
import type { ColourScale, ColourScaleSpec } from './colour-scale.ts';
import { inkOn } from './contrast.ts';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeHeading, placeLine } from './heading.ts';
import { drawLegend, legendLayout, placeRect, round } from './legend.ts';
import type { LegendLayout } from './legend.ts';
import { readingFlow } from './reading-layout.ts';
import type { ReadingFlow, ReadingRun } from './reading-layout.ts';
import { wrapText } from './text.ts';
import { MONO_FONT, THEMES, TYPE } from './theme.ts';
import type { FigureTheme, ThemeName } from './theme.ts';

export type { ReadingRun } from './reading-layout.ts';

export interface ReadingInput {
  /** An empty title or subtitle takes no room. */
  readonly title: string;
  readonly subtitle: string;
  readonly runs: readonly ReadingRun[];
  /** The run whose weights are shown, outlined; null for none. */
  readonly anchor: number | null;
  /** Whether its weights are those of a query or of a key, which decides the outline's colour. */
  readonly role: 'query' | 'key';
  readonly scale: ColourScaleSpec;
  /** What the colours stand for, with unit and transform. */
  readonly legendTitle: string;
  /** Lines under the text; empty for none. */
  readonly note: string;
  readonly theme: ThemeName;
  /** Room in px. */
  readonly maxWidth: number;
  /** Factor on all type sizes; default 1. */
  readonly textScale?: number;
  /** Prefix of the ids inside the SVG. Default `reading`. */
  readonly id?: string;
  /** In the reader's language; the default is English. */
  readonly description?: string;
}

/** Type size of the text in px at `textScale` 1. */
const TEXT = 15;

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

/**
 * Draws a coloured text; a weight of exactly 0 has no colour.
 * @returns a detached `<svg>` as high as the text needs, at most `maxWidth` px wide but for a text of one wide letter
 * @throws RangeError `invalid runs: …` without any, `invalid anchor: …` outside them, `invalid maxWidth: …`, and as colourScale
 */
export function readingFigure(input: ReadingInput, options: { readonly document: Document }): SVGSVGElement {
  checkReading(input);
  const unit = input.textScale ?? 1;
  const pad = 16 * unit;
  const room = input.maxWidth - 2 * pad;
  const theme = THEMES[input.theme];
  const scale = colourScale(input.scale, theme);
  const heading = placeHeading(input.title, input.subtitle, { unit, pad, room });
  const flow = readingFlow(input.runs, { size: TEXT * unit, width: room });
  const legend = readingLegendLayout(scale, input.legendTitle, room, unit);
  const top = heading.bottom + (heading.bottom > pad ? 8 * unit : 0);
  const notes = wrapText(input.note, room, TYPE.label * unit);
  const legendTop = top + flow.height + 12 * unit;
  const noteTop = legendTop + legend.height;
  const width = Math.ceil(Math.max(heading.right, pad + Math.max(flow.width, legend.width, room)) + pad);
  const height = Math.ceil(noteTop + notes.length * TYPE.label * unit * 1.4 + pad);
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg: Svg = select(element);
  const id = input.id ?? 'reading';
  drawFrame(
    svg,
    { width, height },
    { id, names: [input.title, input.subtitle], unnamed: 'Text', description: describe(input) },
  );
  svg.append('rect').attr('width', width).attr('height', height).attr('fill', theme.panel);
  drawHeading(svg, heading, theme, unit);
  drawFlow(svg, input, flow, scale, { x: pad, y: top, size: TEXT * unit });
  drawLegend(svg.append('g').attr('class', 'legend').attr('transform', moved(pad, legendTop)), legend, scale, id);
  notes.forEach((text, at) => {
    const y = noteTop + TYPE.label * unit * (1.1 + 1.4 * at);
    placeLine(svg, { x: pad, y, text, anchor: 'start' }, TYPE.label * unit, theme.grey);
  });
  return element;
}

/**
 * The legend of a scale alone, for an interface that shows the text itself.
 * @returns a detached `<svg>`
 */
export function readingLegend(
  input: {
    readonly scale: ColourScaleSpec;
    readonly title: string;
    readonly theme: ThemeName;
    readonly maxWidth: number;
    readonly id: string;
  },
  options: { readonly document: Document },
): SVGSVGElement {
  const scale = colourScale(input.scale, THEMES[input.theme]);
  const layout = readingLegendLayout(scale, input.title, input.maxWidth, 1);
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg: Svg = select(element);
  const size = { width: Math.ceil(layout.width + 2), height: Math.ceil(layout.height) };
  drawFrame(svg, size, { id: input.id, names: [input.title], unnamed: 'Legend', description: input.title });
  drawLegend(svg.append('g').attr('transform', moved(1, 1)), layout, scale, input.id);
  return element;
}

function readingLegendLayout(scale: ColourScale, title: string, width: number, textScale: number): LegendLayout {
  return legendLayout({ scale, title, off: [], width, barWidth: 200 * textScale, textScale });
}

function checkReading({ runs, anchor, maxWidth }: ReadingInput): void {
  if (runs.length === 0) throw new RangeError('invalid runs: none; expected the tokens of a text');
  const isInside = anchor === null || (Number.isInteger(anchor) && anchor >= 0 && anchor < runs.length);
  if (!isInside) throw new RangeError(`invalid anchor: ${anchor} of ${runs.length} runs`);
  if (!(maxWidth > 0)) throw new RangeError(`invalid maxWidth: ${maxWidth}`);
}

function describe({ description, runs, legendTitle }: ReadingInput): string {
  return description ?? `A text of ${runs.length} tokens; colour: ${legendTitle}.`;
}

const moved = (x: number, y: number): string => `translate(${round(x)},${round(y)})`;

/** The colour behind a run; null for a weight of 0 and for what has none. */
function groundOf({ weight }: ReadingRun, scale: ColourScale): string | null {
  return weight === null || weight === 0 ? null : scale.colour(weight);
}

function drawFlow(
  svg: Svg,
  { runs, anchor, role }: ReadingInput,
  flow: ReadingFlow,
  scale: ColourScale,
  { x, y, size }: { readonly x: number; readonly y: number; readonly size: number },
): void {
  const { theme } = scale;
  const group = svg.append('g').attr('class', 'text').attr('transform', moved(x, y)).attr('font-size', size);
  const grounds = group.append('g').attr('class', 'grounds');
  for (const ground of flow.grounds) {
    const colour = groundOf(runs[ground.run]!, scale);
    const isAnchor = ground.run === anchor;
    if (colour === null && !isAnchor) continue;
    const rect = placeRect(grounds.append('rect'), ground)
      .attr('rx', round(size * 0.2))
      .attr('fill', colour ?? 'none');
    if (isAnchor) rect.attr('stroke', role === 'query' ? theme.query : theme.key).attr('stroke-width', 2);
  }
  const words = group.append('g').attr('class', 'words');
  for (const { run, text, x: left, y: base } of flow.words) {
    const { kind } = runs[run]!;
    const word = words.append('text').attr('x', round(left)).attr('y', round(base)).text(text);
    word.attr('fill', inkOf(runs[run]!, scale, theme));
    if (kind !== 'text') word.attr('font-family', MONO_FONT);
  }
}

function inkOf(run: ReadingRun, scale: ColourScale, theme: FigureTheme): string {
  const ground = groundOf(run, scale);
  if (ground !== null) return inkOn(ground);
  return run.weight === null || run.kind !== 'text' ? theme.grey : theme.ink;
}
