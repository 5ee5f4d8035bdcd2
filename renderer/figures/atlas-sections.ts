/** All heads of one attention site as small pictures that flow in rows, in sections with names: by rank or by likeness. */
import { select } from 'd3';
import type { Selection } from 'd3';
import { atlasRaster } from './atlas.ts';
import type { AtlasPictures } from './atlas.ts';
import { colourScale } from './colour-scale.ts';
import type { ColourScale, ColourScaleSpec } from './colour-scale.ts';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeHeading, placeLine } from './heading.ts';
import type { Heading } from './heading.ts';
import { drawLegend, legendLayout, placeRect, round } from './legend.ts';
import type { LegendLayout, Rect, TextLine } from './legend.ts';
import { pngDataUrl } from './png.ts';
import type { RasterImage } from './raster.ts';
import { fitText } from './text.ts';
import { MONO_FONT, THEMES, TYPE } from './theme.ts';
import type { FigureTheme, ThemeName } from './theme.ts';

/** A head in a section. */
export interface SectionHead {
  /** layer · heads + head. */
  readonly index: number;
  /** Above its picture. */
  readonly label: string;
}

export interface AtlasSectionsInput extends AtlasPictures {
  readonly title: string;
  readonly subtitle: string;
  readonly legendTitle: string;
  /** A sequential scale over weights. */
  readonly scale: ColourScaleSpec;
  readonly theme: ThemeName;
  readonly sections: readonly { readonly name: string | null; readonly heads: readonly SectionHead[] }[];
  /** Flat indices: the selected head, and those chosen beside it. */
  readonly selection?: number | undefined;
  readonly others?: readonly number[];
  readonly maxWidth: number;
  readonly textScale?: number;
  /** Prefix of ids; default `atlas`. */
  readonly id?: string;
  readonly words?: { readonly description?: string };
}

/** One row of pictures: one image. */
export interface SectionRow {
  readonly place: Rect;
  readonly heads: readonly SectionHead[];
}

export interface AtlasSectionsLayout {
  readonly width: number;
  readonly height: number;
  /** Side of a picture in px, and from one to the next in a row. */
  readonly tileSize: number;
  readonly pitch: number;
  /** Empty pixels between two pictures in the embedded images. */
  readonly gapPixels: number;
  readonly labelSize: number;
  readonly rows: readonly SectionRow[];
  readonly names: readonly TextLine[];
  readonly heading: Heading;
  readonly legend: LegendLayout & { readonly x: number; readonly y: number };
}

/** From one picture to the next, in px at textScale 1. */
const PITCH = 58;

/**
 * Lays the sections out: as many pictures a row as fit.
 * @throws RangeError `invalid size: …`, `invalid head: …` for one that is not there
 */
export function atlasSectionsLayout(input: AtlasSectionsInput): AtlasSectionsLayout {
  checkSections(input);
  const unit = input.textScale ?? 1;
  const pad = 16 * unit;
  const room = Math.max(160 * unit, input.maxWidth - 2 * pad);
  const labelSize = (TYPE.label - 1) * unit;
  const heading = placeHeading(input.title, input.subtitle, { unit, pad, room });
  const pitch = PITCH * unit;
  const columns = Math.max(1, Math.floor(room / pitch));
  const gapPixels = Math.max(1, Math.round(input.grid / 10));
  const tileSize = (pitch * input.grid) / (input.grid + gapPixels);
  const rows: SectionRow[] = [];
  const names: TextLine[] = [];
  let y = heading.bottom + (heading.bottom > pad ? 6 * unit : 0);
  for (const { name, heads } of input.sections) {
    if (name !== null) {
      y += 18 * unit;
      names.push({ x: pad, y, text: fitText(name, room, TYPE.text * unit, 'word'), anchor: 'start' });
      y += 4 * unit;
    }
    for (let start = 0; start < heads.length; start += columns) {
      const row = heads.slice(start, start + columns);
      y += labelSize * 1.5;
      rows.push({ place: { x: pad, y, width: (row.length - 1) * pitch + tileSize, height: tileSize }, heads: row });
      y += tileSize + 4 * unit;
    }
  }
  const used = Math.max(heading.right, pad + Math.max(...rows.map(({ place }) => place.width)));
  const scale = colourScale(input.scale, THEMES[input.theme]);
  const bar = { barWidth: Math.min(240 * unit, Math.max(150 * unit, used - pad)), besideWidth: used - pad };
  const legend = legendLayout({ scale, title: input.legendTitle, off: [], width: room, ...bar, textScale: unit });
  const legendY = y + 10 * unit;
  return {
    width: Math.ceil(Math.max(used, pad + legend.width) + pad),
    height: Math.ceil(legendY + legend.height + pad),
    tileSize,
    pitch,
    gapPixels,
    labelSize,
    rows,
    names,
    heading,
    legend: { ...legend, x: pad, y: legendY },
  };
}

