/** Half precision (IEEE 754 binary16) for what is only looked at: half the bytes, eleven significant bits. */

/** Float32 bits of 2¹⁶, of the smallest normal half (2⁻¹⁴), of infinity. */
const TOO_LARGE = 0x47800000;
const SMALLEST_NORMAL = 0x38800000;
const INFINITE = 0x7f800000;
/** Half bits of infinity and of a quiet NaN. */
const HALF_INFINITE = 0x7c00;
const HALF_NAN = 0x7e00;

/**
 * Numbers as halves, each rounded to the nearest, ties to even; ±∞ and NaN stay what they are.
 * @returns the bits; null where a finite number is beyond the largest half, 65504
 */
export function encodeHalf(numbers: Float32Array): Uint16Array<ArrayBuffer> | null {
  const bits = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.length);
  const halves = new Uint16Array(bits.length);
  for (let at = 0; at < bits.length; at += 1) {
    const value = bits[at] ?? 0;
    const half = halfOf(value);
    if ((half & 0x7fff) === HALF_INFINITE && (value & 0x7fffffff) !== INFINITE) return null;
    halves[at] = half;
  }
  return halves;
}

/** The bits of the half nearest to a float32 given by its bits. */
function halfOf(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = bits & 0x7fffffff;
  if (magnitude >= TOO_LARGE) return sign | (magnitude > INFINITE ? HALF_NAN : HALF_INFINITE);
  // A carry out of the mantissa goes into the exponent, as it should; 0xc8000000 moves the exponent from float32's bias to half's.
  if (magnitude >= SMALLEST_NORMAL) return sign | ((magnitude + 0xc8000fff + ((magnitude >>> 13) & 1)) >>> 13);
  return sign | subnormal(magnitude);
}

/** A number below 2⁻¹⁴ in units of 2⁻²⁴. */
function subnormal(magnitude: number): number {
  const shift = 126 - (magnitude >>> 23);
  // Below 2⁻²⁵, half a unit.
  if (shift > 24) return 0;
  const mantissa = (magnitude & 0x7fffff) | 0x800000;
  const units = mantissa >>> shift;
  const rest = mantissa & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return rest > half || (rest === half && (units & 1) === 1) ? units + 1 : units;
}

let table: Float32Array | null = null;

/** The numbers that halves stand for, exactly. */
export function decodeHalf(halves: Uint16Array): Float32Array<ArrayBuffer> {
  const known = (table ??= halfTable());
  const numbers = new Float32Array(halves.length);
  for (let at = 0; at < halves.length; at += 1) numbers[at] = known[halves[at] ?? 0] ?? NaN;
  return numbers;
}

/** Every half there is, by its bits. */
function halfTable(): Float32Array {
  return Float32Array.from({ length: 0x10000 }, (_, bits) => {
    const sign = bits >= 0x8000 ? -1 : 1;
    const exponent = (bits >>> 10) & 0x1f;
    const mantissa = bits & 0x3ff;
    if (exponent === 0x1f) return mantissa === 0 ? sign * Infinity : NaN;
    return sign * (exponent === 0 ? mantissa * 2 ** -24 : (1024 + mantissa) * 2 ** (exponent - 25));
  });
}
