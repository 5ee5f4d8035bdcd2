/** Pointing, dragging, turning the wheel and keys in a scatter plot. */
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, RefObject } from 'react';
import { wheelFactor } from '../components/zoom.ts';
import { orbitCamera, panCamera, zoomCamera } from '../figures/scatter-camera.ts';
import type { Camera, Cloud, Room } from '../figures/scatter-camera.ts';
import type { ScatterGrid } from '../figures/scatter-grid.ts';
import { pointsWithin } from '../figures/scatter-pick.ts';
import { scatterGoal } from './scatter-keys.ts';
import { placeIn } from '../components/pointer-place.ts';

export type Corner = readonly [number, number];

export interface ScatterGestures {
  readonly grid: ScatterGrid;
  readonly room: Room;
  readonly cloud: Cloud;
  readonly marked: ReadonlySet<number>;
  readonly chosen: number | null;
  readonly isLassoing: boolean;
  readonly setCamera: (change: (camera: Camera) => Camera) => void;
  readonly setHovered: (point: number | null) => void;
  readonly onChoose: (point: number | null) => void;
  readonly onLasso: (points: readonly number[]) => void;
  readonly onMark?: ((point: number) => void) | undefined;
}

/** How near the pointer has to be, in px. */
const REACH = 10;
/** A press that moves less than this is a click, in px. */
const STILL = 3;

function cornerOf(event: { clientX: number; clientY: number; currentTarget: Element }): Corner {
  const { x, y } = placeIn(event, event.currentTarget);
  return [x, y];
}

/** A drag moves the picture, in three dimensions it turns it (with Shift it moves it); with the lasso it draws a line. */
export function useScatterPointer(given: ScatterGestures) {
  const { grid, cloud, isLassoing, setCamera, setHovered, onChoose, onLasso, onMark } = given;
  const drag = useRef<{ at: Corner; from: Corner; turns: boolean } | null>(null);
  const [lasso, setLasso] = useState<readonly Corner[]>([]);
  const release = (): void => {
    drag.current = null;
    setLasso([]);
  };
  return {
    lasso,
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0) return;
        const at = cornerOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { at, from: at, turns: cloud.components === 3 && !event.shiftKey };
        if (isLassoing) setLasso([at]);
        else setHovered(null);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        const at = cornerOf(event);
        const held = drag.current;
        if (held === null) {
          setHovered(grid.at(at[0], at[1], REACH));
          return;
        }
        if (isLassoing) {
          setLasso((corners) => [...corners, at]);
          return;
        }
        const [dx, dy] = [at[0] - held.at[0], at[1] - held.at[1]];
        drag.current = { ...held, at };
        setCamera((camera) => (held.turns ? orbitCamera(camera, dx, dy) : panCamera(camera, dx, dy)));
      },
      onPointerUp: (event: PointerEvent<HTMLElement>) => {
        const held = drag.current;
        release();
        if (held === null) return;
        const at = cornerOf(event);
        const isStill = Math.hypot(at[0] - held.from[0], at[1] - held.from[1]) < STILL;
        const point = isStill ? grid.at(at[0], at[1], REACH) : null;
        if (!isStill && isLassoing) onLasso(pointsWithin(grid.places, [...lasso, at]));
        else if (isStill && event.shiftKey && point !== null) onMark?.(point);
        else if (isStill) onChoose(point);
      },
      onPointerCancel: release,
      onPointerLeave: () => setHovered(null),
    },
  };
}

/** The wheel enlarges at the pointer. React's own wheel events cannot keep the page from scrolling. */
export function useScatterWheel(
  element: RefObject<HTMLElement | null>,
  room: Room,
  setCamera: ScatterGestures['setCamera'],
): void {
  useEffect(() => {
    const target = element.current;
    if (target === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault();
      const { x, y } = placeIn(event, target);
      const at = [x, y] as const;
      setCamera((camera) => zoomCamera(camera, wheelFactor(event), at, room));
    };
    target.addEventListener('wheel', onWheel, { passive: false });
    return () => {
      target.removeEventListener('wheel', onWheel);
    };
  }, [element, room, setCamera]);
}

export function scatterKeys({ grid, setCamera, onChoose, onMark, ...place }: ScatterGestures) {
  return (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== event.currentTarget) return;
    const goal = scatterGoal(event, { ...place, places: grid.places });
    if (goal === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (goal.kind === 'choose') onChoose(goal.point);
    else if (goal.kind === 'mark') onMark?.(goal.point);
    else setCamera(goal.change);
  };
}
