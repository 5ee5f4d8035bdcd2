/** A quadtree or octree over a layout, for forces of far points by the cell (Barnes and Hut 1986; van der Maaten 2014, section 4.2). */

/** Halvings of the whole square after which points share a cell, the same ones among them. */
const DEEPEST = 40;
const NONE = -1;

export class BarnesHutTree {
  readonly #count: number;
  readonly #components: number;
  readonly #ways: number;
  /** [cells, ways]: the cell of each part, or NONE. */
  #children: Int32Array;
  /** [cells]: how many points are in it. */
  #mass: Float64Array;
  /** [cells, components]: the sum of their places while it is built, then the mean. */
  #centre: Float64Array;
  /** [cells]: its width. */
  #width: Float64Array;
  /** [cells]: its only point, while it has one and no parts. */
  #single: Int32Array;
  #cells = 0;
  #layout: Float64Array = new Float64Array(0);
  /** Cells that wait to be looked at: of each depth, all parts but the one that is looked at. */
  readonly #stack: Int32Array;

  constructor(count: number, components: number) {
    this.#count = count;
    this.#components = components;
    this.#ways = 2 ** components;
    this.#stack = new Int32Array(this.#ways * (DEEPEST + 2));
    const room = 4 * count + 64;
    this.#children = new Int32Array(room * this.#ways);
    this.#mass = new Float64Array(room);
    this.#centre = new Float64Array(room * components);
    this.#width = new Float64Array(room);
    this.#single = new Int32Array(room);
  }

