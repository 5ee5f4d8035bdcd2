/** What the tokens of some texts are at some depths of the model: a text is run once, and forgotten by the engine again. */
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

export interface StatesQuestion {
  readonly model: string;
  readonly device: DeviceChoice;
  readonly stack: string;
  readonly texts: readonly AskedText[];
  /** −1: what enters layer 0. */
  readonly layers: readonly number[];
}

export interface TextStates {
  readonly text: string;
  /** Null for a run that was given: who gave it knows them. */
  readonly tokens: readonly Token[] | null;
  /** One a layer of the question, in its order: f32 [tokens, hidden]. */
  readonly states: readonly Float32Array[];
}

/** A text that the model cannot read, too long, say; the others are not kept from being shown. */
export interface UnreadText {
  readonly text: string;
  readonly failure: ApiFailure;
}

/** One a text of the question, in its order. */
export type FoundStates = readonly (TextStates | UnreadText)[];

/** Of this window alone. */
const LANE = `projection-${crypto.randomUUID()}`;
/** Numbers that are kept of texts that were run: 128 MB of them. */
const MOST_KEPT = 2 ** 25;

/** The name of the value that holds them. */
export const stateName = (stack: string, layer: number): string =>
  layer < 0 ? 'embedding.sum' : `${stack}.${layer}.hidden`;

/** @param onLost called when the engine no longer has the run that it is asked about */
export function createHiddenStates(
  client: Client,
  onLost: (traceId: string) => void = () => undefined,
): AskedParts<StatesQuestion, FoundStates> {
  const kept = new Map<string, TextStates>();
  // One after the other: the engine runs one text at a time, and the newest of a lane wins.
  let last: Promise<unknown> = Promise.resolve();
  const find = async ({ texts, ...where }: StatesQuestion): Promise<FoundStates> => {
    const found: (TextStates | UnreadText)[] = [];
    for (const asked of texts) found.push(await textStates(client, asked, where, kept, onLost));
    return found;
  };
  return new Answers<StatesQuestion, FoundStates>((question) => {
    const next = last.then(() => find(question));
    last = next.catch(() => undefined);
    return next;
  });
}

type Where = Omit<StatesQuestion, 'texts'>;

async function textStates(
  client: Client,
  { input, traceId }: AskedText,
  where: Where,
  kept: Map<string, TextStates>,
  onLost: (traceId: string) => void,
): Promise<TextStates | UnreadText> {
  const { text } = input;
  try {
    if (traceId !== null) return { text, tokens: null, states: await statesOf(client, traceId, where) };
    const key = JSON.stringify([input, where]);
    const known = kept.get(key) ?? (await runStates(client, input, where));
    keep(kept, key, known);
    return known;
  } catch (error) {
    const { failure } = asApiError(error);
    if (traceId !== null && failure.code === 'not-found') onLost(traceId);
    // What is wrong with the text itself concerns no other; of the text on screen the window tells it anyhow.
    if (traceId !== null || failure.code !== 'bad-text') throw error;
    return { text, failure };
  }
}

/** The newest last; the oldest go where there are too many numbers. */
function keep(kept: Map<string, TextStates>, key: string, states: TextStates): void {
  kept.delete(key);
  kept.set(key, states);
  let numbers = 0;
  for (const [other, { states: all }] of [...kept].reverse()) {
    for (const { length } of all) numbers += length;
    if (numbers > MOST_KEPT && other !== key) kept.delete(other);
  }
}

async function runStates(client: Client, input: TextInput, where: Where): Promise<TextStates> {
  const { model, device } = where;
  const asked = { model, device, input, lane: LANE, candidates: 0, interventions: [] };
  const { traceId, tokens } = await client.call('text.run', asked);
  try {
    return { text: input.text, tokens, states: await statesOf(client, traceId, where) };
  } finally {
    await client.call('trace.close', { traceId });
  }
}

async function statesOf(client: Client, traceId: string, { stack, layers }: Where): Promise<Float32Array[]> {
  const states: Float32Array[] = [];
  for (const layer of layers) {
    const { data } = await client.call('trace.slice', { traceId, name: stateName(stack, layer) });
    states.push(new Float32Array(data));
  }
  return states;
}
