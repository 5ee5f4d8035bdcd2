/** The names that a scatter plot has room for. */
import { placePoint, placePoints } from './scatter-camera.ts';
import type { Cloud, Placing, Room } from './scatter-camera.ts';
import { thinnedLabels } from './scatter-pick.ts';
import { textWidth } from './text.ts';

export const LABEL_SIZE = 11;
const MOST_LABELS = 60;

/** A name beside its point. */
export interface PointLabel {
  readonly point: number;
  /** From the point to the left edge of the name and its baseline, in px. */
  readonly dx: number;
  readonly dy: number;
}

export interface Labelled {
  readonly cloud: Cloud;
  readonly placing: Placing;
  readonly room: Room;
  readonly labels: readonly string[];
  /** Points that come first. */
  readonly named: readonly number[];
}

export function labelsOf({ cloud, placing, room, labels, named }: Labelled): readonly PointLabel[] {
  const widthOf = (point: number): number => textWidth(labels[point] ?? '', LABEL_SIZE, 'word');
  const places = placePoints(cloud, placing);
  const options = { ...room, textSize: LABEL_SIZE, widthOf, most: MOST_LABELS };
  return thinnedLabels(places, inOrder(named, labels), options).map(({ point, x, y }) => {
    const [px, py] = placePoint(cloud, placing, point);
    return { point, dx: x - px, dy: y - py };
  });
}

function* inOrder(named: readonly number[], labels: readonly string[]): Iterable<number> {
  const first = new Set(named);
  for (const point of first) if (labels[point] !== '') yield point;
  for (let point = 0; point < labels.length; point += 1) if (labels[point] !== '' && !first.has(point)) yield point;
}
