/** A slice as it is sent. */
import type * as native from '../../native-models/types.ts';
import { encodeHalf } from '../api/half.ts';
import type { NumberFormat, Slice } from '../api/trace.ts';
import { ownBuffer } from './own-buffer.ts';

/** In the format that was asked for, or in float32 where half precision does not reach. */
export function encodedSlice(value: native.Slice, format: NumberFormat): Slice {
  const { name, head, axes, dims, rows, data } = value;
  const halves = format === 'f16' ? encodeHalf(data) : null;
  return {
    name,
    head,
    axes: [...axes],
    dims: [...dims],
    rows,
    format: halves === null ? 'f32' : 'f16',
    data: ownBuffer(halves ?? data),
  };
}
