/** Slices of the shown traces, fetched once each: hover and re-selection read memory, never the engine. */
import type { ApiError, Slice } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import { Listeners } from '../client/transport.ts';

/** One traced value, decoded: row-major f32 with `dims`. */
export interface Matrix {
  readonly name: string;
  readonly head: number | null;
  readonly axes: readonly string[];
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

export interface SliceRequest {
  readonly name: string;
  /** Left out: the value has no head axis, or all heads are wanted. */
  readonly head?: number | undefined;
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
  const data = new Float32Array(slice.data);
  const expected = slice.dims.reduce((product, size) => product * size, 1);
  if (data.length !== expected)
    throw new Error(`invalid slice ${slice.name}: ${data.length} numbers for [${slice.dims.join(', ')}]`);
  return { name: slice.name, head: slice.head, axes: slice.axes, dims: slice.dims, data };
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

  subscribe(listener: () => void): () => void {
    return this.#changed.add(listener);
  }

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
    return this.#entries.get(keyOf(traceId, request)) ?? null;
  }

  /** Asks for a slice unless it is here or under way. */
  want(traceId: string, request: SliceRequest): void {
    if (!this.#open.has(traceId)) return;
    const key = keyOf(traceId, request);
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
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

const keyOf = (traceId: string, { name, head }: SliceRequest): string => `${traceId}/${name}#${head ?? ''}`;
const isLost = (error: ApiError): boolean => ['not-found', 'engine-lost', 'cancelled'].includes(error.failure.code);
