/** All layers × heads of one attention site as small pictures: the way to choose a head. */
import { rgb, select } from 'd3';
import type { Selection } from 'd3';
import { colourScale } from './colour-scale.ts';
import type { ColourScale, ColourScaleSpec } from './colour-scale.ts';
import { drawFrame, NAMESPACE } from './frame.ts';
import { drawHeading, placeHeading, placeLine } from './heading.ts';
import type { Heading } from './heading.ts';
import { drawLegend, legendLayout, placeRect, round } from './legend.ts';
import type { LegendLayout, Rect, TextLine } from './legend.ts';
import { pngDataUrl } from './png.ts';
import type { RasterImage } from './raster.ts';
import { textWidth } from './text.ts';
import { MONO_FONT, THEMES, TYPE } from './theme.ts';
import type { FigureTheme, ThemeName } from './theme.ts';

/** The pictures of a site: u8 [layers, heads, grid, grid], each round(255·√weight) of the largest weight of a tile of the pattern. */
export interface AtlasPictures {
  readonly pictures: Uint8Array;
  readonly layers: number;
  readonly heads: number;
  readonly grid: number;
}

export interface AtlasInput extends AtlasPictures {
  readonly title: string;
  readonly subtitle: string;
  /** Names of the axes, `layer` and `head`. */
  readonly rowTitle: string;
  readonly columnTitle: string;
  readonly legendTitle: string;
  /** A sequential scale over weights. */
  readonly scale: ColourScaleSpec;
  readonly theme: ThemeName;
  readonly selection?: { readonly layer: number; readonly head: number } | undefined;
  readonly maxWidth: number;
  readonly maxHeight: number;
  readonly textScale?: number;
  /** Prefix of ids; default `atlas`. */
  readonly id?: string;
  readonly words?: { readonly description?: string };
}

export interface AtlasLayout {
  readonly width: number;
  readonly height: number;
  /** All pictures together. */
  readonly tiles: Rect;
  /** Side of a picture in px, and from one picture to the next. */
  readonly tileSize: number;
  readonly pitch: number;
  /** Empty pixels between two pictures in the embedded image. */
  readonly gapPixels: number;
  readonly labelSize: number;
  readonly rowLabels: readonly TextLine[];
  readonly columnLabels: readonly TextLine[];
  readonly heading: Heading;
  readonly rowTitle: TextLine;
  readonly columnTitle: TextLine;
  readonly legend: LegendLayout & { readonly x: number; readonly y: number };
}

function checkPictures({ pictures, layers, heads, grid }: AtlasPictures): void {
  const whole = [layers, heads, grid].every((count) => Number.isInteger(count) && count > 0);
  if (!whole || pictures.length !== layers * heads * grid * grid) {
    throw new RangeError(`invalid pictures: ${pictures.length} values for ${layers} × ${heads} × ${grid} × ${grid}`);
  }
}

/**
 * All pictures as one image: picture (layer, head) has its top left pixel at (head·(grid+gap), layer·(grid+gap)); the gaps are
 * transparent.
 * @param gap pixels between pictures, default 0
 * @throws RangeError when the number of values does not fit
 */
export function atlasRaster(summary: AtlasPictures, scale: ColourScale, gap = 0): RasterImage {
  checkPictures(summary);
  const { pictures, layers, heads, grid } = summary;
  const pitch = grid + gap;
  const width = heads * pitch - gap;
  const height = layers * pitch - gap;
  const data = new Uint8ClampedArray(width * height * 4);
  const pixels = new Uint32Array(data.buffer);
  const colours = pictureColours(scale);
  let source = 0;
  for (let layer = 0; layer < layers; layer += 1) {
    for (let head = 0; head < heads; head += 1) {
      for (let y = 0; y < grid; y += 1) {
        const target = (layer * pitch + y) * width + head * pitch;
        for (let x = 0; x < grid; x += 1) pixels[target + x] = colours[pictures[source++]!]!;
      }
    }
  }
  return { width, height, data };
}

