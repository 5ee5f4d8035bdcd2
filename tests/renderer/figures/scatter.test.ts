import { describe, expect, it } from 'vitest';
import {
  extentOf,
  FIRST_CAMERA,
  orbitCamera,
  placePoints,
  placingOf,
  zoomCamera,
} from '../../../renderer/figures/scatter-camera.ts';
import type { Camera, Cloud } from '../../../renderer/figures/scatter-camera.ts';
import { pointAt, pointsWithin, thinnedLabels } from '../../../renderer/figures/scatter-pick.ts';

const ROOM = { width: 400, height: 300 };
const FLAT: Camera = { ...FIRST_CAMERA, yaw: 0, pitch: 0 };
const SQUARE: Cloud = { coordinates: new Float32Array([-1, -1, 1, -1, 1, 1, -1, 1, 0, 0]), components: 2 };
const placed = (cloud: Cloud, camera: Camera) =>
  placePoints(cloud, placingOf(extentOf(cloud), cloud.components, ROOM, camera));

describe('the camera of a scatter plot', () => {
  it('fits all points into the room, the first one at the bottom left', () => {
    const places = placed(SQUARE, FLAT);
    expect([...places.subarray(0, 2)]).toEqual([200 - 114, 150 + 114]);
    expect([...places.subarray(6, 8)]).toEqual([200 + 114, 150 - 114]);
    expect([...places.subarray(12, 14)]).toEqual([200, 150]);
  });

  it('keeps the place under the pointer when it enlarges', () => {
    const before = placed(SQUARE, FLAT);
    const camera = zoomCamera(FLAT, 3, [before[0]!, before[1]!], ROOM);
    const after = placed(SQUARE, camera);
    expect(after[0]).toBeCloseTo(before[0]!, 3);
    expect(after[1]).toBeCloseTo(before[1]!, 3);
    expect(after[3]! - after[0]!).toBeCloseTo(3 * (before[3]! - before[0]!), 3);
  });

  it('turns points about their middle without changing their distances', () => {
    const cloud: Cloud = { coordinates: new Float32Array([1, 2, 3, -2, 0, 1, 0, -1, -2]), components: 3 };
    const { reach } = extentOf(cloud);
    const lengths = [FLAT, orbitCamera(FLAT, 70, -40)].map((camera) => {
      const places = placed(cloud, camera);
      const side = (300 - 72) / 2 / reach;
      const delta = [0, 1, 2].map((axis) => (places[axis]! - places[3 + axis]!) / (axis === 2 ? 1 / reach : side));
      return Math.hypot(...delta);
    });
    expect(lengths[0]).toBeCloseTo(Math.hypot(3, 2, 2), 4);
    expect(lengths[1]).toBeCloseTo(lengths[0]!, 4);
  });

  it('has room for points that are all one', () => {
    expect(extentOf({ coordinates: new Float32Array([2, 3, 2, 3]), components: 2 })).toEqual({
      centre: [2, 3, 0],
      reach: 1,
      halves: [1, 1],
    });
  });
});

describe('points that are meant', () => {
  const places = new Float32Array([10, 10, 0, 13, 10, 0.5, 100, 100, 0]);

  it('are the nearest within reach, in front where they lie together', () => {
    expect(pointAt(places, 9, 10, 8)).toBe(0);
    expect(pointAt(places, 11.4, 10, 8)).toBe(1);
    expect(pointAt(places, 60, 60, 8)).toBeNull();
    expect(pointAt(places, 104, 100, 8)).toBe(2);
  });

  it('are those within a lasso', () => {
    const corners = [
      [0, 0],
      [50, 0],
      [50, 50],
      [0, 50],
    ] as const;
    expect(pointsWithin(places, corners)).toEqual([0, 1]);
    expect(pointsWithin(places, corners.slice(0, 2))).toEqual([]);
  });
});

describe('names of points', () => {
  it('never lie on each other, and the most wanted come first', () => {
    const count = 400;
    const places = new Float32Array(count * 3);
    for (let point = 0; point < count; point += 1) {
      places[point * 3] = (point * 37) % 400;
      places[point * 3 + 1] = (point * 61) % 300;
    }
    const order = Array.from({ length: count }, (_, at) => at);
    const labels = thinnedLabels(places, order, { ...ROOM, textSize: 12, widthOf: () => 40, most: 100 });
    expect(labels[0]?.point).toBe(order.find((point) => places[point * 3 + 1]! > 12));
    expect(labels.length).toBeGreaterThan(20);
    for (const [at, a] of labels.entries()) {
      expect(a.x >= 0 && a.x + 40 <= 400).toBe(true);
      for (const b of labels.slice(at + 1)) {
        const apart = Math.abs(a.x - b.x) >= 40 || Math.abs(a.y - b.y) >= 12 * 1.3;
        expect(apart).toBe(true);
      }
    }
  });
});
