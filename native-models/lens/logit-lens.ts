/** The logit lens over a whole run: every layer and token summed up, a part at a time; and one cell with its candidates. */
import { performance } from 'node:perf_hooks';
import { ModelError } from '../errors.ts';
import type { Stepwise } from '../stepwise.ts';
import { topCandidates } from '../trace/predict.ts';
import type { CandidateName } from '../trace/predict.ts';
import type { Range } from '../trace/rows.ts';
import type { TraceData } from '../trace/trace.ts';
import { EMBEDDING, LayerLogits } from './layer-logits.ts';
import type { TokenHead } from './layer-logits.ts';
import { LENS_MEASURES } from './types.ts';
import type { LensCell, LensGrid, PlacedToken } from './types.ts';
import { divergenceBits, probabilitiesOf, probabilityIn, rankIn, sumsOf } from './vocabulary-row.ts';
import type { Reference, RowSums } from './vocabulary-row.ts';

/** Logits that are in memory at once, in numbers: 16 MiB, and twice that for the probabilities they are compared with. */
const BLOCK_NUMBERS = 2 ** 22;

/** A step goes on for so many ms, one layer of one block at least. */
const STEP_MS = 100;

/** What a lens needs to know of the model beside the run. */
export interface LensFacts {
  readonly kind: TokenHead;
  readonly nameOf: CandidateName;
  readonly maskId: number | null;
}

/** What the model itself predicts at some tokens. */
interface Finals {
  readonly tops: readonly number[];
  readonly references: readonly Reference[];
}

/** Blocks of tokens after each other, in each block the layers from the last to the embedding. Only the summaries are kept. */
export class LogitLens implements Stepwise<LensGrid> {
  readonly #facts: LensFacts;
  readonly #trace: TraceData;
  readonly #layers: LayerLogits;
  readonly #cells: Float32Array;
  readonly #block: number;
  readonly #milliseconds: number;
  #finals: Finals | null = null;
  /** The next layer of the next block. */
  #first = 0;
  #layer: number;

  /** @param options for tests: tokens of a block, and how long a step goes on */
  constructor(trace: TraceData, facts: LensFacts, options: { readonly block?: number; readonly ms?: number } = {}) {
    const tokens = trace.ids.length;
    this.#facts = facts;
    this.#trace = trace;
    this.#layers = new LayerLogits(trace);
    this.#layer = this.#layers.stack.layers - 1;
    this.#cells = new Float32Array((this.#layers.stack.layers + 1) * tokens * LENS_MEASURES.length);
    this.#block = options.block ?? Math.max(1, Math.floor(BLOCK_NUMBERS / trace.source.vocabulary));
    this.#milliseconds = options.ms ?? STEP_MS;
  }

