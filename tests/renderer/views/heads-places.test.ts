import { describe, expect, it } from 'vitest';
import { fitZoom, toRoom, zoomAt } from '../../../renderer/components/zoom.ts';
import type { ZoomBounds } from '../../../renderer/components/zoom.ts';
import { headsLayout } from '../../../renderer/view-models/atlas-layout.ts';
import { weightLevels } from '../../../renderer/view-models/atlas-levels.ts';
import { headPlaces } from '../../../renderer/views/heads-places.ts';
import type { FullTile } from '../../../renderer/views/heads-tiles.ts';
import { sequence } from '../figures/support.ts';

const TOKENS = 90;
const GRID = 30;
const BLOCK = 3;
const ROOM = { width: 640, height: 480 };
const INNER = { x: 30, y: 20, width: 610, height: 460 };
const LAYOUT = headsLayout({ kind: 'layers', layers: 3, heads: 4 }, INNER);

/** A pattern a head; what a cell of the picture stands for is taken from it literally. */
const patterns = Array.from({ length: 12 }, (_, head) => {
  const next = sequence(head + 1);
  return Float32Array.from({ length: TOKENS * TOKENS }, () => next());
});

function largest(head: number, row: number, column: number, block: number): number {
  let most = 0;
  for (let y = row * block; y < Math.min(TOKENS, (row + 1) * block); y += 1) {
    for (let x = column * block; x < Math.min(TOKENS, (column + 1) * block); x += 1) {
      most = Math.max(most, patterns[head]![y * TOKENS + x]!);
    }
  }
  return most;
}

/** Pooled pictures of 30, 15, 8 cells a side. */
const POOLED = [
  { cells: GRID, block: BLOCK },
  { cells: 15, block: 6 },
  { cells: 8, block: 12 },
].map(({ cells, block }) => ({
  cells,
  block,
  weight: (head: number, row: number, column: number) => largest(head, row, column, block),
}));

function placesWith(full: readonly number[], density = 1) {
  const tile = (head: number): FullTile =>
    ({ levels: weightLevels(patterns[head]!, TOKENS, GRID), matrix: null }) as unknown as FullTile;
  const tiles = new Map(full.map((head) => [head, tile(head)]));
  const summary = { grid: GRID, block: BLOCK };
  return headPlaces({
    layout: LAYOUT,
    summary,
    pooled: POOLED,
    tiles: { get: (index: number) => tiles.get(index) ?? null },
    inner: INNER,
    density: () => density,
  });
}

const HOME = fitZoom(LAYOUT, INNER, 8);
const BOUNDS: ZoomBounds = {
  content: LAYOUT,
  room: ROOM,
  home: { ...HOME, x: HOME.x + INNER.x, y: HOME.y + INNER.y },
  most: 4000,
};

describe('cellAt', () => {
  it('at random points and zooms, the cell under the pointer is the largest weight of what it stands for', () => {
    const next = sequence(77);
    const full = new Set([0, 3, 6, 7, 10]);
    const places = placesWith([...full]);
    let [found, read] = [0, 0];
    for (let turn = 0; turn < 400; turn += 1) {
      const at = { x: ROOM.width * next(), y: ROOM.height * next() };
      const zoom = zoomAt(BOUNDS.home, 1 + 25 * next() ** 2, { x: 640 * next(), y: 480 * next() }, BOUNDS);
      const cell = places.cellAt(at, zoom);
      if (cell === null) continue;
      found += 1;
      expect(cell.weight).toBeCloseTo(largest(cell.index, cell.row, cell.column, cell.block), 6);
      // The cell is drawn where the pointer is, and is a pixel of the screen at least where there is a level for it.
      const box = places.boxOf(cell, zoom);
      expect(at.x).toBeGreaterThanOrEqual(box.x - 1e-6);
      expect(at.x).toBeLessThanOrEqual(box.x + box.width + 1e-6);
      expect(at.y).toBeGreaterThanOrEqual(box.y - 1e-6);
      expect(at.y).toBeLessThanOrEqual(box.y + box.height + 1e-6);
      expect(box.width >= 1 || cell.cells === 8).toBe(true);
      expect(cell.isRead).toBe(full.has(cell.index) && zoom.scale >= 45);
      if (cell.isRead) read += 1;
    }
    expect(found).toBeGreaterThan(100);
    expect(read).toBeGreaterThan(20);
  });

  it('is a single weight once the head is large enough and its pattern is here', () => {
    const places = placesWith([5]);
    const spot = LAYOUT.spots[5]!;
    const middle = toRoom(BOUNDS.home, { x: spot.x + 0.5, y: spot.y + 0.5 });
    const zoom = zoomAt(BOUNDS.home, 10, middle, BOUNDS);
    const cell = places.cellAt(middle, zoom)!;
    expect([cell.index, cell.block, cell.isRead]).toEqual([5, 1, true]);
    expect(cell.weight).toBe(patterns[5]![cell.row * TOKENS + cell.column]);
    expect(placesWith([]).cellAt(middle, zoom)).toMatchObject({ index: 5, block: BLOCK, isRead: false });
  });

  it('is nothing over the numbers at the edges, and between heads', () => {
    const places = placesWith([]);
    expect(places.cellAt({ x: 10, y: 200 }, BOUNDS.home)).toBeNull();
    const spot = LAYOUT.spots[0]!;
    const gap = toRoom(BOUNDS.home, { x: spot.x + 1.05, y: spot.y + 0.5 });
    expect(places.cellAt(toRoom(BOUNDS.home, { x: spot.x + 0.95, y: spot.y + 0.5 }), BOUNDS.home)?.index).toBe(0);
    expect(places.cellAt(gap, BOUNDS.home)).toBeNull();
  });
});

describe('wantedAt', () => {
  it('asks for no pattern while pictures are as small as the pooled ones, and then for the nearest first', () => {
    const places = placesWith([]);
    expect(places.wantedAt({ ...BOUNDS.home, scale: GRID })).toEqual([]);
    const spot = LAYOUT.spots[6]!;
    const middle = toRoom(BOUNDS.home, { x: spot.x + 0.5, y: spot.y + 0.5 });
    const zoom = zoomAt(BOUNDS.home, 6, middle, BOUNDS);
    const wanted = places.wantedAt(zoom);
    expect(wanted).toContain(6);
    const away = wanted.map((index) => {
      const box = places.boxOfHead(index, zoom);
      const [x, y] = [
        box.x + box.width / 2 - INNER.x - INNER.width / 2,
        box.y + box.height / 2 - INNER.y - INNER.height / 2,
      ];
      return Math.hypot(x, y);
    });
    expect(away).toEqual([...away].sort((a, b) => a - b));
  });
});

describe('namedAt', () => {
  it('names tokens of a head only when a cell has room for a word, of the chosen one if it is seen', () => {
    const places = placesWith([]);
    const spot = LAYOUT.spots[6]!;
    const middle = toRoom(BOUNDS.home, { x: spot.x + 0.5, y: spot.y + 0.5 });
    expect(places.namedAt(zoomAt(BOUNDS.home, 3, middle, BOUNDS), TOKENS, 6)).toBeNull();
    const deep = zoomAt(BOUNDS.home, 30, middle, BOUNDS);
    expect(places.namedAt(deep, TOKENS, 6)).toBe(6);
    expect(places.namedAt(deep, TOKENS, 0)).toBe(6);
  });
});
