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
  const pixels = new Uint32Array(bytes.buffer, bytes.byteOffset, matrix.length);
  const colours = new Uint32Array(scale.table.buffer, scale.table.byteOffset, 256);
  const { transform, domain } = scale.spec;
  if (transform === 'symlog') paintAny(pixels, matrix, colours, scale.position);
  else paintFast(pixels, matrix, colours, { domain, root: transform === 'sqrt' });
  const maskedColour = masked === 'clear' ? 0 : packed(scale.masked);
  const missingColour = packed(scale.missing);
  for (let cell = 0; cell < matrix.length; cell += 1) {
    const value = matrix[cell]!;
    // True for −Infinity and for NaN.
    if (!(value > -Infinity)) pixels[cell] = value === -Infinity ? maskedColour : missingColour;
  }
}

function paintAny(
  pixels: Uint32Array,
  matrix: Float32Array,
  colours: Uint32Array,
  position: (value: number) => number,
): void {
  for (let cell = 0; cell < matrix.length; cell += 1) {
    pixels[cell] = colours[(position(matrix[cell]!) * 255 + 0.5) | 0]!;
  }
}

/** The positions of linear and square-root scales without a call per cell; must agree with `ColourScale.position`. */
function paintFast(
  pixels: Uint32Array,
  matrix: Float32Array,
  colours: Uint32Array,
  { domain: [low, high], root }: { domain: readonly [number, number]; root: boolean },
): void {
  const span = high - low;
  for (let cell = 0; cell < matrix.length; cell += 1) {
    const part = (matrix[cell]! - low) / span;
    const inside = part > 0 ? (part < 1 ? part : 1) : 0;
    pixels[cell] = colours[((root ? Math.sqrt(inside) : inside) * 255 + 0.5) | 0]!;
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
