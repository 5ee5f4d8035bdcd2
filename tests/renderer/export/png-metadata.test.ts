import { describe, expect, it } from 'vitest';
import { addPngMetadata } from '../../../renderer/export/png-metadata.ts';
import { encodePng } from '../../../renderer/figures/png.ts';
import { decodePng } from '../figures/support.ts';
import { provenance } from './support.ts';

describe('addPngMetadata(png, provenance, pixelRatio)', () => {
  const plain = encodePng({ width: 2, height: 1, data: Uint8ClampedArray.of(1, 2, 3, 255, 4, 5, 6, 255) });
  const png = decodePng(addPngMetadata(plain, provenance, 2));
  const payload = (type: string) => png.chunks.find((chunk) => chunk.type === type)!.payload;

  it('keeps the pixels and puts its parts before them', () => {
    expect([...png.pixels]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(png.chunks.map(({ type }) => type)).toEqual(['IHDR', 'pHYs', 'iTXt', 'IDAT', 'IEND']);
  });

  it('has the provenance as UTF-8 JSON', () => {
    const text = payload('iTXt');
    expect(new TextDecoder().decode(text.subarray(0, 9))).toBe('Headlight');
    expect([...text.subarray(9, 14)]).toEqual([0, 0, 0, 0, 0]);
    expect(JSON.parse(new TextDecoder().decode(text.subarray(14)))).toEqual(provenance);
  });

  it('prints at the size of the figure: 192 dots an inch at ratio 2', () => {
    const density = payload('pHYs');
    const view = new DataView(density.buffer, density.byteOffset);
    expect(view.getUint32(0) * 0.0254).toBeCloseTo(192, 1);
    expect(view.getUint32(4)).toBe(view.getUint32(0));
    expect(density[8]).toBe(1);
  });

  it('refuses bytes that are no PNG', () => {
    expect(() => addPngMetadata(new Uint8Array(40), provenance, 1)).toThrow('invalid png: no PNG header');
  });
});
