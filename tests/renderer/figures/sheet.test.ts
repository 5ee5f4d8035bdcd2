import { describe, expect, it } from 'vitest';
import { greyCheck } from '../../../renderer/figures/grey-check.ts';
import { heatmap } from '../../../renderer/figures/heatmap.ts';
import { mmToPx, sheet, withoutLegend } from '../../../renderer/figures/sheet.ts';
import { scoreScale } from '../../../renderer/figures/colour-scale.ts';
import { heatmapInput, testDocument } from './support.ts';

const document = testDocument();
const panel = (changes = {}) => heatmap(heatmapInput(4, 4, changes), { document, cells: 'draw' });
const input = { width: mmToPx(183), columns: 2, title: '', caption: '', type: 10, theme: 'light' as const };

describe('sheet(input)', () => {
  it('is as wide as it is told, with a letter a panel and no id twice', () => {
    const { svg } = sheet({ ...input, panels: [panel(), panel(), panel()] }, { document });
    expect(Number(svg.getAttribute('width'))).toBeCloseTo(691.65, 1);
    const texts = [...svg.children].filter(({ localName }) => localName === 'text').map((text) => text.textContent);
    expect(texts).toEqual(['a', 'b', 'c']);
    const ids = [...svg.querySelectorAll('[id]')].map((each) => each.getAttribute('id'));
    expect(new Set(ids).size).toBe(ids.length);
    const used = [...svg.querySelectorAll('[fill^="url("]')].map((each) => each.getAttribute('fill')!.slice(5, -1));
    expect(used.length).toBeGreaterThan(2);
    for (const id of used) expect(ids).toContain(id);
  });

  it('makes a panel as wide as its column and says how small its type gets', () => {
    const wide = panel({ maxWidth: 900, maxCell: 200 });
    const width = Number(wide.getAttribute('width'));
    const { svg, leastType } = sheet({ ...input, width: 300, columns: 1, panels: [wide] }, { document });
    expect(Number(svg.querySelector('svg')!.getAttribute('width'))).toBeCloseTo(280, 1);
    expect(leastType).toBeLessThan(12 * 0.75 * (280 / width) + 0.1);
  });

  it('has a letter for one panel no more than it needs, and at least the height of a slide', () => {
    const { svg } = sheet({ ...input, height: 2000, panels: [panel()] }, { document });
    expect([...svg.children].filter(({ localName }) => localName === 'text')).toHaveLength(0);
    expect(svg.getAttribute('height')).toBe('2000');
  });

  it('refuses no panels and no columns', () => {
    expect(() => sheet({ ...input, panels: [] }, { document })).toThrow('invalid panels: none');
    expect(() => sheet({ ...input, columns: 0, panels: [panel()] }, { document })).toThrow('invalid columns: 0');
  });
});

it('withoutLegend(svg) takes the legend and its room away', () => {
  const svg = panel();
  const height = Number(svg.getAttribute('height'));
  withoutLegend(svg);
  expect(svg.querySelector('.legend')).toBeNull();
  expect(Number(svg.getAttribute('height'))).toBeLessThan(height);
  expect(svg.getAttribute('viewBox')).toBe(`0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`);
});

describe('greyCheck(svg)', () => {
  it('weights run one way, scores turn back', () => {
    expect(greyCheck(panel()).scale).toBe('even');
    expect(greyCheck(panel({ scale: scoreScale(Float32Array.of(-3, 3)) })).scale).toBe('folded');
  });

  it('measures the least difference in lightness of lines', () => {
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    for (const stroke of ['#000000', '#777777', '#808080']) {
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute('stroke', stroke);
      svg.appendChild(path);
    }
    const { scale, lines } = greyCheck(svg);
    expect(scale).toBe('none');
    expect(lines).toBeCloseTo(3.6, 0);
  });
});
