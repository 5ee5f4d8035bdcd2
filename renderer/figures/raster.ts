/** A matrix as pixels: one pixel a cell, through the scale's colour table. */
import { rgb } from 'd3';
import type { ColourScale } from './colour-scale.ts';

/** RGBA, 8 bits a channel, rows from the top. */
export interface RasterImage {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
}

/** `flat` paints masked (−∞) cells in the scale's masked colour; `clear` leaves them transparent, to show a hatching below. */
export type MaskedPixels = 'flat' | 'clear';

/**
 * Fills the pixels of a canvas ImageData (or any RGBA array) with one pixel a value, in the order of `matrix`.
 * @param target at least 4 × matrix.length bytes
 * @throws RangeError when the target is smaller than the matrix
 */
export function paintCells(
  target: { readonly data: Uint8ClampedArray },
  matrix: Float32Array,
  scale: ColourScale,
  masked: MaskedPixels = 'flat',
): void {
  const bytes = target.data;
  if (bytes.length < matrix.length * 4) {
    throw new RangeError(`invalid target: ${bytes.length} bytes for ${matrix.length} cells`);
  }
  const colours = new Uint32Array(scale.table.buffer, scale.table.byteOffset, 256);
  const maskedColour = masked === 'clear' ? 0 : packed(scale.masked);
  const missingColour = packed(scale.missing);
  const pixels = new Uint32Array(bytes.buffer, bytes.byteOffset, matrix.length);
  const place = scale.position;
  for (let cell = 0; cell < matrix.length; cell += 1) {
    const value = matrix[cell]!;
    const position = place(value);
    if (position === position) pixels[cell] = colours[(position * 255 + 0.5) | 0]!;
    else pixels[cell] = value === -Infinity ? maskedColour : missingColour;
  }
}

/** A colour as one 32-bit pixel in the byte order of this machine. */
function packed(colour: string): number {
  const { r, g, b } = rgb(colour);
  return new Uint32Array(new Uint8Array([r, g, b, 255]).buffer)[0]!;
}

/**
 * A matrix [rows, columns] as an image of columns × rows pixels.
 * @throws RangeError when the matrix does not have rows × columns values
 */
export function rasterise(
  matrix: Float32Array,
  rows: number,
  columns: number,
  scale: ColourScale,
  masked: MaskedPixels = 'flat',
): RasterImage {
  if (matrix.length !== rows * columns) {
    throw new RangeError(`invalid matrix: ${matrix.length} values for ${rows} × ${columns} cells`);
  }
  const data = new Uint8ClampedArray(rows * columns * 4);
  paintCells({ data }, matrix, scale, masked);
  return { width: columns, height: rows, data };
}
