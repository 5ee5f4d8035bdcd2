import { describe, expect, it } from 'vitest';
import { serialise } from '../../../renderer/export/serialise.ts';
import { colourScale, scoreScale, weightScale } from '../../../renderer/figures/colour-scale.ts';
import { heatmap, heatmapLayout, heatmapSelection } from '../../../renderer/figures/heatmap.ts';
import type { HeatmapInput } from '../../../renderer/figures/heatmap.ts';
import { rasterise } from '../../../renderer/figures/raster.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { causalScores, dataUrlBytes, decodePng, heatmapInput, testDocument } from './support.ts';

const document = testDocument();

function draw(input: HeatmapInput, cells: 'draw' | 'omit' = 'draw') {
  const svg = heatmap(input, { document, cells });
  return { svg, all: (selector: string) => [...svg.querySelectorAll(selector)] };
}

/** One element a line, numbers to a tenth: small changes of layout stay readable in a diff. */
function normalised(svg: SVGSVGElement): string {
  return serialise(svg)
    .replace(/-?\d+\.\d+/g, (number) => String(Math.round(Number(number) * 10) / 10))
    .replace(/(?=<(?!\/|tspan))/g, '\n')
    .trim();
}

describe('up to 64 × 64', () => {
  it('draws one rectangle a cell in the colour of its value', () => {
    const input = heatmapInput(6, 8);
    const cells = draw(input).all('.cells rect');
    const { colour } = colourScale(input.scale, THEMES.light);
    expect(cells.map((cell) => cell.getAttribute('fill'))).toEqual([...input.matrix].map(colour));
    const { cells: area, cellSize } = heatmapLayout(input);
    const last = cells.at(-1)!;
    expect(Number(last.getAttribute('x'))).toBeCloseTo(area.x + 7 * cellSize + 0.5, 1);
    expect(Number(last.getAttribute('y'))).toBeCloseTo(area.y + 5 * cellSize + 0.5, 1);
  });

  it('hatches masked cells, says so in the legend, and marks what is not a number', () => {
    const matrix = causalScores(5);
    matrix[0] = NaN;
    const { svg, all } = draw(heatmapInput(5, 5, { matrix, scale: scoreScale(matrix) }));
    const fills = all('.cells rect').map((cell) => cell.getAttribute('fill'));
    expect(fills.filter((fill) => fill === 'url(#heatmap-masked)')).toHaveLength(10);
    expect(fills[0]).toBe(THEMES.light.missing);
    expect(all('#heatmap-masked')).toHaveLength(1);
    expect(svg.querySelector('.legend')!.textContent).toContain('masked (−∞)');
    expect(svg.querySelector('.legend')!.textContent).toContain('not a number');
  });

  it('leaves both out of the legend when every cell is a number', () => {
    const { svg, all } = draw(heatmapInput(5, 5));
    expect(all('pattern')).toHaveLength(0);
    expect(svg.textContent).not.toContain('masked');
  });
});

describe('above 64 × 64', () => {
  it.each([
    [65, 65],
    [200, 200],
    [3, 100],
  ])('%i × %i: one picture with exactly the matrix in it', (rows, columns) => {
    const input = heatmapInput(rows, columns);
    const { all } = draw(input);
    expect(all('.cells rect')).toHaveLength(0);
    const [picture, ...others] = all('image');
    expect(others).toEqual([]);
    const decoded = decodePng(dataUrlBytes(picture!.getAttribute('href')!));
    expect(decoded).toMatchObject({ width: columns, height: rows, channels: 3 });
    const expected = rasterise(input.matrix, rows, columns, colourScale(input.scale, THEMES.light));
    expect(Buffer.from(decoded.pixels).equals(Buffer.from(expected.data.filter((_, i) => i % 4 !== 3)))).toBe(true);
  });

  it('64 × 64 has none', () => {
    expect(draw(heatmapInput(64, 64)).all('image')).toEqual([]);
  });

  it('shows masked cells as holes over a hatched plate', () => {
    const matrix = causalScores(70);
    const { all } = draw(heatmapInput(70, 70, { matrix, scale: scoreScale(matrix) }));
    const decoded = decodePng(dataUrlBytes(all('image')[0]!.getAttribute('href')!));
    expect(decoded.channels).toBe(4);
    matrix.forEach((value, cell) => expect(decoded.pixels[cell * 4 + 3]).toBe(value === -Infinity ? 0 : 255));
    const plate = all('image')[0]!.previousSibling as Element;
    expect(plate.getAttribute('fill')).toBe('url(#heatmap-masked)');
  });

  it('keeps pixels sharp down to one px a cell and lets them be averaged below', () => {
    const style = (size: number) =>
      draw(heatmapInput(size, size, { maxWidth: 800, maxHeight: 800 }))
        .all('image')[0]!
        .getAttribute('image-rendering');
    expect(style(100)).toBe('pixelated');
    expect(style(900)).toBeNull();
  });

  it('takes another encoder', () => {
    const svg = heatmap(heatmapInput(70, 70), {
      document,
      cells: 'draw',
      encodeRaster: ({ width, height }) => `test:${width}x${height}`,
    });
    expect(svg.querySelector('image')!.getAttribute('href')).toBe('test:70x70');
  });
});

