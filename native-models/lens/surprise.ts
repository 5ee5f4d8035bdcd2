/**
 * How much each token of a text surprises a model: −log₂ of its probability, by the tokens before it in a causal model; by all others in
 * one that fills masks, each token masked in turn (Salazar et al. 2020, "Masked Language Model Scoring", section 2).
 */
import type { ModelError } from '../errors.ts';
import type { Model } from '../model.ts';
import type { Fetched } from '../session/runtime.ts';
import type { Stepwise } from '../stepwise.ts';
import { runTrace } from '../trace/trace.ts';
import type { TraceData } from '../trace/trace.ts';
import type { Encoding, Token } from '../types.ts';
import { maskIdOf } from './fill.ts';
import { tokenHeadOf } from './layer-logits.ts';
import { rowsOf } from './logit-lens.ts';
import { finalsOfMasked, logitsOf, maskedBatch } from './masked-runs.ts';
import { scoredBytes } from './scored-bytes.ts';
import { betweenSpecials, startProblem, strideOf, withStart } from './sequence.ts';
import type { ScoredText, Sequence, SurpriseOptions } from './sequence.ts';
import type { StartToken, Surprise, TokenSurprise } from './types.ts';
import { BITS, rankIn, sumsOf } from './vocabulary-row.ts';
import { windowsOf } from './windows.ts';
import type { Window } from './windows.ts';

/** Logits of one part of the work, in numbers. */
const BLOCK_NUMBERS = 2 ** 21;

/** The surprise of a text, a part at a time: a window's forward pass, or some of its tokens. */
export class TextSurprise implements Stepwise<Surprise> {
  readonly #model: Model;
  readonly #text: ScoredText;
  readonly #kind: Surprise['kind'];
  readonly #startId: number | null;
  readonly #startProblem: ModelError | null;
  readonly #sequence: Sequence;
  readonly #windows: readonly Window[];
  readonly #longest: number;
  readonly #stride: number;
  readonly #scores: TokenSurprise[];
  #window = 0;
  #trace: TraceData | null = null;
  /** Places of the sequence that the window still has to score. */
  #left: readonly number[] = [];
  #result: Surprise | null = null;

  /**
   * @throws ModelError `bad-request` for a model that predicts no tokens, a start token it has not or that a changed run has no place
   *   for, or a stride that is none
   */
  constructor(model: Model, text: ScoredText, { start = false, stride }: SurpriseOptions = {}) {
    this.#model = model;
    this.#text = text;
    this.#kind = tokenHeadOf(model);
    if (this.#kind === 'masked-token') maskIdOf(model);
    this.#startProblem = startProblem(model, text);
    if (start && this.#startProblem !== null) throw this.#startProblem;
    this.#startId = start ? model.startId : null;
    this.#sequence =
      this.#kind === 'masked-token' ? betweenSpecials(text.encoding) : withStart(text.encoding, this.#startId);
    const around = this.#sequence.before.ids.length + this.#sequence.after.ids.length;
    this.#longest = model.maxTokens - around;
    this.#stride = strideOf(stride, this.#longest);
    this.#windows = windowsOf({
      tokens: this.#sequence.ids.length,
      longest: this.#longest,
      stride: this.#stride,
      bothSides: this.#kind === 'masked-token',
    });
    this.#scores = text.encoding.tokens.map(({ index }) => ({ index, bits: null, probability: null, rank: null }));
  }

