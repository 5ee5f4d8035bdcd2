/** A grid of tokens, a row a layer and a column a place of the text, coloured by a number: the logit lens as a detached SVG element. */
import { select } from 'd3';
import type { Selection } from 'd3';
import { colourScale } from './colour-scale.ts';
import type { ColourScale, ColourScaleSpec } from './colour-scale.ts';
import { inkOn } from './contrast.ts';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeHeading, placeLine } from './heading.ts';
import { drawLegend, legendLayout, placeRect, round } from './legend.ts';
import { fitText, labelText, textWidth, wrapText } from './text.ts';
import { MONO_FONT, THEMES, TYPE } from './theme.ts';
import type { ThemeName } from './theme.ts';

export interface LensGridInput {
  /** An empty title or subtitle takes no room. */
  readonly title: string;
  readonly subtitle: string;
  /** Names of the rows, the topmost first. */
  readonly rows: readonly string[];
  /** The text's tokens, a column each. */
  readonly columns: readonly string[];
  /** What stands in the cells, row by row. */
  readonly texts: readonly string[];
  /** f32 [rows, columns]: what colours them; NaN where there is nothing. */
  readonly values: Float32Array;
  readonly scale: ColourScaleSpec;
  /** What the colours stand for, with unit and transform. */
  readonly legendTitle: string;
  /** Lines under the grid; empty for none. */
  readonly note: string;
  readonly theme: ThemeName;
  /** Room in px; a text that is wider goes on in a further band below. */
  readonly maxWidth: number;
  /** Factor on all type sizes; default 1. */
  readonly textScale?: number;
  /** Prefix of the ids inside the SVG. Default `lens`. */
  readonly id?: string;
  /** In the reader's language; the default is English. */
  readonly description?: string;
}

/** Sizes in px at `textScale` 1. */
const CELL = { width: 62, height: 22, gap: 1 };
/** A cell of a text with more tokens than so many has no words, and is so wide. */
const WORDS_UP_TO = 120;
const NARROW = 7;
const BAND_GAP = 14;

interface Layout {
  readonly unit: number;
  readonly pad: number;
  /** Room of the row names. */
  readonly names: number;
  readonly cell: { readonly width: number; readonly height: number };
  readonly hasWords: boolean;
  /** Columns of a band. */
  readonly perBand: number;
  /** Height of the column names. */
  readonly head: number;
  readonly bandHeight: number;
  readonly bands: number;
}

/**
 * Draws the grid, in bands where the text is wider than `maxWidth`.
 * @returns a detached `<svg>`
 * @throws RangeError `invalid texts: …` or `invalid values: …` where they do not fill rows × columns; `invalid columns: none`; and as
 *   colourScale
 */
export function lensGrid(input: LensGridInput, options: { readonly document: Document }): SVGSVGElement {
  checkGrid(input);
  const layout = layoutOf(input);
  const { unit, pad, bands, bandHeight, names, cell, perBand } = layout;
  const theme = THEMES[input.theme];
  const scale = colourScale(input.scale, theme);
  const room = input.maxWidth - 2 * pad;
  const heading = placeHeading(input.title, input.subtitle, { unit, pad, room });
  const legend = legendLayout({
    ...{ scale, title: input.legendTitle, off: [], width: room, barWidth: 200 * unit, textScale: unit },
  });
  const notes = wrapText(input.note, room, TYPE.label * unit);
  const top = heading.bottom + (heading.bottom > pad ? 8 * unit : 0);
  const gridHeight = bands * bandHeight + (bands - 1) * BAND_GAP * unit;
  const legendTop = top + gridHeight + 14 * unit;
  const noteTop = legendTop + legend.height;
  const gridWidth = names + Math.min(perBand, input.columns.length) * cell.width;
  const width = Math.ceil(Math.max(heading.right, pad + Math.max(gridWidth, legend.width)) + pad);
  const height = Math.ceil(noteTop + notes.length * TYPE.label * unit * 1.4 + pad);
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg = select<SVGSVGElement, unknown>(element);
  const id = input.id ?? 'lens';
  const description = input.description ?? `${input.rows.length} layers × ${input.columns.length} tokens.`;
  drawFrame(svg, { width, height }, { id, names: [input.title, input.subtitle], unnamed: 'Logit lens', description });
  svg.append('rect').attr('width', width).attr('height', height).attr('fill', theme.panel);
  drawHeading(svg, heading, theme, unit);
  for (let band = 0; band < bands; band += 1) {
    const y = round(top + band * (bandHeight + BAND_GAP * unit));
    const group = svg
      .append('g')
      .attr('class', 'band')
      .attr('transform', `translate(${round(pad)},${y})`);
    drawBand(group, input, layout, scale, band * perBand);
  }
  const at = `translate(${round(pad)},${round(legendTop)})`;
  drawLegend(svg.append('g').attr('class', 'legend').attr('transform', at), legend, scale, id);
  notes.forEach((text, line) => {
    const y = noteTop + TYPE.label * unit * (1.1 + 1.4 * line);
    placeLine(svg, { x: pad, y, text, anchor: 'start' }, TYPE.label * unit, theme.grey);
  });
  return element;
}

