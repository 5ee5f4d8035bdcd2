/** The text that is generated in the window: one at a time, started from the sentence, a few tokens a request. */
import type { ApiError, AttentionRow, DeviceChoice, GenerationState, RequestInput } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import { Listeners } from '../client/transport.ts';
import { AskedParts } from './asked-parts.ts';
import type { Asked } from './asked-parts.ts';
import type { Sampling } from './sampling.ts';

/** What a text is generated from. */
export interface Origin {
  readonly model: string;
  readonly device: DeviceChoice;
  readonly text: string;
}

export interface GenerationView {
  /** `failed`: see `error`; what was generated before stays. */
  readonly status: 'none' | 'starting' | 'ready' | 'failed';
  readonly origin: Origin | null;
  readonly state: GenerationState | null;
  readonly error: ApiError | null;
  readonly playing: boolean;
  /** True while the engine is asked for something. */
  readonly busy: boolean;
  /** The token that is looked at, from 0; null: the newest one. */
  readonly at: number | null;
}

/** An answer, decoded: f32 [position + 1] each. */
export interface SeenRow extends Omit<AttentionRow, 'scores' | 'weights'> {
  readonly scores: Float32Array;
  readonly weights: Float32Array;
}

export interface RowQuestion {
  readonly generationId: string;
  readonly position: number;
  /** The generated token at that place; null where the token was given. */
  readonly node: number | null;
  readonly layer: number;
  readonly head: number;
}

const NOTHING: GenerationView = {
  status: 'none',
  origin: null,
  state: null,
  error: null,
  playing: false,
  busy: false,
  at: null,
};

/** The least time that a token stays before the next one is asked for, in milliseconds: time to read it. */
const PACE = 160;
/** So many rows of attention are kept. */
const ROWS = 64;

export class GenerationRun {
  readonly #client: Client;
  readonly #sampling: () => Sampling;
  readonly #pace: number;
  readonly #changed = new Listeners<[]>();
  /** What single tokens look at. */
  readonly rows: AskedParts<RowQuestion, SeenRow>;
  #view: GenerationView = NOTHING;
  #rowOrder: readonly string[] = [];
  /** Counts up when another text is started: answers about the one before are ignored. */
  #serial = 0;
  /** Requests wait for the one before: each builds on its state. */
  #last: Promise<void> = Promise.resolve();

  constructor(client: Client, sampling: () => Sampling, pace = PACE) {
    this.#client = client;
    this.#sampling = sampling;
    this.#pace = pace;
    this.rows = new AskedParts<RowQuestion, SeenRow>({
      fetch: async ({ generationId, position, layer, head }) => {
        const row = await client.call('generate.attention', { generationId, position, layer, head });
        return { ...row, scores: new Float32Array(row.scores), weights: new Float32Array(row.weights) };
      },
      isLast: () => true,
      keyOf: rowKey,
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => this.#changed.add(listener);
  readonly getSnapshot = (): GenerationView => this.#view;

  /** Starts from a text, unless that is what was started from. */
  ensure(origin: Origin): void {
    const known = this.#view.origin;
    const same =
      known !== null && known.model === origin.model && known.device === origin.device && known.text === origin.text;
    if (!same) this.restart(origin);
  }

  /** Starts anew; what was generated is given up. */
  restart(origin: Origin): void {
    this.drop();
    this.#become({ status: 'starting', origin, busy: true });
    const { model, device, text } = origin;
    this.#ask('generate.start', { model, device, input: { text } });
  }

  /** Gives up what was generated. */
  drop(): void {
    this.#serial += 1;
    this.#last = Promise.resolve();
    const old = this.#view.state?.generationId;
    if (old !== undefined) {
      this.#client.call('generate.close', { generationId: old }).catch(() => {
        // One that is gone already needs no closing.
      });
      this.rows.forget(() => true);
    }
    this.#view = NOTHING;
    this.#changed.emit();
  }

  /** Generates the next token. */
  step(): void {
    const { state } = this.#view;
    if (state === null || state.stopped !== null) return;
    this.#become({ at: null });
    this.#askAbout((generationId) => ['generate.step', { generationId, choosing: this.#sampling() }]);
  }

  back(): void {
    this.#become({ playing: false, at: null });
    this.#askAbout((generationId) => ['generate.back', { generationId }]);
  }

  /** Takes another candidate at a place; it is looked at then. */
  branch(position: number, candidate: number): void {
    this.#become({ playing: false, at: null });
    this.#askAbout((generationId) => ['generate.branch', { generationId, position, candidate }]);
  }

  /** Shows the branch of a node. */
  select(node: number): void {
    this.#become({ playing: false, at: null });
    this.#askAbout((generationId) => ['generate.select', { generationId, node }]);
  }

  /** Looks at a token of the text; null: at the newest one. */
  look(at: number | null): void {
    this.#become({ at });
  }

  play(): void {
    if (this.#view.playing || this.#view.state === null) return;
    this.#become({ playing: true, at: null });
    void this.#play(this.#serial);
  }

  pause(): void {
    this.#become({ playing: false });
  }

  /** What a token looks at, asked for unless it is known. */
  wantRow(question: RowQuestion): void {
    const key = rowKey(question);
    this.#rowOrder = [...this.#rowOrder.filter((each) => each !== key), key].slice(-ROWS);
    const kept = new Set(this.#rowOrder);
    this.rows.forget((each) => !kept.has(each));
    this.rows.want(question);
  }

  peekRow(question: RowQuestion): Asked<SeenRow> {
    return this.rows.peek(question);
  }

  async #play(serial: number): Promise<void> {
    const goesOn = (): boolean => {
      const { playing, state } = this.#view;
      return serial === this.#serial && playing && state !== null && state.stopped === null;
    };
    while (goesOn()) {
      const pace = new Promise((resolve) => setTimeout(resolve, this.#pace));
      this.step();
      await this.#last;
      await pace;
    }
    if (serial === this.#serial) this.#become({ playing: false });
  }

  #askAbout<C extends GenerationChannel>(request: (generationId: string) => [C, RequestInput<C>]): void {
    const id = this.#view.state?.generationId;
    if (id !== undefined) this.#ask(...request(id));
  }

  #ask<C extends GenerationChannel>(channel: C, request: RequestInput<C>): void {
    const serial = this.#serial;
    this.#become({ busy: true });
    this.#last = this.#last.then(async () => {
      if (serial !== this.#serial) return;
      try {
        const state = (await this.#client.call(channel, request)) as GenerationState;
        if (serial === this.#serial) this.#become({ status: 'ready', state, error: null, busy: false });
        else this.#close(state);
      } catch (error) {
        if (serial === this.#serial) this.#become({ ...failed(asApiError(error)), busy: false, playing: false });
      }
    });
  }

  #close({ generationId }: GenerationState): void {
    this.#client.call('generate.close', { generationId }).catch(() => {
      // As in drop.
    });
  }

  #become(change: Partial<GenerationView>): void {
    this.#view = { ...this.#view, ...change };
    this.#changed.emit();
  }
}

type GenerationChannel = 'generate.start' | 'generate.step' | 'generate.back' | 'generate.branch' | 'generate.select';

const rowKey = (question: RowQuestion): string => JSON.stringify(question);

const failed = (error: ApiError): Partial<GenerationView> => ({ status: 'failed', error });
