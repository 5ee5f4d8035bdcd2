import { rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { Resvg } from '@resvg/resvg-js';
import { cliFormats } from '../../../electron/cli/formats.ts';
import { colourScale } from '../../../renderer/figures/colour-scale.ts';
import { heatmapLayout } from '../../../renderer/figures/heatmap.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { dataUrl } from '../../../renderer/figures/png.ts';
import { heatmapInput } from '../figures/support.ts';
import { figure, provenance } from './support.ts';

const format = cliFormats().find(({ id }) => id === 'png')!;

/** Pixels of a PNG with any filters, read by drawing it again. */
function pixels(png: Uint8Array) {
  const view = new DataView(png.buffer, png.byteOffset);
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image image-rendering="optimizeSpeed" width="${width}" height="${height}" href="${dataUrl(png, 'image/png')}"/></svg>`;
  const { pixels: data } = new Resvg(text).render();
  return {
    width,
    height,
    at: (x: number, y: number) => [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)],
  };
}

function channels(colour: string): number[] {
  const { r, g, b } = rgb(colour);
  return [r, g, b];
}

describe('the PNG of a process without a browser', () => {
  it.each([1, 2, 3])('has %i pixels a px, and the colour of every cell', async (pixelRatio) => {
    const input = heatmapInput(9, 9);
    const layout = heatmapLayout(input);
    const image = pixels(await format.encode(figure(9), { provenance, pixelRatio }));
    expect([image.width, image.height]).toEqual([layout.width * pixelRatio, layout.height * pixelRatio]);
    const { colour } = colourScale(input.scale, THEMES.light);
    input.matrix.forEach((value, cell) => {
      const x = layout.cells.x + ((cell % 9) + 0.5) * layout.cellSize;
      const y = layout.cells.y + (Math.floor(cell / 9) + 0.5) * layout.cellSize;
      expect(image.at(Math.round(x * pixelRatio), Math.round(y * pixelRatio))).toEqual(channels(colour(value)));
    });
  });

  it('keeps the cells of a large matrix sharp', async () => {
    const size = 100;
    const matrix = Float32Array.from({ length: size * size }, (_, cell) => (cell + Math.floor(cell / size)) % 2);
    const input = heatmapInput(size, size, { matrix, maxWidth: 900, maxHeight: 900 });
    const { cells, cellSize } = heatmapLayout(input);
    const svg = figure(size, { matrix, maxWidth: 900, maxHeight: 900 });
    const image = pixels(await format.encode(svg, { provenance, pixelRatio: 2 }));
    const { colour } = colourScale(input.scale, THEMES.light);
    for (const cell of [0, 1, 101, 5050, 9999]) {
      const x = cells.x + ((cell % size) + 0.5) * cellSize;
      const y = cells.y + (Math.floor(cell / size) + 0.5) * cellSize;
      expect(image.at(Math.round(x * 2), Math.round(y * 2))).toEqual(channels(colour(matrix[cell]!)));
    }
  });

  it('draws words: the title leaves ink where it stands', async () => {
    const { titleLines } = heatmapLayout(heatmapInput(4, 4));
    const image = pixels(await format.encode(figure(4), { provenance, pixelRatio: 2 }));
    const { x, y } = titleLines[0]!;
    let dark = 0;
    for (let dx = 0; dx < 200; dx += 1) {
      for (let dy = -20; dy < 4; dy += 1)
        if (image.at(Math.round(x * 2) + dx, Math.round(y * 2) + dy)[0]! < 80) dark += 1;
    }
    expect(dark).toBeGreaterThan(200);
  });

  it('is the same every time', async () => {
    const encode = async () => Buffer.from(await format.encode(figure(6), { provenance }));
    expect((await encode()).equals(await encode())).toBe(true);
  });
});
