/**
 * Whole patterns of the heads that are looked at closely: fetched a few at a time, nearest first, once the view has come to rest;
 * kept as images, as many as there is room for.
 */
import { Listeners } from '../client/transport.ts';
import type { ColourScale } from '../figures/colour-scale.ts';
import type { Matrix, SliceCache, SliceRequest } from '../state/slices.ts';
import { fullLevels } from './heads-pictures.ts';
import type { FullLevel } from './heads-pictures.ts';

/** What the patterns are of. */
export interface TileSource {
  readonly traceId: string;
  readonly tokens: number;
  /** Cells a side of the pooled pictures. */
  readonly pooled: number;
  /** @param index layer · heads + head */
  requestOf(index: number): SliceRequest;
  scaleOf(index: number): ColourScale;
}

export interface FullTile {
  readonly matrix: Matrix;
  readonly levels: readonly FullLevel[];
}

/** Nothing is asked for before the view has been at rest this long, in milliseconds. */
const REST_MS = 100;
/** So many are under way at once. */
const AT_ONCE = 2;
/** Cells of all patterns kept together: about 9 bytes each, 75 MB. */
const ROOM = 8 * 1024 * 1024;

export class HeadTiles {
  readonly #slices: SliceCache;
  readonly #paintLevels: typeof fullLevels;
  readonly #changed = new Listeners<[]>();
  readonly #tiles = new Map<number, FullTile>();
  #source: TileSource | null = null;
  #wanted: readonly number[] = [];
  #timer: ReturnType<typeof setTimeout> | null = null;

  /** @param paint makes the images of a pattern */
  constructor(slices: SliceCache, paint: typeof fullLevels = fullLevels) {
    this.#slices = slices;
    this.#paintLevels = paint;
  }

  /** Begins to follow what is fetched; returns a function that ends it and forgets all patterns. */
  start(): () => void {
    const unsubscribe = this.#slices.subscribe(() => {
      if (this.#timer === null && this.waiting > 0) this.#later(0);
    });
    return () => {
      unsubscribe();
      if (this.#timer !== null) clearTimeout(this.#timer);
      this.#timer = null;
      this.#tiles.clear();
      this.#wanted = [];
    };
  }

  /** There is another pattern, or another one is under way. */
  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);

  /** Patterns of another run are forgotten; of the same run in other colours they are painted again. */
  setSource(source: TileSource): void {
    const before = this.#source;
    const isSame = before?.traceId === source.traceId && before.requestOf(0).name === source.requestOf(0).name;
    const old = isSame ? [...this.#tiles] : [];
    this.#source = source;
    this.#tiles.clear();
    for (const [index, { matrix }] of old) this.#paint(index, matrix, source);
    this.#changed.emit();
  }

  /** The pattern of a head (layer · heads + head), if it is here. */
  get(index: number): FullTile | null {
    return this.#tiles.get(index) ?? null;
  }

  /** How many of those wanted are not here yet, and have not failed. */
  get waiting(): number {
    return this.#missing.length;
  }

  /** The same, for React. */
  readonly getWaiting = (): number => this.waiting;

  /** Heads whose whole patterns are looked at, the most important first; the last call counts. */
  want(indices: readonly number[]): void {
    const source = this.#source;
    if (source === null) return;
    const most = Math.max(1, Math.floor(ROOM / source.tokens ** 2));
    const wanted = indices.slice(0, most);
    const isSame = wanted.length === this.#wanted.length && wanted.every((index, at) => index === this.#wanted[at]);
    if (isSame) return;
    this.#wanted = wanted;
    if (this.waiting > 0) this.#later(REST_MS);
  }

  get #missing(): readonly number[] {
    return this.#wanted.filter((index) => !this.#tiles.has(index) && this.#stateOf(index)?.status !== 'failed');
  }

  #stateOf(index: number) {
    return this.#source === null ? null : this.#slices.peek(this.#source.traceId, this.#source.requestOf(index));
  }

  #later(delay: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#fetch();
    }, delay);
  }

  /** Paints one that has come, and asks for the next ones. */
  #fetch(): void {
    const source = this.#source;
    if (source === null) return;
    const missing = this.#missing;
    for (const index of missing) {
      const state = this.#stateOf(index);
      if (state?.status !== 'ready') continue;
      this.#paint(index, state.matrix, source);
      this.#trim(source);
      // One a turn, so that a frame of the screen comes in between.
      this.#later(0);
      break;
    }
    let busy = missing.filter((index) => this.#stateOf(index)?.status === 'pending').length;
    for (const index of missing) {
      if (busy >= AT_ONCE) break;
      if (this.#tiles.has(index) || this.#stateOf(index) !== null) continue;
      this.#slices.want(source.traceId, source.requestOf(index));
      busy += 1;
    }
    this.#changed.emit();
  }

  #paint(index: number, matrix: Matrix, source: TileSource): void {
    // Put at the end: the first ones are the longest here.
    this.#tiles.delete(index);
    const levels = this.#paintLevels(matrix.data, source.tokens, source.pooled, source.scaleOf(index));
    this.#tiles.set(index, { matrix, levels });
  }

  #trim({ tokens }: TileSource): void {
    const most = Math.max(1, Math.floor(ROOM / tokens ** 2));
    for (const index of this.#tiles.keys()) {
      if (this.#tiles.size <= most) return;
      if (!this.#wanted.includes(index)) this.#tiles.delete(index);
    }
  }
}
