import { describe, expect, it } from 'vitest';
import { cellSpan, halved, levelFor, weightLevels } from '../../../renderer/view-models/atlas-levels.ts';
import { sequence } from '../figures/support.ts';

function randomMatrix(tokens: number, seed: number): Float32Array {
  const next = sequence(seed);
  return Float32Array.from({ length: tokens * tokens }, () => next());
}

/** The largest weight of a block, taken literally. */
function largest(matrix: Float32Array, tokens: number, row: number, column: number, block: number): number {
  let most = 0;
  for (let y = row * block; y < Math.min(tokens, (row + 1) * block); y += 1) {
    for (let x = column * block; x < Math.min(tokens, (column + 1) * block); x += 1) {
      most = Math.max(most, matrix[y * tokens + x]!);
    }
  }
  return most;
}

describe('weightLevels', () => {
  it.each([7, 64, 65, 100, 131])('each cell is the largest weight of its block, at every size: %i tokens', (tokens) => {
    const matrix = randomMatrix(tokens, tokens);
    const levels = weightLevels(matrix, tokens, 8);
    expect(levels[0]).toMatchObject({ cells: tokens, block: 1 });
    expect(levels.every(({ cells }, at) => at === 0 || cells > 8)).toBe(true);
    for (const { cells, block, values } of levels) {
      expect(cells).toBe(Math.ceil(tokens / block));
      for (let row = 0; row < cells; row += 1) {
        for (let column = 0; column < cells; column += 1) {
          expect(values[row * cells + column]).toBe(largest(matrix, tokens, row, column, block));
        }
      }
    }
  });

  it('says what does not fit', () => {
    expect(() => weightLevels(new Float32Array(6), 3, 2)).toThrow('invalid matrix: 6 weights for 3 × 3 tokens');
  });
});

it('halved keeps the last row and column of an odd picture', () => {
  const { side, values } = halved(Uint8Array.of(1, 2, 3, 4, 9, 6, 7, 8, 5), 3, Uint8Array);
  expect([side, [...values]]).toEqual([2, [9, 6, 8, 5]]);
});

it('levelFor takes the finest level of which a cell is a pixel or more, else the coarsest', () => {
  const levels = [{ cells: 64 }, { cells: 32 }, { cells: 16 }];
  expect([200, 64, 63, 32, 20, 5].map((pixels) => levelFor(levels, pixels).cells)).toEqual([64, 64, 32, 32, 16, 16]);
});

it('cellSpan is the tokens of a cell; the last cell may have fewer', () => {
  expect(cellSpan(0, 4, 10)).toEqual({ first: 0, last: 3 });
  expect(cellSpan(2, 4, 10)).toEqual({ first: 8, last: 9 });
});
