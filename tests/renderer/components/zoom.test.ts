import { describe, expect, it } from 'vitest';
import {
  carryZoom,
  clampZoom,
  fitPart,
  fitZoom,
  isHome,
  panBy,
  pinch,
  revealPart,
  toContent,
  toRoom,
  wheelFactor,
  zoomAt,
} from '../../../renderer/components/zoom.ts';
import type { Zoom, ZoomBounds } from '../../../renderer/components/zoom.ts';
import { sequence } from '../figures/support.ts';

function boundsOf(content: ZoomBounds['content'], room: ZoomBounds['room'], most = 400): ZoomBounds {
  return { content, room, home: fitZoom(content, room, 10), most };
}

/** Wide, high and square contents in a wide room. */
const BOUNDS = [
  boundsOf({ width: 12, height: 12 }, { width: 740, height: 560 }),
  boundsOf({ width: 40, height: 3 }, { width: 740, height: 560 }),
  boundsOf({ width: 3, height: 40 }, { width: 740, height: 560 }),
];

const close = (a: { x: number; y: number }, b: { x: number; y: number }): void => {
  expect(a.x).toBeCloseTo(b.x, 6);
  expect(a.y).toBeCloseTo(b.y, 6);
};

describe('fitZoom', () => {
  it('shows all of the content, as large as it goes, in the middle', () => {
    const zoom = fitZoom({ width: 10, height: 20 }, { width: 500, height: 420 }, 10);
    expect(zoom.scale).toBe(20);
    close(toRoom(zoom, { x: 5, y: 10 }), { x: 250, y: 210 });
  });

  it('goes no further in than it may', () => {
    expect(fitZoom({ width: 1, height: 1 }, { width: 500, height: 500 }, 0, 48).scale).toBe(48);
  });
});

describe('zoomAt', () => {
  it('keeps the point of the content that is under the pointer there, at every step in, wherever it is', () => {
    const next = sequence(5);
    for (const bounds of BOUNDS) {
      for (let turn = 0; turn < 40; turn += 1) {
        const { width, height } = bounds.content;
        const at = toRoom(bounds.home, { x: width * next(), y: height * next() });
        let zoom: Zoom = bounds.home;
        for (let step = 0; step < 12; step += 1) {
          const under = toContent(zoom, at);
          zoom = zoomAt(zoom, 1 + next(), at, bounds);
          close(toContent(zoom, at), under);
          close(toRoom(zoom, under), at);
        }
      }
    }
  });

  it('stops at the largest scale without moving, and goes out to all of the content', () => {
    for (const bounds of BOUNDS) {
      const at = toRoom(bounds.home, { x: 1, y: 1 });
      const deep = zoomAt(bounds.home, 1e9, at, bounds);
      expect(deep.scale).toBe(bounds.most);
      expect(zoomAt(deep, 2, { x: 3, y: 3 }, bounds)).toEqual(deep);
      const out = zoomAt(deep, 1e-9, { x: 700, y: 2 }, bounds);
      expect(isHome(out, bounds)).toBe(true);
      close(out, bounds.home);
    }
  });
});

describe('panBy and clampZoom', () => {
  it('never uncover what is covered when all is shown, so the content cannot get lost', () => {
    const next = sequence(9);
    for (const bounds of BOUNDS) {
      const { content, home } = bounds;
      for (let turn = 0; turn < 60; turn += 1) {
        const scale = home.scale * (1 + 6 * next());
        const zoom = panBy({ ...home, scale }, 4000 * (next() - 0.5), 4000 * (next() - 0.5), bounds);
        const [start, end] = [toRoom(zoom, { x: 0, y: 0 }), toRoom(zoom, { x: content.width, y: content.height })];
        const homeEnd = toRoom(home, { x: content.width, y: content.height });
        expect(start.x).toBeLessThanOrEqual(home.x + 1e-6);
        expect(start.y).toBeLessThanOrEqual(home.y + 1e-6);
        expect(end.x).toBeGreaterThanOrEqual(homeEnd.x - 1e-6);
        expect(end.y).toBeGreaterThanOrEqual(homeEnd.y - 1e-6);
        expect(clampZoom(zoom, bounds)).toEqual(zoom);
      }
    }
  });

  it('move by just as much as they are told to inside the bounds', () => {
    const [bounds] = BOUNDS as [ZoomBounds];
    const zoom = zoomAt(bounds.home, 4, { x: 370, y: 280 }, bounds);
    close(panBy(zoom, -30, 17, bounds), { x: zoom.x - 30, y: zoom.y + 17 });
  });
});

