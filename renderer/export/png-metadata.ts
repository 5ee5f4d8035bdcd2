/** Puts provenance and print size into a PNG file that some encoder made. */
import { joinBytes, pngChunk } from '../figures/png.ts';
import { provenanceJson } from './provenance.ts';
import type { Provenance } from './provenance.ts';

/** Signature (8) and IHDR (25): what every PNG begins with. */
const HEADER_LENGTH = 33;
const PIXELS_PER_METRE = 96 / 0.0254;

/**
 * Adds an iTXt chunk `Headlight` with the provenance as JSON, and a pHYs chunk with which the picture prints at the figure's size
 * (96 px an inch).
 * @throws RangeError when the bytes are not a PNG
 */
export function addPngMetadata(png: Uint8Array, provenance: Provenance, pixelRatio: number): Uint8Array<ArrayBuffer> {
  if (png.length < HEADER_LENGTH || png[0] !== 0x89 || png[1] !== 0x50)
    throw new RangeError('invalid png: no PNG header');
  const density = new Uint8Array(9);
  const view = new DataView(density.buffer);
  view.setUint32(0, Math.round(PIXELS_PER_METRE * pixelRatio));
  view.setUint32(4, Math.round(PIXELS_PER_METRE * pixelRatio));
  density[8] = 1;
  return joinBytes([
    png.subarray(0, HEADER_LENGTH),
    pngChunk('pHYs', density),
    pngChunk('iTXt', internationalText('Headlight', provenanceJson(provenance))),
    png.subarray(HEADER_LENGTH),
  ]);
}

/** Keyword, 0, not compressed (0, 0), no language (0), no translated keyword (0), UTF-8 text. */
function internationalText(keyword: string, text: string): Uint8Array {
  const encoder = new TextEncoder();
  return joinBytes([encoder.encode(keyword), new Uint8Array(5), encoder.encode(text)]);
}