  get fraction(): number {
    const window = this.#windows[this.#window];
    if (window === undefined) return 1;
    const done = this.#trace === null ? window.scoredFirst : (this.#left[0] ?? window.scoredEnd);
    return Math.min(1, done / this.#sequence.ids.length);
  }

  /** @throws ModelError `bad-request` for logits that overflowed */
  async step(): Promise<Surprise | null> {
    const window = this.#windows[this.#window];
    if (window === undefined) return (this.#result ??= this.#sum());
    if (this.#trace === null) {
      this.#trace = await this.#open(window);
      this.#left = this.#placesOf(window);
      if (this.#text.trace === null && this.#left.length > 0) return null;
    }
    if (this.#left.length > 0) await this.#scorePart(this.#trace, window);
    if (this.#left.length === 0) {
      this.#trace = null;
      this.#window += 1;
    }
    return this.#window < this.#windows.length ? null : (this.#result ??= this.#sum());
  }

  /** The run of a window: the text's own, where it is the same. */
  async #open({ first, count }: Window): Promise<TraceData> {
    const { trace } = this.#text;
    if (trace !== null && this.#startId === null) return trace;
    const { ids, typeIds, before, after } = this.#sequence;
    const cut = (all: readonly number[]) => all.slice(first, first + count);
    const encoding: Encoding = {
      ids: [...before.ids, ...cut(ids), ...after.ids],
      typeIds: [...before.typeIds, ...cut(typeIds), ...after.typeIds],
      tokens: [],
    };
    return runTrace(this.#model.source, encoding, this.#model.tokenizer.separatorIds, []);
  }

  /** Special tokens are not scored in a model that fills masks: those that it was given, and masks that hide nobody knows what. */
  #placesOf({ scoredFirst, scoredEnd }: Window): readonly number[] {
    const places = Array.from({ length: Math.max(0, scoredEnd - scoredFirst) }, (_, at) => scoredFirst + at);
    return places.filter((place) => {
      const token = this.#tokenAt(place);
      return token !== undefined && token.start !== null && !(this.#kind === 'masked-token' && token.special);
    });
  }

  #tokenAt(place: number): Token | undefined {
    return this.#text.encoding.tokens[place + this.#sequence.offset];
  }

  async #scorePart(trace: TraceData, window: Window): Promise<void> {
    const rows = Math.max(1, Math.floor(BLOCK_NUMBERS / this.#model.source.vocabulary));
    const batch = this.#kind === 'masked-token' ? Math.min(rows, maskedBatch(trace)) : rows;
    const places = this.#left.slice(0, batch);
    const inWindow = places.map((place) => place - window.first + this.#sequence.before.ids.length);
    const finals = this.#kind === 'masked-token' ? await this.#masked(trace, inWindow) : statesBefore(trace, inWindow);
    rowsOf(await logitsOf(trace, finals), places.length).forEach((logits, at) => {
      const { index, id } = this.#tokenAt(places[at]!)!;
      const sums = sumsOf(logits);
      const log = logits[id]! - sums.logSum;
      this.#scores[index] = { index, bits: -log * BITS, probability: Math.exp(log), rank: rankIn(logits, id) };
    });
    this.#left = this.#left.slice(places.length);
  }

  /** f32 [hidden] a place: its final state when it is masked, and nothing else is. */
  async #masked(trace: TraceData, places: readonly number[]): Promise<readonly Float32Array[]> {
    const finals = await finalsOfMasked(
      trace,
      maskIdOf(this.#model),
      places.map((place) => [place]),
    );
    const { hidden } = this.#model.stacks.at(-1)!;
    return places.map((place, at) => {
      const start = (at * trace.ids.length + place) * hidden;
      return finals.subarray(start, start + hidden);
    });
  }

  #offered(): StartToken | null {
    const id = this.#startProblem === null ? this.#model.startId : null;
    return id === null ? null : startToken(this.#model, id);
  }

  #sum(): Surprise {
    const scored = this.#scores.filter(({ bits }) => bits !== null);
    const bits = scored.reduce((sum, each) => sum + (each.bits ?? 0), 0);
    const bytes = scoredBytes(this.#text.input, this.#text.encoding.tokens, this.#scores);
    return {
      kind: this.#kind,
      tokens: this.#scores,
      scored: scored.length,
      bits,
      bytes,
      bitsPerToken: scored.length === 0 ? null : bits / scored.length,
      bitsPerByte: scored.length === 0 || bytes === 0 ? null : bits / bytes,
      start: this.#startId === null ? null : startToken(this.#model, this.#startId),
      offersStart: this.#offered(),
      windows: { count: this.#windows.length, longest: this.#longest, stride: this.#stride },
    };
  }
}

function startToken({ tokenizer }: Model, id: number): StartToken {
  return { id, text: tokenizer.pieceText(id) };
}

/** The final states that predict some tokens: those of the tokens before them. */
function statesBefore({ kept, source }: TraceData, places: readonly number[]): readonly Float32Array[] {
  const { name, hidden } = source.traced.stacks.at(-1)!;
  const { data } = kept.get(`${name}.final`) as Fetched;
  return places.map((place) => data.subarray((place - 1) * hidden, place * hidden));
}
