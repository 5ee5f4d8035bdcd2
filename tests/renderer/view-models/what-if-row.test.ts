import { describe, expect, it } from 'vitest';
import { startingRow, steppedWeight, withWeight } from '../../../renderer/view-models/what-if-row.ts';

const ALL = [true, true, true, true];
const sum = (row: readonly number[]): number => row.reduce((total, weight) => total + weight, 0);
const close = (row: readonly number[], expected: readonly number[]): void => {
  expect(row).toHaveLength(expected.length);
  row.forEach((weight, key) => expect(weight).toBeCloseTo(expected[key]!, 12));
};

describe('withWeight', () => {
  it('gives one key its weight, and the others what is left in their proportions', () => {
    close(withWeight([0.1, 0.2, 0.3, 0.4], 3, 0.7, ALL), [0.05, 0.1, 0.15, 0.7]);
    close(withWeight([0.1, 0.2, 0.3, 0.4], 0, 0, ALL), [0, 2 / 9, 3 / 9, 4 / 9]);
  });

  it('can give everything to one key', () => {
    close(withWeight([0.1, 0.2, 0.3, 0.4], 1, 1, ALL), [0, 1, 0, 0]);
  });

  it('shares evenly among the keys that are seen where the others had nothing', () => {
    close(withWeight([0, 1, 0, 0], 1, 0.4, [true, true, true, false]), [0.3, 0.4, 0.3, 0]);
  });

  it('leaves hidden keys at 0, and cannot draw them', () => {
    const visible = [true, true, true, false];
    const row = [0.2, 0.3, 0.5, 0];
    expect(withWeight(row, 3, 0.5, visible)).toBe(row);
    close(withWeight(row, 2, 0.75, visible), [0.1, 0.15, 0.75, 0]);
  });

  it('leaves the only key that is seen its whole weight', () => {
    const row = [1, 0];
    expect(withWeight(row, 0, 0.3, [true, false])).toBe(row);
  });

  it('keeps within 0…1 whatever is asked, and ignores what is no number', () => {
    close(withWeight([0.5, 0.5, 0, 0], 0, 7, ALL), [1, 0, 0, 0]);
    close(withWeight([0.5, 0.5, 0, 0], 0, -7, ALL), [0, 1, 0, 0]);
    const row = [0.5, 0.5, 0, 0];
    expect(withWeight(row, 0, NaN, ALL)).toBe(row);
  });

  it('sums to 1 after any number of moves, for weights as small as float32 has them', () => {
    let row = startingRow(Float32Array.of(1, 1e-38, 3e-20, 1e-45), ALL)!;
    for (let move = 0; move < 200; move += 1) row = withWeight(row, move % 4, ((move * 7) % 11) / 10, ALL);
    expect(sum(row)).toBeCloseTo(1, 9);
    for (const weight of row) expect(weight >= 0 && weight <= 1).toBe(true);
  });
});

describe('startingRow', () => {
  it('takes the weight of hidden keys away, and makes the sum exactly 1', () => {
    close(startingRow([0.25, 0.25, 0.5], [true, true, false])!, [0.5, 0.5, 0]);
    expect(sum(startingRow(Float32Array.of(0.1, 0.2, 0.7), [true, true, true])!)).toBeCloseTo(1, 15);
  });

  it('spreads over the visible keys where none of them has weight; null where none is visible', () => {
    close(startingRow([0, 0, 1], [true, true, false])!, [0.5, 0.5, 0]);
    close(startingRow([], [true, true])!, [0.5, 0.5]);
    expect(startingRow([1], [false])).toBeNull();
  });
});

describe('steppedWeight', () => {
  it.each([
    ['ArrowUp', 0.1, 0.11],
    ['ArrowDown', 0.005, 0],
    ['PageUp', 0.95, 1],
    ['PageDown', 0.5, 0.4],
    ['Home', 0.5, 0],
    ['End', 0.5, 1],
  ])('%s at %d asks for %d', (press, weight, expected) => {
    expect(steppedWeight(press, weight)).toBeCloseTo(expected, 12);
  });

  it('leaves other keys alone', () => {
    expect(steppedWeight('ArrowLeft', 0.5)).toBeNull();
  });

  it('ten small steps are a large one', () => {
    let weight = 0;
    for (let step = 0; step < 10; step += 1) weight = steppedWeight('ArrowUp', weight)!;
    expect(weight).toBe(0.1);
  });
});