function checkSections({ sections, layers, heads, maxWidth }: AtlasSectionsInput): void {
  if (!(maxWidth > 0)) throw new RangeError(`invalid size: ${maxWidth} px wide`);
  const all = sections.flatMap((section) => section.heads);
  if (all.length === 0) throw new RangeError('invalid sections: no heads');
  const wrong = all.find(({ index }) => !(Number.isInteger(index) && index >= 0 && index < layers * heads));
  if (wrong !== undefined) throw new RangeError(`invalid head: ${wrong.index} of ${layers} × ${heads}`);
}

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

/**
 * Draws the sections, one embedded picture a row.
 * @returns a detached `<svg>` of layout.width × layout.height px
 * @throws RangeError as atlasSectionsLayout, and when pictures do not fit
 */
export function atlasSections(
  input: AtlasSectionsInput,
  options: { readonly document: Document; readonly encodeRaster?: (image: RasterImage) => string },
): SVGSVGElement {
  const layout = atlasSectionsLayout(input);
  const theme = THEMES[input.theme];
  const scale = colourScale(input.scale, theme);
  const id = input.id ?? 'atlas';
  const unit = input.textScale ?? 1;
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg: Svg = select(element);
  const count = input.sections.reduce((sum, { heads }) => sum + heads.length, 0);
  const described = `Attention patterns of ${count} heads in ${input.sections.length} groups; colour: ${input.legendTitle}.`;
  drawFrame(svg, layout, {
    id,
    names: [input.title, input.subtitle],
    unnamed: 'Atlas',
    description: input.words?.description ?? described,
  });
  svg.append('rect').attr('width', layout.width).attr('height', layout.height).attr('fill', theme.panel);
  drawHeading(svg, layout.heading, theme, unit);
  for (const name of layout.names) placeLine(svg, name, TYPE.text * unit, theme.ink).attr('font-weight', 600);
  for (const row of layout.rows) drawRow(svg, row, input, layout, scale, options.encodeRaster ?? pngDataUrl);
  drawLabels(svg, input, layout, theme);
  const { legend } = layout;
  const place = `translate(${round(legend.x)},${round(legend.y)})`;
  drawLegend(svg.append('g').attr('class', 'legend').attr('transform', place), legend, scale, id);
  return element;
}

function drawRow(
  svg: Svg,
  row: SectionRow,
  input: AtlasSectionsInput,
  layout: AtlasSectionsLayout,
  scale: ColourScale,
  encode: (image: RasterImage) => string,
): void {
  const { grid } = input;
  const size = grid * grid;
  const pictures = new Uint8Array(row.heads.length * size);
  row.heads.forEach(({ index }, at) =>
    pictures.set(input.pictures.subarray(index * size, (index + 1) * size), at * size),
  );
  const image = atlasRaster({ pictures, layers: 1, heads: row.heads.length, grid }, scale, layout.gapPixels);
  placeRect(svg.append('image'), row.place)
    .attr('preserveAspectRatio', 'none')
    .attr('image-rendering', 'pixelated')
    .attr('href', encode(image));
}

/** Labels above the pictures, and frames: whole around the selected head, dashed around those chosen beside it. */
function drawLabels(svg: Svg, input: AtlasSectionsInput, layout: AtlasSectionsLayout, theme: FigureTheme): void {
  const group = svg.append('g').attr('class', 'tile-labels').attr('font-family', MONO_FONT);
  const frames = svg.append('g').attr('class', 'frames').attr('fill', 'none').attr('stroke-width', 2);
  const { labelSize, pitch, tileSize } = layout;
  for (const { place, heads } of layout.rows) {
    heads.forEach(({ index, label }, at) => {
      const x = place.x + at * pitch;
      const isOn = index === input.selection;
      const text = fitText(label, pitch, labelSize, 'mono');
      const line: TextLine = { x, y: place.y - 0.3 * labelSize, text, anchor: 'start' };
      placeLine(group, line, labelSize, isOn ? theme.ink : theme.grey);
      const isChosen = input.others?.includes(index) === true;
      if (!isOn && !isChosen) return;
      const frame = { x: x - 1.5, y: place.y - 1.5, width: tileSize + 3, height: tileSize + 3 };
      placeRect(frames.append('rect').attr('class', isOn ? 'selection' : 'chosen'), frame)
        .attr('rx', 2)
        .attr('stroke', isOn ? theme.selection : theme.ink)
        .attr('stroke-dasharray', isOn ? null : '5 3');
    });
  }
}
