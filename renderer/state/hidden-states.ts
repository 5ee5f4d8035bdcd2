/** What the tokens of some texts are at some depths of the model: every text is run once, and forgotten by the engine again. */
import type { DeviceChoice, Token } from '../../electron/api/index.ts';
import type { Client } from '../client/client.ts';
import type { AskedParts } from './asked-parts.ts';
import { Answers } from './tokenizing.ts';

export interface StatesQuestion {
  readonly model: string;
  readonly device: DeviceChoice;
  readonly stack: string;
  readonly texts: readonly string[];
  /** −1: what enters layer 0. */
  readonly layers: readonly number[];
}

export interface TextStates {
  readonly text: string;
  readonly tokens: readonly Token[];
  /** One a layer of the question, in its order: f32 [tokens, hidden]. */
  readonly states: readonly Float32Array[];
  readonly hidden: number;
}

/** Of this window alone. */
const LANE = `projection-${crypto.randomUUID()}`;

/** The name of the value that holds them. */
export const stateName = (stack: string, layer: number): string =>
  layer < 0 ? 'embedding.sum' : `${stack}.${layer}.hidden`;

export function createHiddenStates(client: Client): AskedParts<StatesQuestion, readonly TextStates[]> {
  return new Answers<StatesQuestion, readonly TextStates[]>(async ({ texts, ...where }) => {
    const found: TextStates[] = [];
    // One after the other: the engine runs one text at a time, and the newest of a lane wins.
    for (const text of texts) found.push(await statesOf(client, text, where));
    return found;
  });
}

async function statesOf(
  client: Client,
  text: string,
  { model, device, stack, layers }: Omit<StatesQuestion, 'texts'>,
): Promise<TextStates> {
  const asked = { model, device, input: { text }, lane: LANE, candidates: 0, interventions: [] };
  const { traceId, tokens } = await client.call('text.run', asked);
  try {
    const states: Float32Array[] = [];
    for (const layer of layers) {
      const { data } = await client.call('trace.slice', { traceId, name: stateName(stack, layer) });
      states.push(new Float32Array(data));
    }
    return { text, tokens, states, hidden: (states[0]?.length ?? 0) / Math.max(1, tokens.length) };
  } finally {
    await client.call('trace.close', { traceId });
  }
}
