import { describe, expect, it } from 'vitest';
import { atlasSections, atlasSectionsLayout } from '../../../renderer/figures/atlas-sections.ts';
import type { AtlasSectionsInput } from '../../../renderer/figures/atlas-sections.ts';
import { colourScale, weightScale } from '../../../renderer/figures/colour-scale.ts';
import { THEMES } from '../../../renderer/figures/theme.ts';
import { dataUrlBytes, decodePng, sequence, testDocument } from './support.ts';

const document = testDocument();
const GRID = 5;

function input(changes: Partial<AtlasSectionsInput> = {}): AtlasSectionsInput {
  const next = sequence(4);
  const head = (index: number) => ({ index, label: `${Math.floor(index / 4)}.${index % 4}` });
  return {
    pictures: Uint8Array.from({ length: 12 * GRID * GRID }, () => Math.floor(256 * next())),
    layers: 3,
    heads: 4,
    grid: GRID,
    title: 'Attention of all heads',
    subtitle: 'tiny · order: similarity',
    legendTitle: 'weight, square-root scale',
    scale: weightScale(),
    theme: 'light',
    sections: [
      { name: 'mostly first token · 0.92 (8)', heads: [11, 0, 3, 5, 6, 7, 8, 9].map(head) },
      { name: 'like no other (2)', heads: [1, 2].map(head) },
    ],
    maxWidth: 300,
    ...changes,
  };
}

describe('atlasSectionsLayout', () => {
  it('has every head once, in its order, inside the figure and its width', () => {
    const layout = atlasSectionsLayout(input());
    expect(layout.rows.flatMap(({ heads }) => heads.map(({ index }) => index))).toEqual([
      11, 0, 3, 5, 6, 7, 8, 9, 1, 2,
    ]);
    expect(layout.width).toBeLessThanOrEqual(300);
    let last = 0;
    for (const { place } of layout.rows) {
      expect(place.y).toBeGreaterThanOrEqual(last);
      last = place.y + place.height;
      expect(place.x + place.width).toBeLessThanOrEqual(layout.width);
    }
    expect(last).toBeLessThanOrEqual(layout.legend.y);
    expect(layout.names.map(({ text }) => text)).toEqual(['mostly first token · 0.92 (8)', 'like no other (2)']);
  });

  it('needs no names, as for ranks', () => {
    const { sections } = input();
    const layout = atlasSectionsLayout(input({ sections: [{ name: null, heads: sections[0]!.heads }] }));
    expect(layout.names).toEqual([]);
  });

  it('says what does not fit', () => {
    const wrong = (changes: Partial<AtlasSectionsInput>) => () => atlasSectionsLayout(input(changes));
    expect(wrong({ sections: [] })).toThrow('invalid sections: no heads');
    expect(wrong({ sections: [{ name: null, heads: [{ index: 12, label: '' }] }] })).toThrow(
      'invalid head: 12 of 3 × 4',
    );
    expect(wrong({ maxWidth: 0 })).toThrow('invalid size: 0 px wide');
  });
});

describe('atlasSections', () => {
  it('draws each head’s own picture in its place', () => {
    const given = input();
    const layout = atlasSectionsLayout(given);
    const svg = atlasSections(given, { document });
    const scale = colourScale(weightScale(), THEMES.light);
    const images = [...svg.querySelectorAll('image')];
    expect(images).toHaveLength(layout.rows.length);
    images.forEach((image, row) => {
      const decoded = decodePng(dataUrlBytes(image.getAttribute('href') ?? ''));
      layout.rows[row]!.heads.forEach(({ index }, at) => {
        for (let cell = 0; cell < GRID * GRID; cell += 1) {
          const x = at * (GRID + layout.gapPixels) + (cell % GRID);
          const pixel = (Math.floor(cell / GRID) * decoded.width + x) * decoded.channels;
          const byte = given.pictures[index * GRID * GRID + cell]!;
          const colour = [...scale.table.subarray(byte * 4, byte * 4 + 3)];
          expect([...decoded.pixels.subarray(pixel, pixel + 3)]).toEqual(colour);
        }
      });
    });
  });

  it('frames the selected head, and those chosen beside it by dashes', () => {
    const svg = atlasSections(input({ selection: 5, others: [1, 9] }), { document });
    expect(svg.querySelectorAll('rect.selection')).toHaveLength(1);
    const chosen = [...svg.querySelectorAll('rect.chosen')];
    expect(chosen).toHaveLength(2);
    expect(chosen.every((rect) => rect.getAttribute('stroke-dasharray') === '5 3')).toBe(true);
    expect(svg.querySelector('rect.selection')?.getAttribute('stroke-dasharray')).toBeNull();
  });

  it('is named for those who do not see it', () => {
    const svg = atlasSections(input(), { document });
    expect(svg.querySelector('title')?.textContent).toContain('Attention of all heads');
    expect(svg.querySelector('desc')?.textContent).toContain('10 heads in 2 groups');
  });
});
