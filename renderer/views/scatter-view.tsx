/** A scatter plot on screen: enlarged, moved, turned; points pointed at, chosen, and lassoed. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactElement } from 'react';
import {
  extentOf,
  FIRST_CAMERA,
  orbitCamera,
  panCamera,
  placePoints,
  placingOf,
  zoomCamera,
} from '../figures/scatter-camera.ts';
import type { Camera, Cloud, Room } from '../figures/scatter-camera.ts';
import { pointPainter } from '../figures/scatter-gl.ts';
import type { PointPainter, PointStyle } from '../figures/scatter-gl.ts';
import { pointAt, pointsWithin, thinnedLabels } from '../figures/scatter-pick.ts';
import { textWidth } from '../figures/text.ts';
import { FigureRoom } from './figure-surface.tsx';

interface ScatterViewProps {
  readonly cloud: Cloud;
  readonly style: PointStyle;
  readonly labels: readonly string[];
  /** Points whose names come first, and which are named however full it is. */
  readonly named: readonly number[];
  /** Lines from point to point. */
  readonly lines: readonly (readonly number[])[];
  readonly chosen: number | null;
  readonly isLassoing: boolean;
  readonly label: string;
  readonly textOf: (point: number) => string;
  readonly onChoose: (point: number | null) => void;
  readonly onLasso: (points: readonly number[]) => void;
  /** The point under the pointer; null: none. */
  readonly onHover?: ((point: number | null) => void) | undefined;
  /** Drawn under the names, in px. */
  readonly overlay?: ((placeOf: (point: number) => readonly [number, number]) => ReactElement) | undefined;
}

export function ScatterView(props: ScatterViewProps): ReactElement {
  return <FigureRoom>{(room) => <Scatter {...props} room={room} />}</FigureRoom>;
}

const LABEL_SIZE = 11;
const MOST_LABELS = 60;
/** How near the pointer has to be, in px. */
const REACH = 10;

function Scatter(props: ScatterViewProps & { readonly room: Room }): ReactElement {
  const { cloud, style, labels, named, lines, chosen, room, label, textOf } = props;
  const [camera, setCamera] = useState<Camera>(FIRST_CAMERA);
  const [hovered, setHovered] = useState<number | null>(null);
  const placing = useMemo(() => placingOf(extentOf(cloud), cloud.components, room, camera), [cloud, room, camera]);
  const places = useMemo(() => placePoints(cloud, placing), [cloud, placing]);
  const canvas = usePainted(cloud, style, placing, room);
  const shown = useMemo(() => {
    const order = [...new Set([...named, ...labels.keys()])];
    const widthOf = (point: number): number => textWidth(labels[point] ?? '', LABEL_SIZE, 'word');
    return thinnedLabels(places, order, { ...room, textSize: LABEL_SIZE, widthOf, most: MOST_LABELS });
  }, [places, labels, named, room]);
  const { gestures, lasso } = useGestures({ ...props, places, camera, setCamera, setHovered });
  const { onHover } = props;
  useEffect(() => onHover?.(hovered), [onHover, hovered]);
  const point = hovered ?? chosen;
  return (
    <div
      className="scatter"
      style={{ width: room.width, height: room.height }}
      tabIndex={0}
      role="application"
      aria-label={label}
      data-own-keys
      data-testid="scatter"
      {...gestures}
    >
      <canvas ref={canvas} style={{ width: room.width, height: room.height }} aria-hidden="true" />
      <svg className="scatter-words" width={room.width} height={room.height} aria-hidden="true">
        {props.overlay?.((each) => [places[each * 3] ?? NaN, places[each * 3 + 1] ?? NaN])}
        {lines.map((line, at) => (
          <polyline
            key={at}
            className={line.includes(chosen ?? -1) ? 'scatter-path chosen' : 'scatter-path'}
            points={line.map((each) => `${places[each * 3]},${places[each * 3 + 1]}`).join(' ')}
          />
        ))}
        {shown.map(({ point: each, x, y }) => (
          <text key={each} x={x} y={y} fontSize={LABEL_SIZE}>
            {labels[each]}
          </text>
        ))}
        {point !== null && point * 3 < places.length && (
          <circle className="scatter-ring" cx={places[point * 3]} cy={places[point * 3 + 1]} r={style.size / 2 + 3} />
        )}
        {lasso.length > 1 && (
          <polygon className="scatter-lasso" points={lasso.map((each) => each.join(',')).join(' ')} />
        )}
      </svg>
      <p className="scatter-read" role="status" data-testid="scatter-read">
        {point === null ? '' : textOf(point)}
      </p>
    </div>
  );
}

