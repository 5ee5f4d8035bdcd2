/** A small PNG writer: 8-bit RGB or RGBA, no filters but Up, the same bytes for the same pixels on every machine. */
import { zlibSync } from 'fflate';
import type { RasterImage } from './raster.ts';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const FILTER_UP = 2;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value >>> 0;
});

function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = CRC_TABLE[(value ^ byte) & 0xff]! ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** A PNG chunk: length, four letters, payload, checksum over letters and payload. */
export function pngChunk(type: string, payload: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(payload.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, payload.length);
  for (let letter = 0; letter < 4; letter += 1) chunk[4 + letter] = type.charCodeAt(letter);
  chunk.set(payload, 8);
  view.setUint32(payload.length + 8, crc32(chunk.subarray(4, payload.length + 8)));
  return chunk;
}

/** Scan lines with their filter byte; Up (the difference with the line above) suits columns of attention. */
function scanLines({ width, height, data }: RasterImage, channels: 3 | 4): Uint8Array {
  const stride = width * channels + 1;
  const lines = new Uint8Array(height * stride);
  for (let y = 0; y < height; y += 1) {
    lines[y * stride] = FILTER_UP;
    for (let x = 0; x < width; x += 1) {
      const pixel = (y * width + x) * 4;
      const target = y * stride + 1 + x * channels;
      for (let channel = 0; channel < channels; channel += 1) {
        const above = y === 0 ? 0 : data[pixel - width * 4 + channel]!;
        lines[target + channel] = data[pixel + channel]! - above;
      }
    }
  }
  return lines;
}

/** The bytes of a PNG file with exactly the image's pixels; alpha is stored only where some pixel is not opaque. */
export function encodePng(image: RasterImage): Uint8Array {
  const { width, height, data } = image;
  let opaque = true;
  for (let alpha = 3; alpha < width * height * 4; alpha += 4) if (data[alpha] !== 255) opaque = false;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, opaque ? 2 : 6, 0, 0, 0], 8);
  const chunks = [
    Uint8Array.from(SIGNATURE),
    pngChunk('IHDR', header),
    pngChunk('IDAT', zlibSync(scanLines(image, opaque ? 3 : 4), { level: 9 })),
    pngChunk('IEND', new Uint8Array(0)),
  ];
  return joinBytes(chunks);
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((total, part) => total + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

/** Bytes as a `data:` URL. */
export function dataUrl(bytes: Uint8Array, mimeType: string): string {
  let binary = '';
  for (let start = 0; start < bytes.length; start += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(start, start + 0x8000));
  }
  return `data:${mimeType};base64,${btoa(binary)}`;
}

/** An image as a PNG `data:` URL: the default way to put a raster into a figure. */
export function pngDataUrl(image: RasterImage): string {
  return dataUrl(encodePng(image), 'image/png');
}
