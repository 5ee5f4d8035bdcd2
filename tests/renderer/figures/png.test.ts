import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { encodePng, pngDataUrl } from '../../../renderer/figures/png.ts';
import { dataUrlBytes, decodePng, sequence } from './support.ts';

function noise(width: number, height: number, opaque: boolean) {
  const next = sequence(5);
  const data = Uint8ClampedArray.from({ length: width * height * 4 }, (_, index) =>
    opaque && index % 4 === 3 ? 255 : Math.floor(256 * next()),
  );
  return { width, height, data };
}

describe('encodePng(image)', () => {
  it.each([
    [1, 1],
    [65, 3],
    [7, 200],
  ])('keeps every pixel of %i × %i with alpha', (width, height) => {
    const image = noise(width, height, false);
    const decoded = decodePng(encodePng(image));
    expect(decoded).toMatchObject({ width, height, channels: 4 });
    expect(decoded.pixels).toEqual(new Uint8Array(image.data));
  });

  it('leaves alpha out when every pixel is opaque', () => {
    const image = noise(33, 8, true);
    const decoded = decodePng(encodePng(image));
    expect(decoded.channels).toBe(3);
    expect(decoded.pixels).toEqual(new Uint8Array(image.data.filter((_, index) => index % 4 !== 3)));
  });

  it('writes right checksums and the four parts of a PNG', () => {
    const bytes = encodePng(noise(5, 5, false));
    expect([...bytes.subarray(0, 8)]).toEqual([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(decodePng(bytes).chunks.map(({ type }) => type)).toEqual(['IHDR', 'IDAT', 'IEND']);
    const view = new DataView(bytes.buffer);
    for (let offset = 8; offset < bytes.length;) {
      const end = offset + 8 + view.getUint32(offset);
      expect(view.getUint32(end)).toBe(crc32(bytes.subarray(offset + 4, end)));
      offset = end + 4;
    }
  });

  it('gives the same bytes for the same pixels', () => {
    expect(encodePng(noise(40, 40, false))).toEqual(encodePng(noise(40, 40, false)));
  });
});

it('pngDataUrl(image) is the file as a data: URL, also when it is long', () => {
  const image = noise(300, 300, false);
  const url = pngDataUrl(image);
  expect(url.startsWith('data:image/png;base64,')).toBe(true);
  expect(Buffer.from(encodePng(image)).equals(dataUrlBytes(url))).toBe(true);
});
