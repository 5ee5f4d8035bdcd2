/** A head's weights as pictures of fewer and fewer cells: each cell is the largest weight of what it stands for, at every size. */

/** A square picture of weights. */
export interface WeightLevel {
  /** Cells a side. */
  readonly cells: number;
  /** Tokens a side of a cell; the last row and column may stand for fewer. */
  readonly block: number;
  /** [query, key], row by row. */
  readonly values: Float32Array;
}

/**
 * The matrix itself, then pictures of half the cells a side, as long as they have more than `least`.
 * @param matrix [tokens, tokens]
 * @throws RangeError when the matrix is not square with this side
 */
export function weightLevels(matrix: Float32Array, tokens: number, least: number): readonly WeightLevel[] {
  if (matrix.length !== tokens * tokens) {
    throw new RangeError(`invalid matrix: ${matrix.length} weights for ${tokens} × ${tokens} tokens`);
  }
  const levels: WeightLevel[] = [{ cells: tokens, block: 1, values: matrix }];
  for (let last = levels[0]!; Math.ceil(last.cells / 2) > least; last = levels.at(-1)!) {
    const { side, values } = halved(last.values, last.cells, Float32Array);
    levels.push({ cells: side, block: last.block * 2, values });
  }
  return levels;
}

/** Of every two by two cells the largest; an odd last row or column stays as it is. */
export function halved<T extends Float32Array | Uint8Array>(
  values: T,
  cells: number,
  make: new (length: number) => T,
): { readonly side: number; readonly values: T } {
  const side = Math.ceil(cells / 2);
  const half = new make(side * side);
  for (let y = 0; y < cells; y += 1) {
    const row = (y >> 1) * side;
    for (let x = 0; x < cells; x += 1) {
      const value = values[y * cells + x]!;
      if (value > half[row + (x >> 1)]!) half[row + (x >> 1)] = value;
    }
  }
  return { side, values: half };
}

/** The finest level of which a cell is at least a pixel; else the coarsest. @param levels finest first */
export function levelFor<T extends { readonly cells: number }>(levels: readonly T[], pixels: number): T {
  const found = levels.find(({ cells }) => cells <= pixels) ?? levels.at(-1);
  if (found === undefined) throw new RangeError('invalid levels: none');
  return found;
}

/** Tokens `first`…`last` that a cell of a level stands for. */
export function cellSpan(
  cell: number,
  block: number,
  tokens: number,
): { readonly first: number; readonly last: number } {
  return { first: cell * block, last: Math.min(tokens, (cell + 1) * block) - 1 };
}
