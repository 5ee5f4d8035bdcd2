/** From points in two or three dimensions to places on screen: enlarged, moved and turned; parallel, without perspective. */

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
  return { centre: [x, y, z], reach: reach > 0 ? reach : 1 };
}

/** Room that is left free around the points, in px. */
const MARGIN = 24;

/** Three rows of four: px to the right, px down, and depth (larger is nearer); each row · (x, y, z, 1). */
export type Placing = readonly number[];

/** @returns 12 numbers, row by row */
export function placingOf({ centre, reach }: Extent, components: 2 | 3, room: Room, camera: Camera): Placing {
  const side = Math.max(1, Math.min(room.width, room.height) - 2 * MARGIN);
  const scale = (side / 2 / reach) * camera.zoom;
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

/** Where every point is on screen, and its depth: f32 [count, 3]. */
export function placePoints({ coordinates, components }: Cloud, placing: Placing): Float32Array {
  const count = Math.floor(coordinates.length / components);
  const places = new Float32Array(count * 3);
  for (let point = 0; point < count; point += 1) {
    const [x, y] = [coordinates[point * components]!, coordinates[point * components + 1]!];
    const z = components === 3 ? coordinates[point * components + 2]! : 0;
    for (let row = 0; row < 3; row += 1) {
      const at = 4 * row;
      places[point * 3 + row] = placing[at]! * x + placing[at + 1]! * y + placing[at + 2]! * z + placing[at + 3]!;
    }
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