function usePainted(cloud: Cloud, style: PointStyle, placing: readonly number[], room: Room) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const painter = useRef<PointPainter | null>(null);
  useEffect(() => {
    const own = canvas.current === null ? null : pointPainter(canvas.current);
    painter.current = own;
    return () => {
      painter.current = null;
      own?.dispose();
    };
  }, []);
  const [ready, setReady] = useState(0);
  useEffect(() => {
    painter.current?.setPoints(cloud, style);
    if (canvas.current !== null && painter.current !== null) canvas.current.dataset['painter'] = painter.current.kind;
    setReady((now) => now + 1);
  }, [cloud, style]);
  useLayoutEffect(() => {
    const frame = requestAnimationFrame(() => painter.current?.draw(placing, room, window.devicePixelRatio || 1));
    return () => cancelAnimationFrame(frame);
  }, [placing, room, ready]);
  return canvas;
}

type Corner = readonly [number, number];

interface Gestured extends ScatterViewProps {
  readonly room: Room;
  readonly places: Float32Array;
  readonly camera: Camera;
  readonly setCamera: (change: (camera: Camera) => Camera) => void;
  readonly setHovered: (point: number | null) => void;
}

/** A press that moves less than this is a click, in px. */
const STILL = 3;

function useGestures({ cloud, room, places, setCamera, setHovered, chosen, isLassoing, onChoose, onLasso }: Gestured) {
  const drag = useRef<{ at: Corner; from: Corner; turns: boolean } | null>(null);
  const [lasso, setLasso] = useState<readonly Corner[]>([]);
  const placeOf = (event: { clientX: number; clientY: number; currentTarget: Element }): Corner => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  const onPointerMove = (event: PointerEvent<HTMLElement>): void => {
    const at = placeOf(event);
    const held = drag.current;
    if (held === null) {
      setHovered(pointAt(places, at[0], at[1], REACH));
      return;
    }
    const [dx, dy] = [at[0] - held.at[0], at[1] - held.at[1]];
    drag.current = { ...held, at };
    if (isLassoing) {
      setLasso((corners) => [...corners, at]);
      return;
    }
    setCamera((camera) => (held.turns ? orbitCamera(camera, dx, dy) : panCamera(camera, dx, dy)));
  };
  const onPointerUp = (event: PointerEvent<HTMLElement>): void => {
    const held = drag.current;
    drag.current = null;
    if (held === null) return;
    const at = placeOf(event);
    const isStill = Math.hypot(at[0] - held.from[0], at[1] - held.from[1]) < STILL;
    if (isLassoing && !isStill) onLasso(pointsWithin(places, lasso));
    else if (isStill) onChoose(pointAt(places, at[0], at[1], REACH));
    setLasso([]);
  };
  const room3d = cloud.components === 3;
  return {
    lasso,
    gestures: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        const at = placeOf(event);
        event.currentTarget.setPointerCapture(event.pointerId);
        drag.current = { at, from: at, turns: room3d && !event.shiftKey && event.button === 0 };
        if (isLassoing) setLasso([at]);
      },
      onPointerMove,
      onPointerUp,
      onPointerLeave: () => setHovered(null),
      onWheel: (event: { deltaY: number; clientX: number; clientY: number; currentTarget: Element }) => {
        const at = placeOf(event);
        setCamera((camera) => zoomCamera(camera, Math.exp(-event.deltaY / 400), at, room));
      },
      onKeyDown: (event: KeyboardEvent) => {
        const count = places.length / 3;
        const goal = keyed(event.key, { count, chosen, room, turns: room3d && event.shiftKey });
        if (goal === null || event.ctrlKey || event.altKey || event.metaKey) return;
        event.preventDefault();
        event.stopPropagation();
        if (goal.kind === 'choose') onChoose(goal.point);
        else setCamera(goal.change);
      },
    },
  };
}

type Goal =
  | { readonly kind: 'choose'; readonly point: number | null }
  | { readonly kind: 'camera'; readonly change: (camera: Camera) => Camera };

interface Keyed {
  readonly count: number;
  readonly chosen: number | null;
  readonly room: Room;
  readonly turns: boolean;
}

/** Arrows go from point to point, with Shift they turn; plus, minus and 0 enlarge. */
function keyed(key: string, { count, chosen, room, turns }: Keyed): Goal | null {
  const camera = (change: (camera: Camera) => Camera): Goal => ({ kind: 'camera', change });
  const middle: Corner = [room.width / 2, room.height / 2];
  const arrows: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, -1],
    ArrowDown: [0, 1],
  };
  const arrow = arrows[key];
  if (arrow !== undefined && turns) return camera((now) => orbitCamera(now, 12 * arrow[0], 12 * arrow[1]));
  if (arrow !== undefined) {
    const step = arrow[0] + arrow[1];
    return { kind: 'choose', point: chosen === null ? 0 : (chosen + step + count) % Math.max(1, count) };
  }
  if (key === '+' || key === '=') return camera((now) => zoomCamera(now, 1.4, middle, room));
  if (key === '-') return camera((now) => zoomCamera(now, 1 / 1.4, middle, room));
  if (key === '0') return camera(() => FIRST_CAMERA);
  return key === 'Escape' && chosen !== null ? { kind: 'choose', point: null } : null;
}
