/** A scatter plot on screen: enlarged, moved, turned; points pointed at, chosen, marked and lassoed. */
import type { ReactElement, ReactNode } from 'react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { extentOf, FIRST_CAMERA, fitCamera, placingOf, zoomCamera } from '../figures/scatter-camera.ts';
import type { Camera, Cloud, Placing, Room } from '../figures/scatter-camera.ts';
import type { PointStyle } from '../figures/scatter-gl.ts';
import { ScatterGrid } from '../figures/scatter-grid.ts';
import { labelsOf } from '../figures/scatter-labels.ts';
import { FigureRoom } from './figure-surface.tsx';
import type { LineLook } from './scatter-lines.tsx';
import { ScatterWords } from './scatter-words.tsx';
import type { PlaceOf } from './scatter-words.tsx';
import { scatterKeys, useScatterPointer, useScatterWheel } from './use-scatter-gestures.ts';
import { useScatterPainter } from './use-scatter-painter.ts';

/** How the plot stands, for its figure to be drawn as it is seen. */
export interface ScatterSnapshot {
  readonly camera: Camera;
  readonly room: Room;
}

export interface ScatterViewProps {
  /** Memoise the cloud, its looks and its labels: new ones are drawn anew. */
  readonly cloud: Cloud;
  readonly style: PointStyle;
  readonly labels: readonly string[];
  /** Points whose names come first, and which are named however full it is. */
  readonly named: readonly number[];
  /** Lines from point to point. */
  readonly lines: readonly (readonly number[])[];
  /** One a line; left out: grey ones, without words at their points. */
  readonly lineLooks?: readonly LineLook[] | undefined;
  readonly chosen: number | null;
  readonly isLassoing: boolean;
  readonly label: string;
  readonly textOf: (point: number) => string;
  readonly onChoose: (point: number | null) => void;
  readonly onLasso: (points: readonly number[]) => void;
  /** Space, or a click with Shift: into what is marked or out of it. Left out: they do nothing. */
  readonly onMark?: ((point: number) => void) | undefined;
  /** Called as the plot is shown otherwise; memoise it. */
  readonly onShown?: ((shown: ScatterSnapshot) => void) | undefined;
  /** The point under the pointer; null: none. Memoise it. */
  readonly onHover?: ((point: number | null) => void) | undefined;
  /** Drawn under the names, in px of the plot. */
  readonly overlay?: ((placeOf: PlaceOf) => ReactElement) | undefined;
  /** Buttons beside those of the camera. */
  readonly tools?: ReactNode;
}

export function ScatterView(props: ScatterViewProps): ReactElement {
  return <FigureRoom>{(size) => <Scatter {...props} size={size} />}</FigureRoom>;
}

/** Names are looked for anew when the picture has stood still for so long, in ms. */
const SETTLED_MS = 120;

/** Below the plot, for what is pointed at or chosen, in px. */
const READ_HEIGHT = 24;

function Scatter(props: ScatterViewProps & { readonly size: Room }): ReactElement {
  const { cloud, style, labels, named, lines, chosen, label, textOf, size, onShown, onHover } = props;
  const room = useMemo(() => ({ width: size.width, height: Math.max(1, size.height - READ_HEIGHT) }), [size]);
  const [camera, setCamera] = useState<Camera>(FIRST_CAMERA);
  const [hovered, setHovered] = useState<number | null>(null);
  const extent = useMemo(() => extentOf(cloud), [cloud]);
  const placing = useMemo(() => placingOf(extent, cloud.components, room, camera), [extent, cloud, room, camera]);
  const grid = useMemo(() => new ScatterGrid(cloud, placing, room), [cloud, placing, room]);
  const canvas = useScatterPainter(cloud, style, placing, room);
  const settled = useSettled(cloud, room, placing);
  const names = useMemo(
    () => labelsOf({ cloud, placing: settled, room, labels, named }),
    [cloud, settled, room, labels, named],
  );
  const element = useRef<HTMLDivElement>(null);
  const fit = (now: Camera): Camera => fitCamera(now, cloud, style.marked, room);
  const gestures = { ...props, room, marked: style.marked, grid, setCamera, setHovered };
  const { lasso, handlers } = useScatterPointer(gestures);
  useScatterWheel(element, room, setCamera);
  useLayoutEffect(() => {
    onShown?.({ camera, room });
  }, [onShown, camera, room]);
  useEffect(() => onHover?.(hovered), [onHover, hovered]);
  const count = cloud.coordinates.length / cloud.components;
  const point = [hovered, chosen].find((each) => each !== null && each < count) ?? null;
  return (
    <div className="scatter-room" style={{ width: size.width, height: size.height }}>
      <div
        className={props.isLassoing ? 'scatter lassoing' : 'scatter'}
        ref={element}
        style={{ height: room.height }}
        tabIndex={0}
        role="application"
        aria-label={label}
        data-own-keys
        data-testid="scatter"
        onKeyDown={scatterKeys(gestures)}
        {...handlers}
      >
        <canvas ref={canvas} style={{ width: room.width, height: room.height }} aria-hidden="true" />
        <ScatterWords
          {...{ cloud, placing, room, names, labels, lines, point, lasso }}
          looks={props.lineLooks}
          size={style.size}
          overlay={props.overlay}
        />
      </div>
      <p className="scatter-read" role="status" data-testid="scatter-read">
        {point === null ? '' : textOf(point)}
      </p>
      <div className="scatter-tools">
        {props.tools}
        <CameraButtons room={room} setCamera={setCamera} fit={style.marked.size === 0 ? null : fit} />
      </div>
    </div>
  );
}

interface Settled {
  readonly cloud: Cloud;
  readonly room: Room;
  readonly placing: Placing;
}

/** The placing where the picture last stood still; of other points, or in another room, the one of now. */
function useSettled(cloud: Cloud, room: Room, placing: Placing): Placing {
  const [last, setLast] = useState<Settled>({ cloud, room, placing });
  useEffect(() => {
    const timer = setTimeout(() => {
      setLast({ cloud, room, placing });
    }, SETTLED_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [cloud, room, placing]);
  return last.cloud === cloud && last.room === room ? last.placing : placing;
}

interface CameraButtonsProps {
  readonly room: Room;
  readonly setCamera: (change: (camera: Camera) => Camera) => void;
  /** Null while nothing is marked. */
  readonly fit: ((camera: Camera) => Camera) | null;
}

/** What the wheel and the keys do, to be pressed. */
function CameraButtons({ room, setCamera, fit }: CameraButtonsProps): ReactElement {
  const { t } = useTranslation();
  const middle = [room.width / 2, room.height / 2] as const;
  const buttons = [
    ['in', '+', t('scatter.larger'), (camera: Camera) => zoomCamera(camera, 1.4, middle, room)],
    ['out', '−', t('scatter.smaller'), (camera: Camera) => zoomCamera(camera, 1 / 1.4, middle, room)],
    ['all', t('scatter.all'), t('scatter.whole'), () => FIRST_CAMERA],
    ...(fit === null ? [] : [['fit', t('scatter.fit'), t('scatter.fitHelp'), fit] as const]),
  ] as const;
  return (
    <div className="scatter-camera" role="group" aria-label={t('scatter.camera')}>
      {buttons.map(([id, sign, name, change]) => (
        <button
          key={id}
          type="button"
          className="tool-button"
          aria-label={name}
          title={name}
          onClick={() => setCamera(change)}
          data-testid={`scatter-${id}`}
        >
          {sign}
        </button>
      ))}
    </div>
  );
}
