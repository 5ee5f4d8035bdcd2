/** Values of some texts: a text that is not on screen is run once for them, and forgotten by the engine again. */
import type { ApiFailure, DeviceChoice, TextInput, Token } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import type { AskedParts } from './asked-parts.ts';
import { Answers } from './tokenizing.ts';

export interface AskedText {
  readonly input: TextInput;
  /** A run of it that is there already: the one on screen, with all its changes. Null: it is run as it is. */
  readonly traceId: string | null;
}

/** Where values are asked for: everything that tells one question from another, but the texts. */
export interface Where {
  readonly model: string;
  readonly device: DeviceChoice;
}

export type OfTexts<Place> = Place & { readonly texts: readonly AskedText[] };

export interface ReadValues {
  readonly text: string;
  /** Null for a run that was given: who gave it knows them. */
  readonly tokens: readonly Token[] | null;
}

/** A text that the model cannot read, too long, say; the others are not kept from being shown. */
export interface UnreadText {
  readonly text: string;
  readonly failure: ApiFailure;
}

/** One a text of the question, in its order. */
export type Found<Values> = readonly ((ReadValues & Values) | UnreadText)[];

export interface TextValuesOptions<Place, Values> {
  /** Of this window alone: runs of one lane end each other. */
  readonly lane: string;
  readonly read: (traceId: string, place: Place) => Promise<Values>;
  /** How many numbers the values of a text are. */
  readonly sizeOf: (values: Values) => number;
  /** Numbers that are kept of texts that were run. */
  readonly most: number;
  /** Called when the engine no longer has the run that it is asked about. */
  readonly onLost: (traceId: string) => void;
}

export function createTextValues<Place extends Where, Values>(
  client: Client,
  options: TextValuesOptions<Place, Values>,
): AskedParts<OfTexts<Place>, Found<Values>> {
  const values = new TextValues<Place, Values>(client, options);
  // One after the other: the newest run of a lane ends those before it.
  let last: Promise<unknown> = Promise.resolve();
  return new Answers<OfTexts<Place>, Found<Values>>((question) => {
    const next = last.then(() => values.find(question));
    last = next.catch(() => undefined);
    return next;
  });
}

class TextValues<Place extends Where, Values> {
  readonly #client: Client;
  readonly #options: TextValuesOptions<Place, Values>;
  /** By text and place; the newest last. */
  readonly #kept = new Map<string, ReadValues & Values>();

  constructor(client: Client, options: TextValuesOptions<Place, Values>) {
    this.#client = client;
    this.#options = options;
  }

  async find({ texts, ...place }: OfTexts<Place>): Promise<Found<Values>> {
    const found: ((ReadValues & Values) | UnreadText)[] = [];
    // What is left of a question without its texts is its place.
    for (const text of texts) found.push(await this.#of(text, place as unknown as Place));
    return found;
  }

  async #of({ input, traceId }: AskedText, place: Place): Promise<(ReadValues & Values) | UnreadText> {
    const { text } = input;
    try {
      if (traceId !== null) return { text, tokens: null, ...(await this.#options.read(traceId, place)) };
      const key = JSON.stringify([input, place]);
      const known = this.#kept.get(key) ?? (await this.#run(input, place));
      this.#keep(key, known);
      return known;
    } catch (error) {
      const { failure } = asApiError(error);
      if (traceId !== null && failure.code === 'not-found') this.#options.onLost(traceId);
      // What is wrong with one text concerns no other; of the text on screen the window tells it anyhow.
      if (traceId !== null || failure.code !== 'bad-text') throw error;
      return { text, failure };
    }
  }

  /** The newest last; the oldest go where there are too many numbers. */
  #keep(key: string, values: ReadValues & Values): void {
    this.#kept.delete(key);
    this.#kept.set(key, values);
    let numbers = 0;
    for (const [other, each] of [...this.#kept].reverse()) {
      numbers += this.#options.sizeOf(each);
      if (numbers > this.#options.most && other !== key) this.#kept.delete(other);
    }
  }

  async #run(input: TextInput, place: Place): Promise<ReadValues & Values> {
    const { model, device } = place;
    const asked = { model, device, input, lane: this.#options.lane, candidates: 0, interventions: [] };
    const { traceId, tokens } = await this.#client.call('text.run', asked);
    try {
      return { text: input.text, tokens, ...(await this.#options.read(traceId, place)) };
    } finally {
      await this.#client.call('trace.close', { traceId });
    }
  }
}
