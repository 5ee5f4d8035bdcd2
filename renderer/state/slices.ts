/** Slices of the shown traces, fetched once each: hover and re-selection read memory, never the engine. */
import type { ApiError, NumberFormat, RowRange, Slice } from '../../electron/api/index.ts';
import { decodeHalf } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import { Listeners } from '../client/transport.ts';

/** One traced value, decoded: row-major with `dims`. */
export interface Matrix {
  readonly name: string;
  readonly head: number | null;
  readonly axes: readonly string[];
  readonly dims: readonly number[];
  /** The tokens or queries that `dims` and `data` are of; null: all of them. */
  readonly rows: RowRange | null;
  /** False where the numbers came in half precision: good for a picture, not to be read. */
  readonly exact: boolean;
  readonly data: Float32Array;
}

export interface SliceRequest {
  readonly name: string;
  /** Left out: the value has no head axis, or all heads are wanted. */
  readonly head?: number | undefined;
  /** `f16` for what is only looked at; the engine may answer in f32. Default `f32`. */
  readonly format?: NumberFormat | undefined;
  /** Some tokens or queries, of one head where the value has heads; left out: all. */
  readonly rows?: RowRange | undefined;
  /** True: the panel does without it where the model or the engine does not have it. */
  readonly optional?: boolean;
}

export type SliceState =
  | { readonly status: 'pending' }
  | { readonly status: 'ready'; readonly matrix: Matrix }
  | { readonly status: 'failed'; readonly error: ApiError };

export type FetchSlice = (traceId: string, request: SliceRequest) => Promise<Slice>;

const PENDING: SliceState = { status: 'pending' };
/** Beyond this many numbers (64 MiB of f32) the least recently used slices are dropped. */
const CAPACITY = 16 * 1024 * 1024;

export function decodeSlice(slice: Slice): Matrix {
  const { name, head, axes, dims, rows, format } = slice;
  const data = format === 'f16' ? decodeHalf(new Uint16Array(slice.data)) : new Float32Array(slice.data);
  const expected = dims.reduce((product, size) => product * size, 1);
  if (data.length !== expected)
    throw new Error(`invalid slice ${name}: ${data.length} numbers for [${dims.join(', ')}]`);
  return { name, head, axes, dims, rows, exact: format === 'f32', data };
}

export class SliceCache {
  readonly #fetch: FetchSlice;
  readonly #entries = new Map<string, SliceState>();
  readonly #changed = new Listeners<[]>();
  readonly #onLost: (traceId: string) => void;
  readonly #open = new Set<string>();
  #version = 0;

  /**
   * @param fetch asks the engine
   * @param onLost called when the engine no longer knows the trace (it restarted)
   */
  constructor(fetch: FetchSlice, onLost: (traceId: string) => void = () => undefined) {
    this.#fetch = fetch;
    this.#onLost = onLost;
  }

  /** Counts up at every change, for subscribers that compare snapshots. */
  get version(): number {
    return this.#version;
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);

  /** Makes a trace one of those whose slices are kept. */
  open(traceId: string): void {
    this.#open.add(traceId);
  }

  /** Forgets the slices of a trace, and drops those still on the way. */
  close(traceId: string): void {
    if (!this.#open.delete(traceId)) return;
    const of = `${traceId}/`;
    for (const key of [...this.#entries.keys()]) if (key.startsWith(of)) this.#entries.delete(key);
    this.#bump();
  }

  /** What is known of a slice of an open trace; null when it was never asked for. */
  peek(traceId: string, request: SliceRequest): SliceState | null {
    return this.#entries.get(this.#keyOf(traceId, request)) ?? null;
  }

  /** Asks for a slice unless it is here or under way. */
  want(traceId: string, request: SliceRequest): void {
    if (!this.#open.has(traceId)) return;
    const key = this.#keyOf(traceId, request);
    const known = this.#entries.get(key) ?? this.#partOfWhole(traceId, request);
    if (known !== null) {
      const isNew = !this.#entries.delete(key);
      this.#entries.set(key, known);
      if (isNew) this.#bump();
      return;
    }
    this.#entries.set(key, PENDING);
    this.#fetch(traceId, request).then(
      (slice) => {
        this.#settle(traceId, key, () => ({ status: 'ready', matrix: decodeSlice(slice) }));
      },
      (error: unknown) => {
        this.#settle(traceId, key, () => ({ status: 'failed', error: asApiError(error) }));
      },
    );
  }

  /** Where the answer to a request is kept: that of a picture with the exact numbers, once they are here. */
  #keyOf(traceId: string, request: SliceRequest): string {
    if (request.format !== 'f16') return keyOf(traceId, request);
    const exact = keyOf(traceId, { ...request, format: 'f32' });
    return this.#entries.get(exact)?.status === 'ready' ? exact : keyOf(traceId, request);
  }

  /** Exact rows of a value that is here as a whole. */
  #partOfWhole(traceId: string, { name, head, format, rows }: SliceRequest): SliceState | null {
    const whole = rows === undefined || format === 'f16' ? null : this.#entries.get(keyOf(traceId, { name, head }));
    if (rows === undefined || whole?.status !== 'ready') return null;
    const { matrix } = whole;
    const columns = matrix.dims.at(-1) ?? 0;
    const data = matrix.data.slice(rows.first * columns, (rows.first + rows.count) * columns);
    return { status: 'ready', matrix: { ...matrix, dims: [rows.count, columns], rows, data } };
  }

  #settle(traceId: string, key: string, make: () => SliceState): void {
    if (!this.#open.has(traceId)) return;
    let state: SliceState;
    try {
      state = make();
    } catch (error) {
      state = { status: 'failed', error: asApiError(error) };
    }
    this.#entries.set(key, state);
    this.#trim();
    this.#bump();
    if (state.status === 'failed' && isLost(state.error)) this.#onLost(traceId);
  }

  #trim(): void {
    const size = (state: SliceState): number => (state.status === 'ready' ? state.matrix.data.length : 0);
    let total = [...this.#entries.values()].reduce((sum, state) => sum + size(state), 0);
    for (const [key, state] of this.#entries) {
      if (total <= CAPACITY || this.#entries.size === 1) return;
      if (state.status !== 'ready') continue;
      this.#entries.delete(key);
      total -= size(state);
    }
  }

  #bump(): void {
    this.#version += 1;
    this.#changed.emit();
  }
}

function keyOf(traceId: string, { name, head, format = 'f32', rows }: SliceRequest): string {
  const part = rows === undefined ? '' : `${rows.first}+${rows.count}`;
  return `${traceId}/${name}#${head ?? ''}@${part}:${format}`;
}

const isLost = (error: ApiError): boolean => ['not-found', 'engine-lost', 'cancelled'].includes(error.failure.code);
