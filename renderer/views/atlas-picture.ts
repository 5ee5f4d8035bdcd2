/** The atlas's picture: every head's weights, or one value of every head as a flat colour. */
import type { SiteSummary } from '../../electron/api/index.ts';
import { atlasRaster } from '../figures/atlas.ts';
import { colourScale, weightScale } from '../figures/colour-scale.ts';
import { THEMES } from '../figures/theme.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { AtlasGeometry } from '../view-models/atlas.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';

export type ScalePart = readonly [from: number, to: number];

export interface AtlasPicture {
  paint(canvas: HTMLCanvasElement, geometry: AtlasGeometry): void;
  /** Paints the colours of a part of the scale, in positions 0…1, along a canvas of any size. */
  paintScale(canvas: HTMLCanvasElement, part: ScalePart): void;
}

/** One value of every head as a flat colour. */
export interface ValuePicture extends AtlasPicture {
  /** The colour of a head (layer · heads + head). */
  colour(index: number): string;
}

/** Every head's weights. */
export function weightPictures(summary: SiteSummary, theme: ThemeName): AtlasPicture {
  const { layers, heads, grid } = summary;
  const scale = colourScale(weightScale(), THEMES[theme]);
  const image = atlasRaster({ pictures: new Uint8Array(summary.pictures), layers, heads, grid }, scale);
  const source = document.createElement('canvas');
  source.width = image.width;
  source.height = image.height;
  source.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(image.data), image.width), 0, 0);
  return {
    paintScale: (canvas, part) => {
      paintTable(canvas, scale.table, part);
    },
    paint: (canvas, geometry) => {
      eachTile(canvas, geometry, layers, heads, (context, layer, head, x, y) => {
        // Enlarged, every weight keeps its edges; made smaller, neighbours are averaged so that none is dropped.
        context.imageSmoothingEnabled = geometry.tile * window.devicePixelRatio < grid;
        context.drawImage(source, head * grid, layer * grid, grid, grid, x, y, geometry.tile, geometry.tile);
      });
    },
  };
}

export function valuePicture({ values, scale: spec }: HeadReading, heads: number, theme: ThemeName): ValuePicture {
  const scale = colourScale(spec, THEMES[theme]);
  const colour = (index: number): string => {
    const value = values[index] ?? NaN;
    // Not measured yet: no colour of the scale, and no alarm either.
    return Number.isNaN(value) ? THEMES[theme].line : scale.colour(value);
  };
  return {
    colour,
    paintScale: (canvas, part) => {
      paintTable(canvas, scale.table, part);
    },
    paint: (canvas, geometry) => {
      eachTile(canvas, geometry, values.length / heads, heads, (context, layer, head, x, y) => {
        context.fillStyle = colour(layer * heads + head);
        context.fillRect(x, y, geometry.tile, geometry.tile);
      });
    },
  };
}

function paintTable(canvas: HTMLCanvasElement, table: Uint8ClampedArray, [from, to]: ScalePart): void {
  const entry = (position: number): number => 4 * Math.round((position * table.length) / 4);
  const colours = new Uint8ClampedArray(table.slice(entry(from), entry(to)));
  canvas.width = colours.length / 4;
  canvas.height = 1;
  canvas.getContext('2d')?.putImageData(new ImageData(colours, canvas.width), 0, 0);
}

function eachTile(
  canvas: HTMLCanvasElement,
  geometry: AtlasGeometry,
  layers: number,
  heads: number,
  draw: (context: CanvasRenderingContext2D, layer: number, head: number, x: number, y: number) => void,
): void {
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(geometry.width * density);
  canvas.height = Math.round(geometry.height * density);
  canvas.style.width = `${geometry.width}px`;
  canvas.style.height = `${geometry.height}px`;
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.setTransform(density, 0, 0, density, 0, 0);
  for (let layer = 0; layer < layers; layer += 1) {
    for (let head = 0; head < heads; head += 1) draw(context, layer, head, geometry.x(head), geometry.y(layer));
  }
}
