/** Element types and dimensions of graph values. Dimensions are numbers, or names for sizes known only when the graph runs. */

export type ElementType = 'float32' | 'float16' | 'bfloat16' | 'int64' | 'bool';
export type Dim = number | string;

/** A named value in a graph under construction: an input, an initializer or a node's output. */
export interface Value {
  readonly name: string;
}

/** A weight that stays where it is: a byte range of a file in the model's folder (ONNX external data). */
export interface ExternalTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** File name inside the folder that the session is given. */
  readonly file: string;
  readonly offset: number;
  readonly length: number;
}

export type InlineData =
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'int64'; readonly data: BigInt64Array }
  | { readonly type: 'bool'; readonly data: Uint8Array };

const EXTERNAL_TYPES: Readonly<Record<string, ElementType>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
};

/**
 * The graph's element type for a safetensors dtype.
 * @throws Error for dtypes that cannot be weights here (anything but F32, F16, BF16)
 */
export function elementTypeOf(dtype: string): ElementType {
  const type = EXTERNAL_TYPES[dtype];
  if (type === undefined) throw new Error(`invalid weight dtype: ${dtype} (expected F32, F16 or BF16)`);
  return type;
}
