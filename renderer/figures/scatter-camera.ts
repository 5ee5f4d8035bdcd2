/** From points in two or three dimensions to places on screen: enlarged, moved and turned; parallel, without perspective. */
import { extent } from 'd3';

export interface Camera {
  /** 1 fits all points into the room. */
  readonly zoom: number;
  /** How far the picture is moved, in px. */
  readonly pan: readonly [number, number];
  /** Of three dimensions: turned about the upright axis, then towards the reader; in radians. */
  readonly yaw: number;
  readonly pitch: number;
}

export const FIRST_CAMERA: Camera = { zoom: 1, pan: [0, 0], yaw: 0.6, pitch: 0.35 };

/** Coordinates as a scatter plot has them: [count, components]. */
export interface Cloud {
  readonly coordinates: Float32Array;
  readonly components: 2 | 3;
}

export interface Room {
  readonly width: number;
  readonly height: number;
}

/** The middle of the points, and how far from it they reach. */
export interface Extent {
  readonly centre: readonly [number, number, number];
  /** Largest distance from the centre: along an axis in two dimensions, in any direction in three. Above 0. */
  readonly reach: number;
  /** As far to the side, and up: of two dimensions each its own. Above 0. */
  readonly halves: readonly [number, number];
}

export function extentOf({ coordinates, components }: Cloud): Extent {
  const least = [Infinity, Infinity, Infinity];
  const most = [-Infinity, -Infinity, -Infinity];
  for (let at = 0; at < coordinates.length; at += 1) {
    const axis = at % components;
    const value = coordinates[at]!;
    if (value < least[axis]!) least[axis] = value;
    if (value > most[axis]!) most[axis] = value;
  }
  const axes = [0, 1, 2].map((axis) => ({
    centre: axis < components && least[axis]! <= most[axis]! ? (least[axis]! + most[axis]!) / 2 : 0,
    half: axis < components && least[axis]! <= most[axis]! ? (most[axis]! - least[axis]!) / 2 : 0,
  }));
  const halves = axes.map(({ half }) => half);
  const reach = components === 3 ? Math.hypot(...halves) : Math.max(...halves);
  const [x = 0, y = 0, z = 0] = axes.map(({ centre }) => centre);
  const [across = 0, up = 0] = halves;
  const atLeast = (half: number): number => (reach <= 0 ? 1 : components === 3 ? reach : Math.max(half, reach / 1000));
  return { centre: [x, y, z], reach: reach > 0 ? reach : 1, halves: [atLeast(across), atLeast(up)] };
}

/** Room that is left free beside the points, and above and below them, where buttons lie, in px. */
const MARGINS = { width: 24, height: 36 } as const;

const half = (room: Room, side: keyof Room): number => Math.max(1, room[side] - 2 * MARGINS[side]) / 2;

/** Three rows of four: px to the right, px down, and depth (larger is nearer); each row · (x, y, z, 1). */
export type Placing = readonly number[];

