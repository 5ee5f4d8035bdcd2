/** The points of a scatter plot as pixels, without a browser: where they are too many to be shapes of their own. */
import { rgb } from 'd3';
import type { RasterImage } from './raster.ts';
import type { Places } from './scatter-pick.ts';
import { paintOrder, sizeAt, strengthOf } from './scatter-style.ts';
import type { PointStyle } from './scatter-style.ts';

/** @param density pixels in a px of the room */
export function rasterPoints(
  places: Places,
  style: PointStyle,
  room: { readonly width: number; readonly height: number },
  density: number,
): RasterImage {
  const width = Math.max(1, Math.round(room.width * density));
  const height = Math.max(1, Math.round(room.height * density));
  const data = new Uint8ClampedArray(4 * width * height);
  const image = { width, height, data };
  const inks = new Map<string, readonly [number, number, number]>();
  for (const point of paintOrder(places, style)) {
    const name = style.colours[point] ?? '#000000';
    let ink = inks.get(name);
    if (ink === undefined) {
      const { r, g, b } = rgb(name);
      ink = [r, g, b];
      inks.set(name, ink);
    }
    const [x, y] = [places[point * 3]! * density, places[point * 3 + 1]! * density];
    const reach = (sizeAt(style, places[point * 3 + 2]!) * density) / 2;
    stamp(image, { x, y, reach, shape: style.shapes[point] ?? 0, strength: strengthOf(style, point) }, ink);
  }
  return image;
}

interface Stamp {
  readonly x: number;
  readonly y: number;
  readonly reach: number;
  readonly shape: number;
  readonly strength: number;
}

/** Half a square's side in a disc's radius, so that it is about as large. */
export const SQUARE = 0.86;

function stamp(
  { width, height, data }: RasterImage,
  { x, y, reach, shape, strength }: Stamp,
  [r, g, b]: readonly [number, number, number],
): void {
  const [left, right] = [Math.max(0, Math.floor(x - reach)), Math.min(width - 1, Math.ceil(x + reach))];
  const [top, bottom] = [Math.max(0, Math.floor(y - reach)), Math.min(height - 1, Math.ceil(y + reach))];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) {
      const [dx, dy] = [Math.abs(column + 0.5 - x), Math.abs(row + 0.5 - y)];
      const far = shape === 1 ? Math.max(dx, dy) / SQUARE : shape === 2 ? dx + dy : Math.sqrt(dx * dx + dy * dy);
      // The edge is a pixel wide.
      const alpha = strength * Math.min(1, Math.max(0, reach - far + 0.5));
      if (alpha <= 0) continue;
      const at = 4 * (row * width + column);
      const under = (data[at + 3]! / 255) * (1 - alpha);
      const sum = alpha + under;
      data[at] = (r * alpha + data[at]! * under) / sum;
      data[at + 1] = (g * alpha + data[at + 1]! * under) / sum;
      data[at + 2] = (b * alpha + data[at + 2]! * under) / sum;
      data[at + 3] = 255 * sum;
    }
  }
}
