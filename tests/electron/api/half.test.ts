import { describe, expect, it } from 'vitest';
import { decodeHalf, encodeHalf } from '../../../electron/api/half.ts';

const encode = (...numbers: number[]): number[] | null => {
  const halves = encodeHalf(Float32Array.from(numbers));
  return halves === null ? null : Array.from(halves);
};

describe('encodeHalf', () => {
  it.each([
    ['zeros and their signs', [0, -0], [0x0000, 0x8000]],
    ['one, two, minus two', [1, 2, -2], [0x3c00, 0x4000, 0xc000]],
    ['the largest', [65504, -65504], [0x7bff, 0xfbff]],
    ['infinities', [Infinity, -Infinity], [0x7c00, 0xfc00]],
    ['the smallest normal, and the largest below it', [2 ** -14, 1023 * 2 ** -24], [0x0400, 0x03ff]],
    ['the smallest, and half of it, which goes to even', [2 ** -24, 2 ** -25], [0x0001, 0x0000]],
    ['what is more than half of the smallest', [1.5 * 2 ** -25], [0x0001]],
    ['ties to even', [1 + 2 ** -11, 1 + 3 * 2 ** -11], [0x3c00, 0x3c02]],
    ['ties to even below the normals', [2.5 * 2 ** -24, 3.5 * 2 ** -24], [0x0002, 0x0004]],
    ['a carry into the exponent', [2047.9], [0x6800]],
    ['what rounds down to the largest', [65519], [0x7bff]],
  ])('%s', (_, numbers, halves) => {
    expect(encode(...numbers)).toEqual(halves);
  });

  it('keeps NaN', () => {
    expect(decodeHalf(encodeHalf(Float32Array.of(NaN))!)).toEqual(Float32Array.of(NaN));
  });

  it('is null where a finite number is beyond its range', () => {
    for (const number of [65520, -65536, 1e9, 3.4e38]) expect(encode(1, number)).toBeNull();
  });

  it('reads an array that is a part of another', () => {
    expect(Array.from(encodeHalf(Float32Array.of(5, 1, 2).subarray(1))!)).toEqual([0x3c00, 0x4000]);
  });
});

describe('decodeHalf', () => {
  it('gives each of the 65,536 halves back, and half the way to the next one goes to the even of the two', () => {
    for (let bits = 0; bits < 0x7c00; bits += 1) {
      const [low, high] = decodeHalf(Uint16Array.of(bits, bits + 1));
      for (const sign of [0, 0x8000]) {
        const [value] = decodeHalf(Uint16Array.of(bits | sign));
        if (encode(value!)?.[0] !== (bits | sign)) throw new Error(`half ${bits | sign} came back as another`);
      }
      if (high === Infinity) continue;
      const middle = encode((low! + high!) / 2)?.[0];
      if (middle !== (bits % 2 === 0 ? bits : bits + 1)) throw new Error(`above half ${bits}: ${middle}`);
    }
  });

  it('is off by half a unit of the last place at most', () => {
    for (let exponent = -30; exponent < 16; exponent += 1) {
      for (const factor of [1, 1.1, 1.37, 1.99]) {
        const number = Math.fround(factor * 2 ** exponent);
        if (number > 65504) continue;
        const [back] = decodeHalf(encodeHalf(Float32Array.of(number))!);
        expect(Math.abs(back! - number)).toBeLessThanOrEqual(Math.max(number * 2 ** -11, 2 ** -25));
      }
    }
  });
});
