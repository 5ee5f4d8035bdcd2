/** What keys do in a scatter plot: everything that the pointer can. */
import {
  centreCamera,
  FIRST_CAMERA,
  fitCamera,
  orbitCamera,
  panCamera,
  zoomCamera,
} from '../figures/scatter-camera.ts';
import type { Camera, Cloud, Room } from '../figures/scatter-camera.ts';
import { pointTowards } from '../figures/scatter-pick.ts';

export type ScatterGoal =
  | { readonly kind: 'choose'; readonly point: number | null }
  | { readonly kind: 'mark'; readonly point: number }
  | { readonly kind: 'camera'; readonly change: (camera: Camera) => Camera };

export interface ScatterKeyPlace {
  /** f32 [count, 3] */
  readonly places: Float32Array;
  readonly chosen: number | null;
  readonly room: Room;
  readonly cloud: Cloud;
  readonly marked: ReadonlySet<number>;
}

/** How far a key moves the picture or turns it, in px. */
const STEP = { pan: 40, turn: 24 } as const;
const ENLARGE = 1.4;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/**
 * Arrows go to the next point in their direction, `,` and `.` to the one before and after; Space marks. With Shift arrows turn a
 * picture of three dimensions and move one of two; `+`, `-` enlarge about the chosen point, C brings it to the middle, 0 shows all, F what is marked.
 */
export function scatterGoal(event: { key: string; shiftKey: boolean }, place: ScatterKeyPlace): ScatterGoal | null {
  const { places, chosen, room, cloud, marked } = place;
  const arrow = ARROWS[event.key];
  if (arrow !== undefined) return arrowGoal(arrow, event.shiftKey, place);
  const count = places.length / 3;
  if (count === 0) return null;
  const camera = (change: (camera: Camera) => Camera): ScatterGoal => ({ kind: 'camera', change });
  const at = chosen === null ? null : ([places[chosen * 3] ?? NaN, places[chosen * 3 + 1] ?? NaN] as const);
  const middle = at ?? [room.width / 2, room.height / 2];
  switch (event.key) {
    case 'Home':
      return { kind: 'choose', point: 0 };
    case 'End':
      return { kind: 'choose', point: count - 1 };
    case '.':
      return { kind: 'choose', point: chosen === null ? 0 : (chosen + 1) % count };
    case ',':
      return { kind: 'choose', point: chosen === null ? count - 1 : (chosen - 1 + count) % count };
    case ' ':
      return chosen === null ? null : { kind: 'mark', point: chosen };
    case '+':
    case '=':
      return camera((now) => zoomCamera(now, ENLARGE, middle, room));
    case '-':
      return camera((now) => zoomCamera(now, 1 / ENLARGE, middle, room));
    case 'c':
    case 'C':
      return at === null ? null : camera((now) => centreCamera(now, at, room));
    case 'f':
    case 'F':
      return marked.size === 0 ? null : camera((now) => fitCamera(now, cloud, marked, room));
    case '0':
      return camera(() => FIRST_CAMERA);
    case 'Escape':
      return chosen === null ? null : { kind: 'choose', point: null };
    default:
      return null;
  }
}

function arrowGoal(
  [dx, dy]: readonly [number, number],
  shifted: boolean,
  { places, chosen, cloud }: ScatterKeyPlace,
): ScatterGoal {
  if (!shifted) {
    const next = chosen === null ? 0 : pointTowards(places, chosen, [dx, dy]);
    return { kind: 'choose', point: next ?? chosen };
  }
  return {
    kind: 'camera',
    change: (camera) =>
      cloud.components === 3
        ? orbitCamera(camera, STEP.turn * dx, STEP.turn * dy)
        : panCamera(camera, STEP.pan * dx, STEP.pan * dy),
  };
}
