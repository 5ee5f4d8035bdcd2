import { rgb } from 'd3';
import { describe, expect, it } from 'vitest';
import { colourScale, scoreScale, weightScale } from '../../../renderer/figures/colour-scale.ts';
import { paintCells, rasterise } from '../../../renderer/figures/raster.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { causalScores } from './support.ts';

function pixel(data: Uint8ClampedArray, cell: number): number[] {
  return [...data.subarray(cell * 4, cell * 4 + 4)];
}

function channels(colour: string): number[] {
  const { r, g, b } = rgb(colour);
  return [r, g, b, 255];
}

describe('rasterise(matrix, rows, columns, scale)', () => {
  it('gives every cell the colour that the scale gives it', () => {
    const matrix = causalScores(9);
    matrix[3] = NaN;
    const scale = colourScale(scoreScale(matrix), THEMES.dark);
    const { width, height, data } = rasterise(matrix, 9, 9, scale);
    expect([width, height, data.length]).toEqual([9, 9, 324]);
    matrix.forEach((value, cell) => expect(pixel(data, cell)).toEqual(channels(scale.colour(value))));
  });

  it('leaves masked cells transparent when asked to', () => {
    const scale = colourScale(weightScale(), THEMES.light);
    const { data } = rasterise(Float32Array.of(0, -Infinity, NaN), 1, 3, scale, 'clear');
    expect(pixel(data, 0)[3]).toBe(255);
    expect(pixel(data, 1)).toEqual([0, 0, 0, 0]);
    expect(pixel(data, 2)).toEqual(channels(THEMES.light.missing));
  });

  it('puts columns along x and rows along y', () => {
    const image = rasterise(new Float32Array(6), 2, 3, colourScale(weightScale(), THEMES.light));
    expect([image.width, image.height]).toEqual([3, 2]);
  });

  it('refuses a matrix of another size', () => {
    const scale = colourScale(weightScale(), THEMES.light);
    expect(() => rasterise(new Float32Array(5), 2, 3, scale)).toThrow('invalid matrix: 5 values for 2 × 3 cells');
    expect(() => paintCells({ data: new Uint8ClampedArray(8) }, new Float32Array(3), scale)).toThrow('invalid target');
  });
});

it.each([
  weightScale(),
  weightScale({ transform: 'linear', max: 0.3 }),
  scoreScale(Float32Array.of(4)),
  scoreScale(Float32Array.of(40), { transform: 'symlog' }),
])('paintCells agrees with the scale: $kind, $transform', (spec) => {
  const matrix = Float32Array.from({ length: 4001 }, (_, index) => (index - 2000) / 400);
  const scale = colourScale(spec, THEMES.light);
  const data = new Uint8ClampedArray(matrix.length * 4);
  paintCells({ data }, matrix, scale);
  const off = [...matrix.keys()].filter(
    (cell) => pixel(data, cell).join() !== channels(scale.colour(matrix[cell]!)).join(),
  );
  expect(off).toEqual([]);
});
