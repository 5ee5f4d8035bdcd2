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

/** More points than these are named here and there, not from the first on: the first rows of a table are all signs. */
const MOST_IN_ORDER = 200;

function* inOrder(named: readonly number[], labels: readonly string[]): Iterable<number> {
  const first = new Set(named);
  for (const point of first) if (labels[point] !== '') yield point;
  const count = labels.length;
  const step = count > MOST_IN_ORDER ? strideOf(count) : 1;
  for (let turn = 0, point = 0; turn < count; turn += 1, point = (point + step) % count) {
    if (labels[point] !== '' && !first.has(point)) yield point;
  }
}

/** About the golden section of a number, and without a divisor in common with it: steps of it come to every place once. */
function strideOf(count: number): number {
  const common = (a: number, b: number): number => (b === 0 ? a : common(b, a % b));
  let stride = Math.floor(count * 0.618);
  while (common(stride, count) > 1) stride += 1;
  return stride;
}
