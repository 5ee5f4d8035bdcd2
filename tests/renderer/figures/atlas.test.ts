import { describe, expect, it } from 'vitest';
import { atlas, atlasLayout, atlasRaster, tileAt } from '../../../renderer/figures/atlas.ts';
import type { AtlasInput } from '../../../renderer/figures/atlas.ts';
import { colourScale, weightScale } from '../../../renderer/figures/colour-scale.ts';
import { textWidth } from '../../../renderer/figures/text.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { dataUrlBytes, decodePng, sequence, testDocument } from './support.ts';

const document = testDocument();

function input(layers: number, heads: number, grid: number, changes: Partial<AtlasInput> = {}): AtlasInput {
  const next = sequence(3);
  return {
    pictures: Uint8Array.from({ length: layers * heads * grid * grid }, () => Math.floor(256 * next())),
    layers,
    heads,
    grid,
    title: 'Attention of all heads',
    subtitle: 'encoder self',
    rowTitle: 'layer',
    columnTitle: 'head',
    legendTitle: 'weight, square-root scale',
    scale: weightScale(),
    theme: 'light',
    maxWidth: 600,
    maxHeight: 600,
    ...changes,
  };
}

describe('atlasRaster(summary, scale, gap)', () => {
  const scale = colourScale(weightScale(), THEMES.light);

  it.each([0, 2])('puts every picture in its place, gap %i', (gap) => {
    const { pictures, layers, heads, grid } = input(3, 4, 5);
    const image = atlasRaster({ pictures, layers, heads, grid }, scale, gap);
    expect([image.width, image.height]).toEqual([4 * (5 + gap) - gap, 3 * (5 + gap) - gap]);
    let empty = 0;
    for (let y = 0; y < image.height; y += 1) {
      for (let x = 0; x < image.width; x += 1) {
        const [head, column] = [Math.floor(x / (5 + gap)), x % (5 + gap)];
        const [layer, row] = [Math.floor(y / (5 + gap)), y % (5 + gap)];
        const pixel = [...image.data.subarray((y * image.width + x) * 4, (y * image.width + x) * 4 + 4)];
        if (column >= 5 || row >= 5) {
          empty += 1;
          expect(pixel).toEqual([0, 0, 0, 0]);
        } else {
          const byte = pictures[((layer * 4 + head) * 5 + row) * 5 + column]!;
          // round(255·√weight) on a square-root scale is the entry itself.
          expect(pixel).toEqual([...scale.table.subarray(byte * 4, byte * 4 + 4)]);
        }
      }
    }
    expect(empty > 0).toBe(gap > 0);
  });

  it('shows the weight that a byte stands for on a linear scale', () => {
    const linear = colourScale(weightScale({ transform: 'linear' }), THEMES.light);
    const { data } = atlasRaster({ pictures: Uint8Array.of(0, 128, 255, 51), layers: 1, heads: 4, grid: 1 }, linear);
    const entry = (index: number) => [...linear.table.subarray(index * 4, index * 4 + 4)];
    expect([...data]).toEqual([...entry(0), ...entry(64), ...entry(255), ...entry(10)]);
  });

  it('refuses pictures of another size', () => {
    const bad = { pictures: new Uint8Array(10), layers: 2, heads: 2, grid: 2 };
    expect(() => atlasRaster(bad, scale)).toThrow('invalid pictures: 10 values for 2 × 2 × 2 × 2');
  });
});

describe('atlas(input)', () => {
  it('is one picture with the pixels of the raster, and text as text', () => {
    const data = input(6, 6, 16);
    const svg = atlas(data, { document });
    const pictures = [...svg.querySelectorAll('image')];
    expect(pictures).toHaveLength(1);
    const decoded = decodePng(dataUrlBytes(pictures[0]!.getAttribute('href')!));
    const { gapPixels } = atlasLayout(data);
    const expected = atlasRaster(data, colourScale(data.scale, THEMES.light), gapPixels);
    expect(Buffer.from(decoded.pixels).equals(Buffer.from(expected.data))).toBe(true);
    const texts = [...svg.querySelectorAll('text')].map((text) => text.textContent);
    for (const text of ['Attention of all heads', 'layer ↓', 'head →', '0', '5']) expect(texts).toContain(text);
    expect(svg.querySelector('desc')!.textContent).toContain('6 layers by 6 heads');
  });

  it('outlines the selected head exactly', () => {
    const data = input(6, 8, 16, { selection: { layer: 4, head: 7 } });
    const { tiles, pitch, tileSize } = atlasLayout(data);
    const mark = atlas(data, { document }).querySelector('.selection')!;
    const value = (name: string) => Number(mark.getAttribute(name));
    expect(value('x')).toBeCloseTo(tiles.x + 7 * pitch - 1.5, 1);
    expect(value('y')).toBeCloseTo(tiles.y + 4 * pitch - 1.5, 1);
    expect(value('width')).toBeCloseTo(tileSize + 3, 1);
    expect(tiles.x + 7 * pitch + tileSize).toBeCloseTo(tiles.x + tiles.width, 6);
  });

  it('refuses a selection that is not there', () => {
    const data = input(2, 2, 4, { selection: { layer: 2, head: 0 } });
    expect(() => atlas(data, { document })).toThrow('invalid selection: layer 2, head 0 of 2 × 2');
  });
});

describe('atlasLayout(input)', () => {
  it.each([
    [6, 6],
    [12, 12],
    [48, 25],
    [1, 1],
    [3, 64],
  ])('%i × %i: labels apart, nothing outside', (layers, heads) => {
    const layout = atlasLayout(input(layers, heads, 4));
    const { rowLabels, columnLabels, labelSize, legend, width, height, titleBottom } = {
      ...layout,
      titleBottom: layout.heading.bottom,
    };
    rowLabels.slice(1).forEach(({ y }, index) => expect(y - rowLabels[index]!.y).toBeGreaterThanOrEqual(labelSize));
    columnLabels.slice(1).forEach(({ x, text }, index) => {
      const before = columnLabels[index]!;
      const half = (label: string) => textWidth(label, labelSize, 'mono') / 2;
      expect(x - half(text)).toBeGreaterThan(before.x + half(before.text));
    });
    expect(layout.columnTitle.y - labelSize).toBeGreaterThanOrEqual(titleBottom - 1);
    expect(legend.x + legend.width).toBeLessThanOrEqual(width);
    expect(legend.y + legend.height).toBeLessThanOrEqual(height);
  });

  it('tileAt(layout, atlas, x, y) inverts it', () => {
    const data = input(3, 5, 4);
    const layout = atlasLayout(data);
    const { tiles, pitch } = layout;
    expect(tileAt(layout, data, tiles.x + 4.5 * pitch, tiles.y + 2.5 * pitch)).toEqual({ layer: 2, head: 4 });
    expect(tileAt(layout, data, tiles.x - 1, tiles.y)).toBeNull();
    expect(tileAt(layout, data, tiles.x + 5.5 * pitch, tiles.y)).toBeNull();
  });
});
