/** What the tokens of some texts are at some depths of the model. */
import type { Client } from '../client/client.ts';
import type { AskedParts } from './asked-parts.ts';
import { createTextValues } from './text-values.ts';
import type { Found, OfTexts, Where } from './text-values.ts';

interface StatesPlace extends Where {
  readonly stack: string;
  /** −1: what enters layer 0. */
  readonly layers: readonly number[];
}

export type StatesQuestion = OfTexts<StatesPlace>;

interface StateValues {
  /** One a layer of the question, in its order: f32 [tokens, hidden]. */
  readonly states: readonly Float32Array[];
}

export type FoundStates = Found<StateValues>;

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
  return createTextValues<StatesPlace, StateValues>(client, {
    lane: LANE,
    read: async (traceId, place) => ({ states: await statesOf(client, traceId, place) }),
    sizeOf: ({ states }) => states.reduce((sum, { length }) => sum + length, 0),
    most: MOST_KEPT,
    onLost,
  });
}

async function statesOf(client: Client, traceId: string, { stack, layers }: StatesPlace): Promise<Float32Array[]> {
  const states: Float32Array[] = [];
  for (const layer of layers) {
    const { data } = await client.call('trace.slice', { traceId, name: stateName(stack, layer) });
    states.push(new Float32Array(data));
  }
  return states;
}