  get fraction(): number {
    const { layers } = this.#layers.stack;
    const tokens = this.#trace.ids.length;
    const count = Math.min(this.#block, tokens - this.#first);
    return (this.#first + (count * (layers - 1 - this.#layer)) / (layers + 1)) / tokens;
  }

  /** @throws ModelError `bad-request` for logits that overflowed */
  async step(): Promise<LensGrid | null> {
    const until = performance.now() + this.#milliseconds;
    while (this.#first < this.#trace.ids.length) {
      await this.#readLayer();
      if (performance.now() >= until) break;
    }
    return this.#first < this.#trace.ids.length ? null : this.#result();
  }

  async #readLayer(): Promise<void> {
    const { layers } = this.#layers.stack;
    const count = Math.min(this.#block, this.#trace.ids.length - this.#first);
    const rows = rowsOf(await this.#layers.of(this.#layer, { first: this.#first, count }), count);
    const sums = rows.map(sumsOf);
    if (this.#layer === layers - 1) this.#finals = finalsOf(rows, sums);
    rows.forEach((logits, at) => {
      this.#write(this.#first + at, logits, sums[at]!, this.#finals!.tops[at]!, this.#finals!.references[at]!);
    });
    this.#layer -= 1;
    if (this.#layer >= EMBEDDING) return;
    this.#layer = layers - 1;
    this.#first += count;
  }

  #write(token: number, logits: Float32Array, sums: RowSums, finalTop: number, reference: Reference): void {
    const actual = actualId(this.#trace, this.#facts, token);
    const cell = [
      sums.top,
      probabilityIn(logits, sums, sums.top),
      sums.entropyBits,
      this.#layer === this.#layers.stack.layers - 1 ? 0 : divergenceBits(reference, logits, sums),
      probabilityIn(logits, sums, finalTop),
      rankIn(logits, finalTop),
      actual === null ? NaN : probabilityIn(logits, sums, actual),
      actual === null ? NaN : rankIn(logits, actual),
    ];
    this.#cells.set(cell, ((this.#layer + 1) * this.#trace.ids.length + token) * LENS_MEASURES.length);
  }

  #result(): LensGrid {
    const names = new Map<number, string>();
    for (let at = 0; at < this.#cells.length; at += LENS_MEASURES.length) {
      const id = this.#cells[at]!;
      if (!names.has(id)) names.set(id, this.#facts.nameOf(id));
    }
    const { layers } = this.#layers.stack;
    return { kind: this.#facts.kind, layers, tokens: this.#trace.ids.length, cells: this.#cells, names };
  }
}

export interface CellPlace {
  /** −1 for the embedding. */
  readonly layer: number;
  readonly position: number;
  readonly candidates: number;
}

/** @throws ModelError `bad-request` for a layer or a token that is not there, or logits that overflowed */
export async function lensCellOf(
  trace: TraceData,
  facts: LensFacts,
  { layer, position, candidates }: CellPlace,
): Promise<LensCell> {
  const layers = new LayerLogits(trace);
  assertPlace(layers.stack.layers, trace.ids.length, layer, position);
  const row = { first: position, count: 1 };
  const logits = await layers.of(layer, row);
  const finalLogits = await layers.of(layers.stack.layers - 1, row);
  const [sums, finalSums] = [sumsOf(logits), sumsOf(finalLogits)];
  const reference = { probabilities: probabilitiesOf(finalLogits, finalSums), entropyBits: finalSums.entropyBits };
  const placed = (id: number): PlacedToken => placedToken(logits, sums, id, facts.nameOf);
  const actual = actualId(trace, facts, position);
  return {
    layer,
    position,
    candidates: topCandidates(logits, candidates, facts.nameOf),
    entropyBits: sums.entropyBits,
    klBits: layer === layers.stack.layers - 1 ? 0 : divergenceBits(reference, logits, sums),
    final: placed(finalSums.top),
    actual: actual === null ? null : placed(actual),
  };
}

/**
 * Logarithms of the probabilities of one layer at every token, f32 [tokens, vocabulary], and the logits they are from.
 * @throws ModelError `bad-request` for a layer that is not there, or logits that overflowed
 */
export async function layerLogProbabilities(
  trace: TraceData,
  layer: number,
): Promise<{ readonly logits: Float32Array; readonly logProbabilities: Float32Array }> {
  const layers = new LayerLogits(trace);
  const tokens = trace.ids.length;
  assertPlace(layers.stack.layers, tokens, layer, 0);
  const { vocabulary } = trace.source;
  const logits = new Float32Array(tokens * vocabulary);
  const block = Math.max(1, Math.floor(BLOCK_NUMBERS / vocabulary));
  for (let first = 0; first < tokens; first += block) {
    logits.set(await layers.of(layer, { first, count: Math.min(block, tokens - first) }), first * vocabulary);
  }
  const logProbabilities = new Float32Array(logits.length);
  rowsOf(logits, tokens).forEach((row, token) => {
    const { logSum } = sumsOf(row);
    for (let id = 0; id < vocabulary; id++) logProbabilities[token * vocabulary + id] = row[id]! - logSum;
  });
  return { logits, logProbabilities };
}

/** A token in the distribution of some logits. */
export function placedToken(logits: Float32Array, sums: RowSums, id: number, nameOf: CandidateName): PlacedToken {
  return { id, text: nameOf(id), probability: probabilityIn(logits, sums, id), rank: rankIn(logits, id) };
}

/** [rows, vocabulary] → its rows, as views. */
export function rowsOf(data: Float32Array, rows: number): readonly Float32Array[] {
  const size = data.length / rows;
  return Array.from({ length: rows }, (_, at) => data.subarray(at * size, (at + 1) * size));
}

function finalsOf(rows: readonly Float32Array[], sums: readonly RowSums[]): Finals {
  return {
    tops: sums.map(({ top }) => top),
    references: rows.map((logits, at) => ({
      probabilities: probabilitiesOf(logits, sums[at]!),
      entropyBits: sums[at]!.entropyBits,
    })),
  };
}

/** The token of the text that a prediction is about; null where the text ends or has a mask. */
function actualId({ ids }: TraceData, { kind, maskId }: LensFacts, token: number): number | null {
  if (kind === 'next-token') return ids[token + 1] ?? null;
  return ids[token] === maskId ? null : (ids[token] ?? null);
}

function assertPlace(layers: number, tokens: number, layer: number, position: Range['first']): void {
  if (!Number.isInteger(layer) || layer < EMBEDDING || layer >= layers) {
    const message = `There is no layer ${layer}; this model has layers 0…${layers - 1}, and −1 is the embedding.`;
    throw new ModelError('bad-request', 'lens-layer-missing', message, { layer, layers });
  }
  if (Number.isInteger(position) && position >= 0 && position < tokens) return;
  const message = `There is no token ${position}; the text has tokens 0…${tokens - 1}.`;
  throw new ModelError('bad-request', 'token-missing', message, { index: position, tokens });
}
