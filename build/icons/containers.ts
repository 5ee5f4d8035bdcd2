/** Windows' and macOS's files of several icons, each with PNG pictures inside. */

/** A square picture; `size` in pixels. */
export interface Picture {
  readonly size: number;
  readonly png: Uint8Array;
}

/**
 * An .ico file: a directory of 16 bytes a picture, then the pictures (Microsoft's ICONDIR and ICONDIRENTRY; PNG payloads since Vista).
 * @throws Error for a picture wider than 256 pixels
 */
export function icoFile(pictures: readonly Picture[]): Uint8Array {
  const start = 6 + 16 * pictures.length;
  const bytes = new Uint8Array(start + sum(pictures.map(({ png }) => png.length)));
  const view = new DataView(bytes.buffer);
  view.setUint16(2, 1, true); // an icon, not a cursor
  view.setUint16(4, pictures.length, true);
  let at = start;
  for (const [index, { size, png }] of pictures.entries()) {
    if (size > 256) throw new Error(`invalid icon size: ${size} (an .ico holds up to 256 pixels)`);
    const entry = 6 + 16 * index;
    bytes[entry] = size % 256; // 256 is written as 0
    bytes[entry + 1] = size % 256;
    view.setUint16(entry + 4, 1, true); // colour planes
    view.setUint16(entry + 6, 32, true); // bits a pixel
    view.setUint32(entry + 8, png.length, true);
    view.setUint32(entry + 12, at, true);
    bytes.set(png, at);
    at += png.length;
  }
  return bytes;
}

/** Apple's types of PNG pictures by width; two of a width are the same picture for usual and for dense screens. */
const ICNS_TYPES: Readonly<Record<number, readonly string[]>> = {
  32: ['ic11'], // 16 points, dense
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
};

/**
 * An .icns file: `icns`, the length of all, then for each picture its type, its length with these 8 bytes, and the PNG; big-endian.
 * @throws Error for a width that has no type
 */
export function icnsFile(pictures: readonly Picture[]): Uint8Array {
  const parts = pictures.flatMap(({ size, png }) => {
    const types = ICNS_TYPES[size];
    if (types === undefined)
      throw new Error(`invalid icon size: ${size} (an .icns holds ${Object.keys(ICNS_TYPES).join(', ')})`);
    return types.map((type) => chunk(type, png));
  });
  const body = new Uint8Array(sum(parts.map(({ length }) => length)));
  let at = 0;
  for (const part of parts) {
    body.set(part, at);
    at += part.length;
  }
  return chunk('icns', body);
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(8 + data.length);
  bytes.set(new TextEncoder().encode(type));
  new DataView(bytes.buffer).setUint32(4, bytes.length);
  bytes.set(data, 8);
  return bytes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
