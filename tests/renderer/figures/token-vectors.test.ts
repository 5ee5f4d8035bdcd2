import { describe, expect, it } from 'vitest';
import { colourScale, scoreScale } from '../../../renderer/figures/colour-scale.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { panelScale, tokenVectors, tokenVectorsLayout, vectorAt } from '../../../renderer/figures/token-vectors.ts';
import type { TokenVectorsInput } from '../../../renderer/figures/token-vectors.ts';
import { dataUrlBytes, decodePng, testDocument } from './support.ts';

const document = testDocument();

function inputOf(rows: number, columns: number, panels = 1): TokenVectorsInput {
  const matrix = Float32Array.from({ length: rows * columns }, (_, index) => Math.sin(index));
  return {
    rows,
    rowLabels: Array.from({ length: rows }, (_, row) => ({ text: `t${row}`, special: row === 0 })),
    panels: Array.from({ length: panels }, () => ({
      matrix,
      columns,
      title: 'P',
      hue: 'product',
      legendTitle: 'value',
    })),
    title: 'Title',
    subtitle: 'Subtitle',
    columnTitle: 'dimension',
    theme: 'light',
    maxWidth: 800,
    maxHeight: 500,
  };
}

describe('tokenVectorsLayout', () => {
  it('fits its room and puts panels side by side without overlap', () => {
    const layout = tokenVectorsLayout(inputOf(12, 32, 3));
    expect(layout.width).toBeLessThanOrEqual(800);
    expect(layout.height).toBeLessThanOrEqual(500);
    const [a, b, c] = layout.panels.map(({ cells }) => cells);
    expect(a!.x + a!.width).toBeLessThan(b!.x);
    expect(b!.x + b!.width).toBeLessThan(c!.x);
    expect(layout.rowLabels).toHaveLength(12);
  });

  it('leaves labels out, not rows, when there are very many tokens', () => {
    const layout = tokenVectorsLayout(inputOf(512, 8));
    expect(layout.panels[0]!.cells.height).toBeCloseTo(512 * layout.rowHeight, 6);
    expect(layout.rowLabels.length).toBeLessThan(128);
  });

  it('finds the cell under a point, and none outside', () => {
    const input = inputOf(4, 8, 2);
    const layout = tokenVectorsLayout(input);
    const { x, y, width } = layout.panels[1]!.cells;
    expect(vectorAt(layout, input, x + 1, y + 1)).toEqual({ panel: 1, row: 0, column: 0 });
    expect(vectorAt(layout, input, x + width - 1, y + 3.5 * layout.rowHeight)).toEqual({ panel: 1, row: 3, column: 7 });
    expect(vectorAt(layout, input, x - 1, y + 1)).toBeNull();
    expect(vectorAt(layout, input, x + 1, y - 1)).toBeNull();
  });

  it('names what is invalid', () => {
    const input = inputOf(2, 3);
    expect(() => tokenVectorsLayout({ ...input, rows: 3 })).toThrow('invalid rowLabels: 2 labels for 3 rows');
    expect(() => tokenVectorsLayout({ ...input, panels: [] })).toThrow('invalid panels: none');
    const panels = [{ ...input.panels[0]!, columns: 4 }];
    expect(() => tokenVectorsLayout({ ...input, panels })).toThrow('invalid matrix: 6 values for 2 × 4 cells');
    expect(() => tokenVectorsLayout({ ...input, maxWidth: 0 })).toThrow('invalid size: 0 × 500');
  });
});

describe('tokenVectors', () => {
  it('draws one rectangle a number in the colour of the panel’s scale', () => {
    const input = inputOf(3, 5);
    const svg = tokenVectors(input, { document, cells: 'draw' });
    const { colour } = panelScale(input.panels[0]!, 'light');
    const fills = [...svg.querySelectorAll('.cells rect')].map((cell) => cell.getAttribute('fill'));
    expect(fills).toEqual([...input.panels[0]!.matrix].map(colour));
  });

  it('draws a picture a row above 64 columns, every number as wide as the next', () => {
    const input = inputOf(2, 96);
    const pictures = [...tokenVectors(input, { document, cells: 'draw' }).querySelectorAll('image')];
    expect(pictures).toHaveLength(2);
    const { width, channels, pixels } = decodePng(dataUrlBytes(pictures[1]!.getAttribute('href')!));
    const factor = width / 96;
    expect(Number.isInteger(factor)).toBe(true);
    const { colour } = panelScale(input.panels[0]!, 'light');
    const hex = (x: number) =>
      `#${[...pixels.subarray(channels * x, channels * x + 3)].map((v) => v.toString(16).padStart(2, '0')).join('')}`;
    for (let column = 0; column < 96; column += 1) {
      const expected = colour(input.panels[0]!.matrix[96 + column]!);
      expect([hex(column * factor), hex((column + 1) * factor - 1)]).toEqual([expected, expected]);
    }
  });

  it('leaves cells and background to a canvas when asked to', () => {
    const svg = tokenVectors(inputOf(3, 5), { document, cells: 'omit' });
    expect(svg.querySelectorAll('.cells')).toHaveLength(0);
    expect(svg.querySelector('.row-labels')?.textContent).toBe('t0t1t2');
  });
});

it('panelScale ends at a given reach, else at the largest number', () => {
  const [panel] = inputOf(2, 2).panels;
  expect(panelScale({ ...panel!, reach: 0.5 }, 'dark').spec.domain).toEqual([-0.5, 0.5]);
  const plain = colourScale(scoreScale(panel!.matrix), THEMES.dark);
  expect(panelScale(panel!, 'dark').spec).toEqual(plain.spec);
  expect(panelScale(panel!, 'dark').colour(NaN)).toBe(plain.missing);
});
