/** The points of a scatter plot by where they are on screen, so that pointing looks at a few of them only. */
import { placePoints } from './scatter-camera.ts';
import type { Cloud, Placing, Room } from './scatter-camera.ts';
import { pointAt } from './scatter-pick.ts';

/** Side of a cell, in px. */
const CELL = 24;

interface Cells {
  /** [cells + 1]: where the points of a cell begin. */
  readonly starts: Uint32Array;
  /** By cell; points outside the room are left out. */
  readonly points: Uint32Array;
}

/** Made for one place of the camera; it computes nothing before it is asked, so that moving the camera costs nothing. */
export class ScatterGrid {
  readonly #cloud: Cloud;
  readonly #placing: Placing;
  readonly #columns: number;
  readonly #rows: number;
  #places: Float32Array | null = null;
  #cells: Cells | null = null;

  constructor(cloud: Cloud, placing: Placing, room: Room) {
    this.#cloud = cloud;
    this.#placing = placing;
    this.#columns = Math.max(1, Math.ceil(room.width / CELL));
    this.#rows = Math.max(1, Math.ceil(room.height / CELL));
  }

  /** Where every point is: f32 [count, 3]. */
  get places(): Float32Array {
    this.#places ??= placePoints(this.#cloud, this.#placing);
    return this.#places;
  }

  /** The point under the pointer, as `pointAt` finds it. */
  at(x: number, y: number, reach: number): number | null {
    return pointAt(this.places, x, y, reach, this.#around(x, y, reach));
  }

  *#around(x: number, y: number, reach: number): Iterable<number> {
    const { starts, points } = (this.#cells ??= this.#sorted());
    const clamp = (at: number, count: number): number => Math.min(count - 1, Math.max(0, Math.floor(at / CELL)));
    const [left, right] = [clamp(x - reach, this.#columns), clamp(x + reach, this.#columns)];
    const [top, bottom] = [clamp(y - reach, this.#rows), clamp(y + reach, this.#rows)];
    for (let row = top; row <= bottom; row += 1) {
      const first = row * this.#columns;
      for (let at = starts[first + left]!; at < starts[first + right + 1]!; at += 1) yield points[at]!;
    }
  }

  /** A counting sort of the points by their cells. */
  #sorted(): Cells {
    const { places } = this;
    const count = places.length / 3;
    const starts = new Uint32Array(this.#columns * this.#rows + 2);
    const cellOf = (point: number): number => {
      const [column, row] = [Math.floor(places[point * 3]! / CELL), Math.floor(places[point * 3 + 1]! / CELL)];
      const isInside = column >= 0 && column < this.#columns && row >= 0 && row < this.#rows;
      return isInside ? row * this.#columns + column : -1;
    };
    for (let point = 0; point < count; point += 1) {
      const cell = cellOf(point);
      if (cell >= 0) starts[cell + 2]! += 1;
    }
    for (let cell = 2; cell < starts.length; cell += 1) starts[cell]! += starts[cell - 1]!;
    const points = new Uint32Array(starts.at(-1) ?? 0);
    for (let point = 0; point < count; point += 1) {
      const cell = cellOf(point);
      if (cell < 0) continue;
      points[starts[cell + 1]!] = point;
      starts[cell + 1]! += 1;
    }
    return { starts, points };
  }
}