/** The pixel of every stored byte, through the weight (byte/255)² that it stands for. */
function pictureColours(scale: ColourScale): Uint32Array {
  const bytes = new Uint8Array(256 * 4);
  for (let byte = 0; byte < 256; byte += 1) {
    const { r, g, b } = rgb(scale.colour((byte / 255) ** 2));
    bytes.set([r, g, b, 255], byte * 4);
  }
  return new Uint32Array(bytes.buffer);
}

/**
 * Lays an atlas out: layers from the top, heads from the left, both counted from 0.
 * @throws RangeError when pictures or size do not fit
 */
export function atlasLayout(input: AtlasInput): AtlasLayout {
  checkPictures(input);
  if (!(input.maxWidth > 0 && input.maxHeight > 0)) {
    throw new RangeError(`invalid size: ${input.maxWidth} × ${input.maxHeight}`);
  }
  const unit = input.textScale ?? 1;
  const pad = 16 * unit;
  const size = (TYPE.label - 1) * unit;
  const room = Math.max(160 * unit, input.maxWidth - 2 * pad);
  const heading = placeHeading(input.title, input.subtitle, { unit, pad, room });
  const scale = colourScale(input.scale, THEMES[input.theme]);
  const measure = (barWidth: number, besideWidth: number) =>
    legendLayout({ scale, title: input.legendTitle, off: [], width: room, barWidth, besideWidth, textScale: unit });
  const top = heading.bottom + (heading.bottom > pad ? 10 * unit : 0) + size * 3;
  const left = pad + Math.max(textWidth(`${input.rowTitle} ↓`, size, 'word', true), 20 * unit) + 8 * unit;
  const free = {
    width: pad + room - left,
    height: input.maxHeight - top - measure(200 * unit, 0).height - 14 * unit - pad,
  };
  const pitch = Math.floor(Math.max(10, Math.min(64 * unit, free.width / input.heads, free.height / input.layers)));
  const gapPixels = Math.max(1, Math.round(input.grid / 12));
  const tileSize = (pitch * input.grid) / (input.grid + gapPixels);
  const extent = (count: number) => (count - 1) * pitch + tileSize;
  const tiles: Rect = { x: left, y: top, width: extent(input.heads), height: extent(input.layers) };
  const used = Math.max(heading.right, left + tiles.width);
  const legend = measure(Math.min(240 * unit, Math.max(150 * unit, tiles.width)), used - left);
  const legendX = left + legend.width <= pad + room ? left : Math.max(pad, pad + room - legend.width);
  const legendY = top + tiles.height + 14 * unit;
  return {
    width: Math.ceil(Math.max(used, legendX + legend.width) + pad),
    height: Math.ceil(legendY + legend.height + pad),
    tiles,
    tileSize,
    pitch,
    gapPixels,
    labelSize: size,
    ...tileLabels(input, { tiles, pitch, tileSize, size, unit }),
    heading,
    legend: { ...legend, x: legendX, y: legendY },
  };
}

function tileLabels(
  input: AtlasInput,
  { tiles, pitch, tileSize, size, unit }: { tiles: Rect; pitch: number; tileSize: number; size: number; unit: number },
) {
  const x = tiles.x - 8 * unit;
  const y = tiles.y - 6 * unit;
  const numbers = (count: number, need: number) => {
    const step = Math.max(1, Math.ceil(need / pitch));
    return Array.from({ length: Math.ceil(count / step) }, (_, index) => index * step);
  };
  const widest = textWidth(String(input.heads - 1), size, 'mono');
  return {
    rowLabels: numbers(input.layers, size * 1.1).map((layer): TextLine => ({
      x,
      y: tiles.y + layer * pitch + tileSize / 2 + size * 0.35,
      text: String(layer),
      anchor: 'end',
    })),
    columnLabels: numbers(input.heads, widest + size * 0.6).map((head): TextLine => ({
      x: tiles.x + head * pitch + tileSize / 2,
      y,
      text: String(head),
      anchor: 'middle',
    })),
    rowTitle: { x, y, text: `${input.rowTitle} ↓`, anchor: 'end' } satisfies TextLine,
    columnTitle: { x, y: y - size * 1.35, text: `${input.columnTitle} →`, anchor: 'end' } satisfies TextLine,
  };
}