function layoutOf({ rows, columns, maxWidth, textScale: unit = 1 }: LensGridInput): Layout {
  const pad = 16 * unit;
  const names = Math.max(...rows.map((row) => textWidth(row, TYPE.label * unit, 'word'))) + 10 * unit;
  const hasWords = columns.length <= WORDS_UP_TO;
  const cell = { width: (hasWords ? CELL.width : NARROW) * unit, height: CELL.height * unit };
  const perBand = Math.max(1, Math.floor((maxWidth - 2 * pad - names) / cell.width));
  const head = TYPE.label * unit * 1.6;
  return {
    ...{ unit, pad, names, cell, hasWords, perBand, head },
    bandHeight: head + rows.length * cell.height,
    bands: Math.ceil(columns.length / perBand),
  };
}

function drawBand(
  group: Selection<SVGGElement, unknown, null, undefined>,
  { rows, columns, texts, values }: LensGridInput,
  { unit, names, cell, hasWords, perBand, head }: Layout,
  scale: ColourScale,
  first: number,
): void {
  const { theme } = scale;
  const size = TYPE.label * unit;
  const gap = CELL.gap * unit;
  const shown = columns.slice(first, first + perBand);
  const heads = group.append('g').attr('font-family', MONO_FONT);
  shown.forEach((column, at) => {
    // Where there is no room for words, every so many columns the number of the token.
    const every = Math.ceil((5 * size) / cell.width);
    if (!hasWords && (first + at) % every !== 0) return;
    const x = names + at * cell.width + (hasWords ? cell.width / 2 : 0);
    const text = hasWords ? fitText(labelText(column), cell.width - 4 * unit, size, 'mono') : String(first + at);
    placeLine(heads, { x, y: head - size * 0.5, text, anchor: hasWords ? 'middle' : 'start' }, size, theme.grey);
  });
  rows.forEach((row, line) => {
    const y = head + line * cell.height;
    placeLine(group, { x: names - 8 * unit, y: y + cell.height * 0.68, text: row, anchor: 'end' }, size, theme.grey);
    const cells = group.append('g').attr('class', 'row').attr('font-family', MONO_FONT);
    shown.forEach((_, at) => {
      const place = line * columns.length + first + at;
      const ground = scale.colour(values[place] ?? NaN);
      const x = names + at * cell.width;
      placeRect(cells.append('rect'), { x, y, width: cell.width - gap, height: cell.height - gap }).attr(
        'fill',
        ground,
      );
      if (!hasWords) return;
      const text = fitText(labelText(texts[place] ?? ''), cell.width - 6 * unit, size - unit, 'mono');
      const words = { x: x + (cell.width - gap) / 2, y: y + cell.height * 0.66, text, anchor: 'middle' } as const;
      placeLine(cells, words, size - unit, inkOn(ground));
    });
  });
}

function checkGrid({ rows, columns, texts, values }: LensGridInput): void {
  if (columns.length === 0 || rows.length === 0) throw new RangeError('invalid columns: none; expected a text');
  const count = rows.length * columns.length;
  if (texts.length !== count) throw new RangeError(`invalid texts: ${texts.length} for ${count} cells`);
  if (values.length !== count) throw new RangeError(`invalid values: ${values.length} for ${count} cells`);
}
