import { describe, expect, it } from 'vitest';
import { cellAt, heatmap, heatmapLayout } from '../../../renderer/figures/heatmap.ts';
import { zoomedLayout } from '../../../renderer/figures/heatmap-zoom.ts';
import { heatmapInput, testDocument } from './support.ts';

const document = testDocument();

const input = heatmapInput(200, 200, { maxWidth: 600, maxHeight: 600 });
const whole = heatmapLayout(input);
/** The view in which the corner of cell (row, column) stands in the corner of the plot. */
const from = (row: number, column: number, scale: number) => ({
  scale,
  x: whole.plot.x - column * scale,
  y: whole.plot.y - row * scale,
});

describe('zoomedLayout', () => {
  it('is the whole where nothing is enlarged', () => {
    expect(zoomedLayout(whole, input, { ...from(0, 0, whole.cellSize) })).toBe(whole);
  });

  it('shows the cells from its corner on, and none outside the plot', () => {
    const layout = zoomedLayout(whole, input, from(120, 40, 20));
    const { plot } = layout;
    expect(cellAt(layout, input, plot.x + 10, plot.y + 10)).toEqual({ row: 120, column: 40 });
    expect(cellAt(layout, input, plot.x + 30, plot.y + 50)).toEqual({ row: 122, column: 41 });
    expect(cellAt(layout, input, plot.x - 1, plot.y + 10)).toBeNull();
    expect(cellAt(layout, input, plot.x + 10, plot.y + plot.height + 1)).toBeNull();
    expect([layout.width, layout.height, layout.plot]).toEqual([whole.width, whole.height, whole.plot]);
  });

  it('names every row and column that is seen once they are large enough, beside their cells', () => {
    const layout = zoomedLayout(whole, input, from(120, 40, 20));
    const seen = Math.floor(layout.plot.height / 20);
    expect(layout.rowLabels.map(({ index }) => index).slice(0, 3)).toEqual([120, 121, 122]);
    expect(layout.rowLabels.length).toBeGreaterThanOrEqual(seen);
    for (const { index, y } of layout.rowLabels)
      expect(y - layout.labelSize * 0.35).toBeCloseTo(layout.cells.y + (index + 0.5) * 20, 6);
    expect(layout.columnLabels[0]?.index).toBe(40);
  });

  it('is what heatmap() draws: labels of the part, marks cut off where it ends', () => {
    const shown = {
      ...input,
      selection: { row: 121, column: 3 },
      region: { rows: [120, 122], columns: [41, 42] },
    } as const;
    const layout = zoomedLayout(whole, shown, from(120, 40, 20));
    const svg = heatmap(shown, { document, cells: 'omit', layout });
    const labels = [...svg.querySelectorAll('.row-labels text')].map((text) => text.firstChild?.textContent);
    expect(labels).toEqual(layout.rowLabels.map(({ text }) => text));
    expect(svg.querySelector('.selection')?.getAttribute('clip-path')).toMatch(/^url\(#.+-plot\)$/);
    const region = svg.querySelector('.region rect');
    expect(Number(region?.getAttribute('height'))).toBe(3 * 20 + 2);
    expect(Number(region?.getAttribute('x'))).toBeCloseTo(layout.plot.x + 20 - 1, 6);
  });
});
