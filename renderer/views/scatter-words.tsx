/** What lies over the points of a scatter plot: lines, names, a ring about one point, the lasso. */
import type { ReactElement } from 'react';
import { placePoint } from '../figures/scatter-camera.ts';
import type { Cloud, Placing, Room } from '../figures/scatter-camera.ts';
import { LABEL_SIZE } from '../figures/scatter-labels.ts';
import type { PointLabel } from '../figures/scatter-labels.ts';
import { ScatterLines } from './scatter-lines.tsx';
import type { LineLook } from './scatter-lines.tsx';
import type { Corner } from './use-scatter-gestures.ts';

/** Where a point is, in px. */
export type PlaceOf = (point: number) => readonly [number, number];

interface ScatterWordsProps {
  readonly cloud: Cloud;
  readonly placing: Placing;
  readonly room: Room;
  readonly names: readonly PointLabel[];
  readonly labels: readonly string[];
  readonly lines: readonly (readonly number[])[];
  readonly looks: readonly LineLook[] | undefined;
  /** The one with a ring. */
  readonly point: number | null;
  /** Of a point, in px. */
  readonly size: number;
  readonly lasso: readonly Corner[];
  readonly overlay: ((placeOf: PlaceOf) => ReactElement) | undefined;
}

export function ScatterWords(props: ScatterWordsProps): ReactElement {
  const { cloud, placing, room, names, labels, lines, looks, point, size, lasso, overlay } = props;
  const placeOf: PlaceOf = (each) => placePoint(cloud, placing, each);
  return (
    <svg className="scatter-words" width={room.width} height={room.height} aria-hidden="true">
      {overlay?.(placeOf)}
      <ScatterLines lines={lines} looks={looks} placeOf={placeOf} />
      {names.map(({ point: each, dx, dy }) => {
        const [x, y] = placeOf(each);
        return (
          <text key={each} x={x + dx} y={y + dy} fontSize={LABEL_SIZE}>
            {labels[each]}
          </text>
        );
      })}
      {point !== null && <Ring at={placeOf(point)} size={size} />}
      {lasso.length > 1 && <polygon className="scatter-lasso" points={lasso.map((each) => each.join(',')).join(' ')} />}
    </svg>
  );
}

function Ring({ at: [x, y], size }: { at: readonly [number, number]; size: number }): ReactElement {
  return <circle className="scatter-ring" cx={x} cy={y} r={size / 2 + 3} />;
}
