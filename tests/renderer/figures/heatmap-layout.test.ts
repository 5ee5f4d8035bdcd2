import { describe, expect, it } from 'vitest';
import { cellAt, heatmapLayout } from '../../../renderer/figures/heatmap.ts';
import type { HeatmapInput, HeatmapLayout } from '../../../renderer/figures/heatmap.ts';
import { scoreScale } from '../../../renderer/figures/colour-scale.ts';
import { textWidth } from '../../../renderer/figures/text.ts';
import { causalScores, heatmapInput } from './support.ts';

const SIZES = [1, 2, 3, 8, 16, 40, 64, 65, 200, 512];

/** The ink of a mono label is about 0.95 em high. */
const INK = 0.95;

function expectApart(positions: readonly number[], least: number): void {
  positions
    .slice(1)
    .forEach((position, index) => expect(position - positions[index]!).toBeGreaterThanOrEqual(least - 1e-9));
}

function expectLabelsApart(layout: HeatmapLayout): void {
  const ink = layout.labelSize * INK;
  expectApart(
    layout.rowLabels.map(({ y }) => y),
    ink,
  );
  const along = layout.columnAngle === 45 ? Math.SQRT2 : 1;
  expectApart(
    layout.columnLabels.map(({ x }) => x),
    ink * along,
  );
}

function expectLabelsInside(layout: HeatmapLayout): void {
  const size = layout.labelSize;
  const headingBottom = Math.max(0, ...[...layout.titleLines, ...layout.subtitleLines].map(({ y }) => y));
  for (const { x, text } of layout.rowLabels) {
    expect(x - textWidth(text, size, 'mono')).toBeGreaterThanOrEqual(0);
    expect(x).toBeLessThan(layout.cells.x);
  }
  const lean = layout.columnAngle === 45 ? Math.SQRT1_2 : 0;
  const rise = layout.columnAngle === 45 ? Math.SQRT1_2 : 1;
  for (const { x, y, text } of layout.columnLabels) {
    const length = textWidth(text, size, 'mono');
    expect(y).toBeLessThan(layout.cells.y);
    expect(y - length * rise).toBeGreaterThan(headingBottom);
    expect(x + length * lean).toBeLessThanOrEqual(layout.width);
  }
}

function expectLegendInside({ legend, cells, width, height }: HeatmapLayout): void {
  expect(legend.y).toBeGreaterThan(cells.y + cells.height);
  expect(legend.y + legend.height).toBeLessThanOrEqual(height);
  const ends = legend.ticks.map(({ x, text }) => {
    const half = textWidth(text, legend.size, 'mono') / 2;
    return { from: x - half, to: x + half };
  });
  ends.slice(1).forEach(({ from }, index) => expect(from).toBeGreaterThan(ends[index]!.to));
  for (const { x, text } of [...legend.lines, ...legend.swatches.map((swatch) => swatch.text)]) {
    expect(legend.x + x + textWidth(text, legend.size, 'mono')).toBeLessThanOrEqual(width);
  }
}

const boxes: [number, number][] = [
  [720, 640],
  [360, 500],
  [1400, 1000],
  [300, 300],
];

describe.each(boxes)('in %i × %i px', (maxWidth, maxHeight) => {
  it.each(SIZES)('%i tokens: no label touches another or leaves the figure', (count) => {
    for (const textScale of [1, 1.4]) {
      const layout = heatmapLayout(heatmapInput(count, count, { maxWidth, maxHeight, textScale }));
      expectLabelsApart(layout);
      expectLabelsInside(layout);
      expectLegendInside(layout);
    }
  });

  it.each(SIZES)('%i tokens: a selected label is shown in place of neighbours', (count) => {
    const row = count >> 1;
    const column = Math.min(count - 1, 1 + (count >> 2));
    const layout = heatmapLayout(heatmapInput(count, count, { maxWidth, maxHeight, selection: { row, column } }));
    expect(layout.rowLabels.map(({ index }) => index)).toContain(row);
    expect(layout.columnLabels.map(({ index }) => index)).toContain(column);
    expectLabelsApart(layout);
  });
});

