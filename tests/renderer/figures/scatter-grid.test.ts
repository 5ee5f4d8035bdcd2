import { describe, expect, it } from 'vitest';
import {
  extentOf,
  FIRST_CAMERA,
  fitCamera,
  placePoint,
  placePoints,
  placingOf,
} from '../../../renderer/figures/scatter-camera.ts';
import type { Cloud } from '../../../renderer/figures/scatter-camera.ts';
import { ScatterGrid } from '../../../renderer/figures/scatter-grid.ts';
import { labelsOf } from '../../../renderer/figures/scatter-labels.ts';
import { pointAt, pointTowards } from '../../../renderer/figures/scatter-pick.ts';

const ROOM = { width: 500, height: 300 };

function cloudOf(count: number, components: 2 | 3, seed = 1): Cloud {
  let state = seed;
  const next = (): number => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
  return { coordinates: Float32Array.from({ length: count * components }, next), components };
}

describe('the grid of a scatter plot', () => {
  it.each([2, 3] as const)(
    'finds what looking at all %i-dimensional points finds, also where it is enlarged',
    (components) => {
      const cloud = cloudOf(3000, components);
      for (const zoom of [1, 6]) {
        const placing = placingOf(extentOf(cloud), components, ROOM, { ...FIRST_CAMERA, zoom });
        const grid = new ScatterGrid(cloud, placing, ROOM);
        const places = placePoints(cloud, placing);
        let found = 0;
        for (let x = -20; x < ROOM.width + 20; x += 13) {
          for (let y = -20; y < ROOM.height + 20; y += 13) {
            const at = pointAt(places, x, y, 10);
            const [px = -1, py = -1] = at === null ? [] : [places[at * 3], places[at * 3 + 1]];
            // Points outside the room are not seen, and not meant.
            if (at !== null && (px < 0 || py < 0 || px >= ROOM.width || py >= ROOM.height)) continue;
            expect(grid.at(x, y, 10)).toBe(at);
            if (at !== null) found += 1;
          }
        }
        expect(found).toBeGreaterThan(20);
      }
    },
  );
});

describe('the camera', () => {
  it('places one point as it places all', () => {
    const cloud = cloudOf(5, 3);
    const placing = placingOf(extentOf(cloud), 3, ROOM, FIRST_CAMERA);
    const places = placePoints(cloud, placing);
    const [x, y] = placePoint(cloud, placing, 4);
    expect(x).toBeCloseTo(places[12] ?? NaN, 3);
    expect(y).toBeCloseTo(places[13] ?? NaN, 3);
  });

  it('fits some points into the room', () => {
    const cloud = cloudOf(200, 2);
    const some = [3, 50, 120];
    const camera = fitCamera(FIRST_CAMERA, cloud, some, ROOM);
    const placing = placingOf(extentOf(cloud), 2, ROOM, camera);
    const places = some.map((point) => placePoint(cloud, placing, point));
    const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
    const spans = [Math.max(...xs) - Math.min(...xs), Math.max(...ys) - Math.min(...ys)] as const;
    expect(Math.max(spans[0] / (ROOM.width - 48), spans[1] / (ROOM.height - 72))).toBeCloseTo(1, 4);
    expect((Math.max(...xs) + Math.min(...xs)) / 2).toBeCloseTo(ROOM.width / 2, 3);
  });
});

describe('the next point in a direction', () => {
  const places = new Float32Array([0, 0, 0, 10, 2, 0, 5, 40, 0, -3, -30, 0]);

  it('is near and not far to the side; there is none beyond the last', () => {
    expect(pointTowards(places, 0, [1, 0])).toBe(1);
    expect(pointTowards(places, 0, [0, 1])).toBe(2);
    expect(pointTowards(places, 0, [0, -1])).toBe(3);
    expect(pointTowards(places, 1, [1, 0])).toBeNull();
  });
});

describe('names of points', () => {
  it('are a few of many, the named ones among them, none for what has no name', () => {
    const cloud = cloudOf(20_000, 2);
    const labels = Array.from({ length: 20_000 }, (_, at) => (at % 2 === 0 ? `w${at}` : ''));
    const placing = placingOf(extentOf(cloud), 2, ROOM, FIRST_CAMERA);
    const names = labelsOf({ cloud, placing, room: ROOM, labels, named: [1000, 1001] });
    expect(names[0]?.point).toBe(1000);
    expect(names.length).toBeGreaterThan(10);
    expect(names.length).toBeLessThanOrEqual(60);
    expect(names.every(({ point }) => point % 2 === 0)).toBe(true);
    expect(Math.max(...names.map(({ point }) => point))).toBeGreaterThan(10_000);
  });
});