/** @returns 12 numbers, row by row */
export function placingOf({ centre, reach, halves }: Extent, components: 2 | 3, room: Room, camera: Camera): Placing {
  const scale = Math.min(half(room, 'width') / halves[0], half(room, 'height') / halves[1]) * camera.zoom;
  const turned = components === 3 ? turn(camera.yaw, camera.pitch) : [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const [cx, cy, cz] = centre;
  const row = (at: number, factor: number, offset: number): number[] => {
    const [a, b, c] = [turned[3 * at]! * factor, turned[3 * at + 1]! * factor, turned[3 * at + 2]! * factor];
    return [a, b, c, offset - a * cx - b * cy - c * cz];
  };
  return [
    ...row(0, scale, room.width / 2 + camera.pan[0]),
    // Up in the points is up on screen.
    ...row(1, -scale, room.height / 2 + camera.pan[1]),
    ...row(2, 1 / reach, 0),
  ];
}

/** Rotation about y by yaw, then about x by pitch: nine numbers, row by row. */
function turn(yaw: number, pitch: number): readonly number[] {
  const [c, s] = [Math.cos(yaw), Math.sin(yaw)];
  const [d, e] = [Math.cos(pitch), Math.sin(pitch)];
  return [c, 0, s, e * s, d, -e * c, -d * s, e, d * c];
}

/** Where one point is on screen, in px. */
export function placePoint({ coordinates, components }: Cloud, placing: Placing, point: number): [number, number] {
  const at = point * components;
  const [x, y] = [coordinates[at] ?? NaN, coordinates[at + 1] ?? NaN];
  const z = components === 3 ? (coordinates[at + 2] ?? NaN) : 0;
  return [
    placing[0]! * x + placing[1]! * y + placing[2]! * z + placing[3]!,
    placing[4]! * x + placing[5]! * y + placing[6]! * z + placing[7]!,
  ];
}

/** Enlarged and moved so that some points fill the room; all of it where there are none. */
export function fitCamera(camera: Camera, cloud: Cloud, points: Iterable<number>, room: Room): Camera {
  const whole = { ...camera, zoom: 1, pan: [0, 0] as const };
  const placing = placingOf(extentOf(cloud), cloud.components, room, whole);
  const [xs, ys]: [number[], number[]] = [[], []];
  for (const point of points) {
    const [x, y] = placePoint(cloud, placing, point);
    xs.push(x);
    ys.push(y);
  }
  const [left = 0, right = 0] = extent(xs);
  const [top = 0, bottom = 0] = extent(ys);
  if (xs.length === 0) return whole;
  const zoom = Math.min(
    (2 * half(room, 'width')) / Math.max(1, right - left),
    (2 * half(room, 'height')) / Math.max(1, bottom - top),
  );
  const middle = [(left + right) / 2, (top + bottom) / 2] as const;
  const centred = centreCamera(whole, middle, room);
  return zoomCamera(centred, Math.min(zoom, MOST_FITTED), [room.width / 2, room.height / 2], room);
}

/** No further is enlarged to make few points fill the room. */
const MOST_FITTED = 12;

/** Moved so that a place of the room comes into its middle. */
export function centreCamera(camera: Camera, [x, y]: readonly [number, number], room: Room): Camera {
  return panCamera(camera, room.width / 2 - x, room.height / 2 - y);
}

/** Where every point is on screen, and its depth: f32 [count, 3]. */
export function placePoints({ coordinates, components }: Cloud, placing: Placing): Float32Array {
  const count = Math.floor(coordinates.length / components);
  const places = new Float32Array(count * 3);
  const [a0, a1, a2, a3, b0, b1, b2, b3, c0, c1, c2, c3] = placing;
  for (let point = 0, from = 0, to = 0; point < count; point += 1, from += components, to += 3) {
    const x = coordinates[from]!;
    const y = coordinates[from + 1]!;
    const z = components === 3 ? coordinates[from + 2]! : 0;
    places[to] = a0! * x + a1! * y + a2! * z + a3!;
    places[to + 1] = b0! * x + b1! * y + b2! * z + b3!;
    places[to + 2] = c0! * x + c1! * y + c2! * z + c3!;
  }
  return places;
}

/** Limits of enlarging. */
const ZOOMS = { least: 0.5, most: 400 } as const;

/** Enlarged about a point of the room, which keeps its place. */
export function zoomCamera(camera: Camera, factor: number, at: readonly [number, number], room: Room): Camera {
  const zoom = Math.min(ZOOMS.most, Math.max(ZOOMS.least, camera.zoom * factor));
  const grown = zoom / camera.zoom;
  const from = [at[0] - room.width / 2, at[1] - room.height / 2] as const;
  const pan = [from[0] + (camera.pan[0] - from[0]) * grown, from[1] + (camera.pan[1] - from[1]) * grown] as const;
  return { ...camera, zoom, pan };
}

export function panCamera(camera: Camera, dx: number, dy: number): Camera {
  return { ...camera, pan: [camera.pan[0] + dx, camera.pan[1] + dy] };
}

/** Turned by a drag of so many px; the poles are the ends. */
export function orbitCamera(camera: Camera, dx: number, dy: number): Camera {
  const pitch = Math.min(Math.PI / 2, Math.max(-Math.PI / 2, camera.pitch + dy * 0.008));
  return { ...camera, yaw: camera.yaw + dx * 0.008, pitch };
}