it.each([
  [720, 640],
  [560, 560],
  [1000, 700],
])('stays within %i × %i px', (maxWidth, maxHeight) => {
  for (const count of [1, 8, 40, 64, 200, 1000]) {
    const matrix = causalScores(count);
    const layout = heatmapLayout(
      heatmapInput(count, count, { matrix, scale: scoreScale(matrix), maxWidth, maxHeight }),
    );
    expect(layout.width).toBeLessThanOrEqual(maxWidth + 1);
    expect(layout.height).toBeLessThanOrEqual(maxHeight + 1);
  }
});

it('shows every label where there is room: 16 tokens upright at 45°, 40 tokens too', () => {
  const few = heatmapLayout(heatmapInput(16, 16));
  expect(few).toMatchObject({ columnAngle: 45, labelSize: 12, raster: false });
  expect(few.columnLabels).toHaveLength(16);
  const many = heatmapLayout(heatmapInput(40, 40, { maxWidth: 800, maxHeight: 760 }));
  expect(many.rowLabels).toHaveLength(40);
  expect(many.columnLabels).toHaveLength(40);
});

it('keeps cells square, whole pixels from 4 up, and the same for rows and columns of different number', () => {
  const layout = heatmapLayout(heatmapInput(5, 30));
  expect(Number.isInteger(layout.cellSize)).toBe(true);
  expect(layout.cells.width / 30).toBeCloseTo(layout.cells.height / 5, 9);
});

it('draws one picture above 64 rows or columns', () => {
  const raster = (rows: number, columns: number) => heatmapLayout(heatmapInput(rows, columns)).raster;
  expect([raster(64, 64), raster(65, 64), raster(2, 65), raster(200, 200)]).toEqual([false, true, true, true]);
});

it('gives no room to a title, subtitle or axis title that is empty', () => {
  const full = heatmapLayout(heatmapInput(8, 8));
  const bare = heatmapLayout(heatmapInput(8, 8, { title: '', subtitle: '', rowTitle: '', columnTitle: '' }));
  expect(bare.cells.y).toBeLessThan(full.cells.y);
  expect([bare.titleLines, bare.subtitleLines]).toEqual([[], []]);
  expect([bare.rowTitle, bare.columnTitle]).toEqual([null, null]);
});

it('wraps a long title and cuts labels that would take the matrix its room, keeping the whole text', () => {
  const label = { text: 'x'.repeat(400), special: false };
  const layout = heatmapLayout(
    heatmapInput(3, 3, {
      title: 'word '.repeat(60),
      rowLabels: [label, label, label],
      columnLabels: [label, label, label],
    }),
  );
  expect(layout.titleLines.length).toBeGreaterThan(2);
  expect(layout.rowLabels[0]!.text).toMatch(/^x+…$/);
  expect(layout.rowLabels[0]!.full).toHaveLength(400);
  expectLabelsInside(layout);
});

it('cellAt(layout, input, x, y) inverts the layout', () => {
  const input = heatmapInput(7, 9);
  const layout = heatmapLayout(input);
  const { cells, cellSize } = layout;
  const middle = (row: number, column: number) =>
    cellAt(layout, input, cells.x + (column + 0.5) * cellSize, cells.y + (row + 0.5) * cellSize);
  expect(middle(0, 0)).toEqual({ row: 0, column: 0 });
  expect(middle(6, 8)).toEqual({ row: 6, column: 8 });
  expect(middle(7, 0)).toBeNull();
  expect(middle(0, -1)).toBeNull();
});

describe('bad input', () => {
  it.each([
    [{ rows: 3 }, 'invalid matrix: 16 values for 3 × 4 cells'],
    [{ rows: 0, matrix: new Float32Array(0) }, 'invalid matrix: 0 values for 0 × 4 cells'],
    [{ rowLabels: [] }, 'invalid rowLabels: 0 labels for 4 rows'],
    [{ columnLabels: [] }, 'invalid columnLabels: 0 labels for 4 columns'],
    [{ selection: { row: 4 } }, 'invalid selection: row 4, column undefined of 4 × 4'],
    [{ selection: { column: 1.5 } }, 'invalid selection: row undefined, column 1.5 of 4 × 4'],
    [{ maxWidth: 0 }, 'invalid size: 0 × 640'],
    [{ maxHeight: NaN }, 'invalid size: 720 × NaN'],
  ] as [Partial<HeatmapInput>, string][])('%o is refused', (changes, message) => {
    expect(() => heatmapLayout({ ...heatmapInput(4, 4), ...changes })).toThrow(new RangeError(message));
  });
});
