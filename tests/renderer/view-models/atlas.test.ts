import { describe, expect, it } from 'vitest';
import { atlasGeometry } from '../../../renderer/view-models/atlas.ts';

describe('atlasGeometry', () => {
  it('fits the heads into the width and leaves a gap between pictures', () => {
    const geometry = atlasGeometry(12, 12, 300, Infinity);
    expect(geometry.width).toBeLessThanOrEqual(300);
    expect(geometry.x(11) + geometry.tile).toBeLessThanOrEqual(geometry.width);
    expect(geometry.x(1) - geometry.x(0)).toBeGreaterThan(geometry.tile);
    expect(geometry.headLabels.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('obeys a height, and does not grow beyond 44 px', () => {
    expect(atlasGeometry(6, 6, 700, 160).height).toBeLessThanOrEqual(160);
    expect(atlasGeometry(2, 2, 700, Infinity).pitch).toBe(44);
  });

  it('keeps pictures visible for very many heads and leaves labels out instead', () => {
    const geometry = atlasGeometry(48, 64, 280, Infinity);
    expect(geometry.tile).toBeGreaterThanOrEqual(8);
    expect(geometry.headLabels.length).toBeLessThan(64);
    expect(geometry.showsLayer(0)).toBe(true);
    expect(geometry.showsLayer(1)).toBe(false);
  });
});
