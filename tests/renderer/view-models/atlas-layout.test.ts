import { describe, expect, it } from 'vitest';
import { headPointAt, headsInView, headsLayout } from '../../../renderer/view-models/atlas-layout.ts';
import type { HeadsLayout } from '../../../renderer/view-models/atlas-layout.ts';
import type { AtlasArrangement } from '../../../renderer/view-models/atlas-order.ts';

const ROOM = { width: 700, height: 500 };
const LAYERS: AtlasArrangement = { kind: 'layers', layers: 3, heads: 4 };
const GROUPS: AtlasArrangement = {
  kind: 'flow',
  heads: 12,
  sections: [
    { name: { kind: 'number', number: 1 }, heads: [5, 0, 7, 3, 9, 11, 30] },
    { name: { kind: 'number', number: 2 }, heads: [1, 2] },
    { name: { kind: 'alone' }, heads: [4] },
  ],
};
const indices = (layout: HeadsLayout): number[] => layout.spots.map(({ index }) => index);

describe('headsLayout', () => {
  it('has layers as rows and heads as columns', () => {
    const layout = headsLayout(LAYERS, ROOM);
    expect(indices(layout)).toEqual(Array.from({ length: 12 }, (_, index) => index));
    const [first, second, below] = [layout.spots[0]!, layout.spots[1]!, layout.spots[4]!];
    expect(second.x - first.x).toBe(below.y - first.y);
    expect(second.y).toBe(first.y);
  });

  it.each([ROOM, { width: 1200, height: 200 }, { width: 200, height: 900 }])(
    'keeps pictures apart, inside, and in the order of the groups, in %o',
    (room) => {
      for (const arrangement of [LAYERS, GROUPS]) {
        const layout = headsLayout(arrangement, room);
        layout.spots.forEach((spot, at) => {
          expect(spot.x >= 0 && spot.y >= 0).toBe(true);
          expect(spot.x + 1 <= layout.width + 1e-9 && spot.y + 1 <= layout.height + 1e-9).toBe(true);
          for (const other of layout.spots.slice(at + 1)) {
            expect(Math.abs(spot.x - other.x) >= 1 || Math.abs(spot.y - other.y) >= 1).toBe(true);
          }
        });
      }
      const groups = headsLayout(GROUPS, room);
      expect(indices(groups)).toEqual([5, 0, 7, 3, 9, 11, 30, 1, 2, 4]);
      expect(groups.headings.map(({ section }) => section)).toEqual([0, 1, 2]);
      expect(groups.rows.flat()).toEqual(indices(groups));
    },
  );

  it('puts no fewer heads in a row than makes them largest', () => {
    const size = ({ width, height }: HeadsLayout): number => Math.min(1200 / width, 200 / height);
    const wide = headsLayout(GROUPS, { width: 1200, height: 200 });
    const high = headsLayout(GROUPS, { width: 200, height: 900 });
    expect(wide.rows[0]!.length).toBeGreaterThan(high.rows[0]!.length);
    expect(size(wide)).toBeGreaterThan(size(high));
  });
});

it('short groups stand beside each other where there is room, each under its own name', () => {
  const sections = Array.from({ length: 6 }, (_, at) => ({
    name: { kind: 'number', number: at + 1 } as const,
    heads: [2 * at, 2 * at + 1],
  }));
  const layout = headsLayout({ kind: 'flow', heads: 12, sections }, { width: 900, height: 300 });
  expect(layout.rows.length).toBeLessThan(6);
  expect(layout.rows.flat()).toEqual(Array.from({ length: 12 }, (_, index) => index));
  layout.headings.forEach(({ section, x, y, width }) => {
    const own = layout.spots.filter(({ index }) => sections[section]!.heads.includes(index));
    for (const spot of own) {
      expect(spot.x >= x && spot.x + 1 <= x + width + 1e-9).toBe(true);
      expect(spot.y).toBeGreaterThan(y);
      expect(spot.y - y).toBeLessThan(1);
    }
    for (const other of layout.headings) {
      if (other.section !== section && other.y === y) expect(Math.abs(other.x - x)).toBeGreaterThan(width);
    }
  });
});

describe('headPointAt', () => {
  it('finds the head and the place in its picture, and nothing between them', () => {
    const layout = headsLayout(LAYERS, ROOM);
    for (const spot of layout.spots) {
      const found = headPointAt(layout, spot.x + 0.25, spot.y + 0.75);
      expect(found?.x).toBeCloseTo(0.25, 9);
      expect(found?.y).toBeCloseTo(0.75, 9);
      expect(headPointAt(layout, spot.x + 0.25, spot.y + 0.75)).toMatchObject({ index: spot.index });
    }
    const first = layout.spots[0]!;
    expect(headPointAt(layout, first.x + 1.01, first.y + 0.5)).toBeNull();
    expect(headPointAt(layout, first.x - 0.01, first.y + 0.5)).toBeNull();
  });
});

describe('headsInView', () => {
  it('lists what is seen, nearest to the middle first', () => {
    const layout = headsLayout(LAYERS, ROOM);
    const spot = layout.spots[6]!;
    const view = { x: spot.x - 0.6, y: spot.y - 0.6, width: 2.2, height: 2.2 };
    const seen = headsInView(layout, view).map(({ index }) => index);
    expect(seen[0]).toBe(6);
    expect([...seen].sort((a, b) => a - b)).toEqual([1, 2, 3, 5, 6, 7, 9, 10, 11]);
    expect(headsInView(layout, { x: 50, y: 50, width: 2, height: 2 })).toEqual([]);
  });
});
