/** The logit lens, filled masks and surprise of the window's runs: asked of the engine a part at a time, kept while the run is. */
import { LENS_MEASURES } from '../../electron/api/index.ts';
import type { FilledMask, LensCell, LensGrid as SentGrid, LensMeasure, Surprise } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import type { AppStore } from './app-state.ts';
import { AskedParts } from './asked-parts.ts';
import type { Asked } from './asked-parts.ts';

/** The lens, decoded: `cells` is f32 [layers + 1, tokens, measures], the embedding's row first. */
export interface LensGrid extends Omit<SentGrid, 'cells' | 'names'> {
  readonly cells: Float32Array;
  readonly names: ReadonlyMap<number, string>;
}

export type LensQuestion =
  | { readonly kind: 'lens'; readonly traceId: string }
  | { readonly kind: 'cell'; readonly traceId: string; readonly layer: number; readonly position: number }
  | { readonly kind: 'fill'; readonly traceId: string; readonly masked: readonly number[] }
  | { readonly kind: 'surprise'; readonly traceId: string; readonly start: boolean };

/** An answer, or a part of it: `value` is null until all is done. */
export type LensAnswer =
  | { readonly kind: 'lens'; readonly fraction: number; readonly value: LensGrid | null }
  | { readonly kind: 'cell'; readonly fraction: number; readonly value: LensCell }
  | { readonly kind: 'fill'; readonly fraction: number; readonly value: readonly FilledMask[] }
  | { readonly kind: 'surprise'; readonly fraction: number; readonly value: Surprise | null };

/** What a question of a kind is answered with. */
export type ValueOf<K extends LensQuestion['kind']> = NonNullable<Extract<LensAnswer, { kind: K }>['value']>;

/** One number of a cell; NaN where there is none. @param row 0 is the embedding's, layer l is l + 1 */
export function measureOf(
  { cells, tokens }: Pick<LensGrid, 'cells' | 'tokens'>,
  row: number,
  token: number,
  measure: LensMeasure,
): number {
  return cells[(row * tokens + token) * LENS_MEASURES.length + LENS_MEASURES.indexOf(measure)] ?? NaN;
}

/** Candidates of a cell and of a mask that are listed. */
const LISTED = 10;
/** So many cells and fills are kept; those asked longest ago go first. */
const KEPT = 200;

const keyOf = (question: LensQuestion): string => JSON.stringify(question);

export class LensAnswers {
  readonly #parts: AskedParts<LensQuestion, LensAnswer>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Counts up at every change. */
  readonly getSnapshot: () => number;
  /** Keys of cells and fills in the order in which they were wanted last. */
  #order: readonly string[] = [];

  constructor(fetch: (question: LensQuestion) => Promise<LensAnswer>) {
    this.#parts = new AskedParts({ fetch, isLast: ({ value }) => value !== null, keyOf });
    this.subscribe = this.#parts.subscribe;
    this.getSnapshot = this.#parts.getSnapshot;
  }

  /** What is known of a question. Never asks the engine. */
  peek(question: LensQuestion): Asked<LensAnswer> {
    return this.#parts.peek(question);
  }

  /** The answer, once it is complete. */
  value<K extends LensQuestion['kind']>(question: Extract<LensQuestion, { kind: K }>): ValueOf<K> | null {
    const asked = this.#parts.peek(question);
    return (asked.status === 'ready' ? asked.part.value : null) as ValueOf<K> | null;
  }

  /** Asks unless it is here, under way, stopped or failed. */
  want(question: LensQuestion): void {
    if (question.kind === 'cell' || question.kind === 'fill') {
      const key = keyOf(question);
      const order = [...this.#order.filter((each) => each !== key), key];
      const dropped = new Set(order.slice(0, -KEPT));
      this.#order = order.slice(-KEPT);
      if (dropped.size > 0) this.#parts.forget((each) => dropped.has(each));
    }
    this.#parts.want(question);
  }

  /** Nobody looks any more: asks for no more parts, and forgets that it was asked, so that it can be asked again. */
  leave(question: LensQuestion): void {
    const key = keyOf(question);
    this.#parts.forget((each, { status }) => each === key && status === 'pending');
  }

  /** The user stops it. */
  stop(question: LensQuestion): void {
    this.#parts.stop(question);
  }

  again(question: LensQuestion): void {
    this.#parts.again(question);
  }

  /** Forgets the answers about runs that are closed. */
  keepOnly(traces: readonly (string | undefined)[]): void {
    this.#parts.forget((key) => !traces.includes((JSON.parse(key) as LensQuestion).traceId));
  }
}

/**
 * The answers about the window's runs, forgotten as the runs go.
 * @param onLost called when the engine no longer has a run that it is asked about
 */
export function createLensAnswers(client: Client, store: AppStore, onLost: (traceId: string) => void): LensAnswers {
  const answers = new LensAnswers(async (question) => {
    try {
      return await ask(client, question);
    } catch (error) {
      if (asApiError(error).failure.code === 'not-found') onLost(question.traceId);
      throw error;
    }
  });
  store.subscribe((now, before) => {
    const [open, old] = [now, before].map(({ run, changed }) => [run.result?.traceId, changed.result?.traceId]);
    if (open?.some((traceId, at) => traceId !== old?.[at]) === true) answers.keepOnly(open);
  });
  return answers;
}

async function ask(client: Client, question: LensQuestion): Promise<LensAnswer> {
  const { traceId } = question;
  switch (question.kind) {
    case 'lens': {
      const { fraction, lens } = await client.call('trace.lens', { traceId });
      return { kind: 'lens', fraction, value: lens === null ? null : decoded(lens) };
    }
    case 'cell': {
      const { layer, position } = question;
      const value = await client.call('trace.lensCell', { traceId, layer, position, candidates: LISTED });
      return { kind: 'cell', fraction: 1, value };
    }
    case 'fill': {
      const value = await client.call('trace.fill', { traceId, masked: [...question.masked], candidates: LISTED });
      return { kind: 'fill', fraction: 1, value };
    }
    case 'surprise': {
      const { fraction, surprise } = await client.call('trace.surprise', { traceId, start: question.start });
      return { kind: 'surprise', fraction, value: surprise };
    }
  }
}

function decoded({ cells, names, ...grid }: SentGrid): LensGrid {
  return { ...grid, cells: new Float32Array(cells), names: new Map(names.map(({ id, text }) => [id, text])) };
}
