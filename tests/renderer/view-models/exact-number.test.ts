import { describe, expect, it } from 'vitest';
import { readNumber, readText } from '../../../renderer/view-models/exact-number.ts';
import { matrix } from '../support.ts';

const exact = matrix('p', 2, 2, [1, 0, 0.123456, 0.876544]);
const picture = { ...matrix('p', 2, 2, [1, -Infinity, 0.12347412109375, 0.87646484375]), exact: false };
const second = { ...matrix('p', 1, 2, [0.123456, 0.876544]), rows: { first: 1, count: 1 } };

describe('readNumber', () => {
  it('reads exact numbers where they are, from the matrix or from the row behind the picture', () => {
    expect(readNumber(exact, null, 1, 0)).toEqual({ value: Math.fround(0.123456), exact: true });
    expect(readNumber(picture, second, 1, 1)).toEqual({ value: Math.fround(0.876544), exact: true });
  });

  it('says that a number is rounded while its row is not here', () => {
    expect(readNumber(picture, null, 1, 0)).toEqual({ value: 0.12347412109375, exact: false });
    expect(readNumber(picture, second, 0, 0)).toEqual({ value: 1, exact: false });
    expect(readNumber(picture, null, 0, 1)).toEqual({ value: -Infinity, exact: true });
  });
});

it('readText marks a rounded number, and gives no more digits than it has', () => {
  expect(readText({ value: 0.123456, exact: true })).toBe('0.1235');
  expect(readText({ value: 0.12347412109375, exact: false })).toBe('≈ 0.123');
  expect(readText({ value: -Infinity, exact: true })).toBe('−∞');
});
