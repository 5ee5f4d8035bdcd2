/** Which points of a scatter plot are meant: under the pointer, within a lasso; and which of them have room for their names. */
import { polygonContains } from 'd3';

/** Places as `placePoints` gives them: [count, 3] with x, y in px and depth. */
export type Places = Float32Array;

/**
 * The point under the pointer: the nearest one within `reach` px; of points as near as 1 px to each other the one in front.
 * @param among where to look; by default at all points
 * @returns its index; null where there is none
 */
export function pointAt(
  places: Places,
  x: number,
  y: number,
  reach: number,
  among: Iterable<number> = upTo(places.length / 3),
): number | null {
  const within: { point: number; distance: number; depth: number }[] = [];
  let nearest = Infinity;
  for (const point of among) {
    const dx = places[point * 3]! - x;
    const dy = places[point * 3 + 1]! - y;
    if (Math.abs(dx) > reach || Math.abs(dy) > reach) continue;
    const distance = Math.hypot(dx, dy);
    if (distance > reach) continue;
    nearest = Math.min(nearest, distance);
    within.push({ point, distance, depth: places[point * 3 + 2]! });
  }
  const together = within.filter(({ distance }) => distance <= nearest + 1);
  together.sort((a, b) => b.depth - a.depth || a.distance - b.distance || a.point - b.point);
  return together[0]?.point ?? null;
}

function* upTo(count: number): Iterable<number> {
  for (let point = 0; point < count; point += 1) yield point;
}

/**
 * The next point in a direction: near, and not far to the side of it.
 * @param direction right and down, of length 1
 * @returns null where there is none
 */
export function pointTowards(places: Places, from: number, direction: readonly [number, number]): number | null {
  const [x, y] = [places[from * 3]!, places[from * 3 + 1]!];
  let found: number | null = null;
  let least = Infinity;
  for (let point = 0; point * 3 < places.length; point += 1) {
    const [dx, dy] = [places[point * 3]! - x, places[point * 3 + 1]! - y];
    const along = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1] - dy * direction[0]);
    const far = along + 2 * aside;
    if (along <= 0.5 || aside > 2 * along || far >= least) continue;
    found = point;
    least = far;
  }
  return found;
}

/** The points within a closed line; none for fewer than three corners. */
export function pointsWithin(places: Places, corners: readonly (readonly [number, number])[]): readonly number[] {
  if (corners.length < 3) return [];
  const line = corners.map(([x, y]): [number, number] => [x, y]);
  const [left, right] = [Math.min(...line.map(([x]) => x)), Math.max(...line.map(([x]) => x))];
  const [top, bottom] = [Math.min(...line.map(([, y]) => y)), Math.max(...line.map(([, y]) => y))];
  const within: number[] = [];
  for (let point = 0; point * 3 < places.length; point += 1) {
    const [x, y] = [places[point * 3]!, places[point * 3 + 1]!];
    if (x >= left && x <= right && y >= top && y <= bottom && polygonContains(line, [x, y])) within.push(point);
  }
  return within;
}

export interface LabelBox {
  readonly point: number;
  /** Left edge and baseline, in px. */
  readonly x: number;
  readonly y: number;
}

export interface LabelRoom {
  readonly width: number;
  readonly height: number;
  readonly textSize: number;
  /** Of a label, in px. */
  readonly widthOf: (point: number) => number;
  /** As many are looked for at most. */
  readonly most: number;
}

/** So many points in the room are tried for each label that is looked for, so that a full picture costs no more than that. */
const TRIED = 25;

/** Between a point and its name. */
const GAP = 10;

/**
 * Names that have room, so that none lies on another.
 * @param order the points, the most wanted first
 */
export function thinnedLabels(places: Places, order: Iterable<number>, room: LabelRoom): readonly LabelBox[] {
  const taken = new Taken();
  const labels: LabelBox[] = [];
  let tried = 0;
  for (const point of order) {
    if (labels.length >= room.most || tried >= room.most * TRIED) break;
    const px = places[point * 3] ?? NaN;
    const py = places[point * 3 + 1] ?? NaN;
    if (!(px >= 0 && px <= room.width && py >= 0 && py <= room.height)) continue;
    tried += 1;
    const width = room.widthOf(point);
    const isLeft = px + GAP + width > room.width;
    const x = isLeft ? px - GAP - width : px + GAP;
    const y = py + room.textSize * 0.35;
    const box = { left: x, right: x + width, top: y - room.textSize, bottom: y + room.textSize * 0.3 };
    if (box.left < 0 || box.top < 0 || box.right > room.width || box.bottom > room.height) continue;
    if (taken.add(box)) labels.push({ point, x, y });
  }
  return labels;
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Side of a bin, in px. */
const BIN = 48;

/** Boxes that do not overlap, found by bins. */
class Taken {
  readonly #bins = new Map<string, Box[]>();

  /** Takes the box's place, unless another has a part of it. */
  add(box: Box): boolean {
    const keys = keysOf(box);
    const overlaps = (other: Box): boolean =>
      box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
    if (keys.some((key) => this.#bins.get(key)?.some(overlaps) === true)) return false;
    for (const key of keys) {
      const bin = this.#bins.get(key);
      if (bin === undefined) this.#bins.set(key, [box]);
      else bin.push(box);
    }
    return true;
  }
}

function keysOf({ left, right, top, bottom }: Box): readonly string[] {
  const keys: string[] = [];
  for (let x = Math.floor(left / BIN); x <= Math.floor(right / BIN); x += 1) {
    for (let y = Math.floor(top / BIN); y <= Math.floor(bottom / BIN); y += 1) keys.push(`${x} ${y}`);
  }
  return keys;
}