describe('fitPart and revealPart', () => {
  it('a part fills the room, in its middle where the content goes on', () => {
    const [bounds] = BOUNDS as [ZoomBounds];
    const zoom = fitPart({ x: 5, y: 5, width: 1, height: 1 }, bounds, 100);
    expect(zoom.scale).toBe(360);
    close(toRoom(zoom, { x: 5.5, y: 5.5 }), { x: 370, y: 280 });
    const corner = fitPart({ x: 0, y: 0, width: 1, height: 1 }, bounds, 100);
    const [start, end] = [toRoom(corner, { x: 0, y: 0 }), toRoom(corner, { x: 1, y: 1 })];
    expect([start.x, start.y].every((value) => value >= 0)).toBe(true);
    expect(end.x <= 740 && end.y <= 560).toBe(true);
  });

  it('a part that is seen stays where it is; another one is brought just inside', () => {
    const [bounds] = BOUNDS as [ZoomBounds];
    const zoom = zoomAt(bounds.home, 3, { x: 370, y: 280 }, bounds);
    expect(revealPart({ x: 6, y: 6, width: 1, height: 1 }, zoom, bounds, 8)).toEqual(zoom);
    for (const [x, y] of [
      [0, 0],
      [11, 0],
      [4, 11],
    ] as const) {
      const moved = revealPart({ x, y, width: 1, height: 1 }, zoom, bounds, 8);
      const [start, end] = [toRoom(moved, { x, y }), toRoom(moved, { x: x + 1, y: y + 1 })];
      expect(start.x >= 8 - 1e-6 && start.y >= 8 - 1e-6).toBe(true);
      expect(end.x <= 732 + 1e-6 && end.y <= 552 + 1e-6).toBe(true);
      expect(moved.scale).toBe(zoom.scale);
    }
  });
});

describe('carryZoom', () => {
  const [before] = BOUNDS as [ZoomBounds];
  const wider = boundsOf({ width: 12, height: 12 }, { width: 1000, height: 600 });

  it('keeps what is in the middle of the room as the window changes', () => {
    const zoom = zoomAt(before.home, 4, { x: 370, y: 280 }, before);
    const carried = carryZoom(zoom, before, wider);
    expect(carried.scale).toBe(zoom.scale);
    close(toContent(carried, { x: 500, y: 300 }), toContent(zoom, { x: 370, y: 280 }));
  });

  it('stays at home, and begins there with other content', () => {
    expect(carryZoom(before.home, before, wider)).toEqual(wider.home);
    const other = boundsOf({ width: 6, height: 6 }, before.room);
    expect(carryZoom(zoomAt(before.home, 4, { x: 0, y: 0 }, before), before, other)).toEqual(other.home);
    expect(carryZoom({ scale: 1, x: 0, y: 0 }, null, before)).toEqual(before.home);
  });
});

describe('gestures', () => {
  it('a turn of the wheel and the turn back cancel out, and no turn is more than twofold', () => {
    const turn = (deltaY: number, change = {}): number =>
      wheelFactor({ deltaY, deltaMode: 0, ctrlKey: false, ...change });
    expect(turn(100) * turn(-100)).toBeCloseTo(1, 12);
    expect(turn(-100)).toBeGreaterThan(1);
    expect(turn(-1e6)).toBeCloseTo(2, 12);
    expect(turn(3, { deltaMode: 1 })).toBeCloseTo(turn(48), 12);
    expect(turn(-10, { ctrlKey: true })).toBeGreaterThan(turn(-10));
  });

  it('two fingers keep what lies under them: their points stay under them when they spread', () => {
    const [bounds] = BOUNDS as [ZoomBounds];
    const zoom = zoomAt(bounds.home, 3, { x: 370, y: 280 }, bounds);
    const [a, b] = [
      { x: 300, y: 250 },
      { x: 400, y: 330 },
    ];
    const [under, other] = [toContent(zoom, a), toContent(zoom, b)];
    const to = [
      { x: 260, y: 230 },
      { x: 460, y: 390 },
    ] as const;
    const pinched = pinch(zoom, [a, b], to, bounds);
    close(toContent(pinched, to[0]), under);
    close(toContent(pinched, to[1]), other);
  });
});