describe('selection', () => {
  it('outlines the query in blue, the key in vermillion and the cell in yellow', () => {
    const input = heatmapInput(6, 6, { selection: { row: 4, column: 1 } });
    const { all } = draw(input);
    const { query, key, selection, queryText, keyText } = THEMES.light;
    const outlines = all('.selection rect');
    expect(outlines.map((mark) => mark.getAttribute('stroke'))).toEqual([key, query, selection]);
    const { cells, cellSize } = heatmapLayout(input);
    expect(Number(outlines[2]!.getAttribute('x'))).toBeCloseTo(cells.x + cellSize, 1);
    expect(Number(outlines[2]!.getAttribute('y'))).toBeCloseTo(cells.y + 4 * cellSize, 1);
    expect(all('.row-labels text')[4]!.getAttribute('fill')).toBe(queryText);
    expect(all('.column-labels text')[1]!.getAttribute('fill')).toBe(keyText);
  });

  it('may be a row or a column alone, or nothing', () => {
    const marks = (selection: HeatmapInput['selection']) =>
      draw(heatmapInput(6, 6, { selection })).all('.selection rect');
    expect(marks({ row: 2 })).toHaveLength(1);
    expect(marks({ column: 2 })).toHaveLength(1);
    expect(marks({})).toHaveLength(0);
    expect(marks(undefined)).toHaveLength(0);
  });

  it('can be drawn alone over a figure that stays as it is', () => {
    const input = heatmapInput(6, 6);
    const alone = heatmapSelection(heatmapLayout(input), { row: 1, column: 2 }, 'light', { document });
    const inside = draw({ ...input, selection: { row: 1, column: 2 } }).svg.querySelector('.selection')!;
    expect(serialise(alone)).toBe(serialise(inside));
  });
});

describe('text', () => {
  it('is text: title, subtitle, every label, legend', () => {
    const { svg, all } = draw(heatmapInput(12, 12));
    const texts = all('text').map((text) => text.textContent);
    for (const word of [
      'Softmax weights',
      'query ↓',
      'key →',
      'internationalization',
      '你好',
      '🙂',
      'a&b<c>',
      '⏎',
      '0',
      '1',
    ]) {
      expect(texts).toContain(word);
    }
    expect(svg.textContent).toContain('weight, square-root scale · rows sum to 1');
  });

  it('has a name and a description for screen readers', () => {
    const { svg } = draw(heatmapInput(3, 4, { id: 'one' }));
    expect(svg.getAttribute('role')).toBe('img');
    const ids = svg.getAttribute('aria-labelledby')!.split(' ');
    expect(ids).toEqual(['one-title', 'one-description']);
    const [title, description] = ids.map((id) => svg.querySelector(`#${id}`)!.textContent);
    expect(title).toBe('Softmax weights, who each token looks at · layer 5, head 3');
    expect(description).toContain('3 rows (query) by 4 columns (key)');
  });

  it('speaks the language it is given', () => {
    const matrix = causalScores(3);
    const words = { masked: 'verborgen', description: 'Wie kijkt naar wie.' };
    const { svg } = draw(heatmapInput(3, 3, { matrix, scale: scoreScale(matrix), words }));
    expect(svg.querySelector('desc')!.textContent).toBe('Wie kijkt naar wie.');
    expect(svg.querySelector('.legend')!.textContent).toContain('verborgen');
  });

  it('shows special tokens in grey and the whole of a cut label on hover', () => {
    const long = { text: 'y'.repeat(300), special: false };
    const rowLabels = [{ text: '[CLS]', special: true }, long];
    const { all } = draw(heatmapInput(2, 2, { rowLabels }));
    const [special, cut] = all('.row-labels text');
    expect(special!.getAttribute('fill')).toBe(THEMES.light.grey);
    expect(cut!.querySelector('title')!.textContent).toBe(long.text);
  });
});

it('prefixes every id, so that two figures can stand on one page', () => {
  const matrix = causalScores(3);
  const { svg } = draw(heatmapInput(3, 3, { matrix, scale: scoreScale(matrix), id: 'left' }));
  const text = serialise(svg);
  for (const [, id] of text.matchAll(/ id="([^"]+)"/g)) expect(id).toMatch(/^left-/);
  for (const [, id] of text.matchAll(/url\(#([^)]+)\)/g)) expect(svg.querySelector(`#${id}`)).not.toBeNull();
});

it('is the same text every time', () => {
  const text = () => serialise(draw(heatmapInput(9, 9)).svg);
  expect(text()).toBe(text());
});

it("cells: 'omit' leaves cells and background to a canvas, and nothing else", () => {
  const input = heatmapInput(4, 4);
  const { all } = draw(input, 'omit');
  expect(all('.cells')).toHaveLength(0);
  expect(all('.row-labels text')).toHaveLength(4);
  expect(all('.legend')).toHaveLength(1);
  const rects = draw(input).all('rect').length - all('rect').length;
  expect(rects).toBe(16 + 1);
});

it('has contents in order: below the labels, on top the selection', () => {
  const { svg } = draw(heatmapInput(3, 3, { selection: { row: 0, column: 0 } }));
  const classes = [...svg.children].map((child) => child.getAttribute('class')).filter(Boolean);
  expect(classes).toEqual(['cells', 'row-labels', 'column-labels', 'legend', 'selection']);
});

describe('snapshots', () => {
  const masked = causalScores(4);
  it.each([
    ['weights-light', heatmapInput(4, 4, { selection: { row: 2, column: 1 } })],
    ['masked-dark', heatmapInput(4, 4, { matrix: masked, scale: scoreScale(masked), theme: 'dark' })],
    ['raster-contrast', heatmapInput(66, 66, { scale: weightScale({ palette: 'cividis' }), theme: 'contrast' })],
  ] as [string, HeatmapInput][])('%s', async (name, input) => {
    const svg = heatmap(input, { document, cells: 'draw', encodeRaster: () => 'data:,' });
    await expect(normalised(svg)).toMatchFileSnapshot(`snapshots/heatmap-${name}.svg`);
  });
});
