/** Queries, keys and weights of one head, of some texts: a text that is not on screen is run once, and forgotten by the engine again. */
import type { ApiFailure, DeviceChoice, StackInfo, TextInput, Token } from '../../electron/api/index.ts';
import { asApiError } from '../client/client.ts';
import type { Client } from '../client/client.ts';
import type { AskedParts } from './asked-parts.ts';
import { Answers } from './tokenizing.ts';

export interface HeadText {
  readonly input: TextInput;
  /** A run of it that is there already: the one on screen, with all its changes. Null: it is run as it is. */
  readonly traceId: string | null;
}

export interface HeadQuestion {
  readonly model: string;
  readonly device: DeviceChoice;
  readonly stack: StackInfo['name'];
  readonly site: StackInfo['sites'][number];
  readonly layer: number;
  readonly head: number;
  readonly texts: readonly HeadText[];
}

export interface HeadVectors {
  readonly text: string;
  /** Null for a run that was given: who gave it knows them. */
  readonly tokens: readonly Token[] | null;
  /** f32 [tokens, d_head] */
  readonly q: Float32Array;
  readonly k: Float32Array;
  /** f32 [tokens, tokens] */
  readonly pattern: Float32Array;
  /** [tokens, tokens], 1: not hidden by the mask. */
  readonly sees: Uint8Array;
}

/** A text that the model cannot read, too long, say; the others are not kept from being shown. */
export interface UnreadHead {
  readonly text: string;
  readonly failure: ApiFailure;
}

/** One a text of the question, in its order. */
export type FoundHeads = readonly (HeadVectors | UnreadHead)[];

/** Of this window alone. */
const LANE = `head-${crypto.randomUUID()}`;
/** Numbers that are kept of texts that were run: 64 MiB of f32. */
const MOST_KEPT = 2 ** 24;

/** @param onLost called when the engine no longer has the run that it is asked about */
export function createHeadVectors(
  client: Client,
  onLost: (traceId: string) => void = () => undefined,
): AskedParts<HeadQuestion, FoundHeads> {
  const kept = new Map<string, HeadVectors>();
  // One after the other: the newest run of a lane ends those before it.
  let last: Promise<unknown> = Promise.resolve();
  const find = async ({ texts, ...place }: HeadQuestion): Promise<FoundHeads> => {
    const found: (HeadVectors | UnreadHead)[] = [];
    for (const text of texts) found.push(await headOf(client, text, place, kept, onLost));
    return found;
  };
  return new Answers<HeadQuestion, FoundHeads>((question) => {
    const next = last.then(() => find(question));
    last = next.catch(() => undefined);
    return next;
  });
}

type Place = Omit<HeadQuestion, 'texts'>;

async function headOf(
  client: Client,
  { input, traceId }: HeadText,
  place: Place,
  kept: Map<string, HeadVectors>,
  onLost: (traceId: string) => void,
): Promise<HeadVectors | UnreadHead> {
  const { text } = input;
  try {
    if (traceId !== null) return { text, tokens: null, ...(await valuesOf(client, traceId, place)) };
    const key = JSON.stringify([input, place]);
    const known = kept.get(key) ?? (await runHead(client, input, place));
    keep(kept, key, known);
    return known;
  } catch (error) {
    const { failure } = asApiError(error);
    if (traceId !== null && failure.code === 'not-found') onLost(traceId);
    // What is wrong with one text concerns no other; of the text on screen the window tells it anyhow.
    if (traceId !== null || failure.code !== 'bad-text') throw error;
    return { text, failure };
  }
}

/** The newest last; the oldest go where there are too many numbers. */
function keep(kept: Map<string, HeadVectors>, key: string, vectors: HeadVectors): void {
  kept.delete(key);
  kept.set(key, vectors);
  let numbers = 0;
  for (const [other, { q, pattern }] of [...kept].reverse()) {
    numbers += 2 * q.length + pattern.length;
    if (numbers > MOST_KEPT && other !== key) kept.delete(other);
  }
}

async function runHead(client: Client, input: TextInput, place: Place): Promise<HeadVectors> {
  const { model, device } = place;
  const asked = { model, device, input, lane: LANE, candidates: 0, interventions: [] };
  const { traceId, tokens } = await client.call('text.run', asked);
  try {
    return { text: input.text, tokens, ...(await valuesOf(client, traceId, place)) };
  } finally {
    await client.call('trace.close', { traceId });
  }
}

async function valuesOf(client: Client, traceId: string, { stack, layer, site, head }: Place) {
  const value = async (name: string): Promise<Float32Array> => {
    const slice = await client.call('trace.slice', { traceId, name: `${stack}.${layer}.${site}.${name}`, head });
    return new Float32Array(slice.data);
  };
  const [q, k, pattern] = [await value('q'), await value('k'), await value('pattern')];
  const sees = Uint8Array.from(await value('masked'), (score) => (score === -Infinity ? 0 : 1));
  return { q, k, pattern, sees };
}
