import { describe, expect, it } from 'vitest';
import { extentOf, FIRST_CAMERA, placingOf } from '../../../renderer/figures/scatter-camera.ts';
import { scatterFigure } from '../../../renderer/figures/scatter-figure.ts';
import type { ScatterFigureInput } from '../../../renderer/figures/scatter-figure.ts';
import { rasterPoints } from '../../../renderer/figures/scatter-raster.ts';
import { testDocument } from './support.ts';

const ROOM = { width: 300, height: 200 };

function input(count: number): ScatterFigureInput {
  const cloud = {
    coordinates: Float32Array.from({ length: 2 * count }, (_, at) => Math.sin(at * 12.9898)),
    components: 2,
  } as const;
  return {
    ...{ title: 'Points', subtitle: 'of a test', cloud, room: ROOM, theme: 'light', notes: ['A note.'] },
    style: {
      colours: Array<string>(count).fill('#0072B2'),
      shapes: new Uint8Array(count).map((_, at) => at % 3),
      size: 8,
      marked: new Set(),
    },
    placing: placingOf(extentOf(cloud), 2, ROOM, FIRST_CAMERA),
    labels: Array.from({ length: count }, (_, at) => `p${at}`),
    names: [{ point: 1, dx: 6, dy: 4 }],
    lines: [{ points: [0, 1, 2], colour: '#D55E00', dash: null, words: ['in', '0', '1'] }],
    legendTitle: 'Colours',
    legend: [{ label: 'one', colour: '#0072B2', shape: 0 }],
  };
}

const document = testDocument();
const textsOf = (svg: SVGSVGElement) => [...svg.querySelectorAll('text')].map((text) => text.textContent);

describe('a scatter plot to take along', () => {
  it('has its few points as shapes, and its words as text', () => {
    const svg = scatterFigure(input(12), { document });
    expect(svg.querySelectorAll('g[clip-path] > path')).toHaveLength(12);
    expect(svg.querySelector('image')).toBeNull();
    expect(textsOf(svg)).toEqual(['Points', 'of a test', 'in', '0', '1', 'p1', 'Colours', 'one', 'A note.']);
  });

  it('has its many points as one raster', () => {
    const svg = scatterFigure(input(6000), { document });
    expect(svg.querySelectorAll('g[clip-path] > path')).toHaveLength(0);
    expect(svg.querySelector('image')?.getAttribute('href')).toMatch(/^data:image\/png;base64,/);
    expect(textsOf(svg)).toContain('p1');
  });
});

describe('points as pixels', () => {
  const room = { width: 20, height: 10 };
  const draw = (shape: number, marked: readonly number[] = []) =>
    rasterPoints(
      new Float32Array([5, 5, 0, 15, 5, 0]),
      { colours: ['#ff0000', '#0000ff'], shapes: new Uint8Array([shape, 0]), size: 6, marked: new Set(marked) },
      room,
      2,
    );
  const pixel = ({ data, width }: { data: Uint8ClampedArray; width: number }, x: number, y: number) => [
    ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 4),
  ];

  it('have their colour in the middle and nothing beyond their reach', () => {
    const image = draw(0);
    expect([image.width, image.height]).toEqual([40, 20]);
    expect(pixel(image, 10, 10)).toEqual([255, 0, 0, 217]);
    expect(pixel(image, 30, 10)).toEqual([0, 0, 255, 217]);
    expect(pixel(image, 20, 10)).toEqual([0, 0, 0, 0]);
    // In the corner of a square there is ink, of a disc there is none.
    expect(pixel(image, 15, 15)[3]).toBe(0);
    expect(pixel(draw(1), 15, 15)[3]).toBeGreaterThan(0);
    expect(pixel(draw(2), 13, 13)[3]).toBe(0);
  });

  it('are pale beside marked ones', () => {
    const image = draw(0, [1]);
    expect(pixel(image, 10, 10)[3]).toBe(41);
    expect(pixel(image, 30, 10)[3]).toBe(255);
  });
});
