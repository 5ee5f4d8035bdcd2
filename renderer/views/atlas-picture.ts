/** The atlas's picture: every head's weights, or one value of every head as a flat colour. */
import type { SiteSummary } from '../../electron/api/index.ts';
import { atlasRaster } from '../figures/atlas.ts';
import { colourScale, weightScale } from '../figures/colour-scale.ts';
import { THEMES } from '../figures/theme.ts';
import type { ThemeName } from '../figures/theme.ts';
import type { Lens } from '../state/lens.ts';
import type { AtlasGeometry } from '../view-models/atlas.ts';
import type { HeadReading } from '../view-models/head-quantity.ts';
import { pictureBytes } from '../view-models/heads.ts';

export type ScalePart = readonly [from: number, to: number];

export interface AtlasPicture {
  paint(canvas: HTMLCanvasElement, geometry: AtlasGeometry): void;
  /** Paints one head (layer · heads + head) on a canvas of its own, `side` px wide and high. */
  paintTile(canvas: HTMLCanvasElement, index: number, side: number): void;
  /** The flat colour of a head, where it has one; its weights have none. */
  colour(index: number): string;
  /** Paints the colours of a part of the scale, in positions 0…1, along a canvas of any size. */
  paintScale(canvas: HTMLCanvasElement, part: ScalePart): void;
}

/** Every head's weights. @param range of the colours: 0…1 in all heads, or to the largest weight of each */
export function weightPictures(summary: SiteSummary, theme: ThemeName, range: Lens['range']): AtlasPicture {
  const { layers, heads, grid } = summary;
  const scale = colourScale(weightScale(), THEMES[theme]);
  const image = atlasRaster({ pictures: pictureBytes(summary, range), layers, heads, grid }, scale);
  const source = canvasOf(image);
  const drawTile = (context: CanvasRenderingContext2D, index: number, x: number, y: number, side: number): void => {
    // Enlarged, every weight keeps its edges; made smaller, neighbours are averaged so that none is dropped.
    context.imageSmoothingEnabled = side * window.devicePixelRatio < grid;
    const [left, top] = [(index % heads) * grid, Math.floor(index / heads) * grid];
    context.drawImage(source, left, top, grid, grid, x, y, side, side);
  };
  return {
    colour: () => 'transparent',
    paintScale: (canvas, part) => {
      paintTable(canvas, scale.table, part);
    },
    paintTile: (canvas, index, side) => {
      const context = sized(canvas, side, side);
      if (context !== null) drawTile(context, index, 0, 0, side);
    },
    paint: (canvas, geometry) => {
      eachTile(canvas, geometry, layers, heads, (context, index, x, y) => {
        drawTile(context, index, x, y, geometry.tile);
      });
    },
  };
}

/** An image that can be drawn in parts, at any size. */
export function canvasOf(image: { readonly data: Uint8ClampedArray; readonly width: number; readonly height: number }) {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(new ImageData(new Uint8ClampedArray(image.data), image.width), 0, 0);
  return canvas;
}

/** One value of every head as a flat colour. */
export function valuePicture({ values, scale: spec }: HeadReading, heads: number, theme: ThemeName): AtlasPicture {
  const scale = colourScale(spec, THEMES[theme]);
  const colour = (index: number): string => {
    const value = values[index] ?? NaN;
    // Not measured yet: no colour of the scale, and no alarm either.
    return Number.isNaN(value) ? THEMES[theme].line : scale.colour(value);
  };
  const drawTile = (context: CanvasRenderingContext2D, index: number, x: number, y: number, side: number): void => {
    context.fillStyle = colour(index);
    context.fillRect(x, y, side, side);
  };
  return {
    colour,
    paintScale: (canvas, part) => {
      paintTable(canvas, scale.table, part);
    },
    paintTile: (canvas, index, side) => {
      const context = sized(canvas, side, side);
      if (context !== null) drawTile(context, index, 0, 0, side);
    },
    paint: (canvas, geometry) => {
      eachTile(canvas, geometry, values.length / heads, heads, (context, index, x, y) => {
        drawTile(context, index, x, y, geometry.tile);
      });
    },
  };
}

export function paintTable(canvas: HTMLCanvasElement, table: Uint8ClampedArray, [from, to]: ScalePart): void {
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
  draw: (context: CanvasRenderingContext2D, index: number, x: number, y: number) => void,
): void {
  const context = sized(canvas, geometry.width, geometry.height);
  if (context === null) return;
  for (let layer = 0; layer < layers; layer += 1) {
    for (let head = 0; head < heads; head += 1) {
      draw(context, layer * heads + head, geometry.x(head), geometry.y(layer));
    }
  }
}

/** Makes a canvas so many px large, at the screen's own density, and empty. */
function sized(canvas: HTMLCanvasElement, width: number, height: number): CanvasRenderingContext2D | null {
  const density = window.devicePixelRatio || 1;
  canvas.width = Math.round(width * density);
  canvas.height = Math.round(height * density);
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const context = canvas.getContext('2d');
  context?.setTransform(density, 0, 0, density, 0, 0);
  return context;
}