  /** @param layout [count, components] */
  build(layout: Float64Array): void {
    this.#layout = layout;
    this.#cells = 0;
    const { middle, width } = bounds(layout, this.#components);
    this.#addCell(width);
    for (let point = 0; point < this.#count; point += 1) this.#insert(point, middle, width);
    for (let cell = 0; cell < this.#cells; cell += 1) {
      for (let axis = 0; axis < this.#components; axis += 1) {
        this.#centre[cell * this.#components + axis]! /= this.#mass[cell]!;
      }
    }
  }

  /**
   * Adds Σ_j w²·(y_i − y_j) with w = 1 ÷ (1 + ‖y_i − y_j‖²) to row `point` of `force`.
   * @param theta a cell stands for its points where its width is below theta × its distance
   * @returns Σ_j w without the point itself
   */
  repel(point: number, theta: number, force: Float64Array): number {
    const [components, ways] = [this.#components, this.#ways];
    const [centre, width, single, mass] = [this.#centre, this.#width, this.#single, this.#mass];
    const [layout, children, stack] = [this.#layout, this.#children, this.#stack];
    const at = point * components;
    let sum = 0;
    let waiting = 1;
    stack[0] = 0;
    while (waiting > 0) {
      waiting -= 1;
      const cell = stack[waiting]!;
      let squared = 0;
      for (let axis = 0; axis < components; axis += 1) {
        const difference = layout[at + axis]! - centre[cell * components + axis]!;
        squared += difference * difference;
      }
      if (single[cell] === NONE && width[cell]! * width[cell]! >= theta * theta * squared) {
        for (let slot = cell * ways; slot < (cell + 1) * ways; slot += 1) {
          if (children[slot] === NONE) continue;
          stack[waiting] = children[slot]!;
          waiting += 1;
        }
        continue;
      }
      const weight = 1 / (1 + squared);
      const all = mass[cell]! * weight;
      sum += all;
      for (let axis = 0; axis < components; axis += 1) {
        force[at + axis]! += all * weight * (layout[at + axis]! - centre[cell * components + axis]!);
      }
    }
    return sum - 1;
  }

  #insert(point: number, middle: readonly number[], width: number): void {
    const place = [...middle];
    let [cell, size] = [0, width];
    for (let depth = 0; ; depth += 1) {
      const resident = this.#single[cell]!;
      const isNew = this.#mass[cell] === 0;
      this.#addPoint(cell, point);
      if (isNew) {
        this.#single[cell] = point;
        return;
      }
      if (resident !== NONE && (depth >= DEEPEST || this.#isSame(resident, point))) return;
      size /= 2;
      if (resident !== NONE) this.#split(cell, resident, place, size);
      cell = this.#partFor(cell, point, place, size);
    }
  }

  /** Puts all that a leaf has, points at one place, into one of its parts. */
  #split(cell: number, resident: number, place: readonly number[], size: number): void {
    this.#single[cell] = NONE;
    const part = this.#partFor(cell, resident, [...place], size);
    // The point that comes is already counted in the cell.
    const residents = this.#mass[cell]! - 1;
    this.#mass[part] = residents;
    this.#single[part] = resident;
    for (let axis = 0; axis < this.#components; axis += 1) {
      this.#centre[part * this.#components + axis] = residents * this.#layout[resident * this.#components + axis]!;
    }
  }

  /** The part of a cell that a point falls into, made where it is not there; `place` moves to the middle of the part. */
  #partFor(cell: number, point: number, place: number[], size: number): number {
    let way = 0;
    for (let axis = 0; axis < this.#components; axis += 1) {
      const isUpper = this.#layout[point * this.#components + axis]! >= place[axis]!;
      if (isUpper) way += 2 ** axis;
      place[axis]! += isUpper ? size / 2 : -size / 2;
    }
    const slot = cell * this.#ways + way;
    const found = this.#children[slot]!;
    if (found !== NONE) return found;
    const made = this.#addCell(size);
    // Adding a cell may have moved the arrays to a larger room.
    this.#children[slot] = made;
    return made;
  }

  #addPoint(cell: number, point: number): void {
    this.#mass[cell]! += 1;
    for (let axis = 0; axis < this.#components; axis += 1) {
      this.#centre[cell * this.#components + axis]! += this.#layout[point * this.#components + axis]!;
    }
  }

  #isSame(a: number, b: number): boolean {
    for (let axis = 0; axis < this.#components; axis += 1) {
      if (this.#layout[a * this.#components + axis] !== this.#layout[b * this.#components + axis]) return false;
    }
    return true;
  }

  #addCell(width: number): number {
    const cell = this.#cells;
    if (cell === this.#mass.length) this.#grow();
    this.#cells += 1;
    this.#children.fill(NONE, cell * this.#ways, (cell + 1) * this.#ways);
    this.#centre.fill(0, cell * this.#components, (cell + 1) * this.#components);
    this.#mass[cell] = 0;
    this.#width[cell] = width;
    this.#single[cell] = NONE;
    return cell;
  }

  #grow(): void {
    this.#children = twice(this.#children, new Int32Array(2 * this.#children.length));
    this.#mass = twice(this.#mass, new Float64Array(2 * this.#mass.length));
    this.#centre = twice(this.#centre, new Float64Array(2 * this.#centre.length));
    this.#width = twice(this.#width, new Float64Array(2 * this.#width.length));
    this.#single = twice(this.#single, new Int32Array(2 * this.#single.length));
  }
}

function twice<Numbers extends Int32Array | Float64Array>(old: Numbers, larger: Numbers): Numbers {
  larger.set(old);
  return larger;
}

/** The square or cube that holds all points. */
function bounds(layout: Float64Array, components: number): { middle: number[]; width: number } {
  const low = new Array<number>(components).fill(Infinity);
  const high = new Array<number>(components).fill(-Infinity);
  for (let at = 0; at < layout.length; at += 1) {
    const axis = at % components;
    low[axis] = Math.min(low[axis]!, layout[at]!);
    high[axis] = Math.max(high[axis]!, layout[at]!);
  }
  const middle = low.map((least, axis) => (least + high[axis]!) / 2);
  const width = low.reduce((most, least, axis) => Math.max(most, high[axis]! - least), 0);
  return { middle, width: width * (1 + 1e-9) || 1 };
}