/** The picture under a point of the figure, or null. */
export function tileAt(
  layout: Pick<AtlasLayout, 'tiles' | 'pitch'>,
  atlas: Pick<AtlasPictures, 'layers' | 'heads'>,
  x: number,
  y: number,
): { layer: number; head: number } | null {
  const layer = Math.floor((y - layout.tiles.y) / layout.pitch);
  const head = Math.floor((x - layout.tiles.x) / layout.pitch);
  return layer >= 0 && head >= 0 && layer < atlas.layers && head < atlas.heads ? { layer, head } : null;
}

/**
 * Draws an atlas with one embedded picture.
 * @returns a detached `<svg>` of layout.width × layout.height px
 * @throws RangeError as atlasLayout; `invalid selection: …` for a layer or head that is not there
 */
export function atlas(
  input: AtlasInput,
  options: { readonly document: Document; readonly encodeRaster?: (image: RasterImage) => string },
): SVGSVGElement {
  const layout = atlasLayout(input);
  checkSelection(input);
  const theme = THEMES[input.theme];
  const scale = colourScale(input.scale, theme);
  const id = input.id ?? 'atlas';
  const unit = input.textScale ?? 1;
  const element = options.document.createElementNS(NAMESPACE, 'svg');
  const svg: Svg = select(element);
  const described = `Attention patterns of ${input.layers} layers by ${input.heads} heads; colour: ${input.legendTitle}.`;
  drawFrame(svg, layout, {
    id,
    names: [input.title, input.subtitle],
    unnamed: 'Atlas',
    description: input.words?.description ?? described,
  });
  svg.append('rect').attr('width', layout.width).attr('height', layout.height).attr('fill', theme.panel);
  drawHeading(svg, layout.heading, theme, unit);
  drawTileLabels(svg, input, layout, theme);
  drawTiles(svg, input, layout, scale, options.encodeRaster ?? pngDataUrl);
  const { legend } = layout;
  const place = `translate(${round(legend.x)},${round(legend.y)})`;
  drawLegend(svg.append('g').attr('class', 'legend').attr('transform', place), legend, scale, id);
  return element;
}

function checkSelection({ selection, layers, heads }: AtlasInput): void {
  if (!selection) return;
  const inside = (index: number, count: number) => Number.isInteger(index) && index >= 0 && index < count;
  if (!inside(selection.layer, layers) || !inside(selection.head, heads)) {
    throw new RangeError(`invalid selection: layer ${selection.layer}, head ${selection.head} of ${layers} × ${heads}`);
  }
}

type Svg = Selection<SVGSVGElement, unknown, null, undefined>;

function drawTileLabels(svg: Svg, input: AtlasInput, layout: AtlasLayout, theme: FigureTheme): void {
  const { labelSize } = layout;
  placeLine(svg, layout.rowTitle, labelSize, theme.grey).attr('font-weight', 600);
  placeLine(svg, layout.columnTitle, labelSize, theme.grey).attr('font-weight', 600);
  const group = svg.append('g').attr('class', 'tile-labels').attr('font-family', MONO_FONT);
  const chosen = input.selection;
  for (const line of layout.rowLabels) {
    placeLine(group, line, labelSize, line.text === String(chosen?.layer) ? theme.ink : theme.grey);
  }
  for (const line of layout.columnLabels) {
    placeLine(group, line, labelSize, line.text === String(chosen?.head) ? theme.ink : theme.grey);
  }
}

function drawTiles(
  svg: Svg,
  input: AtlasInput,
  layout: AtlasLayout,
  scale: ColourScale,
  encode: (image: RasterImage) => string,
): void {
  const { tiles, tileSize, pitch } = layout;
  placeRect(svg.append('image'), tiles)
    .attr('preserveAspectRatio', 'none')
    .attr('image-rendering', 'pixelated')
    .attr('href', encode(atlasRaster(input, scale, layout.gapPixels)));
  const { selection } = input;
  if (!selection) return;
  const x = tiles.x + selection.head * pitch - 1.5;
  const y = tiles.y + selection.layer * pitch - 1.5;
  placeRect(svg.append('rect').attr('class', 'selection'), { x, y, width: tileSize + 3, height: tileSize + 3 })
    .attr('fill', 'none')
    .attr('rx', 2)
    .attr('stroke', scale.theme.selection)
    .attr('stroke-width', 2);
}
